"""What cards say and offer, by what they are given."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cards import detail, error, form, notes, results
from cards.reader import Reader, reader_of
from cards.words import conditions
from tests.cards.extremes import LONGEST, outcome_of, row_of
from tests.cards.samples import (
    BUSY_QUERY,
    FORM,
    NOW,
    PRESETS,
    QUERY,
    READERS,
    SAVED,
    TOKYO,
    answer_of,
    few,
    list_of,
    press,
    view_of,
)
from tests.cards.test_schema import nodes
from tracing.causes import Cause
from tracing.errors import GraphError, GraphRefused, GraphUnavailable, QueryError, Throttled
from tracing.model import MAX_ROWS, Between, MessageTrace, Shortfall, TraceQuery

JA, EN = READERS["ja"], READERS["en"]


def words(content: Mapping[str, Any] | list[Any]) -> str:
    """Every text of a card, one a line; the runs of one line together."""
    lines = []
    for node in nodes(content):
        if node["type"] == "TextBlock":
            lines.append(node["text"])
        elif node["type"] == "RichTextBlock":
            lines.append("".join(run["text"] for run in node["inlines"]).replace("\u200b", ""))
    return "\n".join(lines)


def titles(content: Mapping[str, Any]) -> list[str]:
    """The buttons at the foot of a card."""
    return [button["title"] for button in content.get("actions", ())]


# --- results ---


def test_results_header() -> None:
    """The header says what was asked, the instants that were searched, their zone, and how many there are."""
    said = words(results.render(list_of(answer_of(few())), EN).content)

    assert "Sender *@hoge.com · last 2 days" in said
    assert "Nov 21 10:45 – Nov 23 10:45 (UTC+09:00)" in said
    assert "5 messages" in said


def test_results_trouble_first() -> None:
    """States are counted and listed with the ones that need somebody first."""
    body = results.render(list_of(answer_of(few())), EN).content["body"]
    rows = [words(part["items"]) for part in body if part.get("selectAction")]

    assert words([body[1]]).splitlines() == [
        "❌ 1", "Failed", "🛡️ 1", "Quarantined", "⏳ 1", "Pending", "✅ 2", "Delivered",
    ]  # fmt: skip
    assert [row.splitlines()[3] for row in rows] == [
        "Failed", "Quarantined", "Pending", "Delivered", "Delivered",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "offered"),
    [(0, ["Next"]), (1, ["Previous", "Next"]), (2, ["Previous"])],
)
def test_results_pages(page: int, offered: list[str]) -> None:
    """Ten rows a page, and buttons to the pages there are."""
    rows = [replace(few()[0], message_trace_id=str(n)) for n in range(25)]
    card = results.render(list_of(answer_of(rows), page=page), EN)

    assert titles(card.content) == [*offered, "Change conditions", "Refresh", "CSV file", "Save this search"]
    assert f"{page * 10 + 1}–{min(page * 10 + 10, 25)} of 25" in words(card.content)


def test_results_one_state() -> None:
    """A chosen state is marked; its tile and a button lead back to all."""
    view = replace(
        list_of(answer_of(few()), only="failed"), show=lambda page, status: press(status or "everything")
    )
    content = results.render(view, EN).content
    (tile,) = [n for n in nodes(content) if n["type"] == "Column" and "✓ Failed" in words([n])]

    assert titles(content)[0] == "All states"
    assert content["actions"][0]["verb"] == tile["selectAction"]["verb"] == "everything"
    assert "Only Failed" in words(content)


def test_results_complete_or_not() -> None:
    """An answer says that it is everything, or why it is not; never both, never neither."""
    whole = words(results.render(list_of(answer_of(few())), EN).content)
    cut = words(results.render(list_of(answer_of(few(), Shortfall.ROW_LIMIT)), EN).content)

    assert EN.say("results.complete") in whole
    assert EN.say("shortfall.title") not in whole
    assert EN.say("results.complete") not in cut
    assert EN.say("shortfall.row_limit", n=MAX_ROWS) in cut


def test_results_old_window_is_settled() -> None:
    """Only a search that reaches up to now warns of mail that is not listed yet."""
    answer = answer_of(few())
    old = replace(answer, window=replace(answer.window, end=NOW - timedelta(days=1)))

    assert EN.say("results.fresh") in words(results.render(list_of(answer), EN).content)
    assert EN.say("results.fresh") not in words(results.render(list_of(old), EN).content)


def test_results_without_form() -> None:
    """Where no form can be opened, none is offered."""
    view = replace(list_of(answer_of(few())), refine=None, save=None)

    assert titles(results.render(view, EN).content) == ["Refresh", "CSV file"]


def test_nothing_found_and_could_not_look_differ() -> None:
    """“Nothing found” says what it can mean; a search that was cut off does not claim that it looked."""
    nothing = words(results.render(list_of(answer_of([])), EN).content)
    cut = words(results.render(list_of(answer_of([], Shortfall.THROTTLED)), EN).content)

    assert EN.say("nothing.lead") in nothing
    assert EN.say("nothing.complete") in nothing
    assert EN.say("nothing.partial") in cut
    assert EN.say("nothing.complete") not in cut


@pytest.mark.parametrize("reader", READERS.values())
def test_unknown_state_is_shown(reader: Reader) -> None:
    """A state that Graph adds later is shown by its own name."""
    card = results.render(list_of(answer_of([replace(few()[0], status="teleported")])), reader)

    assert "❔ 1\nteleported" in words(card.content)


# --- conditions ---


def test_conditions() -> None:
    """Every condition is echoed, long lists are counted, and the time stands last."""
    assert words([card_of(BUSY_QUERY, EN)]) == (
        "Sender *@hoge.com · Recipient user0@contoso.co.jp or user1@contoso.co.jp or user2@contoso.co.jp +2"
        " · Status Failed or Pending · Direction Inbound · Client IP 203.0.113.0/24"
        " · Subject contains “見積書” · last 7 days"
    )


def test_conditions_between() -> None:
    """A range is echoed in the reader's zone; an open end is now."""
    start = NOW - timedelta(days=1)

    assert words([card_of(TraceQuery(Between(start, NOW)), JA)]) == "11月22日 10:45 〜 11月23日 10:45"
    assert words([card_of(TraceQuery(Between(start)), JA)]) == "11月22日 10:45 〜 現在"


