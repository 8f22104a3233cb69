"""That the database is away: a line under an answer that did without, and the answer where nothing can."""

from cards.elements import Card, Press, container, execute, finish, fitting, plain, text
from cards.reader import Reader
from cards.words import conditions
from tracing.model import TraceQuery


def below(card: Card, reader: Reader) -> Card:
    """*card* with the line; a shorter one where there is little room."""
    lines = (reader.say("away.line"), reader.say("away.short"))
    return fitting(lambda line: _with(card, line), lines)


def render(
    query: TraceQuery | None, again: Press | None, reference: str, reader: Reader, why: str = "what"
) -> Card:
    """The card shown when a request needs the database and it is away.

    *why* is the last part of the key: `what`, `unrecorded` if nothing new is shown either, or `damaged`.
    """
    title = reader.say("away.title")
    body = [
        container(
            [
                text(f"⚠️ {title}", weight="Bolder", size="Large"),
                text(reader.say(f"away.{why}"), spacing="Small"),
            ],
            style="warning",
            bleed=True,
        )
    ]
    if query is not None:
        body.append(conditions(query, reader))
    body.append(text(reader.say("fault.id", id=reference), isSubtle=True, size="Small"))
    buttons = [execute(again, reader.say("button.again"))] if again else []
    return finish(body, title, reader.language, buttons)


def _with(card: Card, line: str) -> Card:
    note = plain(text(f"⚠️ {line}", isSubtle=True, size="Small", separator=True))
    return Card({**card.content, "body": [*card.content["body"], note]}, card.summary)
