"""The app package: what Microsoft's schemas, and people who read menus, hold it to."""

import copy
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app import BOT_NAME
from bot.moments import When
from bot.parse import ParseError, parse
from bot.settings import Settings, WrongSettings, read_settings
from bot.vocabulary import COMMANDS
from cards.help import AUDITORS_ONLY, EXAMPLES, HELPDESK_ONLY, MORE
from demo.company import TENANT_ID
from manifest.icons import ACCENT, COLOR_SIZE, OUTLINE_SIZE, color_icon, outline_icon
from manifest.package import MANIFEST_FILE, MAX_COMMANDS, MAX_WITHOUT_SLASH, app_id, commands, package
from tests.manifest.schemas import LANGUAGES, faults_of, microsoft_says
from tests.signing import APP_ID, NOW

WHEN = When(NOW, ZoneInfo("Asia/Tokyo"))
SETTINGS: Mapping[str, str] = {
    "MicrosoftAppId": APP_ID,
    "MicrosoftAppPassword": "secret",
    "MicrosoftAppTenantId": TENANT_ID,
    "TRACE_ORGANIZATION": "Contoso IT",
    "TRACE_WEBSITE_URL": "https://intranet.contoso.co.jp/mail-trace?lang=ja",
}
Content = dict[str, Any]


def settings(**changes: str) -> Settings:
    return read_settings({**SETTINGS, **changes})


def made(*, slash: bool = True, **changes: str) -> dict[str, bytes]:
    """The files of a package, by name."""
    with zipfile.ZipFile(io.BytesIO(package(settings(**changes), BOT_NAME, slash=slash))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def faults(files: Mapping[str, bytes]) -> list[str]:
    """What is wrong with a package: by Microsoft's schemas, and by what they leave to the upload."""
    manifest: Content = json.loads(files[MANIFEST_FILE])
    version = "1.29" if b"slash" in files[MANIFEST_FILE] else "1.19"
    found = faults_of(manifest, version)
    found += [] if found else list(_beyond_the_schema(manifest, files, version))
    return found + faults_of(json.loads(files["ja.json"]), version, LANGUAGES)


def _beyond_the_schema(manifest: Content, files: Mapping[str, bytes], version: str) -> Iterator[str]:
    named = [
        *manifest["icons"].values(),
        *(a["file"] for a in manifest["localizationInfo"]["additionalLanguages"]),
    ]
    if set(named) | {MANIFEST_FILE} != set(files):
        yield f"names {named}, holds {sorted(files)}"
    if (
        f"v{version}/MicrosoftTeams.schema.json" not in manifest.get("$schema", "")
        or manifest["manifestVersion"] != version
    ):
        yield f"not of {version}"
    (bot,) = manifest["bots"]
    if bot["botId"] != APP_ID or manifest["id"] != app_id(APP_ID):
        yield "another bot"
    yield from (f"nothing under {path}" for path, value in leaves(manifest) if value == "")
    if sorted(bot["scopes"]) != ["groupChat", "personal", "team"] or bot.get("isNotificationOnly"):
        yield "not to be talked to everywhere"
    if bot.get("supportsFiles") is not True:
        yield "no files"
    (action,) = manifest["composeExtensions"][0]["commands"]
    if manifest["composeExtensions"][0].get("botId") != APP_ID or action.get("context") != ["message"]:
        yield "no action on messages"
    if (action.get("type"), action.get("fetchTask"), action["id"]) != ("action", True, "traceMessage"):
        yield "an action that opens nothing"
    lists = {scope: listed for listed in bot["commandLists"] for scope in listed["scopes"]}
    yield from _of_the_lists(lists, bot.get("supportsTargetedMessages", False))


def _of_the_lists(lists: Mapping[str, Content], targeted: bool) -> Iterator[str]:
    if sorted(lists) != ["groupChat", "personal", "team"]:
        yield f"lists for {sorted(lists)}"
        return
    found = {(*listed["scopes"],): listed.get("triggers") for listed in lists.values()}
    wanted = {("personal",): ["mention"], ("team", "groupChat"): ["mention", "slash"]}
    if found != (wanted if targeted else dict.fromkeys(wanted)):
        yield f"triggers {found}"
    typed = [[command["title"] for command in listed["commands"]] for listed in lists.values()]
    if any(titles != [command.title["en"] for command in commands(slash=targeted)] for titles in typed):
        yield "other commands"
    if any(not command.get("description") for listed in lists.values() for command in listed["commands"]):
        yield "a command nobody explains"


def leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every place that holds no object and no list, and what it holds."""
    parts = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    )
    if parts is None:
        yield path, value
    else:
        for name, part in parts:
            yield from leaves(part, (*path, name))


def changed(content: Content, path: tuple[str | int, ...], value: object) -> Content:
    """*content* with another *value* at *path*; without the place where it is `...`."""
    result: Any = copy.deepcopy(content)
    part = result
    for name in path[:-1]:
        part = part[name]
    if value is ...:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    return dict(result)


MADE = made()
MANIFEST: Content = json.loads(MADE[MANIFEST_FILE])
OPTIONAL = {
    ("composeExtensions", 0, "commands", 0, "description"),
    ("defaultInstallScope",),
    ("name", "full"),
    ("bots", 0, "isNotificationOnly"),
    ("accentColor",),
}
"""Fields Teams fills in by itself."""


@pytest.mark.parametrize("slash", [True, False])
def test_package_is_valid(slash: bool, tmp_path: Path) -> None:
    """The package passes Microsoft's schemas, Microsoft's own program, and what the schemas leave open."""
    files = made(slash=slash)
    path = tmp_path / MANIFEST_FILE
    path.write_bytes(files[MANIFEST_FILE])

    assert faults(files) == []
    assert microsoft_says(path) == []


@pytest.mark.parametrize(
    ("path", "broken"),
    [
        *((path, None) for path, _ in leaves(MANIFEST)),
        *((path, "") for path, value in leaves(MANIFEST) if isinstance(value, str)),
        *((path, "x" * 5_000) for path, value in leaves(MANIFEST) if isinstance(value, str)),
        *((path, ...) for path, _ in leaves(MANIFEST) if path not in OPTIONAL),
    ],
    ids=str,
)
def test_broken_field_is_found(path: tuple[str | int, ...], broken: object) -> None:
    """Whatever field is empty, of another kind, too long or missing, it is seen before an upload."""
    content = changed(MANIFEST, path, broken)

    assert faults(MADE | {MANIFEST_FILE: json.dumps(content).encode()})


def containers(
    value: object, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every object and every list below *value*."""
    if isinstance(value, dict | list):
        yield from [(path, value)] if path else []
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from containers(part, (*path, name))


def twice(value: object) -> object:
    """A list said twice; an object with something that nobody asked for."""
    return value * 2 if isinstance(value, list) else {**dict(value), "other": 1}  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("path", "broken"),
    [
        (path, broken)
        for path, value in containers(MANIFEST)
        for broken in (..., None, [], {}, "x", twice(value))
    ],
    ids=str,
)
def test_broken_part_is_found(path: tuple[str | int, ...], broken: object) -> None:
    """Whatever part is missing, of another kind, empty or said twice, it is seen before an upload."""
    content = changed(MANIFEST, path, broken)
    try:
        found = faults(MADE | {MANIFEST_FILE: json.dumps(content).encode()})
    except (KeyError, IndexError, ValueError):
        found = ["lacks what every package has"]

    assert found


