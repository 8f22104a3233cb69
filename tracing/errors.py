"""What can go wrong, by what a caller can do about it.

    TraceError
    ├── QueryError                the person can mend it
    │   ├── WindowTooOld          asks for more than the 90 days there are
    │   └── EmptyWindow           starts after it ends, or in the future
    └── GraphError                the person cannot
        ├── Throttled             wait
        ├── AllowanceSpent        ask for less, or continue as a new question
        ├── NotPermitted          an administrator consents to a permission
        ├── PrerequisiteMissing   an administrator creates a service principal, then hours
        ├── CredentialsRefused    an administrator renews a secret or mends a setting
        ├── NoMailDomain          an administrator sets TRACE_DOMAINS
        ├── GraphUnavailable      try again later
        │   ├── GraphSlow         ask for less, or later
        │   └── GraphGarbled      try again: the answer broke off or is no answer
        └── GraphRefused          a fault of ours: Graph does not take the request
            └── DirectoryRefused  an administrator mends a group that is gone, or what `doctor` reports

Errors carry facts; `cards/error.py` words them.
"""

from datetime import datetime, timedelta


class TraceError(Exception):
    """Any fault this program names."""


class QueryError(TraceError):
    """The person who asked can mend it."""


class WindowTooOld(QueryError):
    """The whole query lies before the history; *oldest* is the first instant there is."""

    def __init__(self, oldest: datetime) -> None:
        super().__init__(oldest)
        self.oldest = oldest


class EmptyWindow(QueryError):
    """The query's time starts after it ends, or has not begun."""


class GraphError(TraceError):
    """Graph, the network or the credentials failed."""


class Throttled(GraphError):
    """The tenant's quota is used up; *retry_after* is how long, None when Graph does not say."""

    def __init__(self, retry_after: timedelta | None = None) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class AllowanceSpent(GraphError):
    """The question has used up its requests."""


class NotPermitted(GraphError):
    """Graph says no; *needed* names the application permission the call documents."""

    def __init__(self, needed: str) -> None:
        super().__init__(needed)
        self.needed = needed


class PrerequisiteMissing(GraphError):
    """The tenant lacks the service principal of *app_id*, or it has not propagated yet."""

    def __init__(self, app_id: str) -> None:
        super().__init__(app_id)
        self.app_id = app_id


class CredentialsRefused(GraphError):
    """No token could be had; *code* is the AADSTS number or an OAuth error word, empty when there is none."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NoMailDomain(GraphError):
    """No domain of the tenant carries mail and none is set, so that our own mail is unknown."""


class GraphUnavailable(GraphError):
    """No answer, a broken one, or a server error; *reason* is for the log.

    *why* says why the service was not reached, as one of `tracing.reaching.WHYS` if known.
    """

    def __init__(self, reason: str, why: str = "") -> None:
        super().__init__(f"{reason}: {why}" if why else reason)
        self.reason = str(self)
        self.why = why


class GraphSlow(GraphUnavailable):
    """No answer in time."""


class GraphGarbled(GraphUnavailable):
    """An answer that broke off, or is not what Graph documents."""


class GraphRefused(GraphError):
    """A 4xx that should not happen; *status* and *text* as Graph gave them."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(status, text)
        self.status = status
        self.text = text


class DirectoryRefused(GraphRefused):
    """A person's role cannot be read; *setting* names a group that is gone, "" for other reasons."""

    def __init__(self, status: int, text: str, setting: str = "") -> None:
        super().__init__(status, text)
        self.setting = setting
