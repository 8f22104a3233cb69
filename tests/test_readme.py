"""What is written for people is true of the code: settings, permissions, errors, shell, links, tables."""

import io
import json
import re
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from dotenv import dotenv_values

from bot.command_line import read_arguments
from bot.settings import (
    DATABASE_URL,
    GRAPH_URL,
    LOGIN_URL,
    OPENID_METADATA_URL,
    WrongSettings,
    read_settings,
)
from bot.store.tables import metadata as metadata_of_tables
from cards.texts import TEXTS
from tests.pages import README, ROOT, documents, rows, section, sources
from tracing.credentials import EXCHANGE

ENV_EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
SETTINGS = (ROOT / "docs/settings.md").read_text("utf-8")
GUID = "6f1c5b0e-0000-4000-8000-000000000001"

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


def test_readme_is_short() -> None:
    """What takes more than a line has a page of its own; the README is read to its end."""
    assert len(README.splitlines()) <= 200


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


def test_program_takes_what_is_to_be_typed() -> None:
    """Every way in which a page calls `app.py` is one that it knows."""
    said = {
        line.partition("app.py")[2].partition("#")[0].strip()
        for page in documents()
        for code in re.findall(r"```sh\n(.*?)```|`([^`\n]+)`", page.read_text("utf-8"), re.DOTALL)
        for line in "".join(code).splitlines()
        if re.search(r"(^|python |/)app\.py( |$)", line) and " cp " not in line
    }

    assert {"doctor", "package"} <= said
    for line in sorted(said):
        assert read_arguments(shlex.split(line)).do in ("", "doctor", "package", "audit"), line


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
    "state_payloads": "Results behind a card",
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
