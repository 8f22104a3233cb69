"""Who is this? Asked of the sample tenant over HTTP; when it cannot be known, nothing is."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from aiohttp.test_utils import TestServer

from bot.directory import KEPT, GraphDirectory, Groups
from demo.company import (
    EMPLOYEES,
    GUEST,
    HELPDESK_GROUP_ID,
    HELPDESK_TIER_2_GROUP_ID,
    SATO,
    TANAKA,
    Domain,
    Employee,
)
from demo.tenant import ALWAYS, DIRECTORY, Tenant, graph_app
from tests.line import sample_mailbox
from tests.signing import HeldClock
from tracing.client import GraphHttp
from tracing.errors import GraphError, NotPermitted

NOBODY = "22222222-2222-4222-8222-2222222222ff"
OTHER_GROUP = "33333333-3333-4333-8333-3333333333ff"


@pytest.fixture
def tenant(clock: HeldClock) -> Tenant:
    tenant = Tenant(sample_mailbox(), clock=clock.now)
    tenant.faults.where = frozenset({DIRECTORY})
    return tenant


@pytest.fixture
async def graph(tenant: Tenant, clock: HeldClock) -> AsyncIterator[GraphHttp]:
    server = TestServer(graph_app(tenant))
    await server.start_server()
    async with httpx.AsyncClient(trust_env=False) as http:
        yield GraphHttp(http, str(server.make_url("/v1.0")), None, clock)
    await server.close()


@pytest.fixture
def directory(graph: GraphHttp, clock: HeldClock) -> GraphDirectory:
    return GraphDirectory(graph, Groups(helpdesk=(HELPDESK_GROUP_ID,)), [], clock)


def with_person(tenant: Tenant, person: Employee) -> None:
    tenant.people = (*(p for p in EMPLOYEES if p.aad_object_id != person.aad_object_id), person)


async def test_an_employee(directory: GraphDirectory) -> None:
    """A person has all their addresses, the primary one first, in lower case."""
    person = await directory.who(TANAKA.aad_object_id)

    assert person is not None
    assert person.name == TANAKA.name
    assert person.addresses == (TANAKA.mail, *TANAKA.aliases)
    assert (person.helpdesk, person.guest) == (False, False)


async def test_the_help_desk(directory: GraphDirectory) -> None:
    """Membership counts through other groups too."""
    person = await directory.who(SATO.aad_object_id)

    assert SATO.groups == (HELPDESK_TIER_2_GROUP_ID,)
    assert person is not None
    assert person.helpdesk


async def test_no_help_desk(graph: GraphHttp, clock: HeldClock) -> None:
    """Where no group is set nobody is the help desk."""
    person = await GraphDirectory(graph, Groups(), [], clock).who(SATO.aad_object_id)

    assert person is not None
    assert not person.helpdesk


@pytest.mark.parametrize("position", [0, 19, 20, 44])
async def test_many_groups(graph: GraphHttp, clock: HeldClock, position: int) -> None:
    """More groups than one call takes are all asked for, wherever the right one stands."""
    groups = [f"33333333-3333-4333-8333-{n:012}" for n in range(45)]
    groups[position] = HELPDESK_GROUP_ID
    person = await GraphDirectory(graph, Groups(helpdesk=tuple(groups)), [], clock).who(SATO.aad_object_id)

    assert person is not None
    assert person.helpdesk


async def test_an_external_member(directory: GraphDirectory, tenant: Tenant) -> None:
    """Who is at home in another tenant is a guest, also where the directory calls them a member."""
    external = replace(GUEST, user_type="Member")
    with_person(tenant, external)
    person = await directory.who(GUEST.aad_object_id)

    assert person is not None
    assert person.guest


async def test_a_guest(directory: GraphDirectory) -> None:
    """A guest is known as one."""
    person = await directory.who(GUEST.aad_object_id)

    assert person is not None
    assert person.guest


@pytest.mark.parametrize(
    "aad_object_id",
    [
        NOBODY,
        "",
        "29:teams",
        "me",
        "../organization",
        f"{TANAKA.aad_object_id}/manager",
        "sato@contoso.co.jp",
    ],
)
async def test_nobody(directory: GraphDirectory, tenant: Tenant, aad_object_id: str) -> None:
    """Whom the directory does not know is nobody; what is no object id is not even asked for."""
    assert await directory.who(aad_object_id) is None
    assert len(tenant.requests) == (1 if aad_object_id == NOBODY else 0)


async def test_wildcards_in_an_address(directory: GraphDirectory, tenant: Tenant) -> None:
    """An address that holds a wildcard would widen what its owner may see, and so is none."""
    with_person(
        tenant, replace(TANAKA, aliases=("*@contoso.co.jp", "t?naka@contoso.co.jp", "Ichiro@Contoso.co.jp"))
    )
    person = await directory.who(TANAKA.aad_object_id)

    assert person is not None
    assert person.addresses == (TANAKA.mail, "ichiro@contoso.co.jp")


@pytest.mark.parametrize("fault", ["server_error", "permission_missing", "dropped", "half_page"])
async def test_fails_closed(directory: GraphDirectory, tenant: Tenant, fault: str) -> None:
    """While the directory does not answer, nobody is anybody, and no answer is kept."""
    setattr(tenant.faults, fault, ALWAYS)
    for ask in (directory.who(SATO.aad_object_id), directory.domains()):
        with pytest.raises(GraphError):
            await ask
    tenant.faults.clear()

    assert (await directory.who(SATO.aad_object_id)) is not None
    assert await directory.domains()


async def test_the_permission(directory: GraphDirectory, tenant: Tenant) -> None:
    """A missing permission is named as the one that the call needs."""
    tenant.faults.permission_missing = ALWAYS
    with pytest.raises(NotPermitted) as who:
        await directory.who(SATO.aad_object_id)
    with pytest.raises(NotPermitted) as domains:
        await directory.domains()

    assert who.value.needed == "User.Read.All"
    assert domains.value.needed == "Organization.Read.All"


async def test_kept_for_minutes(directory: GraphDirectory, tenant: Tenant, clock: HeldClock) -> None:
    """A person is asked for once in five minutes; whoever leaves the help desk has left it after that."""
    await directory.who(SATO.aad_object_id)
    asked = len(tenant.requests)
    tenant.groups = {}
    clock.advance(KEPT - timedelta(seconds=1))
    kept = await directory.who(SATO.aad_object_id)
    asked_again = len(tenant.requests)
    clock.advance(timedelta(seconds=2))
    anew = await directory.who(SATO.aad_object_id)

    assert asked_again == asked
    assert kept is not None
    assert kept.helpdesk
    assert anew is not None
    assert not anew.helpdesk


async def test_the_unknown_is_asked_for_again(directory: GraphDirectory, tenant: Tenant) -> None:
    """Whoever joins the company is known at once."""
    joining = replace(TANAKA, aad_object_id=NOBODY)
    before = await directory.who(NOBODY)
    with_person(tenant, joining)

    assert before is None
    assert await directory.who(NOBODY) is not None


@pytest.mark.parametrize(
    ("set_here", "expected"),
    [
        ([], ("contoso.co.jp", "sales.contoso.co.jp", "contoso.onmicrosoft.com")),
        (["fabrikam.example", "contoso.co.jp"], ("fabrikam.example", "contoso.co.jp")),
    ],
)
async def test_domains(
    graph: GraphHttp, clock: HeldClock, set_here: Sequence[str], expected: tuple[str, ...]
) -> None:
    """The domains that carry mail, the primary one first; what the settings say goes before the tenant's."""
    assert await GraphDirectory(graph, Groups(), set_here, clock).domains() == expected


async def test_the_primary_domain(directory: GraphDirectory, tenant: Tenant) -> None:
    """The default domain comes first wherever Graph puts it."""
    tenant.domains = (
        Domain("B.example"),
        Domain("chat.example", "Teams"),
        Domain("A.example", is_default=True),
    )

    assert await directory.domains() == ("a.example", "b.example")


async def test_a_japanese_name_in_one_word(directory: GraphDirectory, tenant: Tenant) -> None:
    """A name that nobody has as it was typed is asked for with a space behind the family name, and kept."""
    known = await directory.named("田中一郎")
    asked = len(tenant.requests)
    again = await directory.named("田中一郎")
    nobody = await directory.named("山本花子")

    assert [one.name for one in known] == ["田中 一郎"]
    assert again == known
    assert nobody == ()
    assert len(tenant.requests) == asked + 4
