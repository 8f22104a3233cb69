"""Every card there is, filled from the sample mailbox, as the bot would fill it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_network
from zoneinfo import ZoneInfo

from bot.sight import stand_in
from cards import (
    away,
    bounce,
    compare,
    detail,
    doctor,
    error,
    form,
    help,
    journey,
    kept,
    landing,
    notes,
    report,
    results,
    routes,
    welcome,
)
from cards.dialog import in_dialog
from cards.elements import Card, Press
from cards.reader import Reader, reader_of
from cards.report_file import ReportKind
from demo.events import told
from demo.mailbox import CASES, Mailbox, make_mailbox
from tests.cards.access_samples import ACCESS
from tests.cards.corner_samples import CORNERS
from tests.cards.digest_samples import DIGESTS
from tests.cards.sentence_samples import SENTENCE_CARDS
from tests.cards.watch_samples import WATCHES
from tests.samples.bounces import BOUNCES
from tests.samples.event_routes import ROUTES
from tests.samples.headers import JUNK, PLAIN, SKEWED
from tracing.calendar import Calendar, CalendarUnit
from tracing.causes import Cause
from tracing.errors import (
    AllowanceSpent,
    CredentialsRefused,
    EmptyWindow,
    GraphGarbled,
    GraphSlow,
    GraphUnavailable,
    NotPermitted,
    PrerequisiteMissing,
    Throttled,
    WindowTooOld,
)
from tracing.explain import Outcome, explain
from tracing.hops import read_journey
from tracing.model import (
    AddressPattern,
    Answer,
    DeliveryStatus,
    Direction,
    Last,
    MessageTrace,
    Progress,
    Shortfall,
    SubjectFilter,
    SubjectMode,
    TraceEvent,
    TraceQuery,
    TraceRequest,
    Window,
    decode_status,
    direction_of,
    trouble_first,
)
from tracing.ndr import read_bounce
from tracing.routes import part

NOW = datetime(2026, 11, 23, 1, 45, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")
READERS = {"ja": reader_of("ja-JP", "Asia/Tokyo", TOKYO), "en": reader_of("en-US", "Asia/Tokyo", TOKYO)}
DOMAINS = ("contoso.co.jp", "sales.contoso.co.jp")
STATE = "kT3vQ8sX1nYb6RmZpW4cLd"

Sample = Callable[[Reader], Card]


@cache
def mailbox() -> Mailbox:
    """The sample mailbox at NOW; made once, as it never changes."""
    return make_mailbox(NOW)


RELATED = ("message_id", "sender", "recipient", "subject", "from_ip")


def row_of(key: tuple[str, str]) -> MessageTrace:
    """The row of *key*, as Graph's answer is decoded."""
    row = mailbox().row(key)
    assert row is not None
    return MessageTrace(
        row.message_trace_id,
        row.message_id,
        row.received_date_time,
        row.sender_address,
        row.recipient_address,
        row.subject,
        row.size,
        decode_status(row.status),
        row.from_ip,
        row.to_ip,
    )


def events_of(key: tuple[str, str]) -> list[TraceEvent]:
    """What happened to the mail of *key*."""
    return [TraceEvent(e.date_time, e.event, e.action, e.description, e.data) for e in mailbox().events(key)]


def view_of(case: str, full: bool = True, recipients: bool = False) -> detail.Detail:
    """The detail of a case of the sample mailbox; *recipients* lists its other recipients."""
    row = row_of(CASES[case])
    everyone = [
        (other.recipient_address, other.status, None if other.key == CASES[case] else press("open"))
        for other in mailbox().rows
        if recipients and other.message_trace_id == row.message_trace_id
    ]
    return detail.Detail(
        row=row,
        outcome=outcome_of(CASES[case]),
        direction=direction_of(row.sender_address, row.recipient_address, DOMAINS).value,
        full=full,
        back=press("page"),
        again=press("open"),
        recipients=everyone,
        compare=press("pick"),
        parting=press("part") if len(everyone) > 1 else None,
        related=[(name, press("related")) for name in RELATED if full or name != "from_ip"],
    )


def routed(name: str, full: bool = True) -> detail.Detail:
    """The detail of a route of the samples, on the row of a message to another company."""
    route, row = ROUTES[name], row_of(CASES["remote server unreachable"])
    told_events = [
        TraceEvent(e.date_time, e.event, e.action, e.description, e.data)
        for e in told(row.received_date_time, route.steps)
    ]
    return detail.Detail(
        row=replace(row, status=decode_status(route.status)),
        outcome=explain(told_events, route.status),
        direction="outbound",
        full=full,
        back=press("page"),
        again=press("open"),
    )


