"""Reports from end to end: a message in, a file out."""

import asyncio
import csv
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bot.store.database import Database
from cards.csv_file import defuse
from cards.texts import TEXTS
from demo.activities import Client
from demo.company import JOHN, SATO, TANAKA, Employee
from demo.connector import CHANNEL, GROUP_CHAT, personal_id
from demo.events import Row, To, deliver, mail
from demo.faults import ALWAYS
from demo.tenant import Tenant
from tests.bot.store.ageing import pass_time
from tests.line import ENGLISH, JAPANESE, NOW, HastyClock, Line, Message, sample_mailbox

FROM_HOGE = "report enhanced sender *@hoge.com last 10d"
EXTENDED = "report extended sender *@hoge.com last 2d"
HOSTILE = (
    "=1+1",
    '"=HYPERLINK(""http://x"",""y"")"',
    "  \t=cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2+3",
    "＝1+1",
    "\ufeff=1",
    'quotes " and , commas\r\nand lines',
    "長" * 3_000,
    "plain",
)


def table(data: bytes) -> list[dict[str, str]]:
    """The rows of a report, by column."""
    lines = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:] if not line[0].startswith("# ")]


def notes(data: bytes) -> str:
    """What a report says of itself."""
    return "\n".join(
        line[0] for line in csv.reader(StringIO(data.decode("utf-8-sig"))) if line[0][:2] == "# "
    )


def scanned(tenant: Tenant, days: int, sender: str = "@hoge.com") -> list[Row]:
    """A full scan of the sample tenant by the same conditions."""
    return [
        row
        for row in tenant.mailbox.visible(NOW)
        if row.sender_address.lower().endswith(sender)
        and row.received_date_time >= NOW - timedelta(days=days)
    ]


def addresses(person: Employee) -> set[str]:
    return {address.lower() for address in (person.mail, *person.aliases)}


def keys(rows: Sequence[Row]) -> list[tuple[str, str]]:
    return sorted((row.message_trace_id, row.recipient_address) for row in rows)


def keys_in(data: bytes) -> list[tuple[str, str]]:
    return sorted((row["network_message_id"], row["recipient_address"]) for row in table(data))


async def delivered(line: Line, person: Employee, offer: Message, client: Client = ENGLISH) -> bytes:
    """The file that *offer* offers, once it is where *person* wants it and shown there."""
    assert offer.offer is not None
    await line.consent(person, offer, client=client)
    name = offer.offer["name"]
    await line.until(lambda: line.connector.drive.whole.get(name))
    await line.until(lambda: any(message.file for message in line.connector.said_in(personal_id(person))))
    await line.until(lambda: offer.summary == words_of("report.saved.title", client.locale))
    return line.connector.drive.whole[name]


def words_of(key: str, locale: str = "en-US") -> str:
    return TEXTS[key]["ja" if locale.startswith("ja") else "en"]


async def later(folder: Path, duration: timedelta) -> None:
    """Let time pass for all that is kept: the line's own clock stands still."""
    database = Database(f"sqlite+aiosqlite:///{folder / 'line.sqlite3'}", HastyClock())
    await pass_time(database, duration)
    await database.close()


def leased(folder: Path) -> int:
    """How many errands somebody is at."""
    with closing(sqlite3.connect(folder / "line.sqlite3", timeout=30)) as database:
        count: int = database.execute("SELECT count(*) FROM errands WHERE lease != ''").fetchone()[0]
    return count


