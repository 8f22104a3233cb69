"""What the bot may do in conversations, and what people see of it."""

from urllib.parse import quote

import pytest

from demo.company import SATO, TANAKA, TENANT_ID
from demo.connector import CHANNEL, GROUP_CHAT, MESSAGES_PER_PLACE, personal_id
from tests.demo.talking import SATO_CHAT, Demo, Json


async def test_reply_goes_to_its_thread(demo: Demo) -> None:
    """An answer to a thread's conversation, or to a message in it, stays in the thread."""
    said = await demo.say("go", place=CHANNEL.id, mention=True)
    path = f"conversations/{quote(CHANNEL.id + ';messageid=' + said['id'], safe='')}/activities"
    await demo.bot.call("POST", path, {"type": "message", "text": "one"})
    path = f"conversations/{quote(CHANNEL.id, safe='')}/activities/{said['id']}"
    await demo.bot.call("POST", path, {"type": "message", "text": "two"})

    assert [message["thread"] for message in demo.seen(SATO, CHANNEL.id)] == [said["id"]] * 3


async def test_bot_opens_a_chat(demo: Demo) -> None:
    """A 1:1 is made with the member's id and the tenant; asking twice gives the same."""
    body = {"members": [{"id": TANAKA.teams_id}], "channelData": {"tenant": {"id": TENANT_ID}}}

    assert await demo.bot.call("POST", "conversations", body) == (201, {"id": personal_id(TANAKA)})
    assert await demo.bot.call("POST", "conversations", body) == (201, {"id": personal_id(TANAKA)})


async def test_bot_opens_a_thread(demo: Demo) -> None:
    """A new thread is made with the channel and its first activity."""
    body = {"channelData": {"channel": {"id": CHANNEL.id}}, "activity": {"type": "message", "text": "alert"}}
    status, created = await demo.bot.call("POST", "conversations", body)

    assert status == 201
    assert created["id"] == f"{CHANNEL.id};messageid={created['activityId']}"
    assert demo.seen(TANAKA, CHANNEL.id)[0]["text"] == "alert"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "conversations/a%3Anobody/activities", {"type": "message"}, 404, "ConversationNotFound"),
        ("GET", "conversations/a%3Anobody/members", None, 404, "ConversationNotFound"),
        (
            "POST",
            "conversations/a%3A1kimura-sales/activities",
            {"type": "message"},
            403,
            "BotNotInConversationRoster",
        ),
        (
            "PUT",
            f"conversations/{quote(SATO_CHAT, safe='')}/activities/1",
            {"type": "message"},
            404,
            "ActivityNotFoundInConversation",
        ),
        (
            "POST",
            f"conversations/{quote(SATO_CHAT, safe='')}/activities",
            {"type": "message", "text": "x" * 60_000},
            413,
            "MessageSizeTooBig",
        ),
        ("POST", "conversations", {"members": [{"id": SATO.teams_id}]}, 403, "TenantNotAllowed"),
        ("POST", "conversations", {"members": [], "tenantId": TENANT_ID}, 400, "BadArgument"),
        (
            "GET",
            f"conversations/{quote(SATO_CHAT, safe='')}/members/nobody",
            None,
            404,
            "MemberNotFoundInConversation",
        ),
    ],
)
async def test_refusals_wear_the_envelope(
    demo: Demo, method: str, path: str, body: Json | None, status: int, code: str
) -> None:
    """What the connector refuses has the status and the code that Teams gives it."""
    got, answer = await demo.bot.call(method, path, body)

    assert (got, answer["error"]["code"]) == (status, code)


async def test_members(demo: Demo) -> None:
    """A conversation's members come with their accounts, all or one, by either id."""
    path = f"conversations/{quote(GROUP_CHAT.id, safe='')}/members"
    _, everyone = await demo.bot.call("GET", path)
    _, one = await demo.bot.call("GET", f"{path}/{quote(TANAKA.teams_id, safe='')}")
    _, same = await demo.bot.call("GET", f"{path}/{TANAKA.aad_object_id}")

    assert [account["aadObjectId"] for account in everyone] == [SATO.aad_object_id, TANAKA.aad_object_id]
    assert one == same
    assert one["email"] == TANAKA.mail


async def test_bot_deletes_its_own_only(demo: Demo) -> None:
    """A bot takes back what it said, never what a person said."""
    demo.bot.reply = lambda activity: {"type": "message", "text": "oops"}
    said = await demo.say("go")
    path = f"conversations/{quote(SATO_CHAT, safe='')}/activities"

    assert (await demo.bot.call("DELETE", f"{path}/{said['id']}"))[0] == 403
    assert (await demo.bot.call("DELETE", f"{path}/{demo.bot.last_id}"))[0] == 200
    assert [message["text"] for message in demo.seen()] == ["go"]


async def test_targeted_message_has_one_reader(demo: Demo) -> None:
    """A targeted message is seen by its recipient alone."""
    activity = {"type": "message", "text": "psst", "recipient": {"id": SATO.teams_id, "isTargeted": True}}
    await demo.bot.call("POST", f"conversations/{quote(GROUP_CHAT.id, safe='')}/activities", activity)

    assert [message["text"] for message in demo.seen(SATO, GROUP_CHAT.id)] == ["psst"]
    assert not demo.seen(TANAKA, GROUP_CHAT.id)


async def test_messages_are_bounded(demo: Demo) -> None:
    """The oldest message goes when a place is full."""
    for number in range(MESSAGES_PER_PLACE + 5):
        demo.chat.conversations.post(SATO_CHAT, {"type": "message", "text": str(number)})

    assert len(demo.seen()) == MESSAGES_PER_PLACE
    assert demo.seen()[0]["text"] == "5"
