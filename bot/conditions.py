"""Conditions of a trace, word by word → a query; the grammar stands in `parse`."""

import re
from collections.abc import Callable
from dataclasses import replace
from ipaddress import IPv4Network, IPv6Network
from typing import cast

from bot.commands import MESSAGE_ID_PERIOD
from bot.cursor import AND, Cursor, ParseError, once
from bot.moments import Moment, When, read_moment
from bot.periods import MOST_WORDS, BackwardRange, read_length, read_period
from bot.sentence_words import read_cause
from bot.spoken_times import looks_like_time, words_of_length, words_of_time
from bot.tokens import SEPARATORS, Token, split_keys, values_in
from bot.values import (
    GUID,
    is_address_beyond_doubt,
    is_id_beyond_doubt,
    is_trace_id,
    looks_like_id,
    read_address,
    read_id,
    read_ip,
    read_ip_filter,
    read_ticket,
)
from bot.vocabulary import (
    DIRECTIONS,
    FIELDS,
    NOUNS,
    PRESETS,
    STATUSES,
    SUBJECT_ENDINGS,
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
    IpFilter,
    Period,
    SubjectFilter,
    SubjectMode,
    TraceQuery,
)

_FIELD_KEYS = frozenset(form for forms in FIELDS.values() for form in forms)


_NAME = re.compile(r"[A-Za-z][\w.-]{1,40}", re.ASCII)
"""The first part of an address, where the whole was wanted."""

_MOST_OF_A_CAUSE = 4
"""`user does not exist`"""
_MOST_OF_A_MOMENT = 5
"""`20 November 2026 9:30 pm`"""


def begin_with(token: Token) -> bool:
    """Whether *token* begins a condition, so that a command may be left out before it."""
    if "@" in token.text or "＠" in token.text or split_keys([token], _is_field)[0].key in _FIELD_KEYS:
        return True
    return find(STATUSES, token.key) is not None or find(PRESETS, token.key) is not None


def read_conditions(
    text: str, tokens: list[Token], unclosed: Token | None, when: When, period: Period
) -> TraceQuery:
    """The query of *tokens*, in *period* unless they name one. Raises: ParseError: the first fault.

    Past a fault it reads on, so that nothing is lost: what was understood is in the fault.
    """
    return _Conditions(text, tokens, unclosed, when, period).query()


def _is_field(key: str) -> bool:
    return key in _FIELD_KEYS


