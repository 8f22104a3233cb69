"""Text of strangers in files: wherever a spreadsheet cuts a line, no cell of it is calculated."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.record import Entry, Kind, Who
from bot.settings import read_settings
from bot.store.database import Database
from bot.store.record import StoredRecord
from bot.terminal import export_record
from cards.report_file import ReportKind, Sheet, events, head, rows
from demo.company import TENANT_ID
from demo.mailbox import CASES
from tests.cards.samples import DOMAINS, NOW, row_of
from tests.line import HastyClock
from tracing.model import TraceEvent

ROW = row_of(CASES["recipient unknown here"])
HOSTILE = [
    f"{before}{cut}{blank}{sign}1+1"
    for before in ("", "x", 'x"')
    for cut in (";", "\t", ",", "|", "\n", "\r\n", ";\t", "; ;", "；", "，", "、", "｜", "\u2028", "\x85")
    for blank in ("", " ", "\x0b", "\u3000", '"', "\u200b", "\u3164")
    for sign in "=+-@＝＋－＠"
]


def cells(text: str, separator: str) -> list[str]:
    """*text* as a spreadsheet that heeds no quotes cuts it, each without blanks and quotes at its front."""
    pieces = re.split(f"[\r\n\x85\u2028\u2029{separator}]", text.removeprefix("\ufeff"))
    return [re.sub(r"^[\s\"\u200b\u3000\u3164]+", "", piece) for piece in pieces]


def formulas(text: str) -> list[str]:
    return [
        cell for cut in (*";\t,|；，、｜",) for cell in cells(text, cut) if cell[:1] in set("=+-@＝＋－＠")
    ]


@pytest.mark.parametrize("kind", ReportKind)
def test_reports(kind: ReportKind) -> None:
    """No subject, address, id or event text of a report becomes a formula, and every cell is quoted."""
    sheet = Sheet(kind, ZoneInfo("Asia/Tokyo"), DOMAINS, full=True)
    text = head(sheet)
    for hostile in HOSTILE:
        row = replace(ROW, subject=hostile, message_id=hostile, recipient_address=hostile, to_ip=hostile)
        event = TraceEvent(NOW, hostile, hostile, hostile)
        text += rows(sheet, [row]) if kind is ReportKind.ENHANCED else events(sheet, row, [event])

    assert formulas(text) == []
    assert text.removeprefix("\ufeff").startswith('"')


def test_record(tmp_path: Path) -> None:
    """Nor does anything that somebody typed become one in the exported record."""
    settings = read_settings(
        {
            "MicrosoftAppTenantId": TENANT_ID,
            "TRACE_GRAPH_URL": "http://127.0.0.1:9/v1.0",
            "TRACE_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'line.sqlite3'}",
        }
    )
    out = tmp_path / "record.csv"

    async def export() -> int:
        database = Database(settings.database_url, HastyClock())
        await database.migrate()
        record = StoredRecord(database)
        for hostile in HOSTILE[::7]:
            await record.note(Entry(Kind.TRACE, Who("id", hostile, "a:1", "personal"), hostile))
        await database.close()
        return await export_record(settings, "", out, HastyClock())

    assert asyncio.run(export()) == 0
    assert formulas(out.read_text("utf-8-sig")) == []
