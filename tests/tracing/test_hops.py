"""Pasted headers: who sent it, the way it took, which hop was slow, how it was authenticated."""

from datetime import timedelta

import pytest

from tests.samples.headers import PLAIN, SKEWED
from tracing.hops import MAX_HOPS, Journey, read_journey

UNFOLDED = "\n".join(line.strip() for line in PLAIN.splitlines())


def read(text: str) -> Journey:
    journey = read_journey(text)
    assert journey is not None
    return journey


def test_headers() -> None:
    """Message-ID, people and subject are read, encoded words too."""
    journey = read(PLAIN)

    assert journey.message_id == "<CAF9x7f2@mail.hoge.com>"
    assert journey.sender == "鈴木 一郎 <suzuki@hoge.com>"
    assert (journey.recipient, journey.subject) == ("tanaka@contoso.co.jp", "見積書")
    assert journey.judgement.authentication == (
        ("spf", "pass"),
        ("dkim", "pass"),
        ("dmarc", "fail"),
        ("compauth", "pass"),
    )


def test_hops() -> None:
    """Hops stand oldest first, each with the time since the one before; the slow one is named."""
    journey = read(PLAIN)

    assert [hop.by_host.partition(".")[0] for hop in journey.hops] == [
        *("gateway", "mx1", "OSA01FT001", "TYZPR01MB4321")
    ]
    seconds = [hop.delay.total_seconds() if hop.delay is not None else None for hop in journey.hops]
    assert seconds == [None, 299, 4, 2]
    assert journey.hops[1].from_host == "gateway.hoge.com"
    assert [hop.protocol for hop in journey.hops] == ["ESMTPA", "ESMTPS", "Microsoft SMTP Server", "HTTPS"]
    assert journey.slowest == 1
    assert journey.total == timedelta(seconds=305)


@pytest.mark.parametrize(
    "text",
    [
        UNFOLDED,
        PLAIN.replace("\n", "\r\n"),
        UNFOLDED.replace("\n", "\n\n"),
        "> " + PLAIN.replace("\n", "\n> "),
        PLAIN.replace(" ", "\u00a0"),
        "\u200b" + PLAIN,
        "\n".join("  " + line for line in UNFOLDED.splitlines()),
        PLAIN.replace("<", "&lt;").replace(">", "&gt;"),
        PLAIN + "\nDear Mr. Tanaka,\nplease find the quote.\n",
    ],
    ids=range(9),
)
def test_noise(text: str) -> None:
    """Clients lose folds and add marks, blank lines and invisible characters; the way is the same."""
    journey, plain = read(text), read(PLAIN)

    assert (journey.hops, journey.message_id) == (plain.hops, plain.message_id)
    assert journey.judgement == plain.judgement


def test_skewed_clocks() -> None:
    """Where a clock is behind no hop takes less than no time, and it is said; the unreadable stays out."""
    journey = read(SKEWED)

    assert [hop.at is None for hop in journey.hops] == [True, False, False, False]
    delays = [hop.delay.total_seconds() if hop.delay is not None else None for hop in journey.hops]
    assert delays == [None, None, 30, 0]
    assert [hop.skewed for hop in journey.hops] == [False, False, False, True]
    assert journey.slowest is None
    assert journey.total == timedelta(seconds=30)


def test_no_way() -> None:
    """Headers without a Received line are worth their Message-ID; a single hop has no length."""
    assert read("From: a@b.jp\nMessage-ID: <x@b.jp>").hops == ()
    assert read("Received: from a by b; Mon, 23 Nov 2026 01:00:00 +0000").total is None


@pytest.mark.parametrize("text", ["", "hello", "From: a@b.jp", "Message-ID: x", "trace from: a@b.jp"])
def test_no_headers(text: str) -> None:
    """What holds no headers worth reading is none."""
    assert read_journey(text) is None


def test_broken_words() -> None:
    """An encoded word that cannot be read is shown as it came."""
    for subject in ("=?utf-8?B?!!!?=", "=?no-such-charset?Q?x?=", "=?utf-8?q?=ff?=", "=?年?B?4pyT?="):
        assert read(f"Received: by x; y\nSubject: {subject}").subject


def test_most() -> None:
    """However many hops there are, MAX_HOPS are read."""
    assert len(read("Received: from a by b; c\n" * 500).hops) == MAX_HOPS