def card_of(query: TraceQuery, reader: Reader) -> dict[str, Any]:
    """The line of conditions inside a card."""
    body: list[dict[str, Any]] = notes.looking(query, reader).content["body"]
    assert conditions(query, reader) is not None
    return body[1]


# --- detail ---


def test_detail_for_two_readers() -> None:
    """The help desk sees servers, rules and the raw reason; an employee sees none of them."""
    case = "blocked by a transport rule"
    desk, own = (words(detail.render(view_of(case, full), EN).content) for full in (True, False))

    for evidence in ("Transport Rule Agent", "192.0.2.10", "TRANSPORT.RULES", "prod.outlook.com", "マクロ"):
        assert evidence in desk
        assert evidence not in own
    assert EN.say("cause.blocked_rule.helpdesk") in desk
    assert EN.say("cause.blocked_rule.employee") in own


def test_detail_direction() -> None:
    """Which way the mail went is said where it is known."""
    view = view_of("recipient unknown here")

    assert "Direction" in words(detail.render(view, EN).content)
    assert "Direction" not in words(detail.render(replace(view, direction=""), EN).content)


def test_detail_buttons() -> None:
    """The raw reason opens where it stands; without a list there is no way back to one."""
    view = view_of("recipient unknown here")
    full = detail.render(view, EN).content

    assert titles(full) == ["Back to results", "Compare with…", "Refresh", "Related mail", "Original error"]
    assert [one["targetElements"] for one in full["actions"][3:]] == [["related"], ["raw"]]
    assert [n["isVisible"] for n in nodes(full) if n.get("id") in ("raw", "related")] == [False, False]
    alone = replace(view, back=None, compare=None, full=False, related=())
    assert titles(detail.render(alone, EN).content) == ["Refresh"]


@pytest.mark.parametrize(
    ("cause", "style"),
    [
        (Cause.DELIVERED, "good"),
        (Cause.EXPANDED, "good"),
        (Cause.DELIVERED_JUNK, "warning"),
        (Cause.DELAYED, "warning"),
        (Cause.QUARANTINED, "warning"),
        (Cause.RECIPIENT_NOT_FOUND, "attention"),
        (Cause.DROPPED, "attention"),
    ],
)
def test_detail_banner(cause: Cause, style: str) -> None:
    """The banner is good only when the mail went where it should."""
    assert detail.style_of(cause) == style