async def test_enhanced(tmp_path: Path) -> None:
    """Every row of the question, each once, in a file that the asker allowed and is shown."""
    async with Line(tmp_path) as line:
        await line.say(SATO, FROM_HOGE)
        offer = await line.offered(SATO)
        data = await delivered(line, SATO, offer)
        progress = line.connector.said_in(personal_id(SATO))[0]
        await line.until(lambda: progress.summary == words_of("report.ready.title"))

    wanted = scanned(line.tenant, 10)
    assert keys_in(data) == keys(wanted)
    assert data.startswith(b'\xef\xbb\xbf"origin_timestamp_utc",')
    assert b"\n" not in data.replace(b"\r\n", b"")
    first = max(wanted, key=lambda row: row.received_date_time)
    assert table(data)[0] | {"x": ""} == table(data)[0] | {
        "x": "",
        "origin_timestamp_utc": f"{first.received_date_time:%Y-%m-%dT%H:%M:%SZ}",
        "sender_address": first.sender_address,
        "message_subject": defuse(first.subject),
        "total_bytes": str(first.size),
        "original_client_ip": first.from_ip,
    }
    assert table(data)[0]["origin_timestamp_local"].endswith("+09:00")
    assert {row["directionality"] for row in table(data)} <= {"inbound", "outbound", "internal"}
    assert f"{len(wanted)} rows" in notes(data)
    assert "connector_id" in notes(data)
    assert words_of("report.file.whole") in notes(data)
    asked = offer.versions[0]["attachments"][0]["content"]
    assert asked["sizeInBytes"] == len(data)
    assert set(asked["acceptContext"]) == {"offer"}
    headers = line.connector.drive.headers[0]
    assert "Authorization" not in headers
    assert headers["Content-Range"] == f"bytes 0-{len(data) - 1}/{len(data)}"


async def test_japanese_from_a_list(tmp_path: Path) -> None:
    """The button under a list makes the same report; it speaks its reader's language, its columns do not."""
    async with Line(tmp_path) as line:
        listed = await line.ask(SATO, "追跡 送信者 *@hoge.com 期間 10日", client=JAPANESE)
        await line.tap(SATO, listed, TEXTS["button.report"]["ja"], client=JAPANESE)
        data = await delivered(line, SATO, await line.offered(SATO), JAPANESE)

    assert keys_in(data) == keys(scanned(line.tenant, 10))
    assert TEXTS["report.file.whole"]["ja"] in notes(data)


async def test_employee_has_their_own(tmp_path: Path) -> None:
    """An employee's report holds mail they sent or were sent, no recipient unproven, no server's address."""
    async with Line(tmp_path) as line:
        await line.say(TANAKA, "report enhanced last 10d")
        data = await delivered(line, TANAKA, await line.offered(TANAKA))

    mine = addresses(TANAKA)
    every = scanned(line.tenant, 10, "")
    received = {row.key for row in every if row.recipient_address.lower() in mine}
    sent = {row.message_trace_id for row in every if row.sender_address.lower() in mine}
    told = {(row["network_message_id"], row["recipient_address"]) for row in table(data)}
    assert {key for key in told if key[1].lower() in mine} == received
    assert {message for message, recipient in told if recipient.lower() not in mine} <= sent
    assert {message for message, _ in told} == sent | {message for message, _ in received}
    assert {key for key in told if key[1]} <= {row.key for row in every}
    assert "original_client_ip" not in table(data)[0]
    assert "to_ip" not in table(data)[0]
    assert "original_client_ip" in notes(data)


async def test_mine(tmp_path: Path) -> None:
    """`report enhanced mine` is the help desk engineer's own mail, not everybody's."""
    async with Line(tmp_path) as line:
        await line.say(SATO, "レポート 増補要約 自分のメール", client=JAPANESE)
        data = await delivered(line, SATO, await line.offered(SATO), JAPANESE)

    mine = addresses(SATO)
    sides = [{row["sender_address"].lower(), row["recipient_address"].lower()} for row in table(data)]
    assert sides
    assert all(both & mine for both in sides)


