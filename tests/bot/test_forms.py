"""Card verb and data ↔ Command; what comes back is hostile."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import (
    AskName,
    BeginReport,
    Command,
    EditKept,
    ForgetKept,
    Help,
    Kept,
    Mine,
    OfferFile,
    OpenRow,
    Preset,
    Refine,
    RefineKept,
    Related,
    RenameKept,
    ReportResults,
    ResumeReport,
    RunAgain,
    RunKept,
    SaveSearch,
    SearchLonger,
    Shared,
    ShowForm,
    ShowPage,
    ShowRecent,
    ShowSaved,
    StopReport,
    SubmitForm,
    Trace,
)
from bot.forms import MAX_INPUT, BadPress, Tap, press, read, state_of
from cards.form import Fields
from cards.report_file import ReportKind
from tests.commands import sample
from tracing.model import TraceQuery

TAPS: tuple[Tap, ...] = (
    ReportResults("s", ReportKind.EXTENDED),
    BeginReport("s"),
    StopReport("s"),
    ResumeReport("s"),
    OfferFile("s"),
    OpenRow("s", 3, 1, "failed"),
    ShowPage("s", 2, ""),
    RunAgain("s"),
    SearchLonger("s"),
    Refine("s"),
    Related("s", 4, Shared.SUBJECT),
    AskName("s"),
    SaveSearch("", "s"),
    Preset("failed"),
    Preset("sent", all_domains=True),
    Mine(),
    ShowForm(),
    ShowSaved(2),
    ShowRecent(),
    RunKept(Kept("k")),
    RefineKept(Kept("k")),
    EditKept(Kept("k")),
    RenameKept(Kept("k"), ""),
    ForgetKept(Kept("k")),
    Help(),
    Help(more=True),
)


@pytest.mark.parametrize("command", TAPS)
def test_there_and_back(command: Tap) -> None:
    """What a button sends is read as the command it was made for."""
    made = press(command)

    assert read(made.verb, made.data) == command


def test_form() -> None:
    """The form's inputs arrive beside the button's data, statuses joined by commas."""
    data = {"sender": "a@x.jp", "statuses": "failed,pending", "unknown": "x", "recipient": 5}

    assert press(SubmitForm(Fields())).verb == "search"
    assert read("search", data) == SubmitForm(Fields(sender="a@x.jp", statuses=("failed", "pending")))


def test_name() -> None:
    """A name is what was typed into its input, without what is hidden; its absence is an empty one."""
    assert read("save", {"state": "s", "name": "a\x00b"}) == SaveSearch("ab", "s")
    assert read("rename", {"kept": "k", "name": 5}) == RenameKept(Kept("k"), "")


def test_long_input() -> None:
    """An input beyond its bound is cut, and a NUL, which no database takes, is gone."""
    command = read("search", {"sender": "\x00" + "x" * 100_000})

    assert command == SubmitForm(Fields(sender="x" * (MAX_INPUT - 1)))


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("", None),
        ("delete", {}),
        ("open", None),
        ("open", []),
        ("open", {"state": "s"}),
        ("open", {"state": "s", "at": "1", "page": 0}),
        ("open", {"state": "s", "at": True, "page": 0}),
        ("open", {"state": "s", "at": -1, "page": 0}),
        ("open", {"state": "s", "at": 1.5, "page": 0}),
        ("open", {"state": "s", "at": 10**9, "page": 0}),
        ("open", {"state": None, "at": 0, "page": 0}),
        ("open", {"state": "x" * 65, "at": 0, "page": 0}),
        ("open", {"state": "\x00", "at": 0, "page": 0}),
        ("page", {"state": "s", "page": 0, "only": {}}),
        ("default", {"name": "everything"}),
        ("related", {"state": "s", "at": 0, "shared": "everything"}),
        ("run", {"kept": 5}),
        ("forget", {}),
        ("saved", {"page": "1"}),
        ("watches", {"watch": 5, "page": 0}),
        ("change_watch", {"watch": "w", "do": "everything"}),
        ("change_watch", {"watch": "w", "do": "pause", "until": "never"}),
        ("acknowledge", {"watch": "w", "trouble": "1"}),
    ],
)
def test_bad_press(verb: str, data: object) -> None:
    """A verb nobody sent, and data that does not fit its verb, are no command."""
    with pytest.raises(BadPress):
        read(verb, data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=80),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_REPORTS = {"report", "begin_report", "stop_report", "resume_report", "offer_file"}
_TAKEN = {"open", "page", "again", "longer", "refine", "related", "name", "save"} | _REPORTS
_VERBS = st.sampled_from(
    sorted(_TAKEN | {"default", "search", "mine", "x", "saved", "run", "edit", "rename", "forget"})
)


@given(_VERBS, _JSON | st.fixed_dictionaries({"state": _JSON, "at": _JSON, "page": _JSON, "only": _JSON}))
def test_any_data(verb: str, data: object) -> None:
    """Data of any JSON shape is a command or a bad press, nothing else."""
    try:
        command = read(verb, data)
    except BadPress:
        return
    assert state_of(command) is None or verb in _TAKEN


def test_state_of() -> None:
    """The commands that lean on something kept name it."""
    assert [state_of(command) for command in TAPS] == ["s"] * 13 + [None] * (len(TAPS) - 13)
    assert state_of(AskName()) is None
    assert state_of(Trace(TraceQuery())) is None


@pytest.mark.parametrize("command", get_args(Command))
def test_state_of_any_command(command: type[Command]) -> None:
    """What a command leans on stands in it: a kept state, or a report, whose question is one too."""
    one = sample(command)
    leans_on = getattr(one, "state_id", "") or getattr(one, "report_id", "")

    assert state_of(one) == (leans_on or None)