def outcome_of(key: tuple[str, str]) -> Outcome:
    """What became of the mail of *key*."""
    return explain(events_of(key), row_of(key).status)


def routes_of(case: str, most: int = 10, broke_off: bool = False) -> routes.Routes:
    """The fates of the recipients of a case, the first *most* of them looked at."""
    message = row_of(CASES[case])
    rows = [row for row in mailbox().rows if row.message_trace_id == message.message_trace_id]
    ways = [(row.recipient_address, outcome_of(row.key)) for row in rows[:most]]
    taps = {row.recipient_address: (row.status, press("open")) for row in rows}
    return routes.Routes(message.subject, part(ways), taps, len(rows), most, broke_off, press("open"))


def comparison_of(left: tuple[str, str], right: tuple[str, str], full: bool = True) -> compare.Comparison:
    """Two rows of the sample mailbox side by side."""
    return compare.Comparison(
        left=compare.Side(row_of(left), outcome_of(left)),
        right=compare.Side(row_of(right), outcome_of(right)),
        full=full,
        back=press("open"),
        again=press("pick"),
    )


def recipients_of(case: str) -> list[tuple[str, str]]:
    """The keys of a case's message, the decisive one first."""
    ident = CASES[case][0]
    return [row.key for row in mailbox().rows if row.message_trace_id == ident]


def press(verb: str) -> Press:
    """A tap as `bot/forms.py` makes it."""
    return Press(verb, {"state": STATE, "at": 4_999, "page": 499, "only": "filteredAsSpam"})


QUERY = TraceQuery(senders=(AddressPattern("*@hoge.com"),))
BUSY_QUERY = replace(
    QUERY,
    period=Last(timedelta(days=7)),
    recipients=tuple(AddressPattern(f"user{n}@contoso.co.jp") for n in range(5)),
    statuses=(DeliveryStatus.FAILED, DeliveryStatus.PENDING),
    subject=SubjectFilter(SubjectMode.CONTAINS, "見積書"),
    direction=Direction.INBOUND,
    from_ips=(ip_network("203.0.113.0/24"),),
)


def answer_of(
    rows: Sequence[MessageTrace], *shortfalls: Shortfall, days: int = 2, scanned: int | None = None
) -> Answer:
    """*rows* as what a trace of the last *days* found."""
    window = Window(NOW - timedelta(days=days), NOW)
    return Answer(
        tuple(rows), window, NOW, 2, len(rows) if scanned is None else scanned, frozenset(shortfalls)
    )


def list_of(
    answer: Answer,
    query: TraceQuery = QUERY,
    only: str | None = None,
    page: int = 0,
    narrowed: bool = False,
    title: str = "results.title",
    longer: bool = False,
) -> results.Results:
    """A page of *answer*, as the handlers make it."""
    shown = [(i, row) for i, row in enumerate(trouble_first(answer.rows)) if only in (None, row.status)]
    return results.Results(
        query=query,
        answer=answer,
        shown=shown,
        only=only,
        page=page,
        title=title,
        narrowed=narrowed,
        open_row=lambda at: press("open"),
        show=lambda number, status: press("page"),
        again=press("again"),
        longer=press("longer") if longer else None,
        refine=press("refine"),
        save=press("name"),
        report=press("report"),
    )


def few() -> list[MessageTrace]:
    """Five mails, four fates."""
    cases = ("recipient unknown here", "deferred here", "quarantined", "group member", "hostile subject")
    return [row_of(CASES[case]) for case in cases]


def many() -> list[MessageTrace]:
    """Every case there is: all states."""
    return [row_of(key) for key in CASES.values()]


def _own() -> results.Results:
    """An employee's own mail while recipients of what they sent are not checked; more was asked for."""
    unchecked = [replace(stand_in(row), sender_address="tanaka@contoso.co.jp") for row in few()[1:4]]
    untold = replace(stand_in(few()[4], checked=True), sender_address="tanaka@contoso.co.jp")
    answer = answer_of([few()[0], *unchecked, untold], Shortfall.RECIPIENTS, days=30)
    month = TraceQuery(Last(timedelta(days=30)))
    view = list_of(answer, month, title="results.mine")
    return replace(
        view, own=True, sent=True, shortened=timedelta(days=30), more=press("continue"), refine=None
    )


