"""Read addresses, domains and names from a sentence, each as sender, recipient or either. Pure.

Small words beside it decide: `from`, `to`, から, 宛. In a list joined by `and` or と, the words beside the
first or the last one decide for all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bot.sentence_text import TAKEN, SentenceText
from bot.stop_words import STOP_ENGLISH, STOP_JAPANESE
from bot.values import looks_like_id, read_address
from tracing.model import AddressPattern

MAX_ENDS = 10
"""Addresses taken from a sentence per side."""

MAX_NAMES = 4
"""Names looked up for a sentence."""


class End(StrEnum):
    """A message's side: sender or recipient; either, if the sentence does not say."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    EITHER = "either"


@dataclass(frozen=True)
class Named:
    """A person, group or department by name as typed; the directory finds who it is."""

    name: str
    end: End


@dataclass
class _Found:
    start: int
    end: int
    what: AddressPattern | str
    side: End | None = None


_ADDRESS = re.compile(
    r"(?<![\w.+'=*?-])[a-z0-9*?][\w.+'=*?-]{0,63}@[\w*?-]{1,63}(?:\.[\w*?-]{1,63}){1,10}"
    r"|(?<![\w.@-])@?(?:\*\.)?(?:[a-z0-9-]{1,63}\.){1,10}[a-z]{2,24}(?![\w@])",
    re.ASCII,
)
_HONORIFIC = r"(?:さん|様(?![子々式相])|さま|氏(?!名)|殿|部長|課長|係長|主任|社長|専務|常務|先生|くん|ちゃん)"
_KANJI_NAME = re.compile(
    rf"(?P<name>[\u4e00-\u9fff々\u30a1-\u30faー]{{1,8}}(?: [\u4e00-\u9fff々\u30a1-\u30faー]{{1,8}})?"
    rf"|(?<![\u3041-\u3096])[\u3041-\u3096]{{2,6}}?"
    rf"|[a-z][a-z-]{{1,20}}(?: [a-z][a-z-]{{1,20}})?) ?{_HONORIFIC}{{1,2}}"
)
_NOBODY = re.compile(
    r"皆|客|お客|お疲れ|疲れ|ご苦労|苦労|仕|同|多|模|有|みな|おつかれ|ごくろう|おかげ|担当者?|お得意|得意"
    r"|各位"
)
_UNIT = re.compile(
    r"(?P<name>[\u4e00-\u9fff々\u30a1-\u30faー0-9]{1,10}"
    r"(?:部|課|室|係|支店|支社|本部|グループ|チーム|センター|事務所|工場))(?= ?(?:宛|あて|から|へ|に))"
)
_ADDRESSED = re.compile(
    r"(?<![\w.@-])(?P<name>[\u4e00-\u9fff々\u30a1-\u30faー]{2,12}|[a-z][a-z0-9_-]{1,20}) ?"
    r"(?=宛(?!先)|あて(?!先))"
)
"""A name before 宛, with or without さん."""
_LISTED = re.compile(
    r"(?<![\u4e00-\u9fff々\u30a1-\u30faー])(?P<name>[\u4e00-\u9fff々]{2,4})(?:、|,|・|と|や)$"
)
_ANYBODY = re.compile(
    r".*(?:社員|全員|取引先|顧客|得意先|仕入先|相手先?|先方|会社|上司|部下|同僚|業者|本人|自分|私|僕|複数"
    r"|特定|一部|社内|社外|外部)"
)
_FIELD_NAME = re.compile(
    r"(?:(?P<to>宛先|受信者|あて先)|(?P<by>送信者|差出人|送信元)) ?(?:が|は|:|=)? ?"
    r"(?P<name>[\u4e00-\u9fff々\u30a1-\u30faーa-z]{2,20})"
    rf"{_HONORIFIC}?(?![\w@.-])"
)
_ENGLISH_NAME = re.compile(
    r"(?<![a-z])(?:(?P<by>from|by)|(?P<to>to)) (?P<name>[a-z][a-z'’-]{1,20}(?: [a-z][a-z'’-]{1,20})?)"
    r"(?![\w@.])"
)
_GETS = re.compile(
    r"(?<![a-z])(?:did|does|has|hasn'?t|didn'?t|hadn'?t|have|haven'?t|can) "
    r"(?P<name>[a-z][a-z'’-]{1,20}(?: [a-z][a-z'’-]{1,20}){0,1}?) (?:ever |already )?"
    r"(?:get|got|receive[ds]?|see|seen)(?![a-z])"
)
_MAIL_BEFORE = re.compile(
    r"(?:e-?mails?|mails?|mial|messages?|sent|send|anything|something|it|trace|deliver(?:y|ed)?|failed"
    r"|failures?|written|wrote) $"
)

