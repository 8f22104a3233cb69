"""What people are told they can type can be typed; the README, the guides and the help card say the same."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass

import pytest

from bot.parse import parse
from bot.vocabulary import COMMANDS, find, key_of
from cards.help import EXAMPLES, FOR_AUDITORS, MORE
from tests.cards.guide import FOLDER as PICTURE_FOLDER
from tests.cards.guide import PICTURES
from tests.pages import GUIDES, README, WHEN, commands_in, examples_of, section

WHOLE = {
    "en": section(GUIDES["en"], "Everything you can type"),
    "ja": section(GUIDES["ja"], "入力できることのすべて"),
}
"""The part of each guide that has every command."""


@pytest.mark.parametrize("line", dict.fromkeys(commands_in("\n".join((README, *GUIDES.values())))))
def test_readme_example_parses(line: str) -> None:
    """What the README and the guides say can be typed can be typed."""
    assert parse(line, WHEN)


@pytest.mark.parametrize("line", [line for _, *both in (*EXAMPLES, *MORE, *FOR_AUDITORS) for line in both])
def test_help_example_parses(line: str) -> None:
    """What the help card says can be typed can be typed."""
    assert parse(line, WHEN)


def test_examples_are_found() -> None:
    """The README has examples in both languages, and the how-to page's own among them."""
    examples = commands_in(README)

    assert "trace to info@with-wit.com last 2d" in examples
    assert "追跡 宛先 info@with-wit.com 期間 2日" in examples


def test_pairs_of_examples_mean_the_same() -> None:
    """The two columns of the README's table, and the two guides row by row, ask the same."""
    table = [
        line.split("|")[2:4]
        for line in section(README, "What people can type").splitlines()
        if line.startswith("| ") and "`" in line
    ]
    both = [tuple(map(commands_in, cells)) for cells in table]
    both += zip(examples_of(WHOLE["en"]), examples_of(WHOLE["ja"]), strict=True)
    pairs = [pair for english, japanese in both for pair in zip(english, japanese, strict=True)]
    unlike = [
        english
        for english, japanese in pairs
        if "subject" not in english and parse(english, WHEN) != parse(japanese, WHEN)
    ]

    assert len(pairs) >= 50
    assert not unlike


@pytest.mark.parametrize("language", WHOLE)
def test_guide_has_every_command(language: str) -> None:
    """Every command has an example in each guide, and so has every line of the help card in kind."""
    firsts = {find(COMMANDS, key_of(line.split()[0].lstrip("/"))) for line in commands_in(WHOLE[language])}

    assert firsts == set(COMMANDS)


@pytest.mark.parametrize(("language", "column"), [("ja", 1), ("en", 2)])
def test_guide_has_what_the_help_card_has(language: str, column: int) -> None:
    """Whatever an example of the help card says, of one command, some examples of the guide say too."""
    said: dict[str, set[str]] = {}
    for line in commands_in(WHOLE[language]):
        kind, parts = shape(parse(line, WHEN))
        said.setdefault(kind, set()).update(parts)
    lines = [row[column] for row in (*EXAMPLES, *MORE, *FOR_AUDITORS)]

    unsaid = {
        line: parts - said.get(kind, set()) for line in lines for kind, parts in [shape(parse(line, WHEN))]
    }
    assert {line: parts for line, parts in unsaid.items() if parts} == {}


def shape(command: object) -> tuple[str, set[str]]:
    """What kind of command, and which of its parts were said."""
    return type(command).__name__, set(parts_of(command))


def parts_of(value: object, above: str = "") -> Iterator[str]:
    """The names of all fields below *value* that are not what they are by themselves."""
    if not is_dataclass(value):
        return
    for field in fields(value):
        part = getattr(value, field.name)
        usual = field.default if field.default_factory is MISSING else field.default_factory()
        if part != usual:
            yield f"{above}{field.name}"
            yield from parts_of(part, f"{above}{field.name}.")


@pytest.mark.parametrize("language", GUIDES)
def test_guide_has_its_pictures(language: str) -> None:
    """Each guide shows every card drawn for it, in its language, with words for who cannot see it."""
    shown = dict(re.findall(r"!\[([^\]]+)\]\(pictures/([\w-]+)\.png\)", GUIDES[language]))

    assert sorted(shown.values()) == sorted(f"{name}-{language}" for name in PICTURES)
    for name in shown.values():
        assert (PICTURE_FOLDER / f"{name}.png").stat().st_size < 100_000
