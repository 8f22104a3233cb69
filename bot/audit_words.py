"""`audit last 7d by sato ticket INC123` → the question; the words behind `by` go on to the next field."""

from collections.abc import Callable
from functools import partial
from typing import cast

from bot.cursor import Cursor, ParseError
from bot.moments import When
from bot.periods import MOST_WORDS, BackwardRange, read_length, read_period
from bot.record import AUDIT_PERIOD, AuditQuery
from bot.spoken_times import words_of_length, words_of_time
from bot.tokens import Token
from bot.values import read_ticket
from bot.vocabulary import BY, FIELDS
from tracing.model import Period

MAX_BY = 100


def read_audit(text: str, rest: list[Token], when: When) -> AuditQuery:
    """What is asked of the record. Raises: ParseError."""
    words = Cursor(text, list(rest), _is_field)
    period: Period = AUDIT_PERIOD
    by = ticket = ""
    while words:
        token = words.take()
        try:
            if token.key in BY:
                by = _by(words, token)
            elif token.key in FIELDS["ticket"]:
                ticket = words.one(token, "ticket", read_ticket)
            elif token.key in FIELDS["duration"]:
                period = _period(words, token, "duration", partial(read_length, when=when), when)
            else:
                words.put_back(token)
                period = _period(words, token, "audit", partial(read_period, when=when), when)
        except BackwardRange:
            raise words.wrong(token, "range") from None
    return AuditQuery(period, by, ticket=ticket)


def _by(words: Cursor, field: Token) -> str:
    named = [words.value(field, "by").text]
    while words and not _is_field(words.ahead(0)):
        named.append(words.take().text)
    said = " ".join(named).strip()
    if not said or len(said) > MAX_BY:
        raise ParseError(words.text, field.end, 0, "by")
    return said


def _period(
    words: Cursor, field: Token, expected: str, read: Callable[[str], Period | None], when: When
) -> Period:
    reach = partial(words_of_length if expected == "duration" else words_of_time, when=when)
    return cast(Period, words.words(field, expected, read, MOST_WORDS, reach))


def _is_field(key: str) -> bool:
    return key in BY or key in FIELDS["ticket"] or key in FIELDS["duration"]
