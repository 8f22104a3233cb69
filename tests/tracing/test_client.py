"""Traces read over real HTTP from the sample tenant: what is asked, what comes back, what is missing."""

from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network

import pytest

from demo.events import To, deliver, mail, receive
from demo.mailbox import CASES, Mailbox
from demo.tenant import ALWAYS, Faults
from tests.tracing.tenants import MAILBOX, NOW, SOMEBODY, Reading, addresses, flood, keys, visible
from tracing.errors import EmptyWindow, GraphUnavailable, Throttled, WindowTooOld
from tracing.model import (
    MAX_ROWS,
    Between,
    DeliveryStatus,
    Direction,
    Last,
    Shortfall,
    Spender,
    SubjectFilter,
    SubjectMode,
    TraceQuery,
)
from tracing.reading import MAX_REQUESTS

DAY = timedelta(days=1)
WEEK = Last(7 * DAY)
INSIDE = ("contoso.co.jp", "sales.contoso.co.jp")


async def test_one_sender_three_recipients() -> None:
    """One sender and three recipients over seven days cost one request, and it brings all three."""
    sent = mail(
        "three",
        NOW - 6 * DAY,
        "suzuki@hoge.com",
        "three",
        *(To(f"{name}@contoso.co.jp", "delivered", (deliver(2),)) for name in ("a", "b", "c", "d")),
    )
    asked = ("a@contoso.co.jp", "b@contoso.co.jp", "c@contoso.co.jp")
    query = TraceQuery(WEEK, addresses("suzuki@hoge.com"), addresses(*asked))
    async with Reading(MAILBOX.with_mail(sent)) as reading:
        answer = await reading.source.trace(query, SOMEBODY)

    assert len(reading.tenant.requests) == answer.requests == len(reading.budget.stamps) == 1
    assert {row.recipient_address for row in answer.rows} == set(asked)
    assert not answer.shortfalls
    assert answer.scanned > len(answer.rows)
    assert answer.as_of == NOW


@pytest.mark.parametrize(
    "query",
    [
        TraceQuery(),
        TraceQuery(WEEK, addresses("john*@contoso.co.jp")),
        TraceQuery(WEEK, recipients=addresses("*an*")),
        TraceQuery(Last(14 * DAY), involving=(addresses("tanaka@contoso.co.jp"), addresses("*@hoge.com"))),
        TraceQuery(Last(14 * DAY), statuses=(DeliveryStatus.FAILED, DeliveryStatus.PENDING)),
        TraceQuery(Last(14 * DAY), statuses=(DeliveryStatus.RECALLED,)),
        TraceQuery(WEEK, subject=SubjectFilter(SubjectMode.CONTAINS, "請求書")),
        TraceQuery(WEEK, subject=SubjectFilter(SubjectMode.STARTS_WITH, "RE:")),
        TraceQuery(WEEK, subject=SubjectFilter(SubjectMode.ENDS_WITH, "yesterday's CALL")),
        TraceQuery(WEEK, subject=SubjectFilter(SubjectMode.EQUALS, "weekly report")),
        *(TraceQuery(WEEK, direction=direction, domains=INSIDE) for direction in Direction),
        TraceQuery(WEEK, from_ips=(ip_network("192.0.2.10"),)),
        TraceQuery(WEEK, from_ips=(ip_network("192.0.2.0/24"),)),
        TraceQuery(Last(14 * DAY), from_ips=(ip_network("2001:db8::53"),)),
        TraceQuery(Last(90 * DAY), recipients=addresses("O'Brien+jp@partner.com".lower())),
    ],
)
async def test_as_a_full_scan(query: TraceQuery) -> None:
    """Whatever is asked brings what a scan of every row finds, newest first, each row once."""
    async with Reading(page_size=200) as reading:
        answer = await reading.source.trace(query, SOMEBODY)

    expected = reading.expected(query, answer)
    assert expected
    assert not answer.shortfalls
    assert len(answer.rows) == len(expected)
    assert keys(answer.rows) == keys(expected)
    times = [row.received_date_time for row in answer.rows]
    assert times == sorted(times, reverse=True)


