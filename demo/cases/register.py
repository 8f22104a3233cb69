"""Where the cases are collected.

To add one, write a function under `@case(hours ago)` in a file of this folder: it is handed `send` and
returns the mail it sends. Its name, with spaces, becomes a key of `demo.mailbox.CASES`.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from demo.events import Mail, Step, mail, receive, send_external, spam, submit, transfer
from demo.partners import HOGE_HOST, HOGE_IP, MX

Send = Callable[..., Mail]
_CASES: dict[str, tuple[timedelta, Callable[[Send], Mail]]] = {}


def case(hours_ago: float) -> Callable[[Callable[[Send], Mail]], Callable[[Send], Mail]]:
    """Let the decorated function send its mail so many hours before now."""

    def register(maker: Callable[[Send], Mail]) -> Callable[[Send], Mail]:
        _CASES[maker.__name__.replace("_", " ")] = (timedelta(hours=hours_ago), maker)
        return maker

    return register


def case_mails(now: datetime) -> Iterator[tuple[str, Mail]]:
    """Every case with its name, as it is at *now*."""
    for name, (ago, maker) in _CASES.items():
        yield name, maker(partial(mail, name, now - ago))


def hoge(*, spam_level: int = 1) -> tuple[Step, ...]:
    """The start of every mail from hoge.com that is let in."""
    return (receive(ip=HOGE_IP, host=HOGE_HOST), spam(1, spam_level, HOGE_IP, sfv="NSPM"))


def out(domain: str, after: float = 2) -> tuple[Step, ...]:
    """The steps of a mail from a mailbox here up to the server of *domain*."""
    return (receive(), submit(), transfer(1), send_external(after, *MX[domain]))