def _under_a_fault(card: Card, fault: Exception, reader: Reader) -> Card:
    shown = error.above(card, fault, press("open"), "7f3c91a2", reader)
    assert shown is not None
    return shown


FORM = form.Fields(
    sender="*@hoge.com, suzuki@hoge.com",
    recipient="info@with-wit.com",
    subject="請求書",
    start_date="2026-11-21",
    start_time="09:00",
    end_date="2026-11-23",
    end_time="10:45",
)
PRESET_NAMES = ("sent", "received", "pending", "quarantined", "failed", "sent_all", "received_all")
PRESETS = [(name, press("preset")) for name in PRESET_NAMES]


SAVED = [("hoge.com からの失敗", press("run")), ("月次請求書", press("run"))]


def _form(fields: form.Fields, faults: dict[str, str], reader: Reader) -> Card:
    return form.render(fields, faults, press("search"), PRESETS, SAVED, reader, NOW)


FAULTY = form.Fields(
    sender="suzuki at hoge",
    subject="見積書",
    subject_mode="startswith",
    statuses=("failed", "pending"),
    message_id="CAF9x7f2",
    direction="inbound",
    from_ip="203.0.113",
    client_ip="198.51.100.7",
    report="extended",
    start_date="2026-11-24",
    start_time="09:00",
    end_date="2026-11-23",
)
FAULTS = {
    "sender": "address",
    "message_id": "message_id",
    "from_ip": "ip",
    "start_date": "future",
    "end_date": "range",
}

_WEEK = timedelta(days=7)
UNFINISHED = replace(
    answer_of(few(), Shortfall.REQUEST_LIMIT, days=7, scanned=30_000),
    rest=(TraceRequest(Window(NOW - _WEEK, NOW - timedelta(days=2, hours=3))),),
    left=12,
    troubled_rest=(),
)
UNCHECKED = replace(answer_of(few()[:1], Shortfall.UNCHECKED, scanned=173), unchecked=tuple(few()[1:]))

LISTS: dict[str, Sample] = {
    "results": lambda r: results.render(list_of(answer_of(few())), r),
    "results without database": lambda r: away.below(results.render(list_of(answer_of(few()[:2])), r), r),
    "results all states": lambda r: results.render(
        list_of(answer_of(many(), days=7, scanned=4_812), BUSY_QUERY), r
    ),
    "results one state": lambda r: results.render(
        list_of(answer_of(many(), days=7), BUSY_QUERY, only="failed", page=1), r
    ),
    "results not complete": lambda r: results.render(
        list_of(answer_of(few(), Shortfall.ROW_LIMIT, Shortfall.THROTTLED)), r
    ),
    "results continue": lambda r: results.render(replace(list_of(UNFINISHED), more=press("continue")), r),
    "results continue mine": lambda r: results.render(
        replace(list_of(UNFINISHED, title="results.mine", narrowed=True), more=press("continue")), r
    ),
    "results unchecked": lambda r: results.render(
        replace(
            list_of(UNCHECKED, replace(QUERY, client_ip=ip_network("198.51.100.0/24"))),
            more=press("continue"),
        ),
        r,
    ),
    "my mail": lambda r: results.render(
        list_of(answer_of(few()[:3]), TraceQuery(), title="results.mine", narrowed=True), r
    ),
    "my mail not checked": lambda r: results.render(_own(), r),
    "my mail under a fault": lambda r: _under_a_fault(
        results.render(_own(), r), Throttled(timedelta(minutes=3)), r
    ),
    "results under a fault": lambda r: _under_a_fault(
        results.render(list_of(answer_of(few())), r), GraphUnavailable("broken"), r
    ),
    "recipients withheld": lambda r: notes.withheld(stand_in(few()[4], checked=True), press("page"), r),
    "nothing found": lambda r: results.render(
        list_of(
            answer_of([], days=10),
            TraceQuery(period=Last(timedelta(days=10)), message_ids=("<CAF9x7f2@mail.hoge.com>",)),
            longer=True,
        ),
        r,
    ),
    "nothing found yet": lambda r: results.render(list_of(answer_of([], Shortfall.REQUEST_LIMIT)), r),
}

