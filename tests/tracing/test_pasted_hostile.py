"""Whatever is pasted, there is an answer or none, and no error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples.bounces import BOUNCES
from tests.samples.headers import PLAIN
from tracing.hops import read_journey
from tracing.ndr import is_bounce, read_bounce
from tracing.pasted import MAX_PASTED

PIECES = st.sampled_from(
    [
        *(
            "550 5.1.1 ",
            "5.7.1",
            "550",
            "\n",
            "\n\n",
            " ",
            "> ",
            "<a@b.jp>",
            "<a@b.jp>:",
            "a@b.jp",
            "<",
            "&lt;",
        ),
        *(
            "=?",
            "?Q?",
            "utf-8",
            "年",
            "Subject: ",
            "charset=",
            ";",
            '"',
            "begin 644 x\n",
            "boundary*=utf-8''b",
        ),
        *("Final-Recipient: rfc822; ", "Action: failed", "Status: 5.1.1", "Diagnostic-Code: smtp; "),
        *("Received: from a by b; ", "Mon, 23 Nov 2026 01:00:00 +0000", "Date: ", "Message-ID: ", "From: "),
        *(
            "Content-Type: multipart/report; boundary=b\n",
            "--b\n",
            "--b--\n",
            "Content-Type: message/rfc822\n\n",
        ),
        *(
            "Content-Type: message/delivery-status\n\n",
            "Content-Transfer-Encoding: base64\n",
            "=?utf-8?B?",
            "?=",
        ),
        *(
            "couldn't be delivered",
            "配信できませんでした",
            "said: ",
            "Remote server returned '",
            "Original message",
        ),
        *(
            "Authentication-Results: spf=",
            "In-Reply-To: ",
            "9999-99-99",
            "Sent: 2026年99月1日",
            "\x00",
            "\ud800",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=40).map("".join)


@settings(max_examples=1_000)
@given(text=TEXTS)
def test_any_text(text: str) -> None:
    """Any text is a bounce, the way of a mail, or neither."""
    bounce, journey = read_bounce(text), read_journey(text)
    is_bounce(text)

    assert bounce is None or bounce.code or bounce.recipients
    assert journey is None or journey.hops or journey.message_id or journey.judgement.judged


@given(data=st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    """Bytes of any kind, as a client may have decoded them."""
    for text in (
        data.decode("utf-8", "replace"),
        data.decode("latin-1"),
        data.decode("utf-8", "surrogateescape"),
    ):
        read_bounce(text)
        read_journey(text)


@settings(max_examples=200)
@given(name=st.sampled_from(sorted(BOUNCES)), at=st.integers(0, 2_000), junk=TEXTS)
def test_any_junk_within(name: str, at: int, junk: str) -> None:
    """A bounce with anything in the middle is read, or not understood."""
    text = BOUNCES[name].text
    read_bounce(text[:at] + junk + text[at:])
    read_journey(PLAIN[:at] + junk + PLAIN[at:])


REPORT = 'Content-Type: multipart/report; boundary="b"\n\n--b\n'
NESTED = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(30))
ADVERSARIES = {
    "nested parts": NESTED,
    "nested messages": "Content-Type:message/rfc822\n\n" * 965,
    "nested reports": 'Content-Type: multipart/report; boundary="b"\n\n'
    + "--b\nContent-Type: message/rfc822\n\n" * 600,
    "an unknown charset": REPORT + "Content-Type: text/plain; charset=x\n\n550 5.1.1 x",
    "a status of no groups": REPORT + "Content-Type: message/delivery-status\n\n--b--",
    "many parts": REPORT + "Content-Type: text/plain\n\nx\n--b\n" * 90,
    "many nested": REPORT + "--b\n" * 90,
    "headers as text": REPORT + "Content-Type: text/rfc822-headers\n\nMessage-ID: <a@b>\n--b--",
    "no words": REPORT + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n????\n--b--",
    "half a character": "To: \ud800\nContent-Type: message/delivery-status\n\n",
    "half a byte": "To: \udc80\n" + REPORT + "Content-Type: text/plain\n\n550 5.1.1\n--b--",
    "quotes": ">" * MAX_PASTED,
    "addresses": "a@" * (MAX_PASTED // 2),
    "dots": "550 5." + "a." * 10_000,
    "half ISO-2022-JP": "$B" * (MAX_PASTED // 2),
    "soft breaks": "=E3=81=\n" * 3_000,
    "tags": "<p " * 9_000,
    "silent tags": "<style>" * 4_000,
    "glued names": "From: aSubject: " * 1_700,
    "glued addresses": "a@contoso.co.jpThe" * 1_500,
    "transcripts": "(reason: 550 x\n" * 1_800,
    "comments": "Authentication-Results: " + "(" * 20_000 + "spf=pass",
    "results": "Authentication-Results: " + "dkim=pass header.d=a; " * 1_200,
    "a report of the filter": "X-Forefront-Antispam-Report: " + "SCL:5;" * 4_000,
    "words": "550 5.7.1 " + "user recipient not " * 1_400,
    "lengths": "will keep trying for the next 1 days, " * 700,
    "encoded words": "Received: x\nSubject: " + "=?utf-8?B?4pyT?= " * 1_000,
}


@pytest.mark.parametrize("name", ADVERSARIES)
def test_adversaries(name: str) -> None:
    """What is made to tire a parser, or to send it round, tires none."""
    read_bounce(ADVERSARIES[name])
    read_journey(ADVERSARIES[name])
