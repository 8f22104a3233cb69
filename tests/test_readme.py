"""What is written for people is true of the code: settings, permissions, packages, commands, links."""

import ast
import io
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from importlib.metadata import metadata, packages_distributions
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dotenv import dotenv_values

from bot.moments import When
from bot.parse import parse
from bot.settings import (
    DATABASE_URL,
    GRAPH_URL,
    LOGIN_URL,
    OPENID_METADATA_URL,
    WrongSettings,
    read_settings,
)
from bot.store.tables import metadata as metadata_of_tables
from bot.vocabulary import COMMANDS, find, key_of
from cards.help import EXAMPLES, FOR_AUDITORS, MORE
from cards.texts import TEXTS
from tests.cards.guide import FOLDER as PICTURE_FOLDER
from tests.cards.guide import PICTURES
from tracing.credentials import EXCHANGE

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
ENV_EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
WHEN = When(datetime(2026, 11, 24, 3, 0, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
GUID = "6f1c5b0e-0000-4000-8000-000000000001"

UNIMPORTED = {
    "aiosqlite": "a driver that SQLAlchemy loads by the URL's name",
    "psycopg": "a driver that SQLAlchemy loads by the URL's name",
    "tzdata": "data that zoneinfo finds by itself",
}

DEFAULTS = {
    "MicrosoftAppType": "SingleTenant",
    "HOST": "127.0.0.1",
    "PORT": "3978",
    "TRACE_LOOK_BACK_DAYS": "30",
    "TRACE_RECORD_DAYS": "365",
    "TRACE_MESSAGES_PER_MINUTE": "60",
    "TRACE_TIME_ZONE": "UTC",
    "TRACE_DATABASE_URL": DATABASE_URL,
    "TRACE_GRAPH_URL": GRAPH_URL,
    "TRACE_LOGIN_URL": LOGIN_URL,
    "TRACE_OPENID_METADATA_URL": OPENID_METADATA_URL,
}


def sources(*rooms: str) -> Iterator[tuple[Path, str]]:
    """The Python of *rooms*, and `app.py`."""
    for path in (ROOT / "app.py", *(p for room in rooms for p in sorted((ROOT / room).rglob("*.py")))):
        yield path, path.read_text("utf-8")


def documents() -> list[Path]:
    """Every page that people read."""
    return sorted(
        {*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("manifest/*.md"), *ROOT.glob("deploy/*.md")}
    )


def section(page: str, heading: str) -> str:
    """What stands in *page* below *heading*, as far as the next of its rank."""
    return page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def rows(text: str) -> dict[str, list[str]]:
    """The tables in *text*: the code in the first column → the other cells."""
    lines = (re.split(r"(?<!\\)\|", line.strip().strip("|")) for line in text.splitlines())
    return {
        cells[0].strip().strip("`"): [cell.strip() for cell in cells[1:]]
        for cells in lines
        if cells[0].strip().startswith("`") and len(cells) > 1
    }


class Recorder(dict[str, str]):
    """An environment that notes what is asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


def settings_read() -> set[str]:
    environment = Recorder()
    with pytest.raises(WrongSettings):
        read_settings(environment)
    return environment.asked


def commands_in(text: str) -> list[str]:
    """The inline code of *text* that begins as a command does."""
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return [span for span in spans if find(COMMANDS, key_of(span.split()[0].lstrip("/"))) is not None]


def examples_of(text: str) -> Iterator[list[str]]:
    """The commands of each row of *text* that has some, by the column of what can be typed."""
    for line in text.splitlines():
        if line.startswith("| ") and (found := commands_in(line)):
            yield found


GUIDES = {language: (ROOT / "docs" / f"users.{language}.md").read_text("utf-8") for language in ("en", "ja")}
SETTINGS = (ROOT / "docs/settings.md").read_text("utf-8")
DEPENDENCIES = (ROOT / "docs/dependencies.md").read_text("utf-8")
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


def test_readme_is_short() -> None:
    """What takes more than a line has a page of its own; the README is read to its end."""
    assert len(README.splitlines()) <= 200


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


def test_settings_are_described() -> None:
    """Every setting the program reads is in the README, on its page and in .env.example, and no other is."""
    in_example = set(re.findall(r"^(?:# )?([A-Za-z_]+)=", ENV_EXAMPLE, re.MULTILINE))
    short, full = rows(section(README, "Settings")), rows(SETTINGS)

    assert set(short) == settings_read()
    assert in_example == settings_read()
    assert {name: cells[0] for name, cells in short.items()} == {
        name: cells[0] for name, cells in full.items()
    }
    assert all(len(cells) == 3 and all(cells) for cells in full.values())


@pytest.mark.parametrize(("name", "default"), DEFAULTS.items())
def test_default_is_the_one_described(name: str, default: str) -> None:
    """The README and .env.example name the default that the program has."""
    assert f"`{default}`" in rows(SETTINGS)[name][0]
    assert f"# {name}={default}\n" in ENV_EXAMPLE


def filled(text: str) -> Mapping[str, str]:
    """*text* as a settings file, and the three values only an administrator has."""
    values = {name: value or "" for name, value in dotenv_values(stream=io.StringIO(text)).items()}
    own = {"MicrosoftAppId": GUID, "MicrosoftAppTenantId": GUID, "MicrosoftAppPassword": "secret"}
    return values | own


def test_example_file_starts_the_bot() -> None:
    """Three values are enough; with every line uncommented the settings are still the same."""
    uncommented = re.sub(r"^# (?=[A-Za-z_]+=)", "", ENV_EXAMPLE, flags=re.MULTILINE)

    assert read_settings(filled(ENV_EXAMPLE)) == read_settings(filled(uncommented))


def test_permissions_are_described() -> None:
    """Every Graph permission that the code names is in the README, and no other is asked for."""
    named = {
        name
        for _, text in sources("bot", "tracing")
        for name in re.findall(r"\b\w+\.Read(?:Write)?\.All\b", text)
    }

    assert named
    assert set(rows(section(README, "Permissions"))) == named


def pinned(name: str) -> dict[str, str]:
    """What a file of requirements holds: package → version."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return dict(re.sub(r"\[.*?\]", "", line).split("==") for line in lines if "==" in line)


def imported() -> set[str]:
    """The packages, by the names they are installed by, that the program imports."""
    modules: set[str] = set()
    for _, text in sources("bot", "cards", "tracing", "demo"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    providers = packages_distributions()
    return {name.lower() for module in modules for name in providers.get(module, ())}


LICENCES = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "PSFL": "PSF-2.0",
}
"""What packages say of themselves → the name that SPDX has for it."""


def licence_of(package: str) -> str:
    """The licence that the installed *package* names; where it holds the whole text, its classifier does."""
    said = metadata(package)
    words = [*said.get_all("License-Expression", []), *said.get_all("License", [])]
    classes = (each.rpartition(" :: ")[2] for each in said.get_all("Classifier", []) if "License" in each)
    word = next((word for word in words if "\n" not in word), "") or next(classes)
    return LICENCES.get(word, word)


@pytest.mark.parametrize(
    ("heading", "file"),
    [("What the bot runs on", "requirements.txt"), ("For development", "requirements-dev.txt")],
)
def test_packages_are_described(heading: str, file: str) -> None:
    """Each package has its reason, its licence, its version as pinned, and the day of its release."""
    described = rows(section(DEPENDENCIES, heading))
    looked_at = re.findall(r"newest on (\d{4}-\d\d-\d\d)", DEPENDENCIES)[0]

    assert {name: cells[2] for name, cells in described.items()} == pinned(file)
    assert {name: cells[1] for name, cells in described.items()} == {n: licence_of(n) for n in described}
    assert all(reason and kept_up for reason, _, _, _, kept_up in described.values())
    assert all("2020-01-01" < cells[3] <= looked_at for cells in described.values())


def test_packages_from_npm_are_described() -> None:
    """So has each package from npm, its licence as npm wrote it down."""
    described = {n: tuple(cells[1:3]) for n, cells in rows(section(DEPENDENCIES, "From npm")).items()}
    found = {}
    for folder in ("demo/page", "tests/manifest"):
        lock = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))["packages"]
        for name in lock[""]["dependencies"]:
            installed = lock[f"node_modules/{name}"]
            found[name] = (installed["license"], installed["version"])

    assert described == found