@pytest.mark.parametrize("key", json.loads(MADE["ja.json"]))
def test_broken_sentence_is_found(key: str) -> None:
    """A Japanese sentence under another key, or of another kind, is seen before an upload."""
    japanese = json.loads(MADE["ja.json"])

    assert faults(MADE | {"ja.json": json.dumps(japanese | {key: None}).encode()})
    assert faults(MADE | {"ja.json": json.dumps(japanese | {f"{key}.other": "語"}).encode()})


def test_it_asks_for_no_permission() -> None:
    """The app asks a team for nothing, and loads no page."""
    asked = {
        "permissions",
        "devicePermissions",
        "authorization",
        "webApplicationInfo",
        "validDomains",
        "staticTabs",
    }

    assert not asked & MANIFEST.keys()


def test_commands_are_one_list() -> None:
    """The menus offer what the grammar reads and the help card shows, in its order, as far as Teams goes."""
    listed = [command.title["en"] for command in commands()]
    explained = {
        line.split()[0] for key, _, line in (*EXAMPLES, *MORE) if key not in HELPDESK_ONLY | AUDITORS_ONLY
    }
    known = [forms[0] for forms in COMMANDS.values()]

    assert listed == [word for word in known if word in listed]
    assert len(listed) == MAX_COMMANDS
    first = {line.split()[0] for key, _, line in EXAMPLES if key not in HELPDESK_ONLY | AUDITORS_ONLY}
    assert first <= set(listed) <= explained
    fewer = [command.title["en"] for command in commands(slash=False)]
    assert fewer == [word for word in listed if word in fewer]
    assert len(fewer) == min(len(listed), MAX_WITHOUT_SLASH)
    assert {"trace", "mine", "explain", "help"} <= set(fewer)
    helpdesk = {
        line.split()[0] for key, _, line in (*EXAMPLES, *MORE) if key in HELPDESK_ONLY | AUDITORS_ONLY
    }
    assert explained == set(known) - (helpdesk - explained)
    assert {"trace", "mine", "help"} <= set(listed)


@pytest.mark.parametrize("title", [t for c in commands() for t in c.title.values()])
def test_command_of_the_menu_parses(title: str) -> None:
    """A tap in the menu puts a word where one types on: it is understood, or only what follows is missing."""
    assert missing_from(title) in (None, len(title))


def missing_from(text: str) -> int | None:
    """Where *text* stops being understood, None where all of it is."""
    try:
        parse(text, WHEN)
    except ParseError as wrong:
        return wrong.position
    return None


