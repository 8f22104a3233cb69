"""What came to the door, for whoever asks later whether Teams reaches this bot. Pure.

Of refusals only those count that Microsoft signed: a stranger on the internet cannot make one up.
"""

from enum import StrEnum
from typing import Protocol


class Sign(StrEnum):
    """One kind of thing that came."""

    ARRIVED = "arrived"
    """Anything that was let in: a message, a tap, an installation."""
    ASKED = "asked"
    """Somebody said or tapped something."""
    OTHER_AUDIENCE = "other audience"
    """Bot Framework's token for another bot."""
    OTHER_TENANT = "other tenant"
    """For this bot, from a tenant that is not ours."""


_SIGNED = {str(sign): sign for sign in (Sign.OTHER_AUDIENCE, Sign.OTHER_TENANT)}


class Witness(Protocol):
    """Keeps in mind what came."""

    def saw(self, sign: Sign) -> None: ...


class NoWitness:
    """Meets Witness, and keeps nothing in mind."""

    def saw(self, sign: Sign) -> None: ...


def of_refusal(reason: str) -> Sign | None:
    """What a refusal at the door says of the installation, None when anybody could have caused it."""
    return _SIGNED.get(reason)


def of_activity(kind: object) -> tuple[Sign, ...]:
    """What an activity of that type says of it."""
    return (Sign.ARRIVED, Sign.ASKED) if kind in ("message", "invoke") else (Sign.ARRIVED,)