async def test_hostile_subjects_survive(tmp_path: Path) -> None:
    """What subjects hold comes back whole, and begins as nothing that a spreadsheet calculates."""
    mails = [
        mail(
            f"hostile {n}",
            NOW - timedelta(hours=1, minutes=n),
            "x@evil.example",
            subject,
            To(SATO.mail, "delivered", (deliver(3),)),
        )
        for n, subject in enumerate(HOSTILE)
    ]
    tenant = Tenant(sample_mailbox().with_mail(*mails), clock=lambda: NOW)
    async with Line(tmp_path, tenant) as line:
        await line.say(SATO, "report enhanced sender *@evil.example")
        data = await delivered(line, SATO, await line.offered(SATO))

    subjects = [row["message_subject"] for row in table(data)]
    assert sorted(subjects) == sorted(map(defuse, HOSTILE))
    assert all(subject.lstrip(" \"'\t\ufeff")[0] not in "=+-@＝" or subject[0] == "'" for subject in subjects)


async def test_extended(tmp_path: Path) -> None:
    """The cost first; then a line for every event of every message; what Graph does not offer is named."""
    async with Line(tmp_path) as line:
        cost = await line.ask(SATO, EXTENDED)
        wanted = scanned(line.tenant, 2)
        assert words_of("report.cost.title") in cost.words
        assert f"{len(wanted)} rows" in cost.words
        assert not any(message.offer for message in line.connector.messages)
        await line.tap(SATO, cost, words_of("report.start"))
        data = await delivered(line, SATO, await line.offered(SATO))

    events = {row.key: line.tenant.mailbox.events(row.key, NOW) for row in wanted}
    assert len(table(data)) == sum(max(1, len(found)) for found in events.values())
    told = sorted((row["network_message_id"], row["event_id"], row["description"]) for row in table(data))
    assert told == sorted(
        (key[0], one.event, defuse(one.description)) for key, found in events.items() for one in found
    )
    assert any(row["source_context"] for row in table(data))
    assert "internal_message_id" in notes(data)


async def test_extended_needs_a_condition(tmp_path: Path) -> None:
    """Without a sender, recipient or id it is not begun, and the form keeps what was said."""
    async with Line(tmp_path) as line:
        card = await line.ask(SATO, "report extended status failed last 3d")
        assert words_of("report.needs.title") in card.words
        form = await line.tap(SATO, card, words_of("button.refine"))

    chosen = [node for node in str(form.card).split("'id': ") if node.startswith("'report'")]
    assert chosen
    assert "'value': 'extended'" in str(form.card)


async def test_employee_reads_no_description(tmp_path: Path) -> None:
    """An employee's extended report has times, events and actions, and no server, rule or description."""
    async with Line(tmp_path) as line:
        cost = await line.ask(TANAKA, "report extended to tanaka@contoso.co.jp last 2d")
        assert words_of("report.cost.requests") not in cost.words
        await line.tap(TANAKA, cost, words_of("report.start"))
        data = await delivered(line, TANAKA, await line.offered(TANAKA))

    assert {"event_id", "action"} <= set(table(data)[0])
    assert not {"description", "client_ip", "custom_data", "connector_id"} & set(table(data)[0])


async def test_not_begun(tmp_path: Path) -> None:
    """Cancelled before it began, nothing is written; begun twice, it is written once."""
    async with Line(tmp_path) as line:
        cost = await line.ask(SATO, EXTENDED)
        stopped = await line.tap(SATO, cost, words_of("report.stop"))
        assert words_of("report.stopped.nothing") in stopped.words
        for _ in range(2):
            await line.tap(SATO, cost, words_of("report.start"))
        await line.offered(SATO)

    offers = [m for m in line.connector.said_in(personal_id(SATO)) if m.offer]
    assert len(offers) == 1


async def test_cancelled_and_resumed(tmp_path: Path) -> None:
    """A report that is cancelled rests; resumed, it ends as if nothing had been."""
    async with Line(tmp_path) as line:
        line.tenant.faults.throttle = ALWAYS
        writing = await line.ask(SATO, FROM_HOGE)
        stopped = await line.tap(SATO, writing, words_of("report.stop"))
        assert words_of("report.stopped.title") in stopped.words
        line.tenant.faults.clear()
        again = await line.tap(SATO, writing, words_of("report.resume"), card=stopped.card)
        assert words_of("report.writing.title") in again.words
        data = await delivered(line, SATO, await line.offered(SATO))

    assert keys_in(data) == keys(scanned(line.tenant, 10))


