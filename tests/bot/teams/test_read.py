"""Activities become the program's own turns, or nobody's."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.moments import When
from bot.parse import parse
from bot.teams.read import (
    MAX_ID,
    NotATurn,
    read_arrival,
    read_consent,
    read_departure,
    read_message,
    read_tap,
    read_turn,
)
from bot.turns import Arrived, Author, Place, PlaceKind, Said, Tapped, Upload
from bot.watch_commands import WatchTrace
from tests.samples import ACTIVITIES, activity

WHEN = When(datetime(2026, 11, 23, 13, 0, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
SERVICE_URL = "http://localhost:9/_connector"
TENANT_ID = "11111111-1111-4111-8111-111111111111"
BOT_ID = "28:aaaaaaaa-0000-4000-8000-000000000001"
ANNA = Author("29:anna", "22222222-2222-4222-8222-222222222220", "Anna Admin")


def test_a_message() -> None:
    """A message says who, where, in which language and zone, and what."""
    sample = activity("message__personal")

    assert read_message(sample) == Said(
        activity_id=sample["id"],
        place=Place(SERVICE_URL, "a:personal-uwe", PlaceKind.PERSONAL, TENANT_ID, BOT_ID),
        author=Author("29:user-uwe", "22222222-2222-4222-8222-222222222221", "Uwe User"),
        locale="en-US",
        time_zone="UTC",
        text="typing",
    )


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("message_mention__channel", PlaceKind.CHANNEL, "newthread"),
        ("message_mention__groupChat", PlaceKind.GROUP_CHAT, "members"),
    ],
)
def test_a_mention(name: str, kind: PlaceKind, text: str) -> None:
    """Among others the bot is mentioned, and its mention is no part of what was said."""
    said = read_message(activity(name))

    assert isinstance(said, Said)
    assert (said.place.kind, said.text) == (kind, text)


def test_a_thread() -> None:
    """In a channel the conversation names the thread."""
    assert ";messageid=" in read_turn(activity("message_mention__channel")).place.conversation_id


def test_a_namesake() -> None:
    """A person who is called like the bot keeps their mention."""
    sample = activity("message_mention__groupChat")
    sample["entities"][0]["mentioned"]["id"] = "29:somebody"
    said = read_message(sample)

    assert isinstance(said, Said)
    assert said.text == "HelpBot members"


def test_html_first() -> None:
    """What the html attachment says goes before the text."""
    html = {"contentType": "text/html", "content": "<p>trace &lt;x@y.jp&gt;</p>"}
    said = read_message(activity("message__personal", text="trace ", attachments=[{"contentType": 3}, html]))

    assert isinstance(said, Said)
    assert said.text == "trace <x@y.jp>"


def test_a_tap() -> None:
    """A tap names its verb, its data as they came, and the message its card hangs on."""
    tapped = read_tap(activity("invoke_adaptiveCard_action__personal"))

    assert (tapped.author, tapped.invoked) == (ANNA, True)
    assert (tapped.verb, tapped.data) == ("approve", {"n": 1, "summary": "filled"})
    assert tapped.card_activity_id == "1795418920958"


def test_a_submit() -> None:
    """A message with a value and no text is the tap of an older client, whatever is in the value."""
    tapped = read_message(activity("message_action_submit__personal"))

    assert isinstance(tapped, Tapped)
    assert (tapped.verb, tapped.invoked) == ("", False)
    assert tapped.data == {"kind": "nested", "nested": "N!"}


def test_an_arrival() -> None:
    """An installation says where; nobody has said anything."""
    arrived = read_arrival(activity("installationUpdate__personal"))

    assert isinstance(arrived, Arrived)
    assert (arrived.author.teams_id, arrived.locale) == ("29:user-uwe", "en-US")


@pytest.mark.parametrize("name", ACTIVITIES)
def test_every_sample(name: str) -> None:
    """Every kind of activity has what a turn has."""
    turn = read_turn(activity(name))

    assert turn.place.tenant_id == TENANT_ID
    assert turn.place.service_url == SERVICE_URL
    assert turn.author.teams_id


@pytest.mark.parametrize("path", ["id", "serviceUrl", "conversation.id", "from.id", "conversation", "from"])
@pytest.mark.parametrize("junk", [None, "", 7, True, [], {}, ["x"], {"id": 7}, "x" * MAX_ID, "x" * 9_000])
def test_nobodys_turn(path: str, junk: Any) -> None:
    """An activity without an id, a place or an author, or with one beyond any bound, is nobody's turn."""
    sample = activity("message__personal")
    parent: dict[str, Any] = sample
    *parents, last = path.split(".")
    for part in parents:
        parent = parent[part]
    parent[last] = junk

    with pytest.raises(NotATurn):
        read_message(sample)


