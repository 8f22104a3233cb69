"""The table of fields: every condition has its rule, and nobody asks by what they are not shown."""

from dataclasses import fields, replace
from ipaddress import ip_network
from zoneinfo import ZoneInfo

import pytest

from bot.access import Allowed, Person, Refusal, decide, decide_mine
from bot.fields import ASKS_BY, ASKS_NOTHING, HELPDESK_INPUTS, SEEN_BY, Seen, seen, unseen
from cards.form import Fields
from cards.report_file import ReportKind, Sheet
from tests.cards.samples import NOW
from tracing.model import AddressPattern, BlankIp, TraceQuery

EMPLOYEE = Person("1", "Anna", ("anna@x.jp",), helpdesk=False)
HELPDESK = replace(EMPLOYEE, helpdesk=True)
QUERY = TraceQuery(senders=(AddressPattern("anna@x.jp"),))
BY_IP = {
    "from_ips": (ip_network("203.0.113.0/24"),),
    "client_ip": ip_network("198.51.100.7"),
}


def test_every_condition_has_a_rule() -> None:
    """What a query can hold asks by a field of the table, or asks nothing of the mail."""
    assert {field.name for field in fields(TraceQuery)} == set(ASKS_BY) | ASKS_NOTHING
    assert set(ASKS_BY.values()) <= set(SEEN_BY)


def test_files_show_what_the_table_says() -> None:
    """An employee's files hold no column of a field that the help desk alone is shown."""
    names = {"original_client_ip": "from_ip"}
    for kind in ReportKind:
        sheet = Sheet(kind, ZoneInfo("UTC"), (), full=False)
        shown = {names.get(column, column) for column in sheet.columns}
        assert not shown & {field for field, by in SEEN_BY.items() if by is Seen.HELPDESK}


def test_inputs_of_the_table() -> None:
    """The form has an input of the same name for each such condition, which employees are not shown."""
    asked = {field for field in ASKS_BY.values() if SEEN_BY[field] is Seen.HELPDESK}

    assert asked == {field.name for field in fields(Fields)} & HELPDESK_INPUTS


@pytest.mark.parametrize("name", BY_IP)
@pytest.mark.parametrize("decision", [decide, decide_mine])
def test_who_may_ask(name: str, decision: type) -> None:
    """By an address of a machine the help desk may ask and an employee may not, of their own mail either."""
    asked = replace(QUERY, **{name: BY_IP[name]})  # type: ignore[arg-type]

    assert isinstance(decision(HELPDESK, asked, NOW), Allowed)
    assert decision(EMPLOYEE, asked, NOW) is Refusal.UNSEEN
    assert unseen(asked) == [name]
    assert seen(asked) == QUERY
    assert isinstance(decision(EMPLOYEE, seen(asked), NOW), Allowed)


def test_that_there_is_none() -> None:
    """That a mail came from nowhere outside is told by its address too."""
    assert decide(EMPLOYEE, replace(QUERY, from_ips=(BlankIp.BLANK,)), NOW) is Refusal.UNSEEN