async def test_restart_goes_on(tmp_path: Path) -> None:
    """What a stop cut off is finished by the next start, in the same card, with every row once."""
    async with Line(tmp_path) as line:
        line.tenant.faults.throttle = ALWAYS
        await line.ask(SATO, FROM_HOGE)
        await line.until(lambda: line.tenant.requests)
        line.tenant.faults.clear()
        await line.restart()
        await later(tmp_path, timedelta(minutes=5))
        data = await delivered(line, SATO, await line.offered(SATO))

    assert keys_in(data) == keys(scanned(line.tenant, 10))


async def test_asked_in_a_channel(tmp_path: Path) -> None:
    """Asked in a channel, the file is offered to the asker alone."""
    async with Line(tmp_path) as line:
        await line.say(SATO, FROM_HOGE, CHANNEL)
        await delivered(line, SATO, await line.offered(SATO))

    assert not any(message.offer or message.file for message in line.connector.said_in(CHANNEL.id))


async def test_declined_then_taken(tmp_path: Path) -> None:
    """Declined, the file is kept; it can be offered anew, and the old offer counts no more."""
    async with Line(tmp_path) as line:
        await line.say(SATO, FROM_HOGE)
        offer = await line.offered(SATO)
        first = replace(offer, versions=list(offer.versions))
        await line.consent(SATO, offer, accept=False)
        await line.until(lambda: offer.offer is None)
        assert words_of("report.declined.title") in offer.words
        count = len(line.connector.said_in(personal_id(SATO)))
        await line.tap(SATO, offer, words_of("report.offer"))
        anew = await line.offered(SATO, after=count)
        await line.consent(SATO, first)
        await line.until(lambda: gone_in(line, SATO))
        assert not line.connector.drive.puts
        data = await delivered(line, SATO, anew)

    assert keys_in(data) == keys(scanned(line.tenant, 10))


def gone_in(line: Line, person: Employee) -> list[Message]:
    said = line.connector.said_in(personal_id(person))
    return [message for message in said if message.summary == words_of("report.gone.title")]


async def test_foreign_forged_and_repeated(tmp_path: Path) -> None:
    """Somebody else's consent, a made-up one and a second one are refused in words, and write nothing."""
    async with Line(tmp_path) as line:
        await line.say(SATO, FROM_HOGE)
        offer = await line.offered(SATO)
        first = replace(offer, versions=list(offer.versions))
        theirs = replace(first, conversation_id=personal_id(JOHN))
        await line.consent(JOHN, theirs)
        await line.until(lambda: gone_in(line, JOHN))
        forged = replace(first, versions=[with_offer(first.versions[-1], "x" * 22)])
        await line.consent(SATO, forged)
        await line.until(lambda: gone_in(line, SATO))
        assert not line.connector.drive.puts
        await delivered(line, SATO, offer)
        await line.consent(SATO, first)
        await line.until(lambda: len(gone_in(line, SATO)) == 2)

    assert len(line.connector.drive.puts) == 1


def with_offer(activity: dict[str, Any], offer: str) -> dict[str, Any]:
    """*activity* with another id in its consent card."""
    attachment = activity["attachments"][0]
    content = attachment["content"] | {"acceptContext": {"offer": offer}}
    return activity | {"attachments": [attachment | {"content": content}]}


async def test_expired(tmp_path: Path) -> None:
    """After a day nothing is left of the file, and whoever asks for it is told."""
    async with Line(tmp_path) as line:
        await line.say(SATO, FROM_HOGE)
        offer = await line.offered(SATO)
        await later(tmp_path, timedelta(days=1))
        await line.consent(SATO, offer)
        await line.until(lambda: gone_in(line, SATO))

    assert not line.connector.drive.puts


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/x",
        "https://x.sharepoint.com/y",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "",
    ],
)
async def test_other_places_get_nothing(tmp_path: Path, url: str) -> None:
    """A consent that names another place than the drive's is refused, and the file offered again."""
    async with Line(tmp_path) as line:
        await line.say(SATO, FROM_HOGE)
        offer = await line.offered(SATO)
        await line.consent(SATO, offer, uploadUrl=url)
        await line.until(lambda: offer.offer is None)

    assert words_of("report.unsaved.title") in offer.words
    assert not line.connector.drive.puts


