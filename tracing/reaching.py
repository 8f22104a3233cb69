"""Why a service was not reached, as one word. Only this word is kept: an error's text may hold an address."""

import socket
import ssl
from collections.abc import Iterator

UNRESOLVED, REFUSED, TIMEOUT, TLS = "name_unresolved", "connection_refused", "timeout", "tls_failed"
WHYS = (UNRESOLVED, REFUSED, TIMEOUT, TLS)

_MAX_CHAIN = 10


def why(error: BaseException) -> str:
    """One of WHYS for what caused *error*; its class name for any other error."""
    for one in _chain(error):
        match one:
            case socket.gaierror():
                return UNRESOLVED
            case ssl.SSLError():
                return TLS
            case ConnectionRefusedError():
                return REFUSED
            case TimeoutError():
                return TIMEOUT
    # Libraries keep their own timeouts without a cause.
    return TIMEOUT if "Timeout" in type(error).__name__ else type(error).__name__


def _chain(error: BaseException) -> Iterator[BaseException]:
    """*error* and its causes."""
    one: BaseException | None = error
    for _ in range(_MAX_CHAIN):
        if one is None:
            return
        yield one
        one = one.__cause__ or one.__context__
