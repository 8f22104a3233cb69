"""The people and groups of the sample company; made up, every one of them."""

from dataclasses import dataclass

TENANT_ID = "11111111-1111-4111-8111-111111111111"
BOT_ID = "28:aaaaaaaa-0000-4000-8000-000000000001"
BOT_NAME = "Mail Trace"
HELPDESK_GROUP_ID = "33333333-3333-4333-8333-333333333333"
HELPDESK_TIER_2_GROUP_ID = "33333333-3333-4333-8333-333333333334"
AUDITOR_GROUP_ID = "33333333-3333-4333-8333-333333333336"
EXECUTIVE_GROUP_ID = "33333333-3333-4333-8333-333333333337"
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
    user_type: str = "Member"
    user_principal_name: str = ""  # empty: the same as the mail address


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

GROUPS: dict[str, tuple[str, ...]] = {
    HELPDESK_GROUP_ID: (HELPDESK_TIER_2_GROUP_ID,),
    AUDITOR_GROUP_ID: (),
    EXECUTIVE_GROUP_ID: (),
}
"""Group id → the groups it holds."""

# --- people, lists and domains that the mail knows ---

JOHN_DOE = Employee(
    "22222222-2222-4222-8222-222222222204", "29:john-doe", "John Doe", "john.doe@contoso.co.jp"
)
KIMURA = Employee(
    "22222222-2222-4222-8222-222222222205", "29:kimura-sales", "木村 さくら", "kimura@contoso.co.jp"
)
TAKAHASHI = Employee(
    "22222222-2222-4222-8222-222222222206",
    "29:takahashi-president",
    "高橋 恵子",
    "takahashi@contoso.co.jp",
    groups=(EXECUTIVE_GROUP_ID,),
)
WATANABE = Employee(
    "22222222-2222-4222-8222-222222222207",
    "29:watanabe-cfo",
    "渡辺 健",
    "watanabe@contoso.co.jp",
    groups=(EXECUTIVE_GROUP_ID,),
)
INFO = Employee(
    "22222222-2222-4222-8222-222222222208", "29:info-shared", "お問い合わせ窓口", "info@contoso.co.jp"
)
EXECUTIVES = (TAKAHASHI, WATANABE)
COLLEAGUES = (JOHN_DOE, KIMURA, *EXECUTIVES, INFO)
"""Accounts beside `EMPLOYEES`; `INFO` is a shared mailbox."""
GUEST = Employee(
    "22222222-2222-4222-8222-222222222209",
    "29:kato-guest",
    "加藤 (hoge)",
    "kato@hoge.com",
    user_type="Guest",
    user_principal_name="kato_hoge.com#EXT#@contoso.onmicrosoft.com",
)
_STAFF = (
    ("aoki", "青木 翔太"),
    ("endo", "遠藤 由美"),
    ("fujita", "藤田 直樹"),
    ("goto", "後藤 真由"),
    ("hasegawa", "長谷川 亮"),
    ("ishii", "石井 香織"),
    ("maeda", "前田 大輔"),
    ("murakami", "村上 葵"),
    ("nakajima", "中島 拓也"),
    ("ono", "小野 千尋"),
    ("sakamoto", "坂本 龍"),
    ("uchida", "内田 優"),
    ("emily.clark", "Emily Clark"),
    ("raj.patel", "Raj Patel"),
)
STAFF = tuple(
    Employee(
        f"22222222-2222-4222-8222-2222222223{number:02}", f"29:{name}", shown, f"{name}@{PRIMARY_DOMAIN}"
    )
    for number, (name, shown) in enumerate(_STAFF, 1)
)
"""Who else works here: they write and are written to."""
AUDITOR = Employee(
    "22222222-2222-4222-8222-222222222210",
    "29:mori-audit",
    "森 あかり",
    "mori@contoso.co.jp",
    groups=(AUDITOR_GROUP_ID,),
)
"""Reads the record of use, and no mail."""
ON_THE_PAGE = (*EMPLOYEES, TAKAHASHI, AUDITOR)
"""Whom the chat page can be opened as: the help desk, employees, one whose mail is protected, an auditor."""
DIRECTORY = (*EMPLOYEES, *COLLEAGUES, *STAFF, GUEST, AUDITOR)

SALES_DOMAIN = "sales.contoso.co.jp"
SALES_ALL = "sales-all@contoso.co.jp"
ALL_STAFF = "all-staff@contoso.co.jp"
DEVELOPERS = "dev-team@contoso.co.jp"
AUDIT = "kansa@contoso.co.jp"
"""The mailbox into which a rule copies, by Bcc, what executives send out."""
RELAYS = (("scanner@contoso.co.jp", "10.20.0.15", "scan01"), ("erp@contoso.co.jp", "10.20.0.21", "erp02"))
"""What writes from the company's own rooms, through a relay there: address, IP address, host."""
DISTRIBUTION_LISTS: dict[str, tuple[str, ...]] = {
    SALES_ALL: (TANAKA.mail, KIMURA.mail, JOHN.mail),
    DEVELOPERS: (JOHN.mail, JOHN_DOE.mail, *(person.mail for person in STAFF[-3:])),
    ALL_STAFF: tuple(person.mail for person in (*EMPLOYEES, *COLLEAGUES[:-1], *STAFF)),
}

MAIL_GROUPS = tuple(
    Employee(f"33333333-3333-4333-8333-3333333334{number:02}", "", name, mail)
    for number, (name, mail) in enumerate(
        (("営業部", SALES_ALL), ("開発チーム Developers", DEVELOPERS), ("全社員 All Staff", ALL_STAFF)), 1
    )
)
"""The same lists as groups of the directory, with name and address."""


@dataclass(frozen=True)
class Domain:
    """One verified domain; `capabilities` as Graph writes them, `Email` among them where it carries mail."""

    name: str
    capabilities: str = "Email, OfficeCommunicationsOnline"
    is_default: bool = False
    is_initial: bool = False


VERIFIED_DOMAINS = (
    Domain(PRIMARY_DOMAIN, is_default=True),
    Domain(SALES_DOMAIN, "Email"),
    Domain("contoso.onmicrosoft.com", is_initial=True),
    Domain("intranet.contoso.co.jp", "OfficeCommunicationsOnline"),
)