_BY_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:from|by|sender)|送信者|差出人|送信元|発信元|発信者)(?: ?(?:が|は|の|:|=))? ?$"
)
_TO_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:to|recipient)|宛先|受信者|あて先|送信先)(?: ?(?:が|は|の|:|=))? ?$"
    r"|(?<![a-z])(?:received by|reach(?:ed|es|ing)?"
    r"|(?:mail|mails|email|messages?|quarantined|addressed|meant|intended|arrived?|anything|nothing) for"
    r"|(?:did|has|hasn'?t|didn'?t|does)) ?$"
)
_FOR_BEFORE = re.compile(r"(?<![a-z])for $")
_GOT_BEFORE = re.compile(r"(?<![a-z])(?:did|has|hasn'?t|didn'?t|does) $")
_RECEIVED_BY = re.compile(r"(?<![a-z])received by $")
_SENT_BEFORE = re.compile(r"(?:送れなかった|送った|送信した|出した|おくった)$")
_TAIL = r"^[」』\"]?(?: ?\([^()\n]{1,24}\))?(?: ?(?:さん|様|さま|氏|殿|のアドレス|ドメイン|のドメイン))? ?"
_BY_AFTER = re.compile(
    _TAIL + r"(?:から(?!(?:の)?ご?(?:問い?合わ?せ|相談|申告|報告|依頼|指摘))|より|発(?!信先)"
    r"|が[^。、\n]{0,24}?(?:送|出し|発信|おく)|の送(?:った|信した)"
    r"|の(?:メール|連絡)[がは]? ?(?:来|こな|きて|届|とど))"
    r"|^ (?:has |had |just )?(?:sent|wrote|emailed)(?![a-z])"
    r"|^['’]s (?:last |latest )?(?:e-?mails?|mails?|messages?)(?![a-z])"
)
_TO_AFTER = re.compile(
    _TAIL + r"(?:宛|あて|当て|へ|に|向け|行き|まで(?=届)|が[^。、\n]{0,12}?(?:受|もら|届)|のメール ?ボックス)"
    r"|^ (?:has |have |hasn'?t |didn'?t |never )*(?:get|got|receiv|see)"
)
_AND = re.compile(r"^ ?(?:と|や|、|,|および|及び|and|or|または|か|&|/) ?$")
_ARROW = re.compile(r"^ ?(?:→|⇒|[-=]?>) ?$")
_WITH = re.compile(r"^(?: ?と)?の?(?:やりとり|やり取り|間)")
_BETWEEN = re.compile(r"(?<![a-z])between $")


def take_ends(said: SentenceText) -> tuple[dict[End, list[AddressPattern]], list[Named]]:
    """The addresses and names of *said*, removed from it."""
    found = [*_addresses(said)]
    for one in found:
        said.take(one.start, one.end)
    found += _names(said)
    found += [listed for one in found if isinstance(one.what, str) for listed in _listed(one, said)]
    for one in found:
        said.take(one.start, one.end)
    found.sort(key=lambda one: one.start)
    _judge(found, said)
    ends: dict[End, list[AddressPattern]] = {end: [] for end in End}
    names: list[Named] = []
    for one in found:
        side = one.side or End.EITHER
        if isinstance(one.what, str):
            names.append(Named(one.what, side))
        elif one.what not in ends[side]:
            ends[side].append(one.what)
    return ends, list(dict.fromkeys(names))


def _addresses(said: SentenceText) -> Iterator[_Found]:
    for match in _ADDRESS.finditer(said.plain):
        word = match[0].strip("'.-=?")
        address = read_address(word)
        if address is not None and not looks_like_id(word):
            yield _Found(match.start(), match.start() + len(word), address)


def _listed(last: _Found, said: SentenceText) -> Iterator[_Found]:
    """The names listed before the *last*: 田中、佐藤、木村宛."""
    at = last.start
    while (match := _LISTED.search(said.plain, max(0, at - 10), at)) is not None and _is_name(match["name"]):
        at = match.start()
        yield _Found(*match.span("name"), said.original(*match.span("name")))