DETAIL_CASES = (
    "recipient unknown here",
    "blocked by dlp",
    "blocked by a transport rule",
    "deferred here",
    "quarantined",
    "junk",
    "group expanded",
    "several outcomes",
    "spf",
    "malware found",
    "certificate expired",
    "recalled",
    "getting status",
    "no subject",
    "broken data",
)


EIGHT_CAUSES = (
    "recipient unknown here",
    "blocked by dlp",
    "blocked by a transport rule",
    "deferred here",
    "quarantined",
    "junk",
    "spf",
    "malware found",
)
"""What people ask about most, for both audiences."""


def _detail(case: str, full: bool) -> Sample:
    return lambda reader: detail.render(view_of(case, full, recipients=full), reader)


DETAILS: dict[str, Sample] = {
    **{f"detail {case}": _detail(case, full=True) for case in DETAIL_CASES},
    **{f"employee {case}": _detail(case, full=False) for case in (*EIGHT_CAUSES, "group member")},
}


def _offer(same: bool, reader: Reader) -> Card:
    keys = recipients_of("several outcomes")
    rows = [(row_of(key), press("compare")) for key in keys[1:]] if same else []
    others = [(row, press("compare")) for row in few()] if same else []
    return compare.offer(compare.Offer(row_of(keys[0]), rows, others, press("open")), reader)


COMPARISONS: dict[str, Sample] = {
    "routes": lambda r: routes.render(routes_of("blocked for some"), r),
    "routes four": lambda r: routes.render(routes_of("several outcomes"), r),
    "routes many": lambda r: routes.render(routes_of("many recipients"), r),
    "routes broken off": lambda r: routes.render(routes_of("several outcomes", 2, broke_off=True), r),
    "compare recipients": lambda r: compare.render(
        comparison_of(recipients_of("blocked for some")[0], recipients_of("blocked for some")[2]), r
    ),
    "compare messages": lambda r: compare.render(
        comparison_of(CASES["blocked by dlp"], CASES["several outcomes"]), r
    ),
    "compare employee": lambda r: compare.render(
        comparison_of(CASES["quarantined"], CASES["junk"], full=False), r
    ),
    "compare alike": lambda r: compare.render(comparison_of(CASES["labelled"], CASES["labelled"]), r),
    "compare with": lambda r: _offer(True, r),
    "compare with nothing": lambda r: _offer(False, r),
}


def meaning_of(name: str, full: bool = True, trace: bool = True, cut: bool = False) -> bounce.Meaning:
    """A bounce of the samples, read."""
    read = read_bounce(BOUNCES[name].text, DOMAINS)
    assert read is not None
    return bounce.Meaning(read, full, press("again") if trace else None, press("help"), cut=cut)


def way_of(text: str, full: bool = True, cut: bool = False) -> journey.Way:
    """Pasted headers, read."""
    read = read_journey(text)
    assert read is not None
    return journey.Way(read, full, press("again"), press("help"), cut=cut)


EXPLANATIONS: dict[str, Sample] = {
    "explain bounce": lambda r: bounce.render(meaning_of("exchange, refused there"), r),
    "explain employee": lambda r: bounce.render(meaning_of("japanese, unknown", full=False), r),
    "explain two": lambda r: bounce.render(meaning_of("postfix, two", cut=True), r),
    "explain delay": lambda r: bounce.render(meaning_of("exchange, delay notice"), r),
    "explain full there": lambda r: bounce.render(meaning_of("exchange, names with addresses"), r),
    "explain bare code": lambda r: bounce.render(meaning_of("both codes", trace=False), r),
    "explain untold": lambda r: bounce.render(meaning_of("postfix, untold"), r),
    "detail forwarded": lambda r: detail.render(routed("forwarded without a copy"), r),
    "detail full there": lambda r: detail.render(routed("full there"), r),
    "detail full here": lambda r: detail.render(routed("full here"), r),
    "detail certificate": lambda r: detail.render(routed("a certificate for another name"), r),
    "employee certificate": lambda r: detail.render(routed("a certificate for another name", full=False), r),
    "headers spam": lambda r: journey.render(way_of(JUNK), r),
    "headers spam employee": lambda r: journey.render(way_of(JUNK, full=False), r),
    "explain code": lambda r: bounce.render(meaning_of("a code of a range", trace=False), r),
    "explain nothing": lambda r: notes.unexplained(press("help"), r, empty=True),
    "explain what": lambda r: notes.unexplained(press("help"), r, empty=False),
    "headers": lambda r: journey.render(way_of(PLAIN), r),
    "headers employee": lambda r: journey.render(way_of(PLAIN, full=False), r),
    "headers skewed": lambda r: journey.render(way_of(SKEWED, cut=True), r),
    "headers long": lambda r: journey.render(way_of(PLAIN * 8), r),
}

