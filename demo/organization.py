"""What one tenant knows: its mail, its people, what it was asked, and the faults it is to show."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil

from aiohttp import web

from demo import company
from demo.company import Domain, Employee
from demo.faults import Faults
from demo.mailbox import Mailbox

QUOTA = 100  # requests; https://learn.microsoft.com/graph/throttling-limits
QUOTA_PERIOD = timedelta(minutes=5)

TRACING_APP_ID = "8bd644d1-64a1-4d4b-ae52-2e0cbf64e373"
GRANTED = frozenset(
    {"ExchangeMessageTrace.Read.All", "User.Read.All", "GroupMember.Read.All", "Organization.Read.All"}
)


@dataclass(frozen=True)
class RequestRecord:
    """One call as it was answered; `status` 0 where the connection was cut."""

    at: datetime
    method: str
    path: str
    params: Mapping[str, str]
    status: int
    kind: str


@dataclass
class Tenant:
    """All that one tenant knows. `mailbox`, `faults` and `required_token` may be set at any time.

    `required_token`: calls with another bearer token get 401; None lets every call in.
    `permissions` and `principals`: what the app was granted, and the Microsoft applications that are let in.
    `secrets`: the first three characters of each of the app's secrets → when it ends.
    `public_url`: what stands before `/admin` in links, `https://host/v1.0`; None takes what was called.
    """

    mailbox: Mailbox
    people: Sequence[Employee] = company.DIRECTORY
    groups: Mapping[str, Sequence[str]] = field(default_factory=lambda: company.GROUPS)
    domains: Sequence[Domain] = company.VERIFIED_DOMAINS
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    faults: Faults = field(default_factory=Faults)
    required_token: str | None = None
    public_url: str | None = None
    quota: int = QUOTA
    requests: list[RequestRecord] = field(default_factory=list)
    spent: deque[datetime] = field(default_factory=deque)
    permissions: frozenset[str] = GRANTED
    principals: frozenset[str] = frozenset({TRACING_APP_ID})
    secrets: Mapping[str, datetime] = field(default_factory=dict)

    def find(self, id_or_upn: str) -> Employee | None:
        wanted = id_or_upn.lower()
        return next((one for one in self.people if wanted in (one.aad_object_id, upn(one).lower())), None)

    @property
    def group_ids(self) -> frozenset[str]:
        """Every group there is."""
        return frozenset(self.groups).union(*self.groups.values())

    def groups_of(self, person: Employee) -> frozenset[str]:
        """Every group that holds *person*, through other groups too."""
        found = set(person.groups)
        while more := {group for group, held in self.groups.items() if found & set(held)} - found:
            found |= more
        return frozenset(found)

    def charge(self, now: datetime) -> int | None:
        """Spend one request of the rolling quota; or the seconds until there is one again."""
        while self.spent and self.spent[0] <= now - QUOTA_PERIOD:
            self.spent.popleft()
        if len(self.spent) >= self.quota:
            return max(1, ceil((self.spent[0] + QUOTA_PERIOD - now).total_seconds()))
        self.spent.append(now)
        return None


TENANT = web.AppKey("tenant", Tenant)


def upn(person: Employee) -> str:
    return person.user_principal_name or person.mail
