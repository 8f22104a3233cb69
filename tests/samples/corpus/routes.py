"""Routes of a message as its events tell them: what Exchange handled itself, and what waits.

2.1.5 says that Exchange handled a recipient itself; the word behind it says how.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from demo.events import (
    Step,
    data,
    defer,
    deliver,
    drop,
    expand,
    fail,
    reason,
    receive,
    resolve,
    send_external,
    spam,
    submit,
    transfer,
)

MX, IP = "mx.partner.com", "203.0.113.40"
OUT = (receive(), submit(), transfer(1))
IN = (receive(ip="192.0.2.25", host="mx1.hoge.com"), spam(1, 1, "192.0.2.25"))
SENT = (*OUT, send_external(3, MX, IP))


@dataclass(frozen=True)
class Route:
    """Steps in the order they happened, the row's status, and what a mail expert reads in them; see `shape`."""

    name: str
    status: str
    steps: Sequence[Step]
    cause: str
    side: str
    code: str = ""
    fate: str = "final"
    also: tuple[str, ...] = ()
    also_codes: tuple[str, ...] = ()
    rule: str = ""
    japanese: bool = False
    note: str = ""


def there(after: float, led: str) -> Step:
    """A refusal by the other side's server."""
    return fail(after, led, "", "", MX, IP)


def put_off(after: float, led: str) -> Step:
    """A deferral on the way to the other side."""
    return defer(after, led, MX, IP)


def by_status(after: float, led: str, event: str = "Fail") -> Step:
    """A step that tells its reason only in RecipientStatus."""
    return Step(after, event, "", data(RecipientStatus=f"[{{LED={led}}}]"))


def handled(word: str) -> tuple[Step, ...]:
    """Sent from here, and handled by Exchange with the word behind 2.1.5."""
    return receive(), submit(), drop(2, f"250 2.1.5 {word}", "Resolver")


def taken(word: str) -> tuple[Step, ...]:
    """Come from outside, and handled by Exchange with the word behind 2.1.5."""
    return *IN, drop(2, f"250 2.1.5 {word}", "Resolver")


NOBODY, DESIGN, WAITS = "nobody", "by design", "delayed"
DELAYED, UNREACHABLE, TLS, THEIRS = "delayed", "unreachable", "tls_problem", "theirs"
FORWARDED = "RESOLVER.FWD.Forwarded; recipient forwarded"
KEPT, TYPE = "automatic_reply_kept", "message_type_kept"


def braces(led: str) -> Step:
    """A refusal whose reply holds braces of its own."""
    return Step(3, "Fail", reason(led, "", MX, IP), data(IsSmtpResponseFromExternalServer="True"))


