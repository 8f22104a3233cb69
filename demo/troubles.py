"""The troubles that can be simulated from the chat page, each by the faults the tenant shows for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from demo.faults import ALWAYS, Faults
from tracing.errors import CredentialsRefused

RETRY_AFTER = 180
"""Seconds; more than a bot can make a person wait for."""
SLOW = timedelta(seconds=6)
SMALL_PAGE = 60
"""Rows; a few days' mail still comes within the requests that a question may spend."""
EXPIRED_AT_LOGIN = "AADSTS7000222"
"""https://learn.microsoft.com/entra/identity-platform/reference-error-codes"""


def _throttled(faults: Faults) -> None:
    faults.throttle, faults.retry_after = ALWAYS, RETRY_AFTER


def _secret(faults: Faults) -> None:
    faults.sign_in_refused = EXPIRED_AT_LOGIN


def _refused(faults: Faults) -> None:
    faults.token_expired = ALWAYS


def _permission(faults: Faults) -> None:
    faults.permission_missing = ALWAYS


def _prerequisite(faults: Faults) -> None:
    faults.prerequisite_missing = ALWAYS


def _offline(faults: Faults) -> None:
    faults.dropped = ALWAYS


def _slow(faults: Faults) -> None:
    faults.slow = SLOW


def _half_page(faults: Faults) -> None:
    faults.half_page = ALWAYS


def _paging(faults: Faults) -> None:
    """Small pages, and links with both of the service's own faults: a bot that mends them misses no row."""
    faults.page_rows, faults.token_quoted_twice, faults.invalid_starting_recipient = SMALL_PAGE, ALWAYS, 1


TROUBLES: dict[str, Callable[[Faults], None]] = {
    "throttled": _throttled,
    "refused": _refused,
    "secret": _secret,
    "permission": _permission,
    "prerequisite": _prerequisite,
    "offline": _offline,
    "slow": _slow,
    "halfPage": _half_page,
    "paging": _paging,
}
"""Name → what it does to the tenant's faults."""


@dataclass
class Troubles:
    """Those of the tenant whose *faults* these are; it has the ones that are on, and no other fault."""

    faults: Faults
    _on: set[str] = field(default_factory=set)

    @property
    def state(self) -> dict[str, bool]:
        return {name: name in self._on for name in TROUBLES}

    def switch(self, name: str, on: bool) -> None:
        """Raises: KeyError: there is no such trouble."""
        if name not in TROUBLES:
            raise KeyError(name)
        self._show(self._on | {name} if on else self._on - {name})

    def reset(self) -> None:
        self._show(set())

    def _show(self, wanted: set[str]) -> None:
        self._on = wanted
        self.faults.clear()
        for name, show in TROUBLES.items():
            if name in wanted:
                show(self.faults)


class SignIn:
    """Meets `tracing.credentials.TokenProvider`: the tenant wants no token, but signing in can fail."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    async def get(self, scope: str) -> str:
        if self._faults.sign_in_refused:
            raise CredentialsRefused(self._faults.sign_in_refused)
        return ""

    async def renew(self, scope: str) -> str:
        return await self.get(scope)
