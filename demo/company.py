"""The people and groups of the sample company; made up, every one of them."""

from dataclasses import dataclass

TENANT_ID = "11111111-1111-4111-8111-111111111111"
BOT_ID = "28:aaaaaaaa-0000-4000-8000-000000000001"
BOT_NAME = "Mail Trace"
HELPDESK_GROUP_ID = "33333333-3333-4333-8333-333333333333"
HELPDESK_TIER_2_GROUP_ID = "33333333-3333-4333-8333-333333333334"
PRIMARY_DOMAIN = "contoso.co.jp"


@dataclass(frozen=True)
class Employee:
    """One account: `aad_object_id` is its Entra object id, `teams_id` what Teams writes into `from.id`."""

    aad_object_id: str
    teams_id: str
    name: str
    mail: str
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


SATO = Employee(
    "22222222-2222-4222-8222-222222222201",
    "29:sato-helpdesk",
    "佐藤 美咲",
    "sato@contoso.co.jp",
    ("m.sato@contoso.co.jp",),
    (HELPDESK_TIER_2_GROUP_ID,),  # the help desk group holds this one: membership is transitive
)
TANAKA = Employee(
    "22222222-2222-4222-8222-222222222202",
    "29:tanaka-sales",
    "田中 一郎",
    "tanaka@contoso.co.jp",
    ("ichiro.tanaka@contoso.co.jp", "tanaka@sales.contoso.co.jp"),
)
JOHN = Employee(
    "22222222-2222-4222-8222-222222222203",
    "29:john-engineering",
    "John Smith",
    "john.smith@contoso.co.jp",
    ("johnny@contoso.co.jp",),
)
EMPLOYEES = (SATO, TANAKA, JOHN)

GROUPS: dict[str, tuple[str, ...]] = {HELPDESK_GROUP_ID: (HELPDESK_TIER_2_GROUP_ID,)}
"""Group id → the groups it holds."""
