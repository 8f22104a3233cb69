"""What is written for people is true of the code: settings, permissions, packages, commands, links."""

import ast
import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import packages_distributions
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
from bot.vocabulary import COMMANDS, find, key_of
from cards.help import EXAMPLES, MORE

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


def rows(heading: str) -> dict[str, list[str]]:
    """The table below *heading* in the README: its first column's code → the other cells."""
    section = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = (re.split(r"(?<!\\)\|", line.strip().strip("|")) for line in section.splitlines())
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


GUIDES = [(ROOT / "docs" / f"users.{language}.md").read_text("utf-8") for language in ("en", "ja")]


@pytest.mark.parametrize("line", dict.fromkeys(commands_in("\n".join((README, *GUIDES)))))
def test_readme_example_parses(line: str) -> None:
    """What the README says can be typed can be typed."""
    assert parse(line, WHEN)


@pytest.mark.parametrize("line", [line for _, *both in (*EXAMPLES, *MORE) for line in both])
def test_help_example_parses(line: str) -> None:
    """What the help card says can be typed can be typed."""
    assert parse(line, WHEN)


def test_examples_are_found() -> None:
    """The README has examples in both languages, and the how-to page's own among them."""
    examples = commands_in(README)

    assert "trace to info@with-wit.com last 2d" in examples
    assert "追跡 宛先 info@with-wit.com 期間 2日" in examples


def test_pairs_of_examples_mean_the_same() -> None:
    """The two columns of the README's table ask the same, but for the words that are searched for."""
    section = README.partition("\n## What people can type\n")[2].partition("\n## ")[0]
    table = [line.split("|")[2:4] for line in section.splitlines() if line.startswith("| ") and "`" in line]
    pairs = [pair for cells in table for pair in zip(*(commands_in(cell) for cell in cells), strict=True)]
    unlike = [
        english
        for english, japanese in pairs
        if "subject" not in english and parse(english, WHEN) != parse(japanese, WHEN)
    ]

    assert len(pairs) >= 10
    assert not unlike


def test_settings_are_described() -> None:
    """Every setting the program reads stands in the README and in .env.example, and no other does."""
    in_example = set(re.findall(r"^(?:# )?([A-Za-z_]+)=", ENV_EXAMPLE, re.MULTILINE))

    assert set(rows("Settings")) == settings_read()
    assert in_example == settings_read()


@pytest.mark.parametrize(("name", "default"), DEFAULTS.items())
def test_default_is_the_one_described(name: str, default: str) -> None:
    """The README and .env.example name the default that the program has."""
    assert f"`{default}`" in rows("Settings")[name][0]
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
    assert set(rows("Permissions")) == named


def requirements() -> set[str]:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    return {re.split(r"[\[=]", line)[0] for line in lines if line}


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


def test_packages_are_described_and_used() -> None:
    """Each run-time package has its reason and its licence in the README, and something imports it."""
    described, used = rows("Dependencies"), imported()
    unused = {name for name in requirements() if name.lower() not in used}

    assert set(described) == requirements()
    assert all(reason and licence for reason, licence in described.values())
    assert unused == set(UNIMPORTED)


def test_packages_are_looked_at_closer() -> None:
    """docs/dependencies.md has each run-time package with the version and the licence that are ours."""
    page = (ROOT / "docs/dependencies.md").read_text("utf-8")
    lines = (ROOT / "requirements.txt").read_text("utf-8").split()
    pinned = dict(re.sub(r"\[.*?\]", "", one).split("==") for one in lines)
    table = {
        n: (v, licence)
        for n, v, licence in re.findall(r"^\| `([\w.-]+)` \| (\S+) \| ([^|]+?) \|", page, re.M)
    }

    assert {name: version for name, (version, _) in table.items()} == pinned
    assert {name: licence for name, (_, licence) in table.items()} == {
        name: cells[1] for name, cells in rows("Dependencies").items()
    }


def test_errors_are_described_by_their_text() -> None:
    """Every refusal of Entra that has words of its own is in the troubleshooting page."""
    page = (ROOT / "docs/troubleshooting.md").read_text("utf-8")
    codes = {code for _, text in sources("bot", "cards") for code in re.findall(r"AADSTS\d+", text)}

    assert codes
    assert codes <= set(re.findall(r"AADSTS\d+", page))


def test_development_packages_are_described() -> None:
    """Each package of the tests is named in the README."""
    lines = (ROOT / "requirements-dev.txt").read_text("utf-8").splitlines()
    names = {re.split(r"[\[=]", line)[0] for line in lines if line and not line.startswith("-r")}

    assert {name for name in names if f"`{name}`" not in README} == set()


def test_commands_of_the_shell_exist() -> None:
    """Every `make …` that a page names is a target."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    pages = "\n".join(page.read_text("utf-8") for page in documents())
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", pages, re.MULTILINE))

    assert {"demo", "test"} <= named <= targets


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


def anchors(page: Path) -> set[str]:
    """The headings of *page* as links name them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
