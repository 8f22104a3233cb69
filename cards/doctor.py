"""The examination of the installation: what is wrong first, each with what fails and what to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from adaptivecards.baseobject import BareObject

from cards.elements import Card, Press, clean, column, columns, container, execute, finish, rich, run, text
from cards.reader import Reader
from tracing.reaching import WHYS

SIGNS = {"fault": "❌", "warning": "⚠️", "note": "ℹ️", "fine": "✅"}
_STYLES = {"fault": "attention", "warning": "warning", "note": "emphasis", "fine": "good"}
_MAX_FACT = 300
_LONGEST_WORD = 60


@dataclass(frozen=True)
class Line:
    """One finding: `check` and `reason` are the middle parts of texts' keys, `severity` one of SIGNS.

    `step` is the number in docs/install.md, 0 for none.
    """

    check: str
    reason: str
    severity: str
    step: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)


def render(lines: Sequence[Line], severity: str, again: Press, reader: Reader) -> Card:
    """The card of *lines*, which come the worst first; *severity* is the worst."""
    head = [
        text(f"🩺 {reader.say('doctor.title')}", size="Large", weight="Bolder"),
        text(reader.say(f"doctor.lead.{severity}"), spacing="Small"),
    ]
    body: list[BareObject] = [container(head, style=_STYLES[severity], bleed=True)]
    trouble = [line for line in lines if line.severity != "fine"]
    body += [_trouble(alike, reader) for alike in _alike(trouble, reader)]
    fine = dict.fromkeys(
        reader.say(f"doctor.check.{line.check}") for line in lines if line.severity == "fine"
    )
    if fine:
        body.append(
            text(f"{SIGNS['fine']} {reader.say('doctor.fine')}", weight="Bolder", separator=bool(trouble))
        )
        body.append(text(" · ".join(fine), isSubtle=True, size="Small", spacing="None"))
    buttons = [execute(again, reader.say("doctor.again"))]
    return finish(body, reader.say(f"doctor.summary.{severity}"), reader.language, buttons)


def _trouble(alike: Sequence[Line], reader: Reader) -> BareObject:
    line = alike[0]
    told = [
        text(reader.say(f"doctor.check.{line.check}"), weight="Bolder"),
        *(text(_say(one, "what", reader), spacing="None") for one in alike),
        _labelled("fails", _say(line, "fails", reader), reader),
        _labelled("do", _to_do(line, reader), reader),
    ]
    return columns(
        column([text(SIGNS[line.severity], wrap=False)], "28px"),
        column(told, "stretch", spacing="Small"),
        separator=True,
    )


def _labelled(part: str, sentence: str, reader: Reader) -> BareObject:
    return rich(
        run(f"{reader.say(f'doctor.{part}')}: ", weight="Bolder", size="Small"),
        # A command is copied from here: nothing hidden may stand in its words.
        run(sentence, longest_word=_LONGEST_WORD, size="Small"),
        spacing="Small",
    )


def spell(lines: Sequence[Line], severity: str, reader: Reader) -> Iterator[str]:
    """The same as lines of plain text, for a terminal."""
    for alike in _alike(lines, reader):
        first = alike[0]
        check = reader.say(f"doctor.check.{first.check}")
        for line in alike:
            yield f"{SIGNS[line.severity]} {check}: {_say(line, 'what', reader)}"
        if first.severity != "fine":
            yield f"     {reader.say('doctor.fails')}: {_say(first, 'fails', reader)}"
            yield f"     {reader.say('doctor.do')}: {_to_do(first, reader)}"
    yield reader.say(f"doctor.lead.{severity}")


def _alike(lines: Sequence[Line], reader: Reader) -> list[list[Line]]:
    """*lines* in order; those with the same failure and the same remedy are grouped."""

    def told(line: Line) -> tuple[str, ...]:
        parts = () if line.severity == "fine" else (_say(line, "fails", reader), _to_do(line, reader))
        return (line.check, line.reason, *parts)

    return [list(alike) for _, alike in groupby(lines, told)]


def words(line: Line, reader: Reader) -> dict[str, str]:
    """The words of *line* by their part: `what`, and where it is not in order `fails` and `do`."""
    parts = ("what",) if line.severity == "fine" else ("what", "fails", "do")
    return {part: _say(line, part, reader) for part in parts}


def _to_do(line: Line, reader: Reader) -> str:
    step = f" ({reader.say('doctor.step', step=line.step)})" if line.step else ""
    return f"{_say(line, 'do', reader)}{step}"


def _say(line: Line, part: str, reader: Reader) -> str:
    facts = {name: clean(value, _MAX_FACT) for name, value in line.facts.items()}
    if "what" in facts:
        facts["what"] = reader.say(f"doctor.credential.{facts['what']}")
    if facts.get("why") in WHYS:
        facts["why"] = reader.say(f"doctor.why.{facts['why']}")
    return reader.say(f"doctor.{line.reason}.{part}", **facts)
