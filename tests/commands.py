"""One of each command, for tests that go through all of them."""

from dataclasses import MISSING, fields
from typing import Any

from bot.commands import (
    Command,
    Kept,
    KeptRef,
    Preset,
    Shared,
)
from bot.record import AuditQuery
from bot.watch_commands import (
    WatchChange,
    WatchId,
    WatchRef,
)
from cards.form import Fields
from cards.report_file import ReportKind
from cards.watch_form import WatchFields
from tracing.model import TraceQuery
from tracing.watch import Watch


def sample(command: type[Command]) -> Command:
    """Some *command*: its fields by their types, or as they are by default."""
    if command is Preset:
        return Preset("failed")
    values: dict[Any, Any] = {
        str: "x",
        int: 0,
        TraceQuery: TraceQuery(),
        Fields: Fields(),
        Shared: Shared.SENDER,
        Kept: Kept("x"),
        KeptRef: Kept("x"),
        ReportKind: ReportKind.ENHANCED,
        AuditQuery: AuditQuery(),
        Watch: Watch(TraceQuery()),
        WatchFields: WatchFields(),
        WatchRef: WatchId("x"),
        WatchChange: WatchChange.PAUSE,
    }
    return command(
        **{f.name: values[f.type] for f in fields(command) if f.default is f.default_factory is MISSING}
    )