def test_packages_are_used() -> None:
    """Something imports each package that the bot runs on, or loads it by a name that is no import."""
    used = imported()

    assert {n for n in pinned("requirements.txt") if n.lower() not in used} == set(UNIMPORTED)


def test_errors_are_described_by_their_text() -> None:
    """Every refusal of Entra that has words of its own is in the troubleshooting page."""
    page = (ROOT / "docs/troubleshooting.md").read_text("utf-8")
    codes = {code for _, text in sources("bot", "cards") for code in re.findall(r"AADSTS\d+", text)}

    assert codes
    assert codes <= set(re.findall(r"AADSTS\d+", page))


def test_cards_are_explained_by_their_text() -> None:
    """Every fault is found by what heads its card, in either language, and each line is some card's."""
    page = (ROOT / "docs/troubleshooting.md").read_text("utf-8")
    lines = section(page, "What the bot says, or does not").splitlines()
    seen = [[cell.strip() for cell in line.split("|")[1:3]] for line in lines if line.startswith("| ")][1:]
    titles = {
        (said["en"], said["ja"]) for key, said in TEXTS.items() if re.fullmatch(r"fault\.\w+\.title", key)
    }

    assert titles <= {(english, japanese) for english, japanese in seen}
    for english, japanese in seen:
        if japanese:
            said = (english.rstrip("…"), japanese.rstrip("…"))
            assert any(all(map(str.startswith, (one["en"], one["ja"]), said)) for one in TEXTS.values()), said