class _Conditions:
    def __init__(
        self, text: str, tokens: list[Token], unclosed: Token | None, when: When, period: Period
    ) -> None:
        self._words = Cursor(text, split_keys(map(_undashed, tokens), _is_field), _is_field)
        self._unclosed = unclosed
        self._when = when
        self._found = TraceQuery(period)
        self._said: Period | None = None
        self._since: Moment | None = None
        self._until: tuple[Moment, Token] | None = None

    def query(self) -> TraceQuery:
        fault: ParseError | None = None
        while self._words:
            try:
                self._condition(self._words.take())
            except ParseError as wrong:
                fault = fault or wrong
        if self._unclosed is not None:
            # Whatever else is missing is probably behind the mark.
            fault = self._words.wrong(self._unclosed, "quote")
        try:
            self._found = replace(self._found, period=self._period())
        except ParseError as wrong:
            fault = fault or wrong
        if fault is not None:
            fault.understood = self._found
            raise fault
        return self._found

    def _condition(self, token: Token) -> None:
        found, words = self._found, self._words
        match find(FIELDS, token.key):
            case None:
                self._bare(token)
            case "sender" if token.key == "from" and (
                since := words.maybe(self._moment, _MOST_OF_A_MOMENT, self._reach)
            ):
                self._since = since
            case "recipient" if token.key == "to" and (until := self._ending()):
                self._until = until
            case "sender":
                self._found = replace(found, senders=found.senders + self._addresses(token))
            case "recipient":
                self._found = replace(found, recipients=found.recipients + self._addresses(token))
            case "subject":
                self._found = replace(found, subject=self._subject(token))
            case "status":
                self._statuses(token)
            case "message_id":
                self._ids(token)
            case "from_ip":
                ips: tuple[IpFilter, ...] = words.values(token, "ip", read_ip_filter)
                self._found = replace(found, from_ips=once(found.from_ips + ips))
            case "client_ip":
                network = words.one(token, "client_ip", read_ip)
                self._found = replace(found, client_ip=cast(IPv4Network | IPv6Network, network))
            case "direction":
                direction = words.one(token, "direction", lambda word: find(DIRECTIONS, key_of(word)))
                self._found = replace(found, direction=direction)
            case "ticket":
                self._found = replace(found, ticket=words.one(token, "ticket", read_ticket))
            case "cause":
                words.unite(lambda text: read_cause(text) is not None, _MOST_OF_A_CAUSE)
                causes = words.values(token, "cause", read_cause)
                self._found = replace(found, causes=once(found.causes + causes))
            case "rule":
                self._found = replace(found, rule=words.value(token, "rule").text.strip())
            case "duration":
                self._said = self._ranged(token, "duration", read_length)
            case "since":
                self._since = words.words(token, "date_time", self._moment, _MOST_OF_A_MOMENT, self._reach)
            case _:
                until = self._ending()
                if until is None:
                    raise words.wrong(words.value(token, "date_time"), "date_time")
                self._until = until

    def _bare(self, token: Token) -> None:
        """A word that no field introduces."""
        words, text = self._words, token.text.strip(SEPARATORS)
        if token.quoted:
            raise words.wrong(token, "field")
        if token.key in NOUNS:
            return
        words.put_back(token)
        bracketed = text[:1] in ("<", "＜") and text[-1:] in (">", "＞") and bool(re.search("[@＠]", text))
        if bracketed or is_trace_id(text) or looks_like_id(text):
            self._ids(token)
        elif "@" in text or "＠" in text:
            group = self._addresses(token)
            self._found = replace(self._found, involving=(*self._found.involving, group))
        elif any(_status(word) for word, _ in values_in(token)[:1]):
            self._statuses(token)
        else:
            self._said = self._ranged(token, "field", read_period)

    def _period(self) -> Period:
        if self._since is None and self._until is None:
            period = self._said or self._found.period
            if isinstance(period, Between) and period.start >= self._when.now:
                raise ParseError(self._words.text, len(self._words.text), 0, "future")
            by_id = self._found.message_ids or self._found.message_trace_ids
            return MESSAGE_ID_PERIOD if by_id and self._said is None else period
        end = self._until[0].end if self._until else None
        start = self._since.start if self._since else (end or self._when.now) - DEFAULT_PERIOD.duration
        if self._until is not None and start >= self._until[0].end:
            raise self._words.wrong(self._until[1], "range")
        if start >= self._when.now:
            last = self._until[1] if self._until else Token("", len(self._words.text), 0)
            raise self._words.wrong(last, "future")
        return Between(start, end)

    def _ranged(self, token: Token, expected: str, read: Callable[[str, When], Period | None]) -> Period:
        """A period of one or more words; *token* is where a fault is marked."""
        try:
            said = self._words.maybe(
                lambda words: read(words, self._when),
                MOST_WORDS,
                self._reach if expected != "duration" else self._reach_of_length,
            )
        except BackwardRange:
            raise self._words.wrong(self._words.take(), "range") from None
        if said is None:
            wrong = self._words.value(token, expected)
            if expected == "field" and looks_like_time(wrong.text):
                raise self._words.wrong(wrong, "date_time")
            raise self._words.wrong(wrong, expected, nearest(FIELDS, wrong.key) if wrong is token else "")
        # mypy takes what several kinds of period have in common for what they are.
        return cast(Period, said)

    def _subject(self, field: Token) -> SubjectFilter:
        words, mode = self._words, None
        if len(words) > 1 and find(FIELDS, words.ahead(1)) is None:
            mode = find(SUBJECT_MODES, words.ahead(0))
            if mode is not None and find(SUBJECT_ENDINGS, words.ahead(1)) is None:
                words.take()
        value = words.value(field, "subject")
        text = value.text if value.quoted else self._unquoted(value)
        said = find(SUBJECT_ENDINGS, words.ahead(0))
        if said is not None:
            words.take()
        elif not value.quoted:
            text, said = _unended(text)
        return SubjectFilter(said or mode or SubjectMode.CONTAINS, text)

    def _unquoted(self, value: Token) -> str:
        """*value* and the words behind it that can be nothing else: `subject Invoice 10 from …`."""
        words, last = self._words, value
        while words and not self._is_condition(words.ahead(0)):
            last = words.take()
        return words.text[value.position : last.end]

    def _is_condition(self, key: str) -> bool:
        """Whether the word next in line, *key*, begins a condition, or was meant to."""
        if not key or "@" in key or is_trace_id(key) or _status(key.strip(SEPARATORS)) or _is_field(key):
            return True
        if find(SUBJECT_ENDINGS, key) is not None:
            return True
        return bool(nearest(FIELDS, key)) or self._words.foresees(self._is_period, MOST_WORDS, self._reach)

    def _is_period(self, words: str) -> bool:
        try:
            return read_period(words, self._when) is not None
        except BackwardRange:
            return True

    def _addresses(self, field: Token) -> tuple[AddressPattern, ...]:
        try:
            # After an address in angle brackets another one is an address too; otherwise it is a Message-ID.
            ends = "" if self._words.ahead(0).startswith("<") else "<"
            return self._words.values(
                field,
                "address",
                read_address,
                lambda w: is_address_beyond_doubt(w) and w[0] != ends and not looks_like_id(w),
                # Without a field, two addresses joined by “and” may both be meant.
                AND if _is_field(field.key) else (),
            )
        except ParseError as wrong:
            word = wrong.text[wrong.position : wrong.position + wrong.length]
            if _NAME.fullmatch(word) and not _is_field(key_of(word)):
                wrong.suggestion = f"{word}@*"
            raise

    def _statuses(self, field: Token) -> None:
        statuses = self._words.values(field, "status", _status)
        self._found = replace(self._found, statuses=once(self._found.statuses + statuses))

    def _ids(self, field: Token) -> None:
        """Read Message-IDs and trace ids, mixed. A further one needs a separator unless it is clearly an id.

        After the field's name, a further bare word is an id too, unless the first id is in angle brackets:
        then it is an address.
        """
        found = self._found
        plain = _is_field(field.key) and not self._words.ahead(0).startswith("<")

        def goes_on(word: str) -> bool:
            return _is_id(word) or (plain and is_id_beyond_doubt(word))

        ids = self._words.values(field, "message_id", read_id, goes_on)
        trace_ids = tuple(one for one in ids if GUID.fullmatch(one))
        message_ids = tuple(one for one in ids if not GUID.fullmatch(one))
        self._found = replace(
            found,
            message_ids=once(found.message_ids + message_ids),
            message_trace_ids=once(found.message_trace_ids + trace_ids),
        )

    def _reach(self, words: str) -> int:
        return words_of_time(words, self._when)

    def _reach_of_length(self, words: str) -> int:
        return words_of_length(words, self._when)

    def _moment(self, words: str) -> Moment | None:
        return read_moment(words, self._when)

    def _ending(self) -> tuple[Moment, Token] | None:
        """A moment, and where it stands, for a fault of both ends together; None when none follows."""
        if not self._words:
            return None
        place = self._words.take()
        self._words.put_back(place)
        moment = self._words.maybe(self._moment, _MOST_OF_A_MOMENT, self._reach)
        return None if moment is None else (moment, place)


def _is_id(word: str) -> bool:
    return word[0] in ("<", "＜") or is_trace_id(word) or looks_like_id(word)


def _undashed(token: Token) -> Token:
    """`--sender` as the word it is; Teams makes one long dash of two."""
    word = token.text.lstrip("-–—")
    if token.quoted or word == token.text or not _is_field(key_of(re.split("[:=]", word)[0])):
        return token
    return Token(word, token.end - len(word), len(word))


def _unended(text: str) -> tuple[str, SubjectMode | None]:
    """*text* without the words that say how it is meant: 請求書で始まる."""
    for mode, endings in SUBJECT_ENDINGS.items():
        for ending in endings:
            if text.endswith(ending) and text != ending:
                return text.removesuffix(ending), mode
    return text, None


def _status(word: str) -> DeliveryStatus | None:
    return find(STATUSES, key_of(word))