@pytest.mark.parametrize("refusals", [[503], [429, 500, 502]])
async def test_what_heals_is_sent_again(tmp_path: Path, refusals: list[int]) -> None:
    """A drive that is busy for a moment has the file in the end, whole."""
    async with Line(tmp_path) as line:
        line.connector.drive.refusals += refusals
        await line.say(SATO, FROM_HOGE)
        offer = await line.offered(SATO)
        delivering = asyncio.create_task(delivered(line, SATO, offer))
        while not delivering.done():
            # A step that is under way must not lose its lease over it.
            if not leased(tmp_path):
                await later(tmp_path, timedelta(seconds=5))
            await asyncio.wait({delivering}, timeout=0.05)
        data = await delivering

    assert keys_in(data) == keys(scanned(line.tenant, 10))


@pytest.mark.parametrize("status", [403, 404, 302])
async def test_what_does_not_heal_is_told(tmp_path: Path, status: int) -> None:
    """A drive that refuses is not asked again, no redirect is followed, and the file can be offered anew."""
    async with Line(tmp_path) as line:
        line.connector.drive.refusals.append(status)
        await line.say(SATO, FROM_HOGE)
        offer = await line.offered(SATO)
        await line.consent(SATO, offer)
        await line.until(lambda: offer.summary == words_of("report.unsaved.title"))
        assert len(line.connector.drive.puts) == 1
        count = len(line.connector.said_in(personal_id(SATO)))
        await line.tap(SATO, offer, words_of("report.offer"))
        await delivered(line, SATO, await line.offered(SATO, after=count))


async def test_too_many(tmp_path: Path) -> None:
    """A person has three reports at a time; the fourth is told so, and can be asked for again."""
    async with Line(tmp_path) as line:
        line.tenant.faults.throttle = ALWAYS
        for _ in range(3):
            await line.ask(SATO, FROM_HOGE)
        busy = await line.ask(SATO, FROM_HOGE)

    assert words_of("report.busy.title") in busy.words


@pytest.mark.parametrize("kind", ["enhanced", "extended"])
async def test_report_by_slash_command(tmp_path: Path, kind: str) -> None:
    """Teams takes files in a 1:1 alone: wherever a report was asked for, it is written and offered there."""
    async with Line(tmp_path) as line:
        said = line.typed(SATO, f"report {kind} sender suzuki@hoge.com", GROUP_CHAT)
        said["recipient"]["isTargeted"] = True
        await line.send(said)
        found = await line.answer(GROUP_CHAT)
        said_there = found.words
        if kind == "extended":
            said_there = (await line.tap(SATO, found, "Start")).words
        offer = await line.offered(SATO)
        await line.consent(SATO, offer)
        await line.until(lambda: line.connector.drive.files)

    assert "1:1" in said_there
    assert {message.only_for for message in line.connector.said_in(GROUP_CHAT.id)} == {SATO.teams_id}
    assert len(line.connector.said_in(GROUP_CHAT.id)) == 1


async def test_report_for_whom_nobody_can_reach(tmp_path: Path) -> None:
    """No report begins for whom nobody can write in private."""
    async with Line(tmp_path) as line:
        line.connector.strangers = {SATO.teams_id}
        said = line.typed(SATO, "report enhanced sender suzuki@hoge.com", GROUP_CHAT)
        said["recipient"]["isTargeted"] = True
        await line.send(said)
        found = await line.answer(GROUP_CHAT)

    assert "could not write to you" in found.words
