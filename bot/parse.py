"""Text → Command.

    command   = ["/"] ( trace | mine | help ) | condition…          nothing at all is help
    trace     = ("trace" | "追跡" | "メッセージ追跡" | "トレース") [default | condition…]     alone: the form
    default   = sent | received | pending | quarantined | failed    | 送信済み 受信済み 保留中 検疫済み 失敗
    mine      = ("mine" | "自分のメール" | "自分") [condition…]
    help      = "help" | "ヘルプ" | "使い方" | "?"
    condition = field value… | address | "<" message-id ">" | trace-id | status | today | yesterday
    field     = sender | from | 送信者 | 差出人 | 送信元
              | recipient | to | 受信者 | 宛先
              | subject | 件名 [contains | starts | ends | is]
              | status | 状態 | 配信状態
              | id | message-id | メッセージID
              | ip | 送信元IP
              | direction | 方向
              | last | 期間 | 過去 | 直近 | 時間の範囲
              | since | 開始, until | 終了                           moments as in `moments`
    value     = word | '"' … '"' | 「…」                              lists with "," "、" ";" or spaces

Case, full-width forms and the slash do not matter; both languages work in any client. A bare address means:
sent by it or sent to it. `@hoge.com` and `hoge.com` mean `*@hoge.com`. The words stand in `vocabulary`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.commands import MESSAGE_ID_PERIOD, MINE_PERIOD, Command, Help, Mine, Preset, ShowForm, Trace
from bot.moments import NAMED_DAYS, Moment, When, read_moment
from bot.tokens import SEPARATORS, Token, split_keys, tokenize, values_in
from bot.values import GUID, read_address, read_duration, read_ip, read_message_id
from bot.vocabulary import (
    COMMANDS,
    DIRECTIONS,
    FIELDS,
    PRESETS,
    STATUSES,
    SUBJECT_MODES,
    find,
    key_of,
    nearest,
)
from tracing.model import (
    DEFAULT_PERIOD,
    AddressPattern,
    Between,
    DeliveryStatus,
    Last,
    Period,
    SubjectFilter,
    SubjectMode,
    TraceQuery,
)

MAX_TEXT = 2_000
"""Characters of a command; a pasted bounce is another matter."""

MAX_VALUES = 50
_T = TypeVar("_T")


class ParseError(Exception):
    """*text* was not understood from *position* on, *length* characters; *expected* names what belongs there.

    *suggestion* is the nearest word that would have been understood, or ""; *understood* is the rest.
    """

    def __init__(self, text: str, position: int, length: int, expected: str, suggestion: str = "") -> None:
        super().__init__(expected)
        self.text = text
        self.position = position
        self.length = length
        self.expected = expected
        self.suggestion = suggestion
        self.understood = TraceQuery()


def parse(text: str, when: When) -> Command:
    """What *text* asks for. Raises: ParseError: with the place and what was expected there."""
    if len(text) > MAX_TEXT:
        raise ParseError(text[:MAX_TEXT], 0, MAX_TEXT, "shorter")
    tokens, unclosed = tokenize(text)
    if not tokens and unclosed is None:
        return Help()
    first = _unslashed(tokens[0]) if tokens else None
    command = find(COMMANDS, first.key) if first else None
    if command is None and (first is None or not _begins_condition(first)):
        wrong = first or unclosed
        assert wrong is not None
        raise ParseError(text, wrong.position, wrong.length, "command", nearest(COMMANDS, wrong.key))
    rest = tokens if command is None else tokens[1:]
    if command == "help":
        return Help()
    if command == "trace" and unclosed is None and len(rest) < 2:
        preset = find(PRESETS, rest[0].key) if rest else None
        if not rest or preset is not None:
            return Preset(preset) if preset else ShowForm()
    period = MINE_PERIOD if command == "mine" else DEFAULT_PERIOD
    query = _Conditions(text, rest, unclosed, when, period).query()
    return Mine(query) if command == "mine" else Trace(query)


def _begins_condition(token: Token) -> bool:
    return "@" in token.text or split_keys([token], _is_field)[0].key in _FIELD_KEYS


def _is_field(key: str) -> bool:
    return key in _FIELD_KEYS


_FIELD_KEYS = frozenset(form for forms in FIELDS.values() for form in forms)


class _Conditions:
    """Reads conditions one after another into a query; past a fault it reads on, so that nothing is lost."""

    def __init__(
        self, text: str, tokens: list[Token], unclosed: Token | None, when: When, period: Period
    ) -> None:
        self._text = text
        self._rest = split_keys(tokens, _is_field)
        self._unclosed = unclosed
        self._when = when
        self._found = TraceQuery(period)
        self._default_period = period
        self._since: Moment | None = None
        self._until: tuple[Moment, Token] | None = None

    def query(self) -> TraceQuery:
        fault: ParseError | None = None
        while self._rest:
            try:
                self._condition(self._rest.pop(0))
            except ParseError as wrong:
                fault = fault or wrong
        if self._unclosed is not None:
            # Whatever else is missing is probably behind the mark.
            fault = self._wrong(self._unclosed, "quote")
        try:
            self._found = replace(self._found, period=self._period())
        except ParseError as wrong:
            fault = fault or wrong
        if fault is not None:
            fault.understood = self._found
            raise fault
        return self._found

    def _condition(self, token: Token) -> None:
        field = find(FIELDS, token.key)
        if field is None:
            self._bare(token)
            return
        found = self._found
        match field:
            case "sender":
                self._found = replace(found, senders=found.senders + self._addresses(token))
            case "recipient":
                self._found = replace(found, recipients=found.recipients + self._addresses(token))
            case "subject":
                self._found = replace(found, subject=self._subject(token))
            case "status":
                statuses = self._values(token, "status", _status)
                self._found = replace(found, statuses=_once(found.statuses + statuses))
            case "message_id":
                self._id(self._value(token, "message_id"))
            case "from_ip":
                self._from_ip(self._value(token, "ip"))
            case "direction":
                direction = self._one(token, "direction", lambda word: find(DIRECTIONS, key_of(word)))
                self._found = replace(found, direction=direction)
            case "duration":
                duration = self._words(token, "duration", read_duration)
                self._found = replace(found, period=Last(duration[0]))
            case "since":
                self._since = self._words(token, "date_time", self._moment)[0]
            case _:
                self._until = self._words(token, "date_time", self._moment)

    def _bare(self, token: Token) -> None:
        """A word that no field introduces."""
        text = token.text.strip(SEPARATORS)
        if token.quoted:
            raise self._wrong(token, "field")
        if (text.startswith("<") and text.endswith(">") and "@" in text) or GUID.fullmatch(text):
            self._id(Token(text, token.position, token.length))
        elif "@" in text:
            self._rest.insert(0, token)
            group = self._addresses(token)
            self._found = replace(self._found, involving=(*self._found.involving, group))
        elif token.key in NAMED_DAYS:
            self._since = self._moment(token.text)
            self._until = None if self._since is None else (self._since, token)
        elif _status(text) is not None:
            self._rest.insert(0, token)
            statuses = self._values(token, "status", _status)
            self._found = replace(self._found, statuses=_once(self._found.statuses + statuses))
        else:
            raise self._wrong(token, "field", nearest(FIELDS, token.key))

    def _period(self) -> Period:
        if self._since is None and self._until is None:
            by_id = self._found.message_ids or self._found.message_trace_ids
            untold = self._found.period == self._default_period
            return MESSAGE_ID_PERIOD if by_id and untold else self._found.period
        end = self._until[0].end if self._until else None
        start = self._since.start if self._since else (end or self._when.now) - DEFAULT_PERIOD.duration
        if self._until is not None and start >= self._until[0].end:
            raise self._wrong(self._until[1], "range")
        if start >= self._when.now:
            last = self._until[1] if self._until else Token("", len(self._text), 0)
            raise self._wrong(last, "future")
        return Between(start, end)

    def _subject(self, field: Token) -> SubjectFilter:
        mode = SubjectMode.CONTAINS
        if len(self._rest) > 1 and find(FIELDS, self._rest[1].key) is None:
            named = find(SUBJECT_MODES, self._rest[0].key)
            if named is not None:
                mode = named
                self._rest.pop(0)
        return SubjectFilter(mode, self._value(field, "subject").text)

    def _addresses(self, field: Token) -> tuple[AddressPattern, ...]:
        return self._values(field, "address", read_address)

    def _value(self, field: Token, expected: str) -> Token:
        """The next word, whatever it is."""
        if not self._rest:
            raise ParseError(self._text, field.end, 0, expected)
        return self._rest.pop(0)

    def _one(self, field: Token, expected: str, read: Callable[[str], _T | None]) -> _T:
        token = self._value(field, expected)
        value = read(token.text)
        if value is None:
            raise self._wrong(token, expected)
        return value

    def _words(self, field: Token, expected: str, read: Callable[[str], _T | None]) -> tuple[_T, Token]:
        """A value of one or two words: `7d`, `7 days`, `11月20日 9時`."""
        for count in (2, 1):
            words = self._rest[:count]
            value = read(" ".join(token.text for token in words)) if len(words) == count else None
            if value is not None:
                del self._rest[:count]
                return value, words[0]
        raise self._wrong(self._value(field, expected), expected)

    def _values(self, field: Token, expected: str, read: Callable[[str], _T | None]) -> tuple[_T, ...]:
        """The values behind *field*: joined by separators, or further words that can be nothing else."""
        values: list[_T] = []
        open_list = True
        while self._rest and (open_list or self._continues(self._rest[0], expected, read)):
            token = self._rest[0]
            if open_list and values and _is_field(token.key):
                break
            self._rest.pop(0)
            open_list = token.text.endswith(tuple(SEPARATORS)) and not token.quoted
            for word, position in values_in(token):
                value = read(word)
                if value is None:
                    raise ParseError(self._text, position, len(word), expected)
                values.append(value)
        if not values:
            raise ParseError(self._text, field.end, 0, expected)
        if len(values) > MAX_VALUES:
            raise self._wrong(field, "fewer")
        return _once(tuple(values))

    def _continues(self, token: Token, expected: str, read: Callable[[str], _T | None]) -> bool:
        if token.text[:1] in SEPARATORS:
            return True
        if _is_field(token.key):
            return False
        if expected == "address":
            return "@" in token.text and not token.text.startswith("<")
        return read(token.text) is not None

    def _from_ip(self, token: Token) -> None:
        network = read_ip(token.text)
        if network is None:
            raise self._wrong(token, "ip")
        self._found = replace(self._found, from_ips=(network,))

    def _id(self, token: Token) -> None:
        found = self._found
        if GUID.fullmatch(token.text):
            ids = _once((*found.message_trace_ids, token.text.lower()))
            self._found = replace(found, message_trace_ids=ids)
            return
        message_id = read_message_id(token.text)
        if message_id is None:
            raise self._wrong(token, "message_id")
        self._found = replace(found, message_ids=_once((*found.message_ids, message_id)))

    def _moment(self, words: str) -> Moment | None:
        return read_moment(words, self._when)

    def _wrong(self, token: Token, expected: str, suggestion: str = "") -> ParseError:
        return ParseError(self._text, token.position, token.length, expected, suggestion)


def _unslashed(token: Token) -> Token:
    if token.quoted or token.text[:1] not in ("/", "／") or token.length == 1:
        return token
    return Token(token.text[1:], token.position + 1, token.length - 1)


def _status(word: str) -> DeliveryStatus | None:
    return find(STATUSES, key_of(word))


def _once(values: tuple[_T, ...]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
