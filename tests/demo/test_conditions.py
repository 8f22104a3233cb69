"""What a filter finds is what the live service was measured to find."""

from datetime import timedelta

import pytest

from demo.company import SATO, TANAKA
from demo.events import To, deliver, mail
from demo.mailbox import CASES
from demo.tenant import Tenant
from tests.demo.asking import LIST, MAILBOX, NOW, Client, Clock, rows


async def test_last_value_counts(graph: Client) -> None:
    """Of several values for one property the last one counts, `or` or not."""
    last = await rows(graph, f"recipientAddress eq '{TANAKA.mail}'")

    asked = ("a@b.jp", SATO.mail, TANAKA.mail)
    one = "recipientAddress eq '{}'"
    three = f"({' or '.join(one.format(address) for address in asked)})"
    assert last
    assert await rows(graph, three) == last
    assert await rows(graph, three.replace(" or ", " and ")) == last


async def test_properties_are_anded(graph: Client) -> None:
    """`or` between two properties is read as `and`."""
    both = await rows(graph, f"senderAddress eq '*@hoge.com' or recipientAddress eq '{TANAKA.mail}'")

    assert both
    assert all(row["senderAddress"].endswith("@hoge.com") for row in both)
    assert all(row["recipientAddress"] == TANAKA.mail for row in both)


@pytest.mark.parametrize(
    "condition",
    [
        "status ne 'delivered'",
        "status in ('failed','pending')",
        "startswith(senderAddress,'suzuki')",
        "endswith(senderAddress, '@hoge.com')",
        "contains(recipientAddress, 'tanaka')",
        "size gt 100000",
    ],
)
async def test_ignored(graph: Client, condition: str) -> None:
    """These are accepted and have no effect: every row comes back."""
    assert await rows(graph, condition) == await rows(graph)


async def test_not_is_ignored(graph: Client) -> None:
    """`not` changes nothing: the condition behind it counts."""
    assert await rows(graph, "not (status eq 'failed')") == await rows(graph, "status eq 'failed'")


@pytest.mark.parametrize("name", ["senderAddress", "recipientAddress"])
async def test_domain_pattern(graph: Client, name: str) -> None:
    """`*@domain` takes the addresses of that domain, and not of those under it."""
    found = await rows(graph, f"{name} eq '*@Contoso.co.jp'")

    assert found
    assert {row[name].rpartition("@")[2] for row in found} == {"contoso.co.jp"}


@pytest.mark.parametrize("pattern", ["john*@contoso.co.jp", "*", "*@*", "*@contoso.*", "tanaka@*"])
async def test_other_patterns(graph: Client, pattern: str) -> None:
    """Any other pattern finds nothing, and says nothing of it."""
    assert await rows(graph, f"senderAddress eq '{pattern}'") == []
    assert await rows(graph, f"recipientAddress eq '{pattern}'") == []


async def test_address_in_other_capitals(graph: Client) -> None:
    """Addresses are compared whatever their capitals; a quote in one is doubled."""
    assert await rows(graph, "recipientAddress eq 'TANAKA@contoso.CO.JP'")
    [row] = await rows(graph, "recipientAddress eq 'o''brien+jp@partner.com'")
    assert row["recipientAddress"] == "o'brien+jp@partner.com"


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("subject eq '【至急】10月度請求書の件'", True),
        ("subject eq '【至急】'", False),
        ("contains(subject, '請求書')", True),
        ("contains(subject,'INVOICE') eq true", True),
        ("startswith(subject, '【至急】')", True),
        ("startswith(subject, '請求書の件')", False),
        ("endswith(subject, '請求書の件')", True),
        ("contains(subject, 'Season''s')", True),
    ],
)
async def test_subject(graph: Client, condition: str, found: bool) -> None:
    """The subject is compared as asked, whatever the capitals."""
    assert bool(await rows(graph, condition)) is found


@pytest.mark.parametrize("name", ["status", "messageId", "id", "fromIP", "toIP"])
async def test_single_values(graph: Client, name: str) -> None:
    """These take one value, whatever its capitals."""
    everything = await rows(graph)
    sample = next(row[name] for row in everything if row[name])

    found = await rows(graph, f"{name} eq '{sample.upper()}'")
    assert 0 < len(found) < len(everything)
    assert {row[name].lower() for row in found} == {sample.lower()}


async def test_status_in_other_capitals(graph: Client) -> None:
    """One status is written in several ways; asking for it finds them all."""
    written = {row["status"] for row in await rows(graph, "status eq 'delivered'")}

    assert written == {"delivered", "Delivered"}


async def test_recalled(graph: Client) -> None:
    """`recalled` shows only to those who ask for unknown members; others get `unknownFutureValue`."""
    condition = f"id eq '{CASES['recalled'][0]}'"

    [hidden] = await rows(graph, condition)
    [shown] = await rows(graph, condition, Prefer="include-unknown-enum-members")
    assert (hidden["status"], shown["status"]) == ("unknownFutureValue", "recalled")


async def test_late_rows(graph: Client, clock: Clock, tenant: Tenant) -> None:
    """A row shows some minutes after its mail, and its details with it."""
    fresh = mail(
        "fresh", NOW - timedelta(minutes=1), "a@hoge.com", "fresh", To(TANAKA.mail, "delivered", (deliver(),))
    )
    tenant.mailbox = MAILBOX.with_mail(fresh)
    [row] = fresh.rows
    url = f"{LIST}/{row.message_trace_id}/getDetailsByRecipient(recipientAddress='{TANAKA.mail}')"

    assert await rows(graph, "subject eq 'fresh'", window="") == []
    assert (await (await graph.get(url)).json())["value"] == []
    clock.now += timedelta(minutes=10)
    assert len(await rows(graph, "subject eq 'fresh'", window="")) == 1
    assert len((await (await graph.get(url)).json())["value"]) == 1