FORMS: dict[str, Sample] = {
    "form": lambda r: _form(FORM, {}, r),
    "form empty": lambda r: form.render(form.Fields(), {}, press("search"), [], [], r, NOW),
    "form with faults": lambda r: _form(FAULTY, FAULTS, r),
}


def _error(fault: Exception) -> Sample:
    return lambda reader: error.render(fault, QUERY, press("again"), "7f3c91a2", reader, press("refine"))


ERRORS: dict[str, Sample] = {
    f"error {type(fault).__name__}": _error(fault)
    for fault in (
        Throttled(timedelta(seconds=30)),
        AllowanceSpent(),
        NotPermitted("ExchangeMessageTrace.Read.All"),
        PrerequisiteMissing("8bd644d1-64a1-4d4b-ae52-2e0cbf64e373"),
        CredentialsRefused("AADSTS7000222"),
        GraphUnavailable("broken"),
        GraphSlow("slow"),
        GraphGarbled("half"),
        WindowTooOld(NOW - timedelta(days=90)),
        EmptyWindow(),
        RuntimeError("surprise"),
    )
}


def help_of(bot_name: str, helpdesk: bool, title: str = "help.title") -> help.Help:
    """The help as the handlers make it."""
    return help.Help(
        bot_name, helpdesk, title, PRESETS[:5], press("mine"), press("form"), press("saved"), press("help")
    )


def kept_entry(name: str, query: TraceQuery, mine: bool = False) -> kept.Entry:
    """A saved or, without a name, recent search."""
    return kept.Entry(name, query, mine, press("run"), press("edit"))


def kept_list(kind: str, entries: Sequence[kept.Entry], note: str = "", page: int = 0) -> kept.Listing:
    """A page of kept searches."""
    return kept.Listing(
        kind, entries, page, note, lambda number: press("saved"), press("recent"), press("form")
    )


def kept_edit(name: str, query: TraceQuery, fault: str = "") -> kept.Editing:
    """What can be done with a kept search."""
    taps = [press(verb) for verb in ("run", "refine_kept", "rename", "forget", "saved")]
    return kept.Editing(query, False, name, name, fault, *taps)


YESTERDAY = TraceQuery(
    Calendar(CalendarUnit.DAY, 1, "Asia/Tokyo"),
    recipients=(AddressPattern("info@with-wit.com"),),
    statuses=(DeliveryStatus.FAILED,),
)
KEPT_ENTRIES = [
    kept_entry("hoge.com からの失敗", replace(QUERY, statuses=(DeliveryStatus.FAILED,))),
    kept_entry("月次請求書", BUSY_QUERY),
    kept_entry("yesterday's failures", YESTERDAY),
    kept_entry("自分のメール 90 日", TraceQuery(Last(timedelta(days=90))), mine=True),
]

KEPT: dict[str, Sample] = {
    "saved": lambda r: kept.render_list(
        kept_list("saved", KEPT_ENTRIES, r.say("kept.done", name="月次請求書")), r
    ),
    "saved, one unreadable": lambda r: kept.render_list(
        replace(kept_list("saved", KEPT_ENTRIES), lost=[press("forget")]), r
    ),
    "saved none": lambda r: kept.render_list(kept_list("saved", []), r),
    "recent": lambda r: kept.render_list(
        kept_list("recent", [replace(one, name="") for one in KEPT_ENTRIES]), r
    ),
    "save": lambda r: kept.render_naming(
        kept.Naming(BUSY_QUERY, False, "", "", press("save"), press("saved")), r
    ),
    "save without a name": lambda r: kept.render_naming(
        kept.Naming(QUERY, True, "", "name", press("save"), press("saved")), r
    ),
    "edit a saved search": lambda r: kept.render_editing(kept_edit("月次請求書", BUSY_QUERY), r),
    "edit a recent search": lambda r: kept.render_editing(kept_edit("", YESTERDAY, "other_name"), r),
}