async def test_by_id() -> None:
    """A message is found by its Message-ID or its trace id, with every recipient."""
    ident, _ = CASES["several outcomes"]
    rows = [row for row in visible(MAILBOX, NOW) if row.message_trace_id == ident]
    async with Reading() as reading:
        by_message = await reading.source.trace(
            TraceQuery(message_ids=(rows[0].message_id.strip("<>"),)), SOMEBODY
        )
        by_trace = await reading.source.trace(TraceQuery(message_trace_ids=(ident.upper(),)), SOMEBODY)

    assert keys(by_message.rows) == keys(by_trace.rows) == keys(rows)
    assert len(rows) == 4


async def test_newest_window_first() -> None:
    """Ninety days cost nine windows of ten, newest first; both bounds are asked for."""
    async with Reading() as reading:
        answer = await reading.source.trace(TraceQuery(Last(90 * DAY)), SOMEBODY)

    asked = [record.params["$filter"] for record in reading.tenant.requests]
    assert len(asked) == 9
    assert asked == sorted(asked, reverse=True)
    assert all(" ge " in text and " le " in text for text in asked)
    assert len(answer.rows) == len(MAILBOX.visible(NOW))


async def test_seam() -> None:
    """A row that lies on the seam of two windows comes twice and counts once."""
    seam = mail("seam", NOW - 10 * DAY, "a@hoge.com", "s", To("b@contoso.co.jp", "delivered", ()))
    exact = replace(seam.rows[0], received_date_time=NOW - 10 * DAY, tick=0)
    async with Reading(Mailbox([replace(seam, rows=(exact,))])) as reading:
        answer = await reading.source.trace(TraceQuery(Last(20 * DAY)), SOMEBODY)

    assert len(answer.rows) == 1
    assert answer.scanned == 1


async def test_one_value_per_property() -> None:
    """No filter names a property twice, as the last value would be the only one that counts."""
    query = TraceQuery(
        Last(20 * DAY),
        addresses("a@hoge.com", "b@hoge.com", "*@x.jp"),
        addresses("c@contoso.co.jp", "d@contoso.co.jp"),
        (addresses("a@hoge.com", "e@contoso.co.jp"),),
        (DeliveryStatus.FAILED, DeliveryStatus.PENDING),
        subject=SubjectFilter(SubjectMode.CONTAINS, " and subject eq "),
    )
    async with Reading() as reading:
        await reading.source.trace(query, SOMEBODY)

    assert reading.tenant.requests
    for record in reading.tenant.requests:
        text = record.params["$filter"].replace("contains(subject,' and subject eq ')", "subject eq 'x'")
        names = [condition.split()[0] for condition in text.split(" and ")]
        assert len(set(names)) == len(names) - 1
        assert names.count("receivedDateTime") == 2


@pytest.mark.parametrize(
    ("period", "refusal"),
    [(Between(NOW - 120 * DAY, NOW - 100 * DAY), WindowTooOld), (Between(NOW + DAY), EmptyWindow)],
)
async def test_refused_unsent(period: Between, refusal: type[Exception]) -> None:
    """A period that can hold nothing is refused before anything is asked."""
    async with Reading() as reading:
        with pytest.raises(refusal):
            await reading.source.trace(TraceQuery(period), SOMEBODY)

    assert not reading.tenant.requests


# --- pages -----------------------------------------------------------------------------------------


def crowded() -> Mailbox:
    """Forty rows of which many share their instant: pages of seven end inside a message."""
    return Mailbox(flood(5, f"flood {n}", timedelta(hours=n + 1)) for n in range(8))


async def read(faults: Faults, mailbox: Mailbox, page_size: int = 7) -> tuple[Reading, set[Shortfall], int]:
    async with Reading(mailbox, faults, page_size=page_size) as reading:
        answer = await reading.source.trace(TraceQuery(), SOMEBODY)
        while Shortfall.REQUEST_LIMIT in answer.shortfalls:
            answer = await reading.source.resume(TraceQuery(), answer, SOMEBODY)
    missing = keys(visible(mailbox, NOW)) - keys(answer.rows)
    return reading, set(answer.shortfalls), len(missing)


