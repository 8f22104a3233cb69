"""Routes as Exchange Online tells them, each with what became of the mail; people and domains are made up.

The shapes of the events are those measured of the service; the steps write them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from demo.events import (
    Step,
    defer,
    deliver,
    dlp_rule,
    drop,
    expand,
    fail,
    label,
    malware,
    receive,
    resolve,
    send_external,
    spam,
    submit,
    transfer,
    transport_rule,
)
from tracing.causes import Cause

ID = "f43f7263-2730-4217-aea6-e7a68a7951ec"
MX, IP = "mx.fabrikam.example", "203.0.113.40"
CARDS = dlp_rule(2.6, "Block credit cards", ID, "Financial data")
UNNAMED_DLP = dlp_rule(2.6, "", ID, "Financial data")
NOTIFY = dlp_rule(2.6, "Notify only", ID, "Privacy", action="NU")
REJECT = transport_rule(2, "Reject macros", ID)
UNNAMED = transport_rule(2, "", ID)
COPY = transport_rule(1, "Copy to audit", ID, "BlindCopyTo")
STAMP = transport_rule(1, "Stamp the subject", ID, "PrependSubject")
DELETE = transport_rule(2, "Delete adverts", ID, "DeleteMessage")
HOLD = transport_rule(2, "Hold archives", ID, "Quarantine")
MOVE = transport_rule(2, "Leavers to managers", ID, "RedirectMessage")
RULES = "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy"
UNKNOWN = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"
QUARANTINE = "QuarantinedEmailSecured"
OUT = (receive(), submit(), transfer(1))
IN = (receive(ip="192.0.2.25", host="mx1.hoge.com"), spam(1, 1, "192.0.2.25"))
SENT = (*OUT, send_external(3, MX, IP))
OTHER_DAY = 7_200


@dataclass(frozen=True)
class Route:
    """Steps in the order they happened, the row's status, and what is to be said: rule by name, or id."""

    steps: Sequence[Step]
    status: str
    cause: Cause
    code: str = ""
    rule: str = ""


def there(led: str, after: float = 5, source: str = "") -> Step:
    """A refusal by the other side's server."""
    return fail(after, led, source, "", MX, IP)


def put_off(after: float, led: str) -> Step:
    """A deferral on the way to the other side."""
    return defer(after, led, MX, IP)


def word(after: float, event: str, description: str = "", action: str = "") -> Step:
    """A step that no function of the demo writes."""
    return Step(after, event, description, "", action)


TIMED_OUT = "450 4.4.317 Cannot connect to remote server [Message=SocketError: TimedOut]"

