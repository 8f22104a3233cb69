"""The tenant's people, groups and domains, and who may ask for them."""

from urllib.parse import quote

import pytest
from aiohttp import ClientResponse
from yarl import URL

from demo.company import GUEST, HELPDESK_GROUP_ID, HELPDESK_TIER_2_GROUP_ID, JOHN, SATO, TANAKA
from demo.tenant import Tenant
from tests.demo.asking import LIST, Client, error


async def test_user(graph: Client) -> None:
    """A user is found by object id or UPN, and gives what is selected, aliases in small letters."""
    select = {"$select": "id,displayName,mail,userPrincipalName,proxyAddresses,userType"}

    by_id = await (await graph.get(f"/v1.0/users/{TANAKA.aad_object_id}", params=select)).json()
    by_name = await (await graph.get("/v1.0/users/Tanaka@contoso.co.jp", params=select)).json()
    assert by_id == by_name
    assert by_id["id"] == TANAKA.aad_object_id
    assert by_id["userType"] == "Member"
    assert by_id["proxyAddresses"] == [
        "SMTP:tanaka@contoso.co.jp",
        "smtp:ichiro.tanaka@contoso.co.jp",
        "smtp:tanaka@sales.contoso.co.jp",
    ]
    assert "/$entity" in by_id["@odata.context"]


async def test_user_defaults(graph: Client) -> None:
    """Without `$select` a user keeps aliases and type to itself."""
    body = await (await graph.get(f"/v1.0/users/{JOHN.aad_object_id}")).json()

    assert body.keys() == {"@odata.context", "id", "displayName", "mail", "userPrincipalName"}


async def test_guest(graph: Client) -> None:
    """A guest has a UPN of another shape, and says that it is one."""
    name = quote(GUEST.user_principal_name, safe="")
    url = URL(f"{graph.make_url('/v1.0/users/')}{name}?$select=userType,mail", encoded=True)
    body = await (await graph.session.get(url)).json()
    assert (body["userType"], body["mail"]) == ("Guest", "kato@hoge.com")


@pytest.mark.parametrize("path", ["/v1.0/users/nobody", f"/v1.0/users/{TANAKA.aliases[0]}"])
async def test_unknown_user(graph: Client, path: str) -> None:
    """Neither a stranger nor an alias is a user."""
    status, code, message = await error(await graph.get(path))

    assert (status, code) == (404, "Request_ResourceNotFound")
    assert path.rpartition("/")[2] in message


async def member_of(graph: Client, person: str, body: object) -> ClientResponse:
    return await graph.post(f"/v1.0/users/{person}/checkMemberGroups", json=body)


async def test_member_groups(graph: Client) -> None:
    """Membership is transitive: the groups asked about that hold the person, however deep."""
    asked = {"groupIds": [HELPDESK_GROUP_ID, HELPDESK_TIER_2_GROUP_ID, "other"]}

    engineer = await (await member_of(graph, SATO.aad_object_id, asked)).json()
    employee = await (await member_of(graph, TANAKA.aad_object_id, asked)).json()
    assert engineer["value"] == [HELPDESK_GROUP_ID, HELPDESK_TIER_2_GROUP_ID]
    assert employee["value"] == []


async def test_bad_member_groups(graph: Client) -> None:
    """Twenty groups at most, a body that says them, and somebody who exists."""
    assert (await member_of(graph, SATO.mail, {"groupIds": ["g"] * 20})).status == 200
    assert (await member_of(graph, SATO.mail, {"groupIds": ["g"] * 21})).status == 400
    assert (await member_of(graph, SATO.mail, [])).status == 400
    assert (await member_of(graph, "nobody", {"groupIds": []})).status == 404


async def test_organization(graph: Client) -> None:
    """The verified domains: one default, one initial, and one that carries no mail."""
    response = await graph.get("/v1.0/organization", params={"$select": "verifiedDomains"})

    [organization] = (await response.json())["value"]
    assert organization.keys() == {"verifiedDomains"}
    domains = {domain["name"]: domain for domain in organization["verifiedDomains"]}
    assert [name for name, domain in domains.items() if domain["isDefault"]] == ["contoso.co.jp"]
    assert [name for name, domain in domains.items() if domain["isInitial"]] == ["contoso.onmicrosoft.com"]
    assert [name for name, domain in domains.items() if "Email" not in domain["capabilities"]] == [
        "intranet.contoso.co.jp"
    ]


async def test_required_token(graph: Client, tenant: Tenant) -> None:
    """Where a token is required, none and another one get 401, for the directory too."""
    tenant.required_token = "right"

    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic right"}):
        response = await graph.get(f"/v1.0/users/{SATO.mail}", headers=headers)
        assert (await error(response))[:2] == (401, "InvalidAuthenticationToken")
        assert response.headers["WWW-Authenticate"] == "Bearer"
    assert (await graph.get(LIST, headers={"Authorization": "Bearer right"})).status == 200