def test_japanese_is_whole() -> None:
    """Each sentence of the manifest has its Japanese beside it; the command's word is one of the grammar."""
    japanese = json.loads(MADE["ja.json"])
    spoken = [
        ".".join(map(str, path)) for path, value in leaves(MANIFEST) if path[0] in ("name", "description")
    ]
    lists = MANIFEST["bots"][0]["commandLists"]

    assert set(spoken) <= set(japanese)
    assert len(japanese) == 3 + len(spoken) + 2 * sum(len(listed["commands"]) for listed in lists)
    assert japanese["bots[0].commandLists[1].commands[0].title"] == "追跡"


def test_settings_are_in_it() -> None:
    """What the installation is called, and where its pages are, is what the settings say."""
    developer = json.loads(made(TRACE_PRIVACY_URL="https://contoso.co.jp/privacy")[MANIFEST_FILE])[
        "developer"
    ]

    assert developer == {
        "name": "Contoso IT",
        "websiteUrl": SETTINGS["TRACE_WEBSITE_URL"],
        "privacyUrl": "https://contoso.co.jp/privacy",
        "termsOfUseUrl": SETTINGS["TRACE_WEBSITE_URL"],
    }


@pytest.mark.parametrize("name", ["TRACE_ORGANIZATION", "TRACE_WEBSITE_URL"])
def test_missing_setting_is_named(name: str) -> None:
    """What Teams insists on is asked for by its setting's name."""
    with pytest.raises(WrongSettings, match=name):
        package(settings(**{name: ""}), BOT_NAME)


def test_all_that_is_missing_is_named() -> None:
    """What is missing is said all at once, with what to write there."""
    with pytest.raises(WrongSettings) as wrong:
        package(settings(TRACE_ORGANIZATION="", TRACE_WEBSITE_URL=""), BOT_NAME)

    assert [fault.partition(":")[0] for fault in wrong.value.faults] == [
        "TRACE_ORGANIZATION",
        "TRACE_WEBSITE_URL",
    ]


def test_bot_is_needed() -> None:
    """The package is of a bot: the demo's, which has no id, has none."""
    local = {"MicrosoftAppTenantId": TENANT_ID, "TRACE_GRAPH_URL": "http://127.0.0.1:9/v1.0"}
    with pytest.raises(WrongSettings, match="MicrosoftAppId"):
        package(read_settings(local), BOT_NAME)


@pytest.mark.parametrize("version", ["0.1.0", "1.0", "1.0.0-beta", "v1.0.0", "1.0.0\n"])
def test_version_is_what_teams_takes(version: str) -> None:
    """Three numbers, the first not zero."""
    with pytest.raises(WrongSettings, match="--version"):
        package(settings(), BOT_NAME, version=version)


def test_same_settings_same_package() -> None:
    """A package is made again byte for byte, and an update keeps the app's id."""
    again, newer = package(settings(), BOT_NAME), package(settings(), BOT_NAME, version="1.2.3")
    with zipfile.ZipFile(io.BytesIO(newer)) as archive:
        update = json.loads(archive.read(MANIFEST_FILE))

    assert again == package(settings(), BOT_NAME)
    assert (update["version"], update["id"]) == ("1.2.3", MANIFEST["id"])


def pixels(image: bytes) -> list[list[tuple[int, ...]]]:
    """The rows of a PNG as `icons.png` writes it; anything else fails here."""
    width, height = struct.unpack(">II", image[16:24])
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert image[24:29] == bytes((8, 6, 0, 0, 0))
    length = struct.unpack(">I", image[33:37])[0]
    raw = zlib.decompress(image[41 : 41 + length])
    stride = 1 + 4 * width
    rows = [raw[y * stride + 1 : (y + 1) * stride] for y in range(height)]
    return [[tuple(row[4 * x : 4 * x + 4]) for x in range(width)] for row in rows]


def test_color_icon() -> None:
    """192 pixels square, opaque to the corners, the symbol in the middle two thirds, in three colours."""
    rows = pixels(MADE["color.png"])
    ground = (*ACCENT, 255)
    drawn = [(x, y) for y, row in enumerate(rows) for x, pixel in enumerate(row) if pixel != ground]

    assert (len(rows), len(rows[0])) == (COLOR_SIZE, COLOR_SIZE) == (192, 192)
    assert all(pixel[3] == 255 for row in rows for pixel in row)
    assert rows[0][0] == rows[191][191] == ground
    assert all(16 <= x < 176 and 36 <= y < 156 for x, y in drawn)
    assert rows[118][112] == (255, 255, 255, 255)
    assert len(drawn) > 192 * 192 // 5


def test_outline_icon() -> None:
    """32 pixels square, white on transparent, lines and no fill."""
    rows = pixels(MADE["outline.png"])
    every = [pixel for row in rows for pixel in row]

    assert (len(rows), len(rows[0])) == (OUTLINE_SIZE, OUTLINE_SIZE) == (32, 32)
    assert {pixel[:3] for pixel in every} == {(255, 255, 255)}
    assert rows[0][0][3] == rows[31][31][3] == 0
    assert 100 < sum(pixel[3] == 255 for pixel in every) < 350


def test_icons_are_drawn_here() -> None:
    """The files are what the geometry draws."""
    assert pixels(MADE["color.png"]) == pixels(color_icon())
    assert pixels(MADE["outline.png"]) == pixels(outline_icon())
