"""What came to the door says of the installation."""

import pytest

from bot.signs import NoWitness, Sign, of_activity, of_refusal


@pytest.mark.parametrize("kind", ["message", "invoke"])
def test_somebody_asked(kind: str) -> None:
    """A message or a tap is somebody's wish; it came, too."""
    assert set(of_activity(kind)) == {Sign.ARRIVED, Sign.ASKED}


@pytest.mark.parametrize("kind", ["installationUpdate", "conversationUpdate", None, 3])
def test_something_came(kind: object) -> None:
    """Whatever else is let in came, and nobody asked."""
    assert of_activity(kind) == (Sign.ARRIVED,)


def test_refusals_that_microsoft_signed() -> None:
    """What anybody can cause says nothing; a token that Microsoft signed for another does."""
    assert of_refusal("other audience") is Sign.OTHER_AUDIENCE
    assert of_refusal("other tenant") is Sign.OTHER_TENANT
    assert all(of_refusal(reason) is None for reason in ("no token", "garbage", "bad signature", "expired"))
    NoWitness().saw(Sign.ARRIVED)