@pytest.mark.parametrize(
    "faults",
    [
        Faults(),
        Faults(token_quoted_twice=1),
        Faults(token_quoted_twice=ALWAYS),
        Faults(invalid_starting_recipient=1),
        Faults(invalid_starting_recipient=3),
        Faults(invalid_starting_recipient=ALWAYS),
        Faults(repeated_cursor=1),
        Faults(repeated_cursor=ALWAYS),
        Faults(foreign_origin=1),
        Faults(foreign_origin=ALWAYS),
        Faults(token_quoted_twice=2, invalid_starting_recipient=2, repeated_cursor=1, foreign_origin=1),
        Faults(half_page=1),
        Faults(dropped=2),
        Faults(server_error=2),
        Faults(throttle=2, retry_after=3),
    ],
)
async def test_paging_faults(faults: Faults) -> None:
    """Every fault of a cursor, and every passing one, ends with all the rows."""
    _, shortfalls, missing = await read(faults, crowded())

    assert (shortfalls, missing) == (set(), 0)


@pytest.mark.parametrize(
    "faults",
    [
        Faults(invalid_starting_recipient=ALWAYS),
        Faults(repeated_cursor=ALWAYS),
        Faults(foreign_origin=ALWAYS),
    ],
)
async def test_standstill(faults: Faults) -> None:
    """Where neither the cursor nor the time moves on, the answer says that it was cut."""
    reading, shortfalls, missing = await read(faults, Mailbox([flood(20)]))

    assert shortfalls == {Shortfall.INTERRUPTED}
    assert missing == 13
    assert len(reading.tenant.requests) < 6


async def test_token_stays_at_home() -> None:
    """A nextLink to another host is never called: every request goes to the tenant."""
    reading, _, missing = await read(Faults(foreign_origin=ALWAYS), crowded())

    assert missing == 0
    assert {record.path for record in reading.tenant.requests} == {
        "/v1.0/admin/exchange/tracing/messageTraces"
    }


@pytest.mark.parametrize("tick", range(10))
async def test_seventh_decimal(tick: int) -> None:
    """A lost cursor at a page's border loses no row of the border's instant: the restart rounds up."""
    border = flood(6)
    rows = tuple(replace(row, tick=tick) for row in border.rows)
    mailbox = Mailbox([replace(border, rows=rows), flood(3, "older", timedelta(hours=2))])
    _, shortfalls, missing = await read(Faults(invalid_starting_recipient=1), mailbox, page_size=4)

    assert (shortfalls, missing) == (set(), 0)


async def test_unknown_status() -> None:
    """A row whose state no page describes is kept."""
    async with Reading(faults=Faults(unknown_status=1)) as reading:
        answer = await reading.source.trace(TraceQuery(), SOMEBODY)

    assert [row.status for row in answer.rows].count("futureState") == 1


# --- limits ----------------------------------------------------------------------------------------


async def test_row_limit() -> None:
    """Beyond MAX_ROWS the newest are kept, and the answer says so; exactly as many are whole."""
    newest = flood(MAX_ROWS, "newest")
    async with Reading(Mailbox([newest])) as reading:
        whole = await reading.source.trace(TraceQuery(), SOMEBODY)
    async with Reading(Mailbox([newest, flood(5, "older", timedelta(hours=2))])) as reading:
        cut = await reading.source.trace(TraceQuery(), SOMEBODY)

    assert len(whole.rows) == len(cut.rows) == MAX_ROWS
    assert not whole.shortfalls
    assert cut.shortfalls == {Shortfall.ROW_LIMIT}
    assert {row.subject for row in cut.rows} == {"newest"}


def every_hour(count: int) -> Mailbox:
    """One failed message, the oldest, behind so many delivered ones."""
    delivered = (flood(1, f"hour {n}", timedelta(hours=n + 1)) for n in range(count))
    failed = mail("lost", NOW - 45 * timedelta(hours=1), "a@hoge.com", "lost", To("b@x.jp", "failed", ()))
    return Mailbox([*delivered, failed])


async def test_request_limit() -> None:
    """A question spends MAX_REQUESTS at most: the newest, then trouble in all the time that was asked for."""
    async with Reading(every_hour(30), page_size=1) as reading:
        answer = await reading.source.trace(TraceQuery(), SOMEBODY)

    assert answer.shortfalls == {Shortfall.REQUEST_LIMIT}
    assert len(reading.tenant.requests) == answer.requests == MAX_REQUESTS
    assert [row.subject for row in answer.rows] == [*(f"hour {n}" for n in range(6)), "lost"]
    assert answer.whole_from == answer.rows[5].received_date_time + timedelta(microseconds=1)
    assert answer.trouble_whole_from == answer.window.start
    assert 20 < answer.left < 60


