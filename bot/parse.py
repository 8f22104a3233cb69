"""Text → Command.

    command   = ["/"] ( trace | mine | help ) | condition…          nothing at all is help
    trace     = ("trace" | "追跡" | "メッセージ追跡" | "トレース") condition…
    mine      = ("mine" | "自分のメール" | "自分") [condition…]
    help      = "help" | "ヘルプ" | "使い方" | "?"
    condition = field value… | address | "<" message-id ">" | trace-id
    field     = sender | from | 送信者 | 差出人 | 送信元
              | recipient | to | 受信者 | 宛先
              | status | 状態 | 配信状態
              | id | message-id | メッセージID
              | last | 期間 | 過去 | 直近 | 時間の範囲
    value     = word | '"' … '"' | 「…」                              lists with "," "、" ";" or spaces

Case, full-width forms and the slash do not matter; both languages work in any client. A bare address means:
sent by it or sent to it. `@hoge.com` and `hoge.com` mean `*@hoge.com`.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import get_close_matches
from typing import TypeVar

from bot.commands import MESSAGE_ID_PERIOD, MINE_PERIOD, Command, Help, Mine, Trace
from tracing.model import DEFAULT_PERIOD, AddressPattern, DeliveryStatus, Last, Period, TraceQuery

_T = TypeVar("_T")

MAX_TEXT = 2_000
"""Characters of a command; a pasted bounce is another matter."""

MAX_VALUES = 50

COMMANDS: dict[str, tuple[str, ...]] = {
    "trace": ("trace", "追跡", "メッセージ追跡", "トレース"),
    "mine": ("mine", "自分のメール", "自分", "マイメール"),
    "help": ("help", "ヘルプ", "使い方", "?"),
}

FIELDS: dict[str, tuple[str, ...]] = {
    "sender": ("sender", "from", "送信者", "差出人", "送信元"),
    "recipient": ("recipient", "to", "受信者", "宛先"),
    "status": ("status", "状態", "配信状態"),
    "message_id": ("id", "message-id", "messageid", "メッセージid"),
    "duration": ("last", "期間", "過去", "直近", "時間の範囲"),
}

STATUSES: dict[DeliveryStatus, tuple[str, ...]] = {
    DeliveryStatus.DELIVERED: ("delivered", "配信済み", "配信済"),
    DeliveryStatus.EXPANDED: ("expanded", "展開済み", "展開済"),
    DeliveryStatus.FAILED: ("failed", "fail", "失敗", "配信失敗"),
    DeliveryStatus.PENDING: ("pending", "保留中", "保留", "配信中"),
    DeliveryStatus.QUARANTINED: ("quarantined", "quarantine", "検疫済み", "検疫済", "検疫"),
    DeliveryStatus.FILTERED_AS_SPAM: (
        "filteredasspam",
        "spam",
        "迷惑メール",
        "迷惑メールとしてフィルター処理",
    ),
    DeliveryStatus.GETTING_STATUS: ("gettingstatus", "取得中", "状態を取得しています"),
    DeliveryStatus.RECALLED: ("recalled", "取り消し済み", "取り消し"),
}

_UNITS: tuple[tuple[str, timedelta], ...] = (
    (r"m|min|mins|minutes?|分間?", timedelta(minutes=1)),
    (r"h|hr|hrs|hours?|時間", timedelta(hours=1)),
    (r"d|days?|日間?", timedelta(days=1)),
    (r"w|weeks?|週間?", timedelta(weeks=1)),
)
_LONGEST = timedelta(days=90)
_QUOTES = {'"': '"', "“": "”", "”": "”", "„": "“", "＂": "＂", "「": "」", "『": "』"}
_SEPARATORS = ",、，;；"
_LOCAL = r"[^\s@<>\"(),:;\[\]\\]{1,64}"
_DOMAIN = r"[\w*?](?:[\w.*?-]{0,253}[\w*?])?"
_ADDRESS = re.compile(f"{_LOCAL}@{_DOMAIN}")
_BARE_DOMAIN = re.compile(r"@?([\w-]+(?:\.[\w-]+)+)")
_MESSAGE_ID = re.compile(r"<?[^\s<>]{1,996}>?")
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class ParseError(Exception):
    """*text* was not understood from *position* on, *length* characters; *expected* names what belongs there.

    *suggestion* is the nearest word that would have been understood, or "".
    """

    def __init__(self, text: str, position: int, length: int, expected: str, suggestion: str = "") -> None:
        super().__init__(expected)
        self.text = text
        self.position = position
        self.length = length
        self.expected = expected
        self.suggestion = suggestion


@dataclass(frozen=True)
class _Token:
    text: str
    position: int
    length: int
    quoted: bool

    @property
    def key(self) -> str:
        """How the word is compared: full-width forms and case do not matter."""
        return "" if self.quoted else unicodedata.normalize("NFKC", self.text).casefold()


def parse(text: str) -> Command:
    """What *text* asks for. Raises: ParseError: with the place and what was expected there."""
    if len(text) > MAX_TEXT:
        raise ParseError(text[:MAX_TEXT], 0, MAX_TEXT, "shorter")
    tokens = _tokens(text)
    if not tokens:
        return Help()
    first = _unslashed(tokens[0])
    command = _known(COMMANDS, first.key)
    rest = tokens[1:]
    if command is None:
        if _begins_condition(first):
            return Trace(_Conditions(text, [first, *rest]).query())
        raise ParseError(text, first.position, first.length, "command", _nearest(COMMANDS, first.key))
    if command == "trace":
        if not rest:
            raise ParseError(text, len(text), 0, "condition")
        return Trace(_Conditions(text, rest).query())
    return Mine(_Conditions(text, rest, MINE_PERIOD).query()) if command == "mine" else Help()


def read_address(word: str) -> AddressPattern | None:
    """The address or pattern *word* stands for, None when it is neither."""
    plain = unicodedata.normalize("NFKC", word).strip().removeprefix("<").removesuffix(">").lower()
    if _ADDRESS.fullmatch(plain):
        return AddressPattern(plain)
    bare = _BARE_DOMAIN.fullmatch(plain)
    return AddressPattern(f"*@{bare[1]}") if bare else None


def read_duration(words: str) -> timedelta | None:
    """The length of time *words* stand for: `2d`, `7 days`, `48時間`, `week`; None when they are none."""
    plain = unicodedata.normalize("NFKC", words).casefold().strip()
    for unit, length in _UNITS:
        match = re.fullmatch(rf"(\d{{1,5}})?\s*(?:{unit})", plain)
        if match and (match[1] or plain in ("minute", "hour", "day", "week")):
            return int(match[1] or 1) * length
    return None


def _begins_condition(token: _Token) -> bool:
    named = token.key.partition(":")[0].partition("=")[0]
    return _known(FIELDS, named) is not None or "@" in token.text


class _Conditions:
    """Reads conditions one after another into a query."""

    def __init__(self, text: str, tokens: list[_Token], period: Period = DEFAULT_PERIOD) -> None:
        self._text = text
        self._rest = _split_keys(tokens)
        self._found = TraceQuery(period)
        self._period_said = False

    def query(self) -> TraceQuery:
        while self._rest:
            token = self._rest.pop(0)
            field = _known(FIELDS, token.key)
            if field is None:
                self._bare(token)
            else:
                self._field(field, token)
        only_ids = self._found.message_ids or self._found.message_trace_id
        if only_ids and not self._period_said:
            return replace(self._found, period=MESSAGE_ID_PERIOD)
        return self._found

    def _field(self, field: str, token: _Token) -> None:
        found = self._found
        match field:
            case "sender":
                self._found = replace(found, senders=found.senders + self._addresses(token))
            case "recipient":
                self._found = replace(found, recipients=found.recipients + self._addresses(token))
            case "status":
                statuses = self._values(token, "status", _status)
                self._found = replace(found, statuses=_once(found.statuses + statuses))
            case "message_id":
                self._ids(token)
            case _:
                self._duration(token)

    def _bare(self, token: _Token) -> None:
        text = token.text.strip(_SEPARATORS)
        if text.startswith("<") and text.endswith(">") and "@" in text and not token.quoted:
            self._found = replace(self._found, message_ids=(*self._found.message_ids, text))
        elif _GUID.fullmatch(text):
            self._found = replace(self._found, message_trace_id=text.lower())
        elif "@" in text:
            self._rest.insert(0, token)
            group = self._addresses(token)
            self._found = replace(self._found, involving=(*self._found.involving, group))
        else:
            raise ParseError(self._text, token.position, token.length, "field", _nearest(FIELDS, token.key))

    def _addresses(self, field: _Token) -> tuple[AddressPattern, ...]:
        return self._values(field, "address", read_address)

    def _values(self, field: _Token, expected: str, read: Callable[[str], _T | None]) -> tuple[_T, ...]:
        """The values behind *field*: joined by separators, or further words that can be nothing else."""
        values: list[_T] = []
        open_list = True
        while self._rest:
            token = self._rest[0]
            if not open_list and (_known(FIELDS, token.key) or not self._continues(token, expected, read)):
                break
            self._rest.pop(0)
            open_list = token.text.endswith(tuple(_SEPARATORS)) and not token.quoted
            for word, position in _split(token):
                value = read(word)
                if value is None:
                    raise ParseError(self._text, position, len(word), expected)
                values.append(value)
        if not values or len(values) > MAX_VALUES:
            end = field.position + field.length
            raise ParseError(self._text, end, 0 if not values else len(self._text) - end, expected)
        return _once(tuple(values))

    def _continues(self, token: _Token, expected: str, read: Callable[[str], _T | None]) -> bool:
        if token.text[:1] in _SEPARATORS:
            return True
        if expected == "address":
            return "@" in token.text and not (token.text.startswith("<") and not read(token.text))
        return read(token.text) is not None

    def _ids(self, field: _Token) -> None:
        if not self._rest:
            end = field.position + field.length
            raise ParseError(self._text, end, 0, "message_id")
        token = self._rest.pop(0)
        word = token.text.strip()
        if _GUID.fullmatch(word):
            self._found = replace(self._found, message_trace_id=word.lower())
            return
        if not _MESSAGE_ID.fullmatch(word) or "@" not in word:
            raise ParseError(self._text, token.position, token.length, "message_id")
        self._found = replace(self._found, message_ids=(*self._found.message_ids, word))

    def _duration(self, field: _Token) -> None:
        """One or two words: `7d`, `7 days`."""
        for count in (2, 1):
            words = self._rest[:count]
            length = read_duration(" ".join(token.text for token in words)) if len(words) == count else None
            if length is not None and timedelta(0) < length <= _LONGEST:
                del self._rest[:count]
                self._found = replace(self._found, period=Last(length))
                self._period_said = True
                return
        token = self._rest[0] if self._rest else None
        position = token.position if token else field.position + field.length
        raise ParseError(self._text, position, token.length if token else 0, "duration")


def _tokens(text: str) -> list[_Token]:
    """Words and quoted stretches with their places. Raises: ParseError: a quote is never closed."""
    tokens = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        closing = _QUOTES.get(text[position])
        if closing is not None:
            end = text.find(closing, position + 1)
            if end < 0 and closing == "”":
                end = text.find('"', position + 1)
            if end < 0:
                raise ParseError(text, position, len(text) - position, "quote")
            tokens.append(_Token(text[position + 1 : end], position, end + 1 - position, quoted=True))
            position = end + 1
            continue
        end = position
        while end < len(text) and not text[end].isspace() and (end == position or text[end] not in _QUOTES):
            end += 1
        tokens.append(_Token(text[position:end], position, end - position, quoted=False))
        position = end
    return tokens


def _split_keys(tokens: list[_Token]) -> list[_Token]:
    """`sender:*@hoge.com` and `sender=…` as two words."""
    parts = []
    for token in tokens:
        key = re.match(r"[^:=：＝]+(?=[:=：＝])", token.text) if not token.quoted else None
        if key and _known(FIELDS, _Token(key[0], 0, 0, quoted=False).key):
            size = len(key[0])
            parts.append(_Token(key[0], token.position, size, quoted=False))
            if token.length > size + 1:
                rest = token.text[size + 1 :]
                parts.append(_Token(rest, token.position + size + 1, len(rest), quoted=False))
        else:
            parts.append(token)
    return parts


def _split(token: _Token) -> list[tuple[str, int]]:
    """The values inside one word and where each stands."""
    if token.quoted:
        return [(token.text, token.position)]
    return [(m[0], token.position + m.start()) for m in re.finditer(rf"[^{_SEPARATORS}]+", token.text)]


def _unslashed(token: _Token) -> _Token:
    text = token.text
    if token.quoted or text[:1] not in "/／" or len(text) == 1:
        return token
    return _Token(text[1:], token.position + 1, token.length - 1, quoted=False)


def _known(words: dict[str, tuple[str, ...]], key: str) -> str | None:
    return next((name for name, forms in words.items() if key in forms), None)


def _nearest(words: dict[str, tuple[str, ...]], key: str) -> str:
    every = [form for forms in words.values() for form in forms]
    return next(iter(get_close_matches(key, every, n=1, cutoff=0.6)), "")


def _status(word: str) -> DeliveryStatus | None:
    key = unicodedata.normalize("NFKC", word).casefold()
    return next((status for status, forms in STATUSES.items() if key in forms), None)


def _once(values: tuple[_T, ...]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