def test_detail_recipients() -> None:
    """All recipients stand there with symbol and word; a tap opens another, the one shown stands out."""
    content = detail.render(view_of("several outcomes", recipients=True), EN).content
    lines = [n for n in nodes(content) if n["type"] == "ColumnSet" and "kimura@contoso.co.jp" in words([n])]

    assert "Recipients of this mail (4)" in words(content)
    assert words([lines[0]]).splitlines() == ["✅", "kimura@contoso.co.jp", "Delivered"]
    assert lines[0]["selectAction"]["verb"] == "open"
    assert [n["weight"] for n in nodes(content) if n.get("text") == "old@hoge.com"] == ["Bolder"]


def test_detail_many_recipients() -> None:
    """At most twenty are listed; the rest are counted, those that are not at hand among them."""
    people = [(f"user{n}@contoso.co.jp", "delivered", press("open")) for n in range(30)]
    view = replace(view_of("junk"), recipients=people, recipients_hidden=470)
    said = words(detail.render(view, EN).content)

    assert "Recipients of this mail (500)" in said
    assert "user19@contoso.co.jp" in said
    assert "user20@contoso.co.jp" not in said
    assert "and 480 more" in said


def test_detail_single_recipient() -> None:
    """One recipient needs no list."""
    assert "Recipient of this mail" not in words(
        detail.render(view_of("recipient unknown here", recipients=True), EN).content
    )


def test_detail_too_much() -> None:
    """What does not fit is counted, and the verdict stays."""
    view = replace(
        view_of("junk"), row=row_of(LONGEST["four bytes"]), outcome=outcome_of(LONGEST["four bytes"])
    )
    said = words(detail.render(view, EN).content)

    assert EN.say("cause.blocked_dlp.name") in said
    assert "more events are not shown" in said


def test_detail_names_what_is_missing() -> None:
    """No IP, no rule, no subject, no sender and no events are said in words."""
    row = replace(few()[0], subject="", sender_address="", from_ip="", to_ip="255.255.255.255")
    view = replace(view_of("getting status"), row=row)
    said = words(detail.render(replace(view, outcome=replace(view.outcome, timeline=())), EN).content)

    for key in ("results.no_subject", "detail.no_ip", "detail.internal_ip", "detail.no_rules"):
        assert EN.say(key) in said
    assert EN.say("results.no_sender") in said
    assert EN.say("detail.no_events") in said


# --- form ---


