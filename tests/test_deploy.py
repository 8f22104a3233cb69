"""What the bot is run by: held to what can be read without an engine."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import read_settings
from demo.company import TENANT_ID
from tests.signing import APP_ID
from tests.test_readme import settings_read

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
SECRET = re.compile(r"(password|secret|token|api_?key)\s*[=:]\s*['\"]?[\w~]{6,}", re.IGNORECASE)


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions and what stands behind them, lines joined, comments dropped."""
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    lines = re.sub(r"\\\n\s*", "", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines if line)]


def last_stage() -> list[tuple[str, str]]:
    every = instructions()
    start = max(place for place, (word, _) in enumerate(every) if word == "FROM")
    return every[start:]


def test_image_is_linted() -> None:
    """hadolint, which knows what goes wrong in Dockerfiles, has nothing to say."""
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, DEPLOY / "Dockerfile"], capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_base_is_pinned() -> None:
    """Both stages stand on the same slim Python, by a version that is ours."""
    bases = [rest.partition(" AS ")[0] for word, rest in instructions() if word == "FROM"]

    assert len(bases) == 2
    assert all(re.fullmatch(r"python:3\.1[123]-slim-[a-z]+", base) for base in bases)
    assert len(set(bases)) == 1


def test_image_is_nobodys() -> None:
    """It runs as a number that is not root, says when it is ill, and keeps its data in one place."""
    stage = dict(last_stage())

    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", stage["USER"])
    assert "/healthz" in stage["HEALTHCHECK"]
    assert stage["VOLUME"] == "/data"
    assert stage["ENTRYPOINT"] == '["python", "app.py"]'
    words = [word for word, _ in last_stage()]
    assert words.index("USER") > max(place for place, word in enumerate(words) if word == "COPY")


def test_image_holds_no_secret() -> None:
    """Neither the image nor what is copied into it brings a setting of anybody's."""
    named = re.findall(r"(\w+)=", " ".join(rest for word, rest in instructions() if word in ("ENV", "ARG")))

    assert not {name for name in named if re.search(r"Password|SECRET|MicrosoftApp", name)}
    assert not any(
        word == "ARG" or (word == "COPY" and rest.startswith(". ")) for word, rest in instructions()
    )
    assert (ROOT / ".dockerignore").read_text("utf-8").splitlines()[1] == "*"
    for file in DEPLOY.iterdir():
        assert not SECRET.search(file.read_text("utf-8")), file


def test_image_has_every_room() -> None:
    """Every room that the program imports is copied, and let through."""
    copied = {rest.split()[0] for word, rest in last_stage() if word == "COPY" and not rest.startswith("--")}
    through = {
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"
    }
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"demo", "tests", "bench"}

    assert copied == {"app.py", *rooms}
    assert through == copied | {"requirements.txt"}


def test_environment_of_the_image_starts_the_bot() -> None:
    """What the image sets are settings, and good ones."""
    env = dict(re.findall(r"(\w+)=(\S+)", " ".join(rest for word, rest in last_stage() if word == "ENV")))
    own = {name: value for name, value in env.items() if name in settings_read()}
    settings = read_settings(
        own | {"MicrosoftAppId": APP_ID, "MicrosoftAppTenantId": TENANT_ID, "MicrosoftAppPassword": "secret"}
    )

    assert settings.host == "0.0.0.0"
    assert settings.database_url.endswith(":////data/mail-trace.sqlite3")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_unit(tmp_path: Path) -> None:
    """systemd takes the unit; only the program is not where it says, here."""
    unit = (DEPLOY / "mail-trace.service").read_text("utf-8")
    path = tmp_path / "mail-trace.service"
    path.write_text(re.sub(r"ExecStart=.*", "ExecStart=/bin/true", unit), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(path)], capture_output=True, text=True)

    assert done.stderr == ""
    assert done.returncode == 0


def test_unit_fits_the_program() -> None:
    """A stop waits longer than the program does, wrong settings are not tried again, nobody is root."""
    unit = (DEPLOY / "mail-trace.service").read_text("utf-8")

    assert int(re.findall(r"TimeoutStopSec=(\d+)", unit)[0]) > 20 + 5
    assert "RestartPreventExitStatus=2" in unit
    assert "DynamicUser=yes" in unit
    assert "ProtectSystem=strict" in unit


BICEP = (DEPLOY / "main.bicep").read_text("utf-8")


def test_bicep_is_balanced() -> None:
    """Every bracket and quote is closed, in order."""
    text = re.sub(r"//[^\n]*|'(?:\\.|[^'\\\n])*'", "", BICEP)
    open_: list[str] = []
    for sign in re.sub(r"[^\[\](){}']", "", text):
        if sign in "[({":
            open_.append({"[": "]", "(": ")", "{": "}"}[sign])
        else:
            assert open_.pop() == sign

    assert open_ == []


def test_bicep_names_what_it_uses() -> None:
    """Whatever is used was declared: parameters, variables, resources."""
    declared = set(re.findall(r"^(?:param|var|resource) (\w+)", BICEP, re.MULTILINE))
    code = re.sub(r"^\s*//.*$|^@description.*$", "", BICEP, flags=re.MULTILINE)
    used = set(re.findall(r"\b(\w+)\.(?:id|properties|name|listKeys)\b", code))
    used |= set(re.findall(r"\$\{(\w+)\b(?!\()", code)) | set(
        re.findall(r"parent: (\w+)|scope: (\w+)", code)[0]
    ) - {""}

    assert used <= declared
    assert {name for name in declared if len(re.findall(rf"\b{name}\b", code)) < 2} <= {"teams"}


def test_bicep_is_the_bot_we_have() -> None:
    """The settings are ours and none in the open a secret; probes and endpoint are the routes we have."""
    env = dict(re.findall(r"\{ name: '(\w+)', (value|secretRef):", BICEP))

    assert set(env) <= settings_read()
    assert env["TRACE_DATABASE_URL"] == "secretRef"
    assert "MicrosoftAppPassword" not in BICEP
    assert set(re.findall(r"path: '([^']+)'", BICEP)) == {"/healthz"}
    assert "var appType = federated ? 'SingleTenant' : 'UserAssignedMSI'" in BICEP
    assert env["TRACE_FEDERATED_IDENTITY"] == "value"
    assert "/api/messages'" in BICEP
    assert re.search(r"@secure\(\)\nparam databaseUrl", BICEP)


@pytest.mark.parametrize("resource", re.findall(r"'(Microsoft\.[\w/]+@[\w-]+)'", BICEP))
def test_bicep_versions_are_pinned(resource: str) -> None:
    """Each resource names a version of its interface that is no preview."""
    assert re.fullmatch(r"Microsoft\.[\w/]+@\d{4}-\d{2}-\d{2}", resource)