PREREQUISITE = "8bd644d1-64a1-4d4b-ae52-2e0cbf64e373"
FINDINGS = (
    doctor.Line(
        "principal",
        "principal_missing",
        "fault",
        4,
        {"app_id": PREREQUISITE, "command": f"New-MgServicePrincipal -AppId {PREREQUISITE}"},
    ),
    doctor.Line("trace", "trace_blocked", "fault"),
    doctor.Line(
        "expiry", "expiry_soon", "warning", 1, {"what": "secret", "date": "2026-12-12", "days": "19"}
    ),
    doctor.Line("behaviour", "behaviour_unasked", "note"),
    doctor.Line("settings", "settings_fine", "fine"),
    doctor.Line("database", "database_current", "fine"),
    doctor.Line("login", "login_fine", "fine"),
    doctor.Line("clock", "clock_fine", "fine", 0, {"seconds": "2"}),
)

NOTES: dict[str, Sample] = {
    "help": lambda r: help.render(help_of("Mail Trace", True), r),
    "help employee": lambda r: help.render(help_of("Mail Trace", False, "welcome.title"), r),
    "welcome among others": lambda r: welcome.render("Mail Trace", press("form"), r),
    "dialog": lambda r: in_dialog(FORMS["form"](r), "dialog.found", r),
    "dialog bounce": lambda r: in_dialog(
        bounce.render(replace(meaning_of("exchange, refused there"), form=press("refine")), r), "", r
    ),
    "dialog bounce employee": lambda r: in_dialog(
        bounce.render(replace(meaning_of("japanese, unknown", full=False), form=press("refine")), r), "", r
    ),
    "progress": lambda r: notes.progress(QUERY, Progress(1_234, 3, 9), press("stop"), r, counted=True),
    "progress employee": lambda r: notes.progress(
        BUSY_QUERY, Progress(0, 3, 9), press("stop"), r, counted=False
    ),
    "answer below": lambda r: notes.below(r),
    "stopped": lambda r: notes.interrupted("interrupted.stopped", press("again"), r),
    "help auditor": lambda r: help.render_for_auditors("help.title", r),
    "help more": lambda r: help.render_more(press("help"), r, helpdesk=True, auditor=True),
    "doctor": lambda r: doctor.render(FINDINGS, "fault", press("doctor"), r),
    "doctor faults only": lambda r: doctor.render(FINDINGS[:4], "fault", press("doctor"), r),
    "doctor fine": lambda r: doctor.render(FINDINGS[-4:], "fine", press("doctor"), r),
    "looking": lambda r: notes.looking(QUERY, r),
    "interrupted": lambda r: notes.interrupted("interrupted.note", press("again"), r),
    "refused": lambda r: notes.refused("not_yours", press("help"), r),
    "unseen": lambda r: notes.unseen(
        ("from_ips", "client_ip"),
        QUERY,
        [
            (press("again"), "button.without"),
            (press("refine"), "button.refine"),
            (press("help"), "button.help"),
        ],
        r,
    ),
    "form of an employee": lambda r: form.render(
        form.Fields(sender="a@contoso.co.jp", from_ip="203.0.113.0/24"),
        {},
        press("search"),
        [],
        [],
        r,
        NOW,
        ("from_ip", "client_ip"),
    ),
    "bad ticket": lambda r: notes.bad_ticket("none", "", press("refine"), press("help"), r),
    "bad ticket by a pattern": lambda r: notes.bad_ticket(
        "none", "(INC|REQ)[0-9]{7}", press("refine"), press("help"), r
    ),
    **SENTENCE_CARDS,
    "not understood": lambda r: notes.not_understood(
        "trace sender *@hoge.com ", "stauts", " failed", "field", "status", press("help"), r
    ),
}

REPORT_QUERY = TraceQuery(Last(timedelta(days=7)), senders=QUERY.senders, statuses=BUSY_QUERY.statuses)
REPORT_FILE = report.File(
    "message-trace-enhanced-20261123-014500Z.csv", 12_345, 4_200_000, NOW + timedelta(days=1)
)
ENHANCED_PROGRESS = report.Progress(ReportKind.ENHANCED, REPORT_QUERY, 12_345)
EXTENDED_PROGRESS = report.Progress(
    ReportKind.EXTENDED, REPORT_QUERY, 120, 480, timedelta(minutes=31, seconds=12)
)


def _cost(shortfalls: Sequence[str], reader: Reader) -> Card:
    return report.cost(
        ReportKind.EXTENDED,
        REPORT_QUERY,
        1_000,
        timedelta(minutes=83),
        bool(shortfalls),
        [reader.say(key, n=1_000) for key in shortfalls],
        press("begin_report"),
        press("stop_report"),
        press("refine"),
        reader,
    )