def inputs(content: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs by their ids."""
    return {node["id"]: node for node in nodes(content) if node["type"].startswith("Input.")}


def shown(fields: form.Fields, faults: Mapping[str, str] | None = None) -> Mapping[str, Any]:
    return form.render(fields, faults or {}, press("search"), PRESETS, SAVED, EN, NOW).content


def test_form_holds_its_fields() -> None:
    """Every field is an input of that name, filled with what stands there."""
    fields = replace(
        FORM,
        statuses=("failed", "pending"),
        direction="inbound",
        from_ip="203.0.113.25, blank",
        client_ip="198.51.100.7",
        ticket="INC123",
        causes="malware",
        rule="Macro attachments",
        either="tanaka@contoso.co.jp",
        message_id="<a@b>",
        range="dates",
        report="extended",
    )
    found = inputs(shown(fields))

    assert set(found) == set(vars(fields))
    for name, one in found.items():
        value = getattr(fields, name)
        assert one["value"] == (",".join(value) if isinstance(value, tuple) else value)


def test_form_empty() -> None:
    """An empty form asks for any direction, for subjects that contain, and for nothing else."""
    found = inputs(shown(form.Fields()))

    assert {name: one["value"] for name, one in found.items() if "value" in one} == {
        "direction": "any",
        "subject_mode": "contains",
        "range": "dates",
        "report": "summary",
    }


@pytest.mark.parametrize("name", [*vars(FORM)])
def test_form_fault_stands_at_its_field(name: str) -> None:
    """A fault is said beside its field; where the field is folded away, it is opened."""
    content = shown(FORM, {name: "value"})
    said = words(content)
    more = next(node for node in nodes(content) if node.get("id") == "more")

    folded = {
        "statuses",
        "message_id",
        "direction",
        "from_ip",
        "client_ip",
        "ticket",
        "either",
        "causes",
        "rule",
    }
    assert said.count(EN.say("expected.value")) == 1
    assert more["isVisible"] == (name in folded)


def test_form_refuses_what_inputs_cannot_hold() -> None:
    """What no date, time or choice can hold leaves its input empty or as it is by default."""
    found = inputs(
        shown(
            form.Fields(
                subject_mode="like",
                range="someday",
                report="none",
                statuses=("lost",),
                direction="up",
                start_date="tomorrow",
                start_time="9",
                end_date="2026-11-2",
                end_time="25 o'clock",
            )
        )
    )

    assert {name: one["value"] for name, one in found.items() if "value" in one} == {
        "direction": "any",
        "subject_mode": "contains",
        "range": "dates",
        "report": "summary",
    }


def test_form_names_the_zone() -> None:
    """The form says whose clock it goes by, and what an empty range means."""
    content = shown(FORM)

    assert "UTC+09:00 (Japan Standard Time)" in words(content)
    assert "last 2 days" in inputs(content)["range"]["choices"][0]["title"]


def test_form_presets() -> None:
    """A common search runs whatever stands in the inputs; none is offered where there is none."""
    content = shown(FORM)
    presets = [n for n in nodes(content) if n["type"] == "Action.Execute" and n["verb"] == "preset"]

    assert [one["title"] for one in presets] == [
        "Sent (1 day)", "Received (1 day)", "Pending (2 days)", "Quarantined (7 days)", "Failed (7 days)",
        "Sent, all domains", "Received, all domains",
    ]  # fmt: skip
    assert {one["associatedInputs"] for one in presets} == {"none"}
    assert "associatedInputs" not in content["actions"][0]
    none = form.render(FORM, {}, press("search"), [], [], EN, NOW)
    assert EN.say("form.presets") not in words(none.content)


# --- errors ---


@pytest.mark.parametrize(
    ("wait", "when"),
    [
        (None, "Wait about five minutes."),
        (timedelta(0), "Wait about 1 second."),
        (timedelta(seconds=30), "Wait about 30 seconds."),
        (timedelta(seconds=61), "Wait about 2 minutes."),
        (timedelta(minutes=5), "Wait about 5 minutes."),
    ],
)
def test_throttled(wait: timedelta | None, when: str) -> None:
    """How long to wait is said in whole seconds or minutes, never too short."""
    assert when in words(error.render(Throttled(wait), QUERY, None, "", EN).content)


@pytest.mark.parametrize("fault", [RuntimeError(), GraphRefused(400, "secret text")])
def test_unexpected(fault: Exception) -> None:
    """What nobody foresaw says so, and nothing of what it holds."""
    said = words(error.render(fault, None, None, "7f3c91a2", EN).content)

    assert EN.say("fault.unexpected.title") in said
    assert EN.say("fault.could_not_look") in said
    assert "7f3c91a2" in said
    assert "secret" not in said


def test_fault_known_by_its_name() -> None:
    """A fault that only its name is left of has a title like any other; a reference stays, nothing else."""
    kinds = (*QueryError.__subclasses__(), *GraphError.__subclasses__(), *GraphUnavailable.__subclasses__())
    named = {kind.__name__ for kind in kinds if kind.__module__ == "tracing.errors"} - {"GraphRefused"}
    titles = {error.named(name, EN) for name in (*named, "Incomplete")}

    assert len(titles) == len(named) + 1
    assert not any("unexpected" in title for title in titles)
    assert error.named("ValueError 1a2b3c4d", EN) == "Something unexpected happened · 1a2b3c4d"


def test_tap_that_took_too_long() -> None:
    """Above the list that stays, a tap that was stopped at its deadline is said to be that."""
    still = notes.told("the list", EN)
    card = error.above(still, TimeoutError(), press("again"), "7f3c91a2", EN)

    assert card is not None
    assert "took too long" in words(card.content)
    assert "unexpected" not in words(card.content)
    assert "Try again" in str(card.content)


def test_error_keeps_the_way_on() -> None:
    """A fault offers to run again and to change what was asked, which it repeats."""
    content = error.render(Throttled(), QUERY, press("again"), "", EN, press("refine")).content

    assert titles(content) == ["Run again", "Change conditions"]
    assert "*@hoge.com" in words(content)
    assert titles(error.render(Throttled(), None, None, "", EN).content) == []


# --- notes ---


def test_not_understood() -> None:
    """What was typed stands there whole, the word in question marked; a missing word has a place."""
    content = notes.not_understood(
        "trace ", "stauts", " failed", "field", "status", press("help"), EN
    ).content
    missing = notes.not_understood("x " * 200, "", "", "value", "", press("help"), EN).content
    marked = [n for n in nodes(content) if n.get("underline")]

    assert "trace stauts failed" in words(content)
    assert [one["text"] for one in marked] == ["stauts"]
    assert "Did you mean: status" in words(content)
    assert "… x x" in words(missing).replace("…x", "… x")
    assert "▯" in words(missing)
    assert "Did you mean" not in words(missing)


def test_not_understood_leads_on() -> None:
    """The nearest command is a button, and so is the form that holds what was understood."""
    content = notes.not_understood(
        "", "x", "", "command", "", press("help"), EN, press("refine"), ("trace **a**", press("trace"))
    ).content

    assert titles(content) == ["trace **a**", EN.say("button.form"), "Help"]


def test_looking_without_conditions() -> None:
    """While mail is looked for, the card says so, with or without conditions."""
    assert EN.say("looking.note") in words(notes.looking(None, EN).content)


# --- the reader ---


@pytest.mark.parametrize(
    ("locale", "zone", "language", "offset", "name"),
    [
        ("ja-JP", "Asia/Tokyo", "ja", "UTC+09:00", "日本標準時"),
        ("ja", "", "ja", "UTC+09:00", "日本標準時"),
        ("en-GB", "Europe/London", "en", "UTC+00:00", "Greenwich Mean Time"),
        ("de-DE", "America/New_York", "en", "UTC-05:00", "Eastern Standard Time"),
        ("xx-nonsense", "Not/AZone", "en", "UTC+09:00", "Japan Standard Time"),
        ("", "../etc/passwd", "en", "UTC+09:00", "Japan Standard Time"),
    ],
)
def test_reader(locale: str, zone: str, language: str, offset: str, name: str) -> None:
    """A client's language and zone are used where they are known; else English and the default zone."""
    reader = reader_of(locale, zone, TOKYO)

    assert reader.language == language
    assert reader.offset(NOW) == offset
    assert reader.zone_name(NOW) == name


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [
        (timedelta(0), "0 秒", "0 sec"),
        (timedelta(seconds=-3), "0 秒", "0 sec"),
        (timedelta(seconds=305), "5 分 5 秒", "5 min 5 sec"),
        (timedelta(hours=1), "1 時間", "1 hr"),
        (timedelta(days=2, hours=3, minutes=4), "2 日 3 時間", "2 days 3 hr"),
    ],
)
def test_elapsed(value: timedelta, ja: str, en: str) -> None:
    """The time between events is told in its two largest units."""
    assert (JA.elapsed(value), EN.elapsed(value)) == (ja, en)


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [
        (timedelta(hours=48), "2 日", "2 days"),
        (timedelta(hours=36), "36 時間", "36 hours"),
        (timedelta(days=90), "90 日", "90 days"),
        (timedelta(minutes=1), "1 分", "1 minute"),
    ],
)
def test_duration(value: timedelta, ja: str, en: str) -> None:
    """A period keeps the largest unit that holds it exactly."""
    assert (JA.duration(value), EN.duration(value)) == (ja, en)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0 bytes"), (999, "999 bytes"), (48_200, "48.2 kB"), (36_700_000, "36.7 MB")],
)
def test_size(value: int, shown: str) -> None:
    """Sizes read as people read them."""
    assert EN.size(value) == shown


def test_daylight_saving() -> None:
    """The offset is the one of the instant, not of today."""
    reader = reader_of("en-GB", "Europe/London", ZoneInfo("UTC"))

    assert reader.offset(datetime(2026, 7, 1, tzinfo=UTC)) == "UTC+01:00"
    assert reader.short(datetime(2026, 7, 1, 12, tzinfo=UTC)) == "1 Jul 13:00"


def test_samples_are_traces() -> None:
    """The samples are what the program itself works on."""
    assert all(isinstance(row, MessageTrace) for row in few())
