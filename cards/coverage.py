"""How much of what was asked for an answer holds, and what is left to read."""

from adaptivecards.baseobject import BareObject

from cards.elements import container, text
from cards.reader import Reader
from cards.words import status_word
from tracing.model import (
    HANDED_IN,
    MAX_ROWS,
    TROUBLED,
    UNCHECKED,
    Answer,
    Shortfall,
    TraceQuery,
)


def shortfalls(query: TraceQuery, answer: Answer, own: bool, reader: Reader) -> BareObject:
    """Why *answer* is incomplete, how far back it is complete, and what continuing would cost.

    *own*: for an employee, for whom the number of requests is left out.
    """
    why = [
        _why(shortfall, answer, reader)
        for shortfall in Shortfall
        if shortfall in answer.shortfalls and not (answer.rest and shortfall is Shortfall.REQUEST_LIMIT)
    ]
    lines = [*why, *_read(query, answer, own, reader)]
    # To an employee, a count would tell of mail that is not theirs.
    if answer.unchecked and not own:
        lines.append(reader.say("coverage.unchecked", n=len(answer.unchecked)))
    title = text(reader.say("shortfall.title"), weight="Bolder")
    return container([title, *(text(line, spacing="Small") for line in lines)], style="warning")


def can_continue(answer: Answer) -> bool:
    """Whether more can be read into *answer*; one at its size limit takes no more.

    Of unchecked rows only those that the reader is told about count.
    """
    left = answer.rest or answer.shortfalls & {Shortfall.UNCHECKED, Shortfall.RECIPIENTS}
    return bool(left) and Shortfall.ROW_LIMIT not in answer.shortfalls


def unchecked(answer: Answer) -> int:
    """The number of messages in *answer* that stand for unchecked recipients."""
    return sum(row.status in (UNCHECKED, HANDED_IN) for row in answer.rows)


def _why(shortfall: Shortfall, answer: Answer, reader: Reader) -> str:
    rows = unchecked(answer)
    if shortfall is Shortfall.RECIPIENTS and rows:
        return reader.say("shortfall.unchecked_rows", n=rows)
    return reader.say(f"shortfall.{shortfall.value}", n=MAX_ROWS)


def _read(query: TraceQuery, answer: Answer, own: bool, reader: Reader) -> list[str]:
    lines = []
    if answer.rest:
        begun = answer.whole_from < answer.window.end
        lines.append(
            reader.say("coverage.back_to", time=reader.short(answer.whole_from))
            if begun
            else reader.say("coverage.none")
        )
        if answer.trouble_whole_from < answer.whole_from:
            whole = answer.trouble_whole_from == answer.window.start
            asked = [status for status in TROUBLED if not query.statuses or status in query.statuses]
            lines.append(
                reader.say(
                    "coverage.trouble" if whole else "coverage.trouble_back_to",
                    states=" / ".join(status_word(status, reader) for status in asked),
                    time=reader.short(answer.trouble_whole_from),
                )
            )
        # If no more can be read, the cost is of no use.
        if not own and can_continue(answer):
            lines.append(reader.say("coverage.left", n=answer.left))
    return lines