REPORTS: dict[str, Sample] = {
    "report cost": lambda r: _cost((), r),
    "report cost cut": lambda r: _cost(("report.short.history", "report.short.cap"), r),
    "report writing": lambda r: report.writing(ENHANCED_PROGRESS, press("stop_report"), r),
    "report writing shortened": lambda r: report.writing(
        replace(
            ENHANCED_PROGRESS,
            query=TraceQuery(Last(timedelta(days=30))),
            short=(r.say("results.shortened", duration=r.duration(timedelta(days=30))),),
        ),
        press("stop_report"),
        r,
    ),
    "report writing extended": lambda r: report.writing(EXTENDED_PROGRESS, press("stop_report"), r),
    "report ready": lambda r: report.ready(REPORT_FILE, press("offer_file"), r),
    "report stopped": lambda r: report.stopped(EXTENDED_PROGRESS, press("resume_report"), press("refine"), r),
    "report not begun": lambda r: report.stopped(EXTENDED_PROGRESS, None, press("refine"), r),
    "report failed": lambda r: report.failed(
        EXTENDED_PROGRESS,
        error.advice(GraphUnavailable("broken"), r),
        "7f3c91a2",
        press("resume_report"),
        press("refine"),
        r,
    ),
    "report declined": lambda r: report.declined(REPORT_FILE, press("offer_file"), r),
    "report saving": lambda r: report.saving(REPORT_FILE.name, r),
    "report saved": lambda r: report.saved(REPORT_FILE.name, r),
    "report unsaved": lambda r: report.unsaved(REPORT_FILE.name, "7f3c91a2", press("offer_file"), r),
    "report needs": lambda r: report.needs(TraceQuery(), press("refine"), r),
    "report nothing": lambda r: report.nothing(REPORT_QUERY, press("refine"), r),
    "report busy": lambda r: report.busy(3, press("again"), r),
    "reports busy": lambda r: report.busy(None, press("again"), r),
    "report changed": lambda r: report.changed(r),
    "report gone": lambda r: report.gone(r),
}

_DEFERRED = row_of(CASES["deferred here"])
_TWO_DAYS = timedelta(days=2)


def _watching(note: str, reader: Reader) -> Card:
    duration = reader.duration(_TWO_DAYS)
    return landing.watching(_DEFERRED, note, duration, press("untell"), press("open"), reader)


def _landed(status: DeliveryStatus, cause: Cause, full: bool, reader: Reader) -> Card:
    row = replace(row_of(CASES["recipient unknown here"]), status=status)
    return landing.landed(row, cause, full, press("open"), reader)


LANDINGS: dict[str, Sample] = {
    "away": lambda r: away.render(QUERY, press("again"), "7f3c91a2", r),
    "away, nothing recorded": lambda r: away.render(QUERY, press("again"), "7f3c91a2", r, "unrecorded"),
    "unanswered": lambda r: notes.interrupted("interrupted.unanswered", press("again"), r),
    "away, damaged": lambda r: away.render(QUERY, press("again"), "7f3c91a2", r, "damaged"),
    "landing watched": lambda r: _watching("landing.watching.note", r),
    "landing watched already": lambda r: _watching("landing.already", r),
    "landing failed": lambda r: _landed(DeliveryStatus.FAILED, Cause.RECIPIENT_NOT_FOUND, True, r),
    "landing in the mailbox": lambda r: _landed(DeliveryStatus.DELIVERED, Cause.DELIVERED, False, r),
    "landing late": lambda r: landing.late(_DEFERRED, r.duration(_TWO_DAYS), press("open"), r),
    "landing unknown": lambda r: landing.unknown(r.say("landing.failed.note", id="ab12cd34"), r),
    "landing stopped": lambda r: landing.stopped(r),
    "told": lambda r: notes.told(r.say("landing.too_many", n=20), r),
}

CARDS: dict[str, Sample] = {
    **ACCESS,
    **LISTS,
    **DETAILS,
    **COMPARISONS,
    **EXPLANATIONS,
    **FORMS,
    **ERRORS,
    **KEPT,
    **NOTES,
    **REPORTS,
    **LANDINGS,
    **CORNERS,
    **WATCHES,
    **DIGESTS,
}