HANDLED: tuple[Route, ...] = (
    Route(
        "a group's copy",
        "expanded",
        (
            receive(),
            submit(),
            expand(2, "全社員@contoso.co.jp", 120),
            drop(2, "250 2.1.5 RESOLVER.GRP.Expanded; distribution list expanded"),
        ),
        "expanded",
        NOBODY,
        "",
        DESIGN,
        also_codes=("2.1.5",),
        japanese=True,
    ),
    Route(
        "a group's copy, without its Expand",
        "expanded",
        handled("RESOLVER.GRP.Expanded; distribution list expanded"),
        "expanded",
        NOBODY,
        "2.1.5",
        DESIGN,
        also_codes=("",),
    ),
    Route(
        "forwarded without a copy",
        "failed",
        handled(FORWARDED),
        "forwarded",
        NOBODY,
        "2.1.5",
        DESIGN,
        also=("redirected",),
    ),
    Route(
        "forwarded without a copy, told in braces",
        "failed",
        (
            receive(),
            submit(),
            Step(
                2,
                "Drop",
                "Reason: [{LED=250 2.1.5 RESOLVER.FWD.Forwarded; recipient forwarded};{MSG=};{FQDN=};{IP=};{LRT=}]",
                "",
            ),
        ),
        "forwarded",
        NOBODY,
        "2.1.5",
        DESIGN,
        also=("redirected",),
    ),
    Route(
        "forwarded, and whereto",
        "failed",
        (
            *IN,
            resolve(2, "left@contoso.co.jp", "boss@contoso.co.jp", "Redirect", "Forwarding"),
            drop(2, f"250 2.1.5 {FORWARDED}"),
        ),
        "forwarded",
        NOBODY,
        "2.1.5",
        DESIGN,
        also=("redirected",),
    ),
    Route(
        "forwarded from outside",
        "delivered",
        taken(FORWARDED),
        "forwarded",
        NOBODY,
        "2.1.5",
        DESIGN,
        also=("redirected",),
    ),
    Route(
        "a contact's address",
        "delivered",
        taken("RESOLVER.CON.Forwarded; contact forwarded"),
        "forwarded",
        NOBODY,
        "2.1.5",
        DESIGN,
        also=("redirected",),
    ),
    Route(
        "expanded already",
        "delivered",
        handled("RESOLVER.ADR.AlreadyExpanded; already expanded this recipient"),
        "duplicate",
        NOBODY,
        "2.1.5",
        DESIGN,
        also=("expanded",),
    ),
    Route(
        "a duplicate",
        "delivered",
        handled("CAT.DuplicateRecipient; recipient already present"),
        "duplicate",
        NOBODY,
        "2.1.5",
        DESIGN,
    ),
    Route(
        "a duplicate that failed",
        "failed",
        taken("CAT.DuplicateRecipient; recipient already present"),
        "duplicate",
        NOBODY,
        "2.1.5",
        DESIGN,
    ),
    Route(
        "out of office, inner text to the outside",
        "failed",
        handled("RESOLVER.OOF.IntToExt; handled internal OOF addressed to external recipient"),
        KEPT,
        NOBODY,
        "2.1.5",
        DESIGN,
    ),
    Route(
        "out of office, outer text to the inside",
        "failed",
        handled("RESOLVER.OOF.ExtToInt; handled external OOF addressed to internal recipient"),
        KEPT,
        NOBODY,
        "2.1.5",
        DESIGN,
    ),
    Route(
        "out of office, old kind",
        "delivered",
        handled("RESOLVER.OOF.LegacyToExt; handled legacy OOF addressed to external recipient"),
        KEPT,
        NOBODY,
        "2.1.5",
        DESIGN,
    ),
    Route(
        "out of office, kept from the outside",
        "failed",
        handled("RESOLVER.OOF.SuppressExternal; external OOFs are suppressed"),
        KEPT,
        NOBODY,
        "2.1.5",
        DESIGN,
    ),
    Route(
        "out of office, an open domain",
        "failed",
        handled(
            "RESOLVER.OOF.ExtToOpenDomainInt; handled external OOF addressed to internal recipient of an open domain"
        ),
        KEPT,
        NOBODY,
        "2.1.5",
        DESIGN,
    ),
    Route(
        "an automatic reply",
        "failed",
        handled("RESOLVER.MSGTYPE.AR; handled AutoReply addressed to external recipient"),
        KEPT,
        NOBODY,
        "2.1.5",
        DESIGN,
        also=(TYPE,),
    ),
    Route(
        "automatic forwarding",
        "failed",
        taken("RESOLVER.MSGTYPE.AF; handled AutoForward addressed to external recipient"),
        "forwarding_blocked",
        "ours",
        "2.1.5",
        "",
    ),
    Route(
        "automatic forwarding, though delivered",
        "delivered",
        (
            receive(),
            submit(),
            Step(
                2,
                "Drop",
                "Reason: [{LED=250 2.1.5 RESOLVER.MSGTYPE.AF; handled AutoForwarded};{MSG=};{FQDN=};{IP=};{LRT=}]",
                "",
            ),
        ),
        "forwarding_blocked",
        "ours",
        "2.1.5",
        "",
    ),
    Route(
        "a delivery receipt",
        "failed",
        handled("RESOLVER.MSGTYPE.DR; handled DR addressed to external recipient"),
        TYPE,
        NOBODY,
        "2.1.5",
        DESIGN,
    ),
    Route(
        "a report of non-delivery",
        "failed",
        handled("RESOLVER.MSGTYPE.NDR; handled NDR addressed to external recipient"),
        TYPE,
        NOBODY,
        "2.1.5",
        DESIGN,
    ),
    Route(
        "a meeting notice",
        "delivered",
        handled("RESOLVER.MSGTYPE.MFN; handled MFN addressed to external recipient"),
        TYPE,
        NOBODY,
        "2.1.5",
        DESIGN,
    ),
    Route(
        "discarded",
        "failed",
        taken("RESOLVER.RST.Discarded; message discarded for this recipient"),
        "discarded",
        NOBODY,
        "2.1.5",
        DESIGN,
        also=("dropped",),
    ),
    Route(
        "moderated",
        "delivered",
        handled("RESOLVER.MT.ModerationStarted; message sent to the moderators"),
        "moderation",
        NOBODY,
        "2.1.5",
        "",
        also=("awaiting_approval",),
    ),
    Route(
        "moderated, and pending",
        "pending",
        handled("RESOLVER.MT.ModerationStarted; message sent to the moderators"),
        "awaiting_approval",
        NOBODY,
        "2.1.5",
        "",
        also=("moderation",),
    ),
    Route(
        "a word nobody knows",
        "delivered",
        handled("RESOLVER.XYZ.Unheard; handled in a new way"),
        "handled",
        NOBODY,
        "2.1.5",
        DESIGN,
        also=("dropped", "other", "discarded"),
        note="handled by Exchange, it does not say how; not delivered, not lost",
    ),
    Route(
        "a copy dropped, the other delivered",
        "delivered",
        (*IN, drop(2, "250 2.1.5 CAT.DuplicateRecipient; recipient already present"), deliver(3)),
        "delivered",
        NOBODY,
        "",
        "delivered",
    ),
    Route(
        "forwarded with a copy",
        "delivered",
        (*IN, resolve(2, "a@contoso.co.jp", "b@contoso.co.jp", "Redirect", "Forwarding"), deliver(3)),
        "delivered",
        NOBODY,
        "",
        "delivered",
        also=("redirected", "forwarded"),
    ),
)
