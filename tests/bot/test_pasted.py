"""What a message names that can be traced."""

import pytest

from bot.commands import MESSAGE_ID_PERIOD
from bot.meanings import explained_in
from bot.pasted import MAX_ADDRESSES, query_in
from tracing.pasted import MAX_PASTED

BOUNCE = """Delivery has failed to these recipients or groups:
suzuki@hoge.com
The address couldn't be found.
Diagnostic information for administrators:
Generating server: TYAP286MB0001.JPNP286.PROD.OUTLOOK.COM
suzuki@hoge.com
Remote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'
Original message headers:
From: 田中 一郎 <tanaka@contoso.co.jp>
Message-ID: <TYAP286MB0001C1A2@TYAP286MB0001.JPNP286.PROD.OUTLOOK.COM>
"""


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (BOUNCE, ["<TYAP286MB0001C1A2@TYAP286MB0001.JPNP286.PROD.OUTLOOK.COM>"]),
        ("Message ID: <short@x.jp>", ["<short@x.jp>"]),
        ("メッセージ ID <a@x.jp> と message-id: <b@x.jp>", ["<a@x.jp>", "<b@x.jp>"]),
        (
            "look at <CAF9x7f2aaaaaaaaaaaaaaaa@mail.hoge.com> please",
            ["<CAF9x7f2aaaaaaaaaaaaaaaa@mail.hoge.com>"],
        ),
    ],
)
def test_ids_come_first(text: str, ids: list[str]) -> None:
    """A Message-ID finds the one mail, whatever addresses stand around it; ten days back."""
    query = query_in(text)

    assert query is not None
    assert query.period == MESSAGE_ID_PERIOD
    assert [f"<{one.strip('<>')}>" for one in query.message_ids] == ids
    assert not query.involving


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Suzuki <suzuki@hoge.com> says nothing came", ["suzuki@hoge.com"]),
        (
            "鈴木さん(suzuki@hoge.com)から田中tanaka@contoso.co.jp宛",
            ["suzuki@hoge.com", "tanaka@contoso.co.jp"],
        ),
        ("from 'A@X.jp', to a@x.jp.", ["a@x.jp"]),
        ("mail from postmaster@contoso.com about b@x.jp", ["b@x.jp"]),
    ],
)
def test_addresses(text: str, addresses: list[str]) -> None:
    """Without an id, mail sent by or to any of the addresses; machines' own are left out."""
    query = query_in(text)

    assert query is not None
    assert [pattern.text for pattern in query.involving[0]] == addresses


@pytest.mark.parametrize("text", ["", "the mail did not arrive", "@everyone look", "a@b", "no-reply@x.jp"])
def test_nothing(text: str) -> None:
    """A message that names no mail gives no reason for a trace."""
    assert query_in(text) is None


def test_bounds() -> None:
    """However long the message, the trace stays small."""
    query = query_in(" ".join(f"user{n}@x.jp" for n in range(5_000)))

    assert query is not None
    assert len(query.involving[0]) == MAX_ADDRESSES


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        (BOUNCE, True),
        ("Help! I got 550 5.1.10 from suzuki@hoge.com today", True),
        ("what does 5.7.1 mean?", True),
        ("It was 452-4.3.1 again", True),
        ("We use version 5.1.10 of the tool; ask suzuki@hoge.com", False),
        ("550 people, room 5.1", False),
        ("おはようございます suzuki@hoge.com", False),
    ],
)
def test_what_is_explained(text: str, explained: bool) -> None:
    """In a message that somebody points at a reply code is enough; other numbers are none."""
    assert (explained_in(text) is not None) == explained


def test_explained_within_bounds() -> None:
    """More than can be read is cut, and that is known."""
    found = explained_in("550 5.1.10 " + "x" * MAX_PASTED)

    assert found is not None
    assert found.cut
    assert len(found.text) == MAX_PASTED
