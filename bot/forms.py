"""Card verb and data ↔ Command, in both directions.

What comes back from a client is anything at all: it is read by type and bound, never trusted.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from bot.commands import (
    Approve,
    AskName,
    Audit,
    BeginReport,
    Command,
    Compare,
    Continue,
    EditKept,
    Examine,
    Explain,
    FindParting,
    ForgetKept,
    Help,
    Kept,
    KeptCommand,
    KeptRef,
    Mine,
    OfferFile,
    OpenRow,
    PickOther,
    Preset,
    Refine,
    RefineKept,
    Related,
    RenameKept,
    Report,
    ReportCommand,
    ReportResults,
    ResumeReport,
    Revoke,
    RunAgain,
    RunKept,
    SaveSearch,
    SearchLonger,
    Share,
    Shared,
    ShareTo,
    ShowAudit,
    ShowForm,
    ShowPage,
    ShowRecent,
    ShowSaved,
    Stop,
    StopReport,
    StopTelling,
    SubmitForm,
    TellMe,
    Trace,
)
from bot.markup import without_hidden
from bot.vocabulary import OF_ALL_DOMAINS, PRESETS
from bot.watch_commands import (
    Acknowledge,
    ChangeWatch,
    EditWatch,
    ShowWatches,
    SubmitWatch,
    Until,
    WatchChange,
    WatchId,
    WatchResults,
    WatchTrace,
)
from cards.elements import Press
from cards.form import Fields
from cards.report_file import ReportKind
from cards.watch_form import WatchFields

MAX_NUMBER = 100_000
MAX_WORD = 64
MAX_INPUT = 2_000


class BadPress(Exception):
    """A tap whose verb nobody sent, or whose data does not fit it."""


Tap = (
    OpenRow
    | FindParting
    | PickOther
    | Compare
    | ShowPage
    | RunAgain
    | Stop
    | Continue
    | SearchLonger
    | Refine
    | Related
    | Preset
    | Mine
    | ShowForm
    | SubmitForm
    | RunKept
    | RefineKept
    | KeptCommand
    | TellMe
    | StopTelling
    | WatchResults
    | ShowWatches
    | ChangeWatch
    | EditWatch
    | SubmitWatch
    | Acknowledge
    | Help
    | Examine
    | ReportResults
    | ReportCommand
    | ShowAudit
    | Share
    | ShareTo
)


def press(command: Tap) -> Press:
    """What a button for *command* sends. Conditions never travel in a card, so there is none for a Trace."""
    match command:
        case OpenRow(state_id, position, page, only):
            return Press("open", {"state": state_id, "at": position, "page": page, "only": only})
        case FindParting(state_id, position, page, only):
            return Press("part", {"state": state_id, "at": position, "page": page, "only": only})
        case PickOther(state_id, position, page, only):
            return Press("pick", {"state": state_id, "at": position, "page": page, "only": only})
        case Compare(state_id, position, other_id, other, page, only):
            both: dict[str, str | int] = {
                "state": state_id,
                "at": position,
                "other": other_id,
                "other_at": other,
            }
            return Press("compare", {**both, "page": page, "only": only})
        case ShowPage(state_id, page, only):
            return Press("page", {"state": state_id, "page": page, "only": only})
        case Stop(state_id):
            return Press("stop", {"state": state_id})
        case Continue(state_id):
            return Press("continue", {"state": state_id})
        case RunAgain(state_id):
            return Press("again", {"state": state_id})
        case SearchLonger(state_id):
            return Press("longer", {"state": state_id})
        case Refine(state_id):
            return Press("refine", {"state": state_id})
        case Preset(name, all_domains):
            return Press("default", {"name": name, **({"scope": "all"} if all_domains else {})})
        case Mine():
            return Press("mine")
        case ShowForm():
            return Press("form")
        case SubmitForm():
            return Press("search")
        case Related(state_id, position, shared):
            return Press("related", {"state": state_id, "at": position, "shared": shared.value})
        case TellMe(state_id, position):
            return Press("tell", {"state": state_id, "at": position})
        case StopTelling(errand_id):
            return Press("untell", {"errand": errand_id})
        case WatchResults(state_id, begin):
            return Press("watch", {"state": state_id, **({"begin": 1} if begin else {})})
        case ShowWatches(watch_id, page, around):
            return Press("watches", {"watch": watch_id, "page": page, "around": around})
        case ChangeWatch(watch, change, until):
            # A number is what somebody types; a card names the watch itself.
            assert isinstance(watch, WatchId)
            return Press("change_watch", {"watch": watch.watch_id, "do": change.value, "until": until.value})
        case EditWatch(watch):
            assert isinstance(watch, WatchId)
            return Press("edit_watch", {"watch": watch.watch_id})
        case SubmitWatch(state_id, watch_id):
            return Press("watch_form", {"state": state_id, "watch": watch_id})
        case Acknowledge(watch_id, trouble):
            return Press("acknowledge", {"watch": watch_id, "trouble": trouble})
        case ShowSaved(page):
            return Press("saved", {"page": page})
        case ShowRecent():
            return Press("recent")
        case AskName(state_id):
            return Press("name", {"state": state_id})
        case SaveSearch(_, state_id):
            return Press("save", {"state": state_id})
        case RunKept(search):
            return Press("run", {"kept": _kept_id(search)})
        case RefineKept(search):
            return Press("refine_kept", {"kept": search.kept_id})
        case EditKept(search):
            return Press("edit", {"kept": search.kept_id})
        case RenameKept(search):
            return Press("rename", {"kept": _kept_id(search)})
        case ForgetKept(search):
            return Press("forget", {"kept": _kept_id(search)})
        case Help(more):
            return Press("help", {"page": int(more)})
        case Examine():
            return Press("doctor")
        case ReportResults(state_id, kind):
            return Press("report", {"state": state_id, "kind": kind.value})
        case BeginReport(report_id):
            return Press("begin_report", {"state": report_id})
        case StopReport(report_id):
            return Press("stop_report", {"state": report_id})
        case ResumeReport(report_id):
            return Press("resume_report", {"state": report_id})
        case OfferFile(report_id):
            return Press("offer_file", {"state": report_id})
        case ShowAudit(state_id, page):
            return Press("audit", {"state": state_id, "page": page})
        case Share(state_id):
            return Press("share", {"state": state_id})
        case ShareTo(state_id, place_id):
            return Press("share_to", {"state": state_id, "place": place_id})
        case _:
            assert_never(command)


def read(verb: str, data: object) -> Command:
    """The command a tap stands for. Raises: BadPress."""
    values = data if isinstance(data, Mapping) else {}
    match verb:
        case "open":
            return OpenRow(*_row(values), *_way_back(values))
        case "part":
            return FindParting(*_row(values), *_way_back(values))
        case "pick":
            return PickOther(*_row(values), *_way_back(values))
        case "compare":
            other = _word(values, "other"), _number(values, "other_at")
            return Compare(*_row(values), *other, *_way_back(values))
        case "page":
            return ShowPage(_word(values, "state"), _number(values, "page"), _word(values, "only", ""))
        case "stop":
            return Stop(_word(values, "state"))
        case "again":
            return RunAgain(_word(values, "state"))
        case "continue":
            return Continue(_word(values, "state"))
        case "longer":
            return SearchLonger(_word(values, "state"))
        case "refine":
            return Refine(_word(values, "state"))
        case "default" if _word(values, "name") in PRESETS:
            name = _word(values, "name")
            return Preset(name, name in OF_ALL_DOMAINS and _word(values, "scope", "") == "all")
        case "mine":
            return Mine()
        case "form":
            return ShowForm()
        case "search":
            return SubmitForm(_fields(values))
        case "related" if _word(values, "shared") in list(Shared):
            shared = Shared(_word(values, "shared"))
            return Related(_word(values, "state"), _number(values, "at"), shared)
        case "tell":
            return TellMe(*_row(values))
        case "untell":
            return StopTelling(_word(values, "errand"))
        case "watch":
            return WatchResults(_word(values, "state"), begin=values.get("begin") == 1)
        case "watches":
            return ShowWatches(
                _word(values, "watch", ""), _number(values, "page"), _word(values, "around", "")
            )
        case "change_watch" if _word(values, "do") in list(WatchChange):
            until = _word(values, "until", Until.HOUR)
            if until not in list(Until):
                raise BadPress
            change = WatchChange(_word(values, "do"))
            return ChangeWatch(WatchId(_word(values, "watch")), change, Until(until))
        case "edit_watch":
            return EditWatch(WatchId(_word(values, "watch")))
        case "watch_form":
            about = _word(values, "state", ""), _word(values, "watch", "")
            return SubmitWatch(*about, _fields(values), _watch_fields(values))
        case "acknowledge":
            return Acknowledge(_word(values, "watch"), _number(values, "trouble"))
        case "name":
            return AskName(_word(values, "state"))
        case "save":
            return SaveSearch(_input(values, "name"), _word(values, "state"))
        case "help":
            return Help(more=values.get("page") == 1)
        case "doctor":
            return Examine()
        case "report" if _word(values, "kind") in list(ReportKind):
            return ReportResults(_word(values, "state"), ReportKind(_word(values, "kind")))
        case "begin_report":
            return BeginReport(_word(values, "state"))
        case "stop_report":
            return StopReport(_word(values, "state"))
        case "resume_report":
            return ResumeReport(_word(values, "state"))
        case "offer_file":
            return OfferFile(_word(values, "state"))
        case "audit":
            return ShowAudit(_word(values, "state"), _number(values, "page"))
        case "share":
            return Share(_word(values, "state"))
        case "share_to":
            return ShareTo(_word(values, "state"), _word(values, "place"))
        case _:
            return _read_kept(verb, values)


def _read_kept(verb: str, values: Mapping[str, object]) -> Command:
    match verb:
        case "saved":
            return ShowSaved(_number(values, "page"))
        case "recent":
            return ShowRecent()
        case "run":
            return RunKept(Kept(_word(values, "kept")))
        case "refine_kept":
            return RefineKept(Kept(_word(values, "kept")))
        case "edit":
            return EditKept(Kept(_word(values, "kept")))
        case "rename":
            return RenameKept(Kept(_word(values, "kept")), _input(values, "name"))
        case "forget":
            return ForgetKept(Kept(_word(values, "kept")))
        case _:
            raise BadPress


@dataclass(frozen=True)
class OnList:
    """A tap on a list or on a row opened from it: `again` shows the list once more, `page` is the page it
    had."""

    again: Press
    page: ShowPage
    of_row: bool


def on_list(command: Command | None) -> OnList | None:
    """*command* as a tap on a list; None if it is not one."""
    match command:
        case OpenRow() | FindParting() | PickOther() | Compare():
            page = ShowPage(command.state_id, command.page, command.only)
            return OnList(press(command), page, of_row=True)
        case Related() | TellMe():
            return OnList(press(command), ShowPage(command.state_id, 0, ""), of_row=True)
        case RunAgain() | Continue() | SearchLonger() | ReportResults():
            return OnList(press(command), ShowPage(command.state_id, 0, ""), of_row=False)
        case ShowPage():
            return OnList(press(command), command, of_row=False)
        case _:
            return None


def state_of(command: Command) -> str | None:
    """The id of the kept state that *command* leans on."""
    match command:
        case FindParting() | PickOther() | Compare() | Related() | TellMe():
            return command.state_id
        case OpenRow() | ShowPage() | RunAgain() | Stop() | Continue() | SearchLonger():
            return command.state_id
        case Refine() | ReportResults():
            return command.state_id
        case AskName(state_id) | SaveSearch(_, state_id):
            return state_id or None
        case BeginReport() | StopReport() | ResumeReport() | OfferFile():
            return command.report_id
        case (
            Report()
            | Trace()
            | Mine()
            | Preset()
            | ShowForm()
            | SubmitForm()
            | Help()
            | Explain()
            | Examine()
        ):
            return None
        case ShowAudit() | Share() | ShareTo():
            return command.state_id
        case Approve() | Revoke() | Audit():
            return None
        case ShowSaved() | ShowRecent() | RunKept() | RefineKept() | EditKept() | RenameKept() | ForgetKept():
            return None
        case WatchResults(state_id, _):
            return state_id
        case SubmitWatch(state_id, _):
            return state_id or None
        case StopTelling() | WatchTrace() | ShowWatches() | ChangeWatch() | EditWatch() | Acknowledge():
            return None
        case _:
            assert_never(command)


def _row(values: Mapping[str, object]) -> tuple[str, int]:
    return _word(values, "state"), _number(values, "at")


def _way_back(values: Mapping[str, object]) -> tuple[int, str]:
    return _number(values, "page"), _word(values, "only", "")


def _kept_id(search: KeptRef) -> str:
    # A name is what somebody types; it is no business of a card's data.
    assert isinstance(search, Kept)
    return search.kept_id


def _fields(values: Mapping[str, object]) -> Fields:
    """The form's inputs, each cut at MAX_INPUT; what is no text counts as empty."""
    texts = {name: _input(values, name) for name in _INPUTS if isinstance(values.get(name), str)}
    chosen = texts.pop("statuses", "")
    return Fields(**texts, statuses=tuple(filter(None, chosen.split(","))))


def _watch_fields(values: Mapping[str, object]) -> WatchFields:
    """The same of the options of a watch."""
    texts = {name: _input(values, name) for name in _WATCH_INPUTS if isinstance(values.get(name), str)}
    chosen = texts.pop("mentions", "")
    return WatchFields(**texts, mentions=tuple(filter(None, chosen.split(","))))


_WATCH_INPUTS = frozenset(field.name for field in dataclasses.fields(WatchFields))

_INPUTS = frozenset(field.name for field in dataclasses.fields(Fields))


def _input(values: Mapping[str, object], name: str) -> str:
    """What was typed into the input *name*, "" when nothing."""
    value = values.get(name)
    return without_hidden(value[:MAX_INPUT]) if isinstance(value, str) else ""


def _word(values: Mapping[str, object], name: str, default: str | None = None) -> str:
    value = values.get(name, default)
    if not isinstance(value, str) or len(value) > MAX_WORD or not value.isprintable():
        raise BadPress
    return value


def _number(values: Mapping[str, object], name: str) -> int:
    value = values.get(name)
    # A bool is an int to Python; a float may be what a client made of a number.
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_NUMBER:
        raise BadPress
    return value
