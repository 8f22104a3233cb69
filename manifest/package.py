"""The app package: one list of commands and one set of settings → manifest, languages and icons in a zip.

Source: https://learn.microsoft.com/microsoft-365/extensibility/schema/?view=m365-app-1.29
"""

import io
import json
import re
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.settings import Settings, WrongSettings
from bot.vocabulary import COMMANDS, key_of
from cards.help import AUDITORS_ONLY, EXAMPLES, HELPDESK_ONLY, MORE
from cards.texts import TEXTS, Language
from manifest.icons import ACCENT, COLOR_FILE, OUTLINE_FILE

VERSION = "1.0.0"
"""Of the package, unless another is asked for; Teams takes a higher one under the same id as an update."""

SCHEMA, SCHEMA_WITHOUT_SLASH = "1.29", "1.19"
"""Slash commands came with 1.29; the older one is taken everywhere."""

MAX_COMMANDS, MAX_WITHOUT_SLASH = 12, 10
"""What the newer and the older schema take of one list."""

MANIFEST_FILE = "manifest.json"
_SEMVER = re.compile(r"[1-9]\d{0,5}\.\d{1,5}\.\d{1,5}")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Listed:
    """One command of Teams' menus: what a tap types, and what it does, in each language."""

    title: Mapping[Language, str]
    description: Mapping[Language, str]


def commands(*, slash: bool = True) -> list[Listed]:
    """The commands that everybody may use, with the words of their first example on the help card.

    Of more than a list takes, those go that only the second help card shows, the last ones first.
    """
    found, rarer = [], []
    first_card = {key for key, _, _ in EXAMPLES}
    for forms in COMMANDS.values():
        key = next((k for k, _, en in (*EXAMPLES, *MORE) if key_of(en.split()[0]) in forms), None)
        if key is not None and key not in HELPDESK_ONLY | AUDITORS_ONLY:
            japanese = next((form for form in forms if not form.isascii()), forms[0])
            found.append(Listed({"en": forms[0], "ja": japanese}, TEXTS[key]))
            rarer += [] if key in first_card else [found[-1]]
    surplus = len(found) - (MAX_COMMANDS if slash else MAX_WITHOUT_SLASH)
    left_out = rarer[-surplus:] if surplus > 0 else []
    return [one for one in found if one not in left_out]


def manifest(
    settings: Settings, bot_name: str, *, slash: bool = True, version: str = VERSION
) -> dict[str, Any]:
    """`manifest.json`, of settings that lack nothing."""
    schema = SCHEMA if slash else SCHEMA_WITHOUT_SLASH
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{schema}/MicrosoftTeams.schema.json",
        "manifestVersion": schema,
        "version": version,
        "id": app_id(settings.app_id or ""),
        "localizationInfo": {
            "defaultLanguageTag": "en",
            "additionalLanguages": [{"languageTag": "ja", "file": "ja.json"}],
        },
        "developer": _developer(settings),
        "name": {"short": bot_name, "full": f"{bot_name}: {TEXTS['app.full']['en']}"},
        "description": {"short": TEXTS["app.short"]["en"], "full": TEXTS["app.description"]["en"]},
        "icons": {"color": COLOR_FILE, "outline": OUTLINE_FILE},
        "accentColor": "#{:02X}{:02X}{:02X}".format(*ACCENT),
        "defaultInstallScope": "personal",
        "bots": [_bot(settings, slash=slash)],
        "composeExtensions": [{"botId": settings.app_id, "commands": [_message_action()]}],
    }


def language_file(made: Mapping[str, Any], bot_name: str) -> dict[str, str]:
    """What *made*, a manifest, says in Japanese, by the paths the schema of languages wants."""
    japanese = {
        "$schema": made["$schema"].replace("Teams.schema", "Teams.Localization.schema"),
        "name.short": bot_name,
        "name.full": f"{bot_name}: {TEXTS['app.full']['ja']}",
        "description.short": TEXTS["app.short"]["ja"],
        "description.full": TEXTS["app.description"]["ja"],
    }
    for part in ("title", "description"):
        japanese[f"composeExtensions[0].commands[0].{part}"] = TEXTS[f"action.{part}"]["ja"]
    for number in range(len(made["bots"][0]["commandLists"])):
        for place, command in enumerate(commands(slash=made["manifestVersion"] == SCHEMA)):
            path = f"bots[0].commandLists[{number}].commands[{place}]"
            japanese[f"{path}.title"] = command.title["ja"]
            japanese[f"{path}.description"] = command.description["ja"]
    return japanese


def package(settings: Settings, bot_name: str, *, slash: bool = True, version: str = VERSION) -> bytes:
    """The zip to upload; the same settings make the same bytes. Raises: WrongSettings."""
    if not _SEMVER.fullmatch(version):
        raise WrongSettings([f"--version: expected three numbers such as 1.0.1, the first not 0: {version}"])
    if faults := list(_lacking(settings)):
        raise WrongSettings(faults)
    made = manifest(settings, bot_name, slash=slash, version=version)
    files = {
        MANIFEST_FILE: _json(made),
        "ja.json": _json(language_file(made, bot_name)),
        **{name: (_FOLDER / name).read_bytes() for name in (COLOR_FILE, OUTLINE_FILE)},
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as into:
        for name, content in files.items():
            # A fixed date: two packages differ only where what they say does.
            into.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return archive.getvalue()


def app_id(bot_id: str) -> str:
    """The Teams app's own id: of one bot always the same, so that a new package is an update."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://teams.microsoft.com/l/app/{bot_id}"))


def _bot(settings: Settings, *, slash: bool) -> dict[str, Any]:
    listed = [{"title": c.title["en"], "description": c.description["en"]} for c in commands(slash=slash)]
    # A targeted message needs others who do not see it: in a 1:1 there is no slash list.
    private, shared = ({"triggers": ["mention"]}, {"triggers": ["mention", "slash"]}) if slash else ({}, {})
    return {
        "botId": settings.app_id,
        "scopes": ["personal", "team", "groupChat"],
        "isNotificationOnly": False,
        "supportsFiles": True,
        **({"supportsTargetedMessages": True} if slash else {}),
        "commandLists": [
            {**private, "scopes": ["personal"], "commands": listed},
            {**shared, "scopes": ["team", "groupChat"], "commands": listed},
        ],
    }


def _message_action() -> dict[str, Any]:
    """“Trace this mail”, in the menu of a message."""
    return {
        "id": "traceMessage",
        "type": "action",
        "title": TEXTS["action.title"]["en"],
        "description": TEXTS["action.description"]["en"],
        "context": ["message"],
        "fetchTask": True,
    }


def _developer(settings: Settings) -> dict[str, str]:
    website = settings.website_url or ""
    return {
        "name": settings.organization or "",
        "websiteUrl": website,
        "privacyUrl": settings.privacy_url or website,
        "termsOfUseUrl": settings.terms_url or website,
    }


def _lacking(settings: Settings) -> Iterator[str]:
    """What Teams insists on and is not set, all at once."""
    if settings.app_id is None:
        yield "MicrosoftAppId: expected the bot's app id; the demo has none, and so no package"
    if settings.organization is None:
        yield "TRACE_ORGANIZATION: expected your organization's name, which Teams shows as the app's maker"
    if settings.website_url is None:
        yield "TRACE_WEBSITE_URL: expected an https:// page of your organization, which Teams links to"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()