async def test_many_ways() -> None:
    """Where asking for trouble alone would cost more than reading on, reading goes on."""
    query = TraceQuery(senders=tuple(addresses(*(f"a{n}@hoge.com" for n in range(12)))))
    async with Reading() as reading:
        answer = await reading.source.trace(query, SOMEBODY)

    assert (answer.requests, answer.left, answer.troubled_rest) == (MAX_REQUESTS, 2, None)
    assert answer.whole_from == answer.window.end


async def test_client_ip() -> None:
    """The client's address is looked for in the events of fifty rows, trouble first; others wait."""
    crowd = [flood(5, f"f{n}", timedelta(hours=n + 1)) for n in range(11)]
    told = (receive(ip="198.51.100.7"),)
    lost = mail("lost", NOW - 40 * timedelta(hours=1), "a@hoge.com", "lost", To("b@x.jp", "failed", told))
    query = TraceQuery(client_ip=ip_network("198.51.100.0/24"))
    async with Reading(Mailbox([*crowd, lost])) as reading:
        answer = await reading.source.trace(query, SOMEBODY)
        more = await reading.source.resume(query, answer, SOMEBODY)

    assert (len(answer.unchecked), answer.requests) == (6, 51)
    assert answer.shortfalls == {Shortfall.UNCHECKED}
    assert (len(more.unchecked), more.requests, more.shortfalls) == (0, 57, frozenset())
    assert [row.subject for row in answer.rows] == [row.subject for row in more.rows] == ["lost"]


async def test_continue() -> None:
    """Continue reads on where reading stopped, asks for no trouble twice, and ends with everything."""
    query, mailbox = TraceQuery(), every_hour(30)
    async with Reading(mailbox, page_size=1) as reading:
        answer = await reading.source.trace(query, SOMEBODY)
        reading.tenant.requests.clear()
        more = await reading.source.resume(query, answer, SOMEBODY)
        asked = [record.params["$filter"] for record in reading.tenant.requests if "$filter" in record.params]
        while more.rest:
            more = await reading.source.resume(query, more, SOMEBODY)

    assert not any("status" in text for text in asked)
    assert keys(more.rows) == keys(visible(mailbox, NOW))
    # 31 rows, 4 states of trouble, and at each of the three seams the border's row again, here a whole page
    assert (more.shortfalls, more.left, more.requests) == (frozenset(), 0, 38)
    assert more.as_of == answer.as_of


async def test_continue_in_vain() -> None:
    """What fails now leaves the answer as it was, with another reason for not being whole."""
    async with Reading(every_hour(30), page_size=1) as reading:
        answer = await reading.source.trace(TraceQuery(), SOMEBODY)
        reading.tenant.faults = Faults(permission_missing=ALWAYS)
        more = await reading.source.resume(TraceQuery(), answer, SOMEBODY)

    assert more.shortfalls == {Shortfall.INTERRUPTED}
    assert (more.rows, more.rest) == (answer.rows, answer.rest)


async def test_trouble_where_it_was_left() -> None:
    """Trouble that was asked for back to some time only is asked for below that by Continue, not again."""
    query = TraceQuery(Last(20 * DAY))
    mailbox = Mailbox(flood(1, f"hour {n}", timedelta(hours=n + 1)) for n in range(470))
    async with Reading(mailbox, page_size=2) as reading:
        answer = await reading.source.trace(query, SOMEBODY)
        first = [record.params["$filter"] for record in reading.tenant.requests if "$filter" in record.params]
        reading.tenant.requests.clear()
        more = await reading.source.resume(query, answer, SOMEBODY)
        then = [record.params["$filter"] for record in reading.tenant.requests if "$filter" in record.params]

    assert answer.trouble_whole_from == NOW - 10 * DAY
    assert more.trouble_whole_from == more.window.start
    assert len([text for text in first if "status" in text]) == 4
    assert len([text for text in then if "status" in text]) == 4
    assert not {text for text in first if "status" in text} & set(then)