@pytest.mark.parametrize("junk", [None, 7, [], {}, [[]], [None], "x", {"x": []}, ["x"]])
@pytest.mark.parametrize(
    "name",
    ["entities", "attachments", "locale", "localTimezone", "recipient", "value", "channelData", "replyToId"],
)
@pytest.mark.parametrize("sample", ["message_mention__channel", "invoke_adaptiveCard_action__channel"])
def test_junk_elsewhere(sample: str, name: str, junk: Any) -> None:
    """Junk anywhere else reads as absent."""
    changed = activity(sample, **{name: junk})

    assert read_message(changed).activity_id == changed["id"]
    assert read_tap(changed).activity_id == changed["id"]


@pytest.mark.parametrize(
    ("changes", "known"),
    [
        ({}, True),
        ({"role": "user"}, True),
        ({"role": "bot"}, False),
        ({"role": "Skill"}, False),
        ({"id": "28:x"}, False),
    ],
)
def test_another_bot_is_nobody(changes: dict[str, str], known: bool) -> None:
    """Bots have accounts in the directory, too; here they are people nobody knows."""
    sample = activity("message_mention__channel")
    sample["from"] = {"id": "29:x", "aadObjectId": "a", **changes}

    assert (read_message(sample).author.aad_object_id == "a") == known


def test_fit_for_a_database() -> None:
    """What goes on is storable text: no NUL, no half a surrogate pair, and not endless."""
    sample = activity("message__personal", locale="ja\x00\ud800" * 500, id="i\x00\udfff")
    sample["from"]["name"] = "あ" * 5_000
    turn = read_turn(sample)

    assert turn.activity_id == "i?"
    assert len(turn.author.name) == 200
    for text in (turn.locale, turn.activity_id, turn.author.name):
        assert "\x00" not in text
        text.encode()


@pytest.mark.parametrize("kind", ["", "meeting", "Personal", None, 3])
def test_an_unknown_kind_of_place(kind: Any) -> None:
    """A place of a kind nobody knows counts as public: nothing private is shown there."""
    sample = activity("message__personal")
    sample["conversation"]["conversationType"] = kind

    assert read_turn(sample).place.kind is PlaceKind.CHANNEL


def test_the_zone() -> None:
    """The zone comes from the activity, else from what the client says of itself."""
    sample = activity("message__personal", localTimezone=None)
    sample["entities"][0]["timezone"] = "Asia/Tokyo"

    assert read_turn(sample).time_zone == "Asia/Tokyo"
    assert read_turn(sample | {"localTimezone": "Europe/Berlin"}).time_zone == "Europe/Berlin"


def consent(**value: Any) -> dict[str, Any]:
    """A `fileConsent/invoke` with that value.

    Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
    """
    sample = activity("invoke_adaptiveCard_action__personal")
    return sample | {"name": "fileConsent/invoke", "value": {"type": "fileUpload", **value}}


def test_a_yes_to_a_file() -> None:
    """A yes says to which offer, and where the file may be put; its address is kept to the letter."""
    url = "https://contoso-my.sharepoint.com/personal/x/_api/v2.0/up?guid='a'&tempauth=" + "e%2F" * 500
    info = {
        "contentUrl": "https://contoso-my.sharepoint.com/x.csv",
        "name": "x.csv",
        "uploadUrl": url,
        "uniqueId": "1150D938",
        "fileType": "csv",
    }
    read = read_consent(consent(action="accept", context={"offer": "id"}, uploadInfo=info))

    assert (read.offer, read.card_activity_id != "") == ("id", True)
    assert read.upload == Upload(url, "https://contoso-my.sharepoint.com/x.csv", "x.csv", "1150D938", "csv")


