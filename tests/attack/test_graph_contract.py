"""Graph's contract: each call of the directory as its page asks, and what is refused said by its setting.

Source: https://learn.microsoft.com/graph/aad-advanced-queries
"""

import ast
import inspect
import re
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from aiohttp.test_utils import TestServer

from bot.directory import mail_domains
from bot.doctor.findings import Finding
from bot.settings import read_settings
from bot.teams import connector
from bot.terminal import examine
from cards.texts import TEXTS
from demo.activities import Client
from demo.company import EXECUTIVE_GROUP_ID, HELPDESK_GROUP_ID, SATO, TAKAHASHI, TANAKA, TENANT_ID
from demo.tenant import Tenant, graph_app
from tests.line import ENGLISH, JAPANESE, NOW, Line, buttons, sample_mailbox

GONE = "33333333-3333-4333-8333-3333333333ff"
ABOUT = f"trace from {TAKAHASHI.mail} last 30d"
MEMBERS = f"/v1.0/groups/{EXECUTIVE_GROUP_ID}/transitiveMembers"
CALLS = (Path(__file__).parents[2] / "docs" / "calls.md").read_text("utf-8")
UNEXPECTED = tuple(TEXTS["fault.unexpected.title"].values())


async def asked(path: str, **headers: str) -> tuple[int, dict[str, object]]:
    """What the sample tenant says to a call of a directory."""
    server = TestServer(graph_app(Tenant(sample_mailbox(), clock=lambda: NOW)))
    await server.start_server()
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(str(server.make_url("/")).rstrip("/") + path, headers=headers)
    await server.close()
    return answer.status_code, answer.json()


@pytest.mark.parametrize("cast", ["microsoft.graph.user", "graph.user"])
async def test_sample_tenant_insists(cast: str) -> None:
    """A cast without the header, or without the count, is refused; both together are answered."""
    plain, counted = f"{MEMBERS}/{cast}?$top=1", f"{MEMBERS}/{cast}?$top=1&$count=true"
    statuses = [
        (await asked(plain))[0],
        (await asked(counted))[0],
        (await asked(plain, ConsistencyLevel="eventual"))[0],
    ]
    status, body = await asked(counted, ConsistencyLevel="eventual")

    assert statuses == [400, 400, 400]
    assert status == 200
    assert isinstance(body["value"], list)


@pytest.mark.parametrize("top", ["0", "1000", "x"])
async def test_sample_tenant_pages(top: str) -> None:
    """No page is larger than the page of it says."""
    url = f"{MEMBERS}/graph.user?$count=true&$top={top}"

    assert (await asked(url, ConsistencyLevel="eventual"))[0] == 400


