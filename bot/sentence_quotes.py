"""Read the quoted parts of a sentence: ids, networks, subjects, rule names. Pure, in linear time."""

import re
from dataclasses import dataclass

from bot.sentence_text import SentenceText
from bot.values import GUID, looks_like_id, read_id, read_ip
from tracing.causes import Cause
from tracing.model import DeliveryStatus, Direction, IpFilter, SubjectMode

MAX_IDS = 10

_IDS = re.compile(
    r"<[^\s<>]{1,500}@[^\s<>]{1,400}>|(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])"
    r"|(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])"
)
_LABEL = r"(?:(?:network )?message[ -]?id|メッセージ ?id|trace ?id|追跡 ?id)"
_LABELLED = re.compile(rf"{_LABEL} ?(?:が|は|の|:|=)? ?<?([^\s<>、。]{{1,500}}@[a-z0-9._-]{{1,400}})>?")
_LABELS = re.compile(_LABEL)
_BARE_ID = re.compile(r"[^\s<>、。,@\x00]{1,200}@[a-z0-9._-]{1,300}")
_IP = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?)(?![\w.])", re.ASCII)
_QUOTED = re.compile(r"[「『]([^」』\n]{1,255})[」』]|[\"“„]([^\"”“\n]{1,255})[\"”“]")
_RULE_BEFORE = re.compile(r"(?:ルール|(?<![a-z])rules?) ?(?:named |called |名 ?)?:? ?$")
_RULE_AFTER = re.compile(r"^ ?(?:という|の)?ルール|^ rule")
_SUBJECT_WORDS = re.compile(
    r"件名(?:に|が|は|の)?|(?<![a-z])(?:with )?(?:the )?subject(?: line)?(?: is| contains)?(?![a-z])"
    r"|(?<![a-z])(?:titled|entitled)(?![a-z])|という(?:件名|タイトル|題名)"
)
_FIELDS = (
    "送信者|差出人|送信元|宛先|受信者|日付|日時|送信日時|受信日時|期間|状態"
    "|from|to|sent|received|date|cc|status"
)
_SUBJECT = re.compile(
    r"(?:件名|題名|タイトル|(?<![a-z])subject) ?[:=] ?(?P<e>[^\s「『\"“\x00][^\n\x00]{0,200}?)"
    rf"(?=\s{{1,3}}(?:{_FIELDS}) ?[:=]|\n|$|\x00)"
    r"|件名(?:に|が|は|:|=)? ?(?P<a>[^\s「『、。\x00]{1,100}?)"
    r"(?=を含む|が含まれる|を含んだ|で始まる|で終わる|と一致|の入った|と入った|が入った|が入って|とある)"
    r"|件名(?:が|は|:|=)? (?P<b>[^\s「『、。\x00]{1,100})"
    r"|件名(?:が|は|:|=)(?P<c>[^\s「『、。\x00]{1,60}?)の(?=メール|$)"
    r"|(?<![a-z])subject(?: line)?(?: is| contains|:)? (?P<d>[^\s\"“「\x00]{2,100})"
)


_MODES = {
    SubjectMode.STARTS_WITH: re.compile(
        r"(?<=\x00)で始ま[るり]|(?<![a-z])(?:starts|starting|begins|beginning) with(?![a-z])"
    ),
    SubjectMode.ENDS_WITH: re.compile(
        r"(?<=\x00)で終わ[るり]|(?<![a-z])(?:ends|ending) (?:with|in)(?![a-z])"
    ),
    SubjectMode.EQUALS: re.compile(r"(?<=\x00)[とに](?:完全に?)?一致"),
}


@dataclass
class Parts:
    """The parts removed from a sentence."""

    message_ids: tuple[str, ...] = ()
    trace_ids: tuple[str, ...] = ()
    ips: tuple[IpFilter, ...] = ()
    subject: str = ""
    subject_mode: SubjectMode = SubjectMode.CONTAINS
    rule: str = ""
    causes: tuple[Cause, ...] = ()
    statuses: tuple[DeliveryStatus, ...] = ()
    direction: Direction | None = None


def take_ids(said: SentenceText, parts: Parts) -> None:
    found: list[str] = []
    for match in said.take_all(_LABELLED):
        found.append(said.original(*match.span(1)))
    found += [said.original(*match.span()) for match in said.take_all(_IDS)]
    for match in list(_BARE_ID.finditer(said.plain)):
        if looks_like_id(match[0]):
            found.append(said.original(*match.span()))
            said.take(*match.span())
    said.take_all(_LABELS)
    ids = list(dict.fromkeys(one for one in map(read_id, found) if one is not None))[:MAX_IDS]
    parts.trace_ids = tuple(one for one in ids if GUID.fullmatch(one))
    parts.message_ids = tuple(one for one in ids if not GUID.fullmatch(one))
    networks = (read_ip(match[0]) for match in said.take_all(_IP))
    parts.ips = tuple(dict.fromkeys(network for network in networks if network is not None))


def take_quoted(said: SentenceText, parts: Parts) -> None:
    """Take a quoted rule name, a quoted subject, and a subject without quotation marks."""
    for match in list(_QUOTED.finditer(said.plain)):
        group = 1 if match[1] is not None else 2
        words = said.original(*match.span(group)).strip()
        by_rule = _RULE_BEFORE.search(said.plain[max(0, match.start() - 16) : match.start()])
        if by_rule or _RULE_AFTER.match(said.plain[match.end() : match.end() + 8]):
            parts.rule = parts.rule or words
        elif read_id(words) is None and not parts.subject:
            parts.subject = words
        else:
            continue
        said.take(*match.span())
    if not parts.subject and (named := _SUBJECT.search(said.plain)) is not None:
        group_name = named.lastgroup or "a"
        words = said.original(*named.span(group_name)).strip()
        if words.casefold() not in ("line", "from", "to", "に", "の"):
            parts.subject = words
            said.take(*named.span())
    if parts.subject:
        said.take_all(_SUBJECT_WORDS)
        parts.subject_mode = next(
            (mode for mode, pattern in _MODES.items() if said.take_all(pattern)), SubjectMode.CONTAINS
        )