async def test_given_out_once() -> None:
    """A row that several ways bring is given out by the first of them alone."""
    own = mail(
        "own", NOW - DAY, "a@x.jp", "own", To("b@x.jp", "delivered", ()), To("c@y.jp", "delivered", ())
    )
    either = (addresses("a@x.jp", "b@x.jp"), addresses("*@x.jp"))
    given = []
    async with Reading(Mailbox([own])) as reading:
        for group in either:
            batches = reading.source.batches(TraceQuery(involving=(group,)), SOMEBODY)
            given.append([row.recipient_address async for batch in batches for row in batch.rows])

    assert [sorted(each) for each in given] == [["b@x.jp", "c@y.jp"]] * 2


async def test_a_report_waits() -> None:
    """What runs in the background waits as long as Graph says, and goes on where it was."""
    async with Reading(every_hour(5), page_size=2) as reading:
        batches = reading.source.batches(TraceQuery(), Spender("report", background=True))
        rows = list((await anext(batches)).rows)
        reading.tenant.faults = Faults(throttle=1, retry_after=90)
        rows += [row for batch in [batch async for batch in batches] for row in batch.rows]

    assert reading.clock.slept == [90]
    assert len(rows) == len(keys(rows)) == 6


@pytest.mark.parametrize("background", [True, False])
async def test_a_report_gives_up(background: bool) -> None:
    """A Graph that refuses again and again ends a report, and a person waits for none of it."""
    async with Reading(faults=Faults(throttle=ALWAYS, retry_after=90)) as reading:
        with pytest.raises(Throttled):
            await anext(reading.source.batches(TraceQuery(), Spender("report", background)))

    assert len(reading.clock.slept) == (4 if background else 0)


async def test_several_states() -> None:
    """Several rare states are asked for one by one once that is fewer requests than reading everything."""
    query = TraceQuery(statuses=(DeliveryStatus.PENDING, DeliveryStatus.FAILED))
    async with Reading(every_hour(30), page_size=1) as reading:
        answer = await reading.source.trace(query, SOMEBODY)

    assert [row.subject for row in answer.rows] == ["lost"]
    assert not answer.shortfalls
    assert answer.requests == 3


async def test_states_in_few_pages() -> None:
    """Several states that one page holds are asked for at once."""
    query = TraceQuery(statuses=(DeliveryStatus.PENDING, DeliveryStatus.FAILED))
    async with Reading(every_hour(30)) as reading:
        answer = await reading.source.trace(query, SOMEBODY)

    assert (answer.requests, len(answer.rows)) == (1, 1)


async def test_history() -> None:
    """What lies before the ninety days is missing, and the answer says so."""
    async with Reading() as reading:
        answer = await reading.source.trace(TraceQuery(Last(100 * DAY)), SOMEBODY)

    assert answer.shortfalls == {Shortfall.HISTORY}


# --- details ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "recipient", ["o'brien+jp@partner.com", "a/b@partner.com", "田中@例え.jp", "a b?c#d%41@x.jp", "a\\b@x"]
)
async def test_details(recipient: str) -> None:
    """Whatever stands in an address, its events are found."""
    sent = mail("odd", NOW - DAY, "a@hoge.com", "s", To(recipient, "delivered", (deliver(2),)))
    async with Reading(Mailbox([sent])) as reading:
        [event] = await reading.source.details(*sent.rows[0].key, SOMEBODY)

    assert event.event == "Deliver"
    assert event.data.startswith("<root>")


async def test_unknown_details() -> None:
    """A message nobody knows has no events."""
    async with Reading() as reading:
        assert await reading.source.details("no/such id", "a@b.jp", SOMEBODY) == ()


async def test_details_cost_budget() -> None:
    """Details are paid from the same purse, each try."""
    async with Reading(faults=Faults(server_error=1)) as reading:
        assert await reading.source.details(*CASES["junk"], SOMEBODY)

    assert len(reading.budget.stamps) == 2


async def test_blank_answer() -> None:
    """A list that is refused from its first page on is no empty answer."""
    async with Reading(faults=Faults(half_page=ALWAYS)) as reading:
        with pytest.raises(GraphUnavailable):
            await reading.source.trace(TraceQuery(), SOMEBODY)