ROUTES: dict[str, Route] = {
    # --- arrived ---
    "delivered inside": Route((receive(), submit(), deliver(2)), "delivered", Cause.DELIVERED),
    "delivered from outside": Route((*IN, deliver(3)), "delivered", Cause.DELIVERED),
    "delivered after a delay": Route(
        (*IN, defer(5, "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded"), deliver(400)),
        *("delivered", Cause.DELIVERED),
    ),
    "delivered, copied to an auditor": Route((*OUT, COPY, deliver(3)), "delivered", Cause.DELIVERED),
    "delivered with a label": Route(
        (receive(), submit(), label(1, "社外秘"), deliver(2)), "delivered", Cause.DELIVERED
    ),
    "delivered to an alias": Route(
        (*IN, resolve(2, "i.tanaka@contoso.co.jp", "tanaka@contoso.co.jp"), deliver(3)),
        "delivered",
        Cause.DELIVERED,
    ),
    "delivered through two groups and an alias": Route(
        (
            transfer(2),
            resolve(3, "a@contoso.co.jp", "b@contoso.co.jp"),
            resolve(3, "b@contoso.co.jp", "c@contoso.co.jp"),
            deliver(4),
        ),
        *("delivered", Cause.DELIVERED),
    ),
    "member of a group": Route((transfer(3), deliver(5)), "delivered", Cause.DELIVERED),
    "delivered, an event nobody knows": Route(
        (receive(), submit(), word(1, "Quantum check", "odd"), deliver(2)), "delivered", Cause.DELIVERED
    ),
    "junk by the filter": Route(
        (receive(), spam(1, 6, "192.0.2.25"), deliver(2, "JunkEmail")), "delivered", Cause.DELIVERED_JUNK
    ),
    "junk by its status": Route(
        (receive(), spam(1, 6, "192.0.2.25")), "filteredAsSpam", Cause.DELIVERED_JUNK
    ),
    "accepted outside": Route(SENT, "delivered", Cause.ACCEPTED_REMOTE),
    "accepted outside after delays": Route(
        (
            *OUT,
            put_off(3, "451 4.7.1 Greylisting in action"),
            put_off(300, "451 4.7.1 Greylisting"),
            send_external(900, MX, IP),
        ),
        *("delivered", Cause.ACCEPTED_REMOTE),
    ),
    "accepted outside, subject stamped": Route(
        (*OUT, STAMP, send_external(3, MX, IP)), "delivered", Cause.ACCEPTED_REMOTE
    ),
    "handed to our own server": Route(
        (*OUT, send_external(3, "ex01.onprem.contoso.co.jp", "10.20.0.5")),
        "delivered",
        Cause.HANDED_ON_PREMISES,
    ),
    "group expanded": Route(
        (
            receive(),
            submit(),
            expand(2, "all@contoso.co.jp", 12),
            drop(2, "250 2.1.5 RESOLVER.GRP.Expanded; distribution list expanded"),
        ),
        *("expanded", Cause.EXPANDED),
    ),
    "redirected by a rule": Route(
        (*IN, MOVE, resolve(3, "left@contoso.co.jp", "boss@contoso.co.jp", "Redirect")),
        *("delivered", Cause.REDIRECTED, "", "Leavers to managers"),
    ),
    "redirected by a forwarding": Route(
        (
            *IN,
            resolve(3, "a@contoso.co.jp", "b@contoso.co.jp", "Redirect", "Forwarding"),
            drop(4, "250 2.1.10 RESOLVER.FWD.Forwarded; recipient forwarded"),
        ),
        *("delivered", Cause.FORWARDED_WITHOUT_COPY, "2.1.10"),
    ),
    # --- dealt with by Exchange itself ---
    "forwarded without a copy": Route(
        (*IN, drop(4, "250 2.1.5 RESOLVER.FWD.Forwarded; recipient forwarded")),
        *("failed", Cause.FORWARDED_WITHOUT_COPY, "2.1.5"),
    ),
    "forwarded on and off": Route(
        (*IN, drop(4, "250 2.1.5 RESOLVER.CON.Chained; contact forwarded")),
        *("delivered", Cause.FORWARDED_WITHOUT_COPY, "2.1.5"),
    ),
    "automatic forwarding stopped": Route(
        (receive(), submit(), drop(2, "250 2.1.5 RESOLVER.MSGTYPE.AF; handled AutoForward")),
        *("delivered", Cause.AUTO_FORWARD_STOPPED, "2.1.5"),
    ),
    "automatic reply kept in": Route(
        (receive(), submit(), drop(2, "250 2.1.5 RESOLVER.OOF.IntToExt; handled internal OOF")),
        *("failed", Cause.AUTO_REPLY_SUPPRESSED, "2.1.5"),
    ),
    "a delivery report kept in": Route(
        (receive(), submit(), drop(2, "250 2.1.5 RESOLVER.MSGTYPE.DR; handled DR")),
        *("failed", Cause.NOTICE_SUPPRESSED, "2.1.5"),
    ),
    "dealt with by a part nobody knows": Route(
        (receive(), submit(), drop(2, "250 2.1.5 AGENT.NewThing; handled")),
        *("failed", Cause.HANDLED, "2.1.5"),
    ),
    "named twice": Route(
        (*IN, drop(2, "250 2.1.5 CAT.DuplicateRecipient; recipient already present")),
        *("delivered", Cause.DUPLICATE, "2.1.5"),
    ),
    "a group's limits": Route(
        (*OUT, drop(2, "250 2.1.5 RESOLVER.RST.RecipientDiscarded; discarded")),
        *("failed", Cause.DISCARDED_BY_LIMIT, "2.1.5"),
    ),
    "given to the moderators": Route(
        (*OUT, drop(2, "250 2.1.5 Resolver.MT.StartModeration; recipient is moderated")),
        *("pending", Cause.AWAITING_APPROVAL, "2.1.5"),
    ),
    "a duplicate beside a delivery": Route(
        (*IN, drop(2, "250 2.1.5 CAT.DuplicateRecipient; recipient already present"), deliver(3)),
        *("delivered", Cause.DELIVERED),
    ),
    "recalled": Route(
        (receive(), submit(), deliver(2), word(900, "Recall", "Recalled by its sender.")),
        "recalled",
        Cause.RECALLED,
    ),
    "removed to quarantine": Route(
        (
            *IN,
            deliver(2),
            word(OTHER_DAY, "Zero-hour auto purge", "Moved to quarantine after delivery.", "Quarantine"),
        ),
        *("quarantined", Cause.REMOVED_LATER),
    ),
    "removed to junk": Route(
        (*IN, deliver(2), word(OTHER_DAY, "ZAP", "Moved to the Junk Email folder.")),
        "delivered",
        Cause.REMOVED_LATER,
    ),
    "removed and given back": Route(
        (
            *IN,
            deliver(2),
            word(OTHER_DAY, "ZAP", "Moved to quarantine.", "Quarantine"),
            deliver(9_000, "Inbox"),
        ),
        *("delivered", Cause.DELIVERED),
    ),
    # --- waiting ---
    "only submitted": Route((receive(), submit()), "pending", Cause.IN_PROGRESS),
    "getting status": Route((), "gettingStatus", Cause.IN_PROGRESS),
    "waits for a moderator": Route(
        (receive(), submit(), word(2, "Transfer", "The message was sent to the moderators for approval.")),
        *("pending", Cause.AWAITING_APPROVAL),
    ),
    "the other side does not answer": Route(
        (*OUT, put_off(63, TIMED_OUT)), "pending", Cause.DELAYED, "4.4.317"
    ),
    "the other side does not answer, cut off": Route(
        (*OUT, defer(63, TIMED_OUT, MX, IP, cut=60)), "pending", Cause.DELAYED, "4.4.317"
    ),
    "cut within the code": Route(
        (*OUT, defer(63, TIMED_OUT, MX, IP, cut=len("Reason: [{LED=450 4.4.3"))), "pending", Cause.DELAYED
    ),
    "two sorts of delay": Route(
        (
            *OUT,
            put_off(9, TIMED_OUT),
            put_off(900, "451 4.7.500 Server busy. Please try again later (AS761)"),
        ),
        *("pending", Cause.DELAYED, "4.7.500"),
    ),
    "a certificate for another name": Route(
        (*OUT, put_off(63, "450 4.7.320 Certificate validation failed [Message=SubjectMismatch]")),
        *("pending", Cause.TLS_PROBLEM, "4.7.320"),
    ),
    "a certificate for another name, given up": Route(
        (
            *OUT,
            put_off(63, "450 4.7.320 Certificate validation failed [Message=SubjectMismatch]"),
            fail(86_400, "550 4.4.7 QUEUE.Expired; message expired"),
        ),
        *("failed", Cause.EXPIRED, "4.4.7"),
    ),
    # --- DLP ---
    "DLP, the Fail told first": Route(
        (*OUT, fail(2.1, "550 5.7.171 Delivery not authorized, message refused", "DLP Policy Agent"), CARDS),
        *("failed", Cause.BLOCKED_DLP, "5.7.171", "Block credit cards"),
    ),
    "DLP by the rule alone": Route(
        (*OUT, CARDS, fail(3, "550 5.7.1 refused")),
        "failed",
        Cause.BLOCKED_DLP,
        "5.7.1",
        "Block credit cards",
    ),
    "DLP by the component alone": Route(
        (*OUT, fail(3, "550 5.7.171 refused", "DLP Policy Agent")), "failed", Cause.BLOCKED_DLP, "5.7.171"
    ),
    "DLP without a name": Route(
        (*OUT, UNNAMED_DLP, fail(3, "550 5.7.171 refused")), "failed", Cause.BLOCKED_DLP, "5.7.171", ID
    ),
    "DLP of two that matched": Route(
        (*OUT, CARDS, NOTIFY, fail(3, "550 5.7.171 refused")),
        "failed",
        Cause.BLOCKED_DLP,
        "5.7.171",
        "Block credit cards",
    ),
    "DLP that let it go": Route((*OUT, NOTIFY, send_external(3, MX, IP)), "delivered", Cause.ACCEPTED_REMOTE),
    "DLP that let it go, unknown there": Route(
        (*OUT, NOTIFY, there("550 5.1.1 User unknown")), "failed", Cause.RECIPIENT_NOT_FOUND_REMOTE, "5.1.1"
    ),
    "5.7.171 without any DLP": Route(
        (*OUT, fail(3, "550 5.7.171 refused")), "failed", Cause.BLOCKED_POLICY, "5.7.171"
    ),
    "DLP by an older kind of rule": Route(
        (
            *OUT,
            word(
                2,
                "Transport rule",
                f"Transport rule: 'Cards', ID: ('{ID}'), DLP policy: 'PCI', ID: ({ID}).",
                "RejectMessage",
            ),
            fail(3, "550 5.7.171 refused"),
        ),
        *("failed", Cause.BLOCKED_DLP, "5.7.171", "Cards"),
    ),
    # --- mail flow rules ---
    "rejected by a rule": Route(
        (*OUT, REJECT, fail(2, RULES, "Transport Rule Agent")),
        "failed",
        Cause.BLOCKED_RULE,
        "5.7.1",
        "Reject macros",
    ),
    "rejected by the second rule": Route(
        (*OUT, COPY, REJECT, fail(2, RULES, "Transport Rule Agent")),
        "failed",
        Cause.BLOCKED_RULE,
        "5.7.1",
        "Reject macros",
    ),
    "rejected by a rule without a name": Route(
        (*OUT, UNNAMED, fail(2, RULES)), "failed", Cause.BLOCKED_RULE, "5.7.1", ID
    ),
    "rejected by a rule with a code of its own": Route(
        (*OUT, REJECT, fail(2, "550 5.7.900 Not from here")),
        "failed",
        Cause.BLOCKED_RULE,
        "5.7.900",
        "Reject macros",
    ),
    "rejected by a rule nobody names": Route((*OUT, fail(2, RULES)), "failed", Cause.BLOCKED_RULE, "5.7.1"),
    "deleted by a rule": Route(
        (*IN, DELETE, drop(2, "550 5.7.1 TRANSPORT.RULES.DeleteMessage", "Transport Rule Agent")),
        *("failed", Cause.DELETED_BY_RULE, "5.7.1", "Delete adverts"),
    ),
    "held by a rule": Route(
        (*IN, HOLD, deliver(3, QUARANTINE)), "quarantined", Cause.QUARANTINED_BY_RULE, "", "Hold archives"
    ),
    "copied, then unknown": Route(
        (*OUT, COPY, fail(3, UNKNOWN)), "failed", Cause.RECIPIENT_NOT_FOUND, "5.1.10"
    ),
    # --- filters ---
    "quarantined as spam": Route(
        (receive(), spam(1, 8, "192.0.2.25", "Quarantine"), deliver(2, QUARANTINE)),
        "quarantined",
        Cause.QUARANTINED,
    ),
    "quarantined, then released": Route(
        (receive(), spam(1, 8, "192.0.2.25", "Quarantine"), deliver(2, QUARANTINE), deliver(9_000, "Inbox")),
        *("delivered", Cause.DELIVERED),
    ),
    "quarantined as malware": Route(
        (receive(), malware(1, "Quarantine", "EICAR"), deliver(2, QUARANTINE)), "quarantined", Cause.MALWARE
    ),
    "refused as malware": Route(
        (receive(), malware(1, "Reject", "EICAR"), fail(2, "550 5.7.1 refused")),
        "failed",
        Cause.MALWARE,
        "5.7.1",
    ),
    "on the tenant's block list": Route(
        (*OUT, fail(2, "550 5.7.703 Your message can't be delivered")),
        "failed",
        Cause.BLOCKED_TENANT_LIST,
        "5.7.703",
    ),
    "forwarded to the outside": Route(
        (*IN, fail(3, "550 5.7.520 Access denied, Your organization does not allow external forwarding")),
        *("failed", Cause.FORWARDING_BLOCKED, "5.7.520"),
    ),
    "spam, with braces": Route(
        (*SENT, there("550 5.7.1 {2b0c41d2-77a1} message blocked as spam")),
        *("failed", Cause.REJECTED_SPAM, "5.7.1"),
    ),
    "an attachment": Route(
        (*SENT, there("552 5.7.0 This attachment is not allowed")), "failed", Cause.CONTENT_REFUSED, "5.7.0"
    ),
    # --- the recipient ---
    "too much mail here": Route(
        (*IN, fail(3, "554 5.2.122 The recipient has exceeded their limit")),
        *("failed", Cause.RECIPIENT_LIMIT, "5.2.122"),
    ),
    "too much mail there": Route(
        (*SENT, there("550 5.2.1 The user you are trying to contact is receiving mail at a rate that")),
        *("failed", Cause.RECIPIENT_LIMIT, "5.2.1"),
    ),
    "unknown here": Route(
        (receive(), fail(1, UNKNOWN, "Resolver")), "failed", Cause.RECIPIENT_NOT_FOUND, "5.1.10"
    ),
    "unknown there": Route(
        (*SENT, there("550 5.1.1 <x@fabrikam.example>: Recipient address rejected: User unknown")),
        *("failed", Cause.RECIPIENT_NOT_FOUND_REMOTE, "5.1.1"),
    ),
    "unknown there, behind a general code": Route(
        (*SENT, there("550 5.0.350 Remote server returned an error -> 550 5.1.1 No such user")),
        *("failed", Cause.RECIPIENT_NOT_FOUND_REMOTE, "5.1.1"),
    ),
    "unknown there, in words alone": Route(
        (*SENT, there("550 No such user here")), "failed", Cause.RECIPIENT_NOT_FOUND_REMOTE, "550"
    ),
    "refused at the edge there": Route(
        (*SENT, there("550 5.4.1 Recipient address rejected: Access denied")),
        "failed",
        Cause.RECIPIENT_NOT_FOUND_REMOTE,
        "5.4.1",
    ),
    "full here": Route(
        (*IN, fail(3, "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException")),
        "failed",
        Cause.MAILBOX_FULL,
        "5.2.2",
    ),
    "full there": Route(
        (*SENT, there("552 5.2.2 user is over quota")), "failed", Cause.MAILBOX_FULL_REMOTE, "5.2.2"
    ),
    "not allowed to a group": Route(
        (receive(), submit(), fail(2, "550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized", "Resolver")),
        "failed",
        Cause.SENDER_NOT_ALLOWED,
        "5.7.1",
    ),
    "from outside to an inner group": Route(
        (*IN, fail(2, "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required")),
        *("failed", Cause.SENDER_NOT_ALLOWED, "5.7.133"),
    ),
    "declined by the moderator": Route(
        (receive(), submit(), fail(900, "550 5.7.1 APPROVAL.Rejected; the moderator declined")),
        "failed",
        Cause.NOT_APPROVED,
        "5.7.1",
    ),
    "too large": Route(
        (*OUT, fail(2, "550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large")),
        "failed",
        Cause.SIZE_OR_FORMAT,
        "5.2.3",
    ),
    "bad mail": Route(
        (receive(), word(1, "BadMail", "The message could not be parsed.")), "failed", Cause.SIZE_OR_FORMAT
    ),
    "poison": Route(
        (receive(), word(1, "Poison message", "It brought the service down.")), "failed", Cause.SIZE_OR_FORMAT
    ),
    # --- the sender ---
    "SPF": Route(
        (
            receive(),
            fail(1, "550 5.7.23 The message was rejected because of Sender Policy Framework violation"),
        ),
        "failed",
        Cause.SENDER_AUTHENTICATION,
        "5.7.23",
    ),
    "DMARC there": Route(
        (*SENT, there("550 5.7.509 Access denied, sending domain does not pass DMARC verification")),
        "failed",
        Cause.SENDER_AUTHENTICATION,
        "5.7.509",
    ),
    "too many in a day": Route(
        (receive(), fail(1, "550 5.1.90 Your message can't be sent")), "failed", Cause.SENDING_LIMIT, "5.1.90"
    ),
    "sends spam": Route(
        (receive(), fail(1, "550 5.1.8 Access denied, bad outbound sender")),
        "failed",
        Cause.SENDER_BLOCKED,
        "5.1.8",
    ),
    "on a list there": Route(
        (*SENT, there("554 5.7.1 Service unavailable; client host blocked using zen.spamhaus.org")),
        "failed",
        Cause.SENDER_BLOCKED,
        "5.7.1",
    ),
    "may not send as": Route(
        (
            receive(),
            fail(
                1,
                "554 5.7.60 SMTP; STOREDRV.Submission.Exception:SendAsDeniedException",
            ),
        ),
        "failed",
        Cause.SEND_AS_DENIED,
        "5.7.60",
    ),
    "a submission quota": Route(
        (receive(), fail(1, "550 5.2.2 Submission quota exceeded")), "failed", Cause.SENDING_LIMIT, "5.2.2"
    ),
    "too many in one message": Route(
        (receive(), fail(1, "550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients")),
        *("failed", Cause.TOO_MANY_RECIPIENTS, "5.5.3"),
    ),
    "Direct Send": Route(
        (
            receive(),
            fail(1, "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization"),
        ),
        *("failed", Cause.DIRECT_SEND_REFUSED, "5.7.68"),
    ),
    "a printer without its password": Route(
        (receive(), fail(1, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled")),
        *("failed", Cause.SIGN_IN_REFUSED, "5.7.139"),
    ),
    # --- the way ---
    "expired": Route(
        (*OUT, put_off(63, TIMED_OUT), fail(86_400, "550 4.4.7 QUEUE.Expired; message expired")),
        "failed",
        Cause.EXPIRED,
        "4.4.7",
    ),
    "no such domain": Route(
        (*OUT, fail(9, "550 5.4.310 DNS domain does not exist")), "failed", Cause.UNREACHABLE, "5.4.310"
    ),
    "certificate expired": Route(
        (*OUT, there("550 5.7.322 certificate-expired: destination mail server's certificate is expired")),
        "failed",
        Cause.TLS_PROBLEM,
        "5.7.322",
    ),
    "relay denied there": Route(
        (*OUT, there("550 5.7.367 Remote server returned not permitted to relay")),
        "failed",
        Cause.RELAY_DENIED,
        "5.7.367",
    ),
    "relay denied there, in words": Route(
        (*OUT, there("554 5.7.1 <x@y.example>: Relay access denied")), "failed", Cause.RELAY_DENIED, "5.7.1"
    ),
    "loop": Route(
        (*OUT, fail(3, "554 5.4.14 Hop count exceeded - possible mail loop ATTR34")),
        "failed",
        Cause.ROUTING_LOOP,
        "5.4.14",
    ),
    "refused there": Route(
        (*SENT, there("554 5.7.1 Message rejected for policy reasons")),
        "failed",
        Cause.REJECTED_REMOTE,
        "5.7.1",
    ),
    "refused there without a code": Route(
        (*SENT, there("554 Transaction failed")), "failed", Cause.REJECTED_REMOTE, "554"
    ),
    "an unlisted code": Route(
        (*SENT, there("550 5.6.7 SMTPUTF8 not supported")), "failed", Cause.SIZE_OR_FORMAT, "5.6.7"
    ),
    # --- told twice, or in contradiction ---
    "two Fails, the second says nothing": Route(
        (*OUT, fail(3, UNKNOWN), word(4, "Fail")), "failed", Cause.RECIPIENT_NOT_FOUND, "5.1.10"
    ),
    "delivered, then a Fail": Route((*IN, deliver(2), fail(60, "550 5.1.1 x")), "delivered", Cause.DELIVERED),
    "a Fail, then delivered": Route((*IN, fail(2, "550 5.1.1 x"), deliver(60)), "delivered", Cause.DELIVERED),
    "a Fail that is not told": Route((*OUT, put_off(63, TIMED_OUT)), "failed", Cause.UNREACHABLE, "4.4.317"),
    "dropped": Route((*IN, drop(3, "250 2.0.0 duplicate")), "failed", Cause.DROPPED, "2.0.0"),
    "nothing told": Route((), "failed", Cause.OTHER),
    "a state nobody knows": Route((), "futureState", Cause.OTHER),
}