def test_commands_of_the_shell_exist() -> None:
    """Every `make …` that a page names is a target."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    pages = "\n".join(page.read_text("utf-8") for page in documents())
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", pages, re.MULTILINE))

    assert {"demo", "test"} <= named <= targets


@pytest.mark.parametrize("page", documents(), ids=lambda page: str(page.relative_to(ROOT)))
def test_shell_reads_what_is_to_be_typed(page: Path) -> None:
    """Every block for a shell is one that a shell can read, and JSON in it is JSON."""
    text = page.read_text("utf-8")
    blocks = [
        re.sub(r"<[^<>\n]+>", "value", block) for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    ]
    done = subprocess.run(
        ["bash", "-n"], input="\n".join(blocks), capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    for said in re.findall(r"--parameters '(\{.*?\})'", "\n".join(blocks), re.DOTALL):
        assert json.loads(said)["audiences"] == [EXCHANGE]


@pytest.mark.parametrize("page", documents(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page leads to a file, and to a heading where it names one."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page

        assert path.exists(), target
        assert not anchor or anchor in anchors(path), target


@pytest.mark.parametrize("language", GUIDES)
def test_guide_has_its_pictures(language: str) -> None:
    """Each guide shows every card drawn for it, in its language, with words for who cannot see it."""
    shown = dict(re.findall(r"!\[([^\]]+)\]\(pictures/([\w-]+)\.png\)", GUIDES[language]))

    assert sorted(shown.values()) == sorted(f"{name}-{language}" for name in PICTURES)
    for name in shown.values():
        assert (PICTURE_FOLDER / f"{name}.png").stat().st_size < 100_000


KEPT = {
    "acknowledgements": "who took a trouble on",
    "card_states": "Results behind a card",
    "claimed_activities": "Ids of worked messages",
    "conversation_references": "Where each person's 1:1 is",
    "errands": "Watches",
    "kept_searches": "Searches that a person saved",
    "open_answers": "cards still open",
    "places": "Approved places",
    "record": "The record",
    "report_chunks": "Reports in the making",
    "reports": "Reports in the making",
    "request_stamps": "Times of requests to Graph",
    "signs": "When something last came from Teams",
    "targeted_services": "connectors",
    "waiting_tickets": "Times of requests to Graph",
    "watched_rows": "mail that a watch knows",
    "watched_windows": "mail that a watch knows",
}
"""A table → the words under which administrators are told of it."""


def test_what_is_kept_is_told() -> None:
    """Every table of the database is a row of what is kept, and for how long."""
    told = section((ROOT / "docs/administrators.md").read_text("utf-8"), "What is kept, and for how long")

    assert set(KEPT) == set(metadata_of_tables.tables)
    assert {words for words in KEPT.values() if words not in told} == set()


def anchors(page: Path) -> set[str]:
    """The headings of *page* as links name them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