def _is_name(word: str) -> bool:
    """Whether the Japanese *word* may be a name: not empty of meaning, and no other word of the sentence."""
    return not _ANYBODY.fullmatch(word) and bool(STOP_JAPANESE.sub("", word))


def _names(said: SentenceText) -> Iterator[_Found]:
    taken: set[int] = set()

    def found(match: re.Match[str], side: End | None = None, group: str = "name") -> Iterator[_Found]:
        start, end = match.span(group)
        if not taken.intersection(range(start, end)):
            taken.update(range(start, end))
            behind = match.end() if side is None else end
            yield _Found(start, behind, said.original(start, end), side)

    for match in _FIELD_NAME.finditer(said.plain):
        if (
            TAKEN not in match["name"]
            and match["name"] not in ("状態", "件名", "期間", "メール")
            and match["name"] not in STOP_ENGLISH
        ):
            yield from found(match, End.RECIPIENT if match["to"] else End.SENDER)
    for match in _KANJI_NAME.finditer(said.plain):
        if not _NOBODY.fullmatch(match["name"]):
            yield from found(match)
    for match in _UNIT.finditer(said.plain):
        yield from found(match)
    for match in _ADDRESSED.finditer(said.plain):
        if _is_name(match["name"]):
            yield from found(match)
    for match in (*_ENGLISH_NAME.finditer(said.plain), *_GETS.finditer(said.plain)):
        span = _english(match, said)
        if span is not None and not taken.intersection(range(*span)):
            taken.update(range(*span))
            by = match.re is _ENGLISH_NAME and match["by"]
            name = re.sub(r"-(?:san|sama)$", "", said.original(*span), flags=re.IGNORECASE)
            yield _Found(*span, name, End.SENDER if by else End.RECIPIENT)


def _english(match: re.Match[str], said: SentenceText) -> tuple[int, int] | None:
    """The position of the name in *match*: capitalized words, or a word after one for mail."""
    start = match.start("name")
    words = match["name"].split(" ")
    first = said.original(start, start + len(words[0]))
    if words[0].replace("'", "").removesuffix("-san") in STOP_ENGLISH:
        return None
    if (
        not first[0].isupper()
        and match.re is _ENGLISH_NAME
        and not _MAIL_BEFORE.search(said.plain[max(0, match.start() - 14) : match.start()])
    ):
        return None
    end = start + len(words[0])
    second = len(words) > 1 and words[1].replace("'", "") not in STOP_ENGLISH
    if second and said.original(end + 1, end + 2).isupper():
        end += 1 + len(words[1])
    return start, end


def _judge(found: list[_Found], said: SentenceText) -> None:
    """Assign each of *found*, in text order, its side of the message."""
    plain = said.plain
    for one in found:
        if one.side is None:
            one.side = _side(plain[max(0, one.start - 24) : one.start], plain[one.end : one.end + 48])
    for before, after in pairwise(found):
        between = plain[before.end : after.start]
        if _BETWEEN.search(plain[max(0, before.start - 10) : before.start]) or (
            _AND.match(between) and _WITH.match(plain[after.end : after.end + 8])
        ):
            before.side = after.side = End.EITHER
        elif _ARROW.match(between) and before.side is None:
            before.side, after.side = End.SENDER, after.side or End.RECIPIENT
        elif _AND.match(between) and after.side is None:
            after.side = before.side
    for before, after in reversed(list(pairwise(found))):
        if before.side is None and _AND.match(plain[before.end : after.start]):
            before.side = after.side


def _side(before: str, after: str) -> End | None:
    if _BY_AFTER.match(after):
        return End.SENDER
    if _RECEIVED_BY.search(before):
        return End.RECIPIENT
    if _BY_BEFORE.search(before):
        return End.SENDER
    if _GOT_BEFORE.search(before):
        return End.RECIPIENT if _TO_AFTER.match(after) else None
    if _TO_BEFORE.search(before) or _TO_AFTER.match(after) or _FOR_BEFORE.search(before):
        return End.RECIPIENT
    if _SENT_BEFORE.search(before) and after.startswith("の") and not after.startswith("の件"):
        return End.SENDER
    return None