@pytest.mark.parametrize("action", ["decline", "Accept", "", None, 1, {}])
def test_whatever_is_no_yes(action: Any) -> None:
    """Anything but a clear yes is a no."""
    read = read_consent(
        consent(action=action, context={"offer": "id"}, uploadInfo={"uploadUrl": "https://x"})
    )

    assert read.upload is None
    assert read.offer == "id"


@pytest.mark.parametrize("junk", [None, [], "x", 5, {"offer": {}}])
def test_consent_of_any_shape(junk: Any) -> None:
    """What a client sends instead of a context or an address reads as empty."""
    read = read_consent(consent(action="accept", context=junk, uploadInfo=junk))

    assert read.offer == ""
    assert read.upload == Upload("", "", "", "", "")


TEAM, OTHER = "19:team-general@thread.tacv2", "19:channel-triage@thread.tacv2"


def in_team(event: str, **changes: Any) -> dict[str, Any]:
    sample = activity("conversationUpdate_channelRenamed__channel", **changes)
    sample["channelData"]["eventType"] = event
    return sample


def without(place: str, member: str = BOT_ID) -> dict[str, Any]:
    sample = activity(f"conversationUpdate_membersAdded__{place}")
    del sample["membersAdded"]
    return sample | {"membersRemoved": [{"id": "29:somebody"}, {"id": member}]}


@pytest.mark.parametrize(
    ("said", "conversation_id", "whole_team"),
    [
        (activity("installationUpdate__personal", action="remove"), "a:personal-uwe", False),
        (activity("installationUpdate__groupChat", action="remove"), "19:group-chat@thread.v2", False),
        (activity("installationUpdate__channel", action="remove"), OTHER, True),
        (without("groupChat"), "19:group-chat@thread.v2", False),
        (in_team("teamMemberRemoved", membersRemoved=[{"id": BOT_ID}]), TEAM, True),
        (in_team("channelDeleted"), OTHER, False),
        (in_team("teamDeleted"), TEAM, True),
        (in_team("teamHardDeleted"), TEAM, True),
        (in_team("teamArchived"), TEAM, True),
    ],
)
def test_departure(said: dict[str, Any], conversation_id: str, whole_team: bool) -> None:
    """However Teams says that the bot is gone from a place, it is read: a team goes with all its channels, a
    channel alone."""
    departed = read_departure(said)

    assert departed is not None
    assert departed.place.conversation_id == conversation_id
    assert departed.whole_team == whole_team
    assert departed.place.team_id == (TEAM if conversation_id in (TEAM, OTHER) else "")


@pytest.mark.parametrize(
    "said",
    [
        activity("installationUpdate__personal"),
        activity("installationUpdate__personal", action="remove-upgrade"),
        without("groupChat", "29:user-uwe"),
        in_team("channelRenamed"),
        in_team("channelRestored"),
        in_team("teamUnarchived"),
        in_team("", membersRemoved="all"),
        {"type": "conversationUpdate"},
    ],
)
def test_no_departure(said: dict[str, Any]) -> None:
    """Others come and go, and teams change: the bot is where it was."""
    assert read_departure(said) is None


def test_departure_from_nowhere() -> None:
    """A channel without an id is none."""
    said = in_team("channelDeleted")
    del said["channelData"]["channel"]["id"]
    with pytest.raises(NotATurn):
        read_departure(said)


def a_mention(ident: str, name: str, text: str | None) -> dict[str, object]:
    told: dict[str, object] = {"type": "mention", "mentioned": {"id": ident, "name": name}}
    return told if text is None else {**told, "text": text}


def test_mentions_as_clients_tell_them() -> None:
    """A mention without its text goes by the person's name; one in two pieces is one."""
    sample = activity("message__personal")
    sample["attachments"] = []
    sample["text"] = "watch failed mention <at>Test</at> <at>(R&amp;D)</at> Mori"
    sample["entities"] = [
        a_mention("29:test", "Test (R&D)", "<at>Test</at>"),
        a_mention("29:test", "Test (R&D)", "<at>(R&amp;D)</at>"),
        a_mention("29:mori", "Mori", None),
    ]

    said = read_message(sample)

    assert isinstance(said, Said)
    assert [(one.teams_id, one.name) for one in said.mentioned] == [
        ("29:test", "Test (R&D)"),
        ("29:mori", "Mori"),
    ]
    assert isinstance(parse(said.text, WHEN, said.mentioned_names), WatchTrace)