async def test_protected(tmp_path: Path) -> None:
    """Where Graph insists on its page, protected people are protected and the help desk traces."""
    async with Line(tmp_path, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        other = await line.ask(SATO, "trace sender *@hoge.com")
        withheld = await line.ask(SATO, ABOUT)
        asked = [request for request in line.tenant.requests if "transitiveMembers" in request.path]

    assert "→" in other.words
    assert "→" not in withheld.words
    assert {request.status for request in asked} == {200}


async def test_every_page(tmp_path: Path) -> None:
    """Each page of the members is asked for in the same way: somebody on the last one is protected too."""
    many = tuple(
        replace(
            TANAKA, aad_object_id=f"55555555-5555-4555-8555-{n:012}", mail=f"p{n}@contoso.co.jp", aliases=()
        )
        for n in range(1_100)
    )
    people = [replace(one, groups=(EXECUTIVE_GROUP_ID,)) for one in many]
    tenant = Tenant(sample_mailbox(), clock=lambda: NOW, people=[SATO, *people, TAKAHASHI])
    async with Line(tmp_path, tenant, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        withheld = await line.ask(SATO, ABOUT)
        pages = [request for request in tenant.requests if "transitiveMembers" in request.path]

    assert "→" not in withheld.words
    assert [request.status for request in pages] == [200, 200]


@pytest.mark.parametrize(("client", "language"), [(ENGLISH, "en"), (JAPANESE, "ja")])
async def test_group_is_gone(tmp_path: Path, client: Client, language: str) -> None:
    """A protected group that is gone is said by its setting; nothing is shown, or “unexpected”."""
    async with Line(tmp_path, TRACE_PROTECTED_GROUPS=GONE) as line:
        answer = await line.ask(SATO, ABOUT, client=client)

    assert "TRACE_PROTECTED_GROUPS" in answer.words
    assert "→" not in answer.words
    assert not any(title in answer.words for title in UNEXPECTED)


ASKED = ("help", "trace sender *@hoge.com", "mine", "trace sent", "watch failed every 15m", "saved", "doctor")


@pytest.mark.parametrize("path", ["/users/", "/checkMemberGroups", "/transitiveMembers", "/organization"])
async def test_no_refusal_is_unexpected(tmp_path: Path, path: str) -> None:
    """Whatever call of the directory Graph refuses, no answer is that something unexpected happened."""
    tenant = Tenant(sample_mailbox(), clock=lambda: NOW)
    async with Line(tmp_path, tenant, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        tenant.faults.refused_path = path
        answers = [await line.ask(SATO, typed) for typed in ASKED]

    for answer in answers:
        assert not any(title in answer.words for title in UNEXPECTED)
        assert path == "/organization" or "→" not in answer.words


@pytest.mark.parametrize(
    "body",
    [
        {"value": [{"verifiedDomains": 5}]},
        {"value": 5},
        {"value": [5]},
        {"value": [{"verifiedDomains": [5, {"name": 5, "capabilities": "Email"}]}]},
        {"value": [{"id": 5, "mail": 5, "proxyAddresses": 5}], "@odata.nextLink": 5},
    ],
)
def test_strange_answers(body: dict[str, object]) -> None:
    """Domains of whatever shape are none, and no fault of the program."""
    assert mail_domains(body) == ()


async def found(tenant: Tenant, **environment: str) -> list[Finding]:
    """What `doctor` finds of the groups."""
    server = TestServer(graph_app(tenant))
    await server.start_server()
    settings = read_settings(
        {
            "MicrosoftAppTenantId": TENANT_ID,
            "TRACE_GRAPH_URL": str(server.make_url("/v1.0")),
            "TRACE_HELPDESK_GROUPS": HELPDESK_GROUP_ID,
            "TRACE_DATABASE_URL": "sqlite+aiosqlite:////nowhere/doctor.sqlite3",
            **environment,
        }
    )
    findings = await examine(settings, None)
    await server.close()
    return [one for one in findings if one.check == "groups"]


async def test_doctor_reads_members() -> None:
    """`doctor` reads one member of each group, as the directory does."""
    tenant = Tenant(sample_mailbox())
    (fine,) = await found(tenant, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID)
    reads = [request for request in tenant.requests if "transitiveMembers" in request.path]

    assert (fine.reason, fine.facts["count"]) == ("groups_fine", "2")
    assert [(request.status, request.params["$top"]) for request in reads] == [(200, "1"), (200, "1")]


@pytest.mark.parametrize(
    "setting", ["TRACE_HELPDESK_GROUPS", "TRACE_AUDITOR_GROUPS", "TRACE_PROTECTED_GROUPS"]
)
async def test_doctor_names_the_setting(setting: str) -> None:
    """A group that is gone is found with the setting that names it."""
    missing = [
        one for one in await found(Tenant(sample_mailbox()), **{setting: GONE}) if one.severity == "fault"
    ]

    assert [(one.reason, one.facts["setting"]) for one in missing] == [("group_missing", setting)]


async def test_doctor_sees_what_a_trace_would(tmp_path: Path) -> None:
    """Where Graph refuses the members, `doctor` finds that, and so it does of a group with nobody in it."""
    tenant = Tenant(sample_mailbox())
    tenant.faults.refused_path = f"{EXECUTIVE_GROUP_ID}/transitiveMembers"
    refused = await found(tenant, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID)
    tenant.faults.clear()
    tenant.groups = {**tenant.groups, GONE: ()}
    empty = await found(tenant, TRACE_PROTECTED_GROUPS=GONE)

    assert [one.reason for one in refused] == ["groups_failed", "groups_fine"]
    assert [one.reason for one in empty] == ["group_empty", "groups_fine"]


# --- the table ---------------------------------------------------------------------------------------


def rows(title: str) -> list[list[str]]:
    """The cells of the table under *title* in docs/calls.md."""
    part = CALLS.partition(f"## {title}\n")[2].partition("\n## ")[0]
    return [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in part.splitlines() if line[:3] == "| `"
    ]


_ID = re.compile(r"(?<=/)(?:[0-9a-f-]{36})(?=/|$)|(?<=appId=')[0-9a-f-]{36}(?=')")


def called(method: str, path: str) -> str:
    """A call as the table spells it."""
    path = _ID.sub("{id}", path.removeprefix("/v1.0")).partition("(recipientAddress")[0]
    return f"`{method} {path}`"


async def test_table_of_graph(tmp_path: Path) -> None:
    """What is asked of Graph, by commands and by `doctor`, is the table: no call more or less."""
    tenant = Tenant(sample_mailbox(), clock=lambda: NOW)
    tenant.permissions |= {"Application.Read.All"}
    async with Line(tmp_path, tenant, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        listed = await line.ask(SATO, "trace sent")
        await line.tap(SATO, listed, next(tap for tap in buttons(listed.card) if tap["verb"] == "open"))
        await line.ask(SATO, "trace to John Smith")
        await line.ask(SATO, "doctor")
    asked = {called(request.method, request.path) for request in tenant.requests}
    # It needs a secret of its own, which a demonstration has not; tests/test_installation.py asks for it.
    asked.add("`GET /applications(appId='{id}')`")

    assert asked == {cells[0] for cells in rows("Microsoft Graph")}
    for cells in rows("Microsoft Graph"):
        assert "](https://learn.microsoft.com/graph/" in cells[2]
        assert ".Read.All`" in cells[1]


def test_table_of_the_connector() -> None:
    """Each method of the connector that calls is in the table, and no other."""
    tree = ast.parse(inspect.getsource(connector.Connector))
    calling = {
        method.name
        for method in ast.walk(tree)
        if isinstance(method, ast.AsyncFunctionDef)
        and any(isinstance(node, ast.Attribute) and node.attr == "_call" for node in ast.walk(method))
    }
    table = {name for cells in rows("Bot Connector") for name in re.findall(r"`(\w+)`", cells[1])}

    assert calling == table
    assert all("](https://learn.microsoft.com/" in cells[2] for cells in rows("Bot Connector"))
