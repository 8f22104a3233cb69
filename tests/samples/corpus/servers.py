"""What mail servers write of themselves: Postfix, Exim, qmail, Sendmail, Domino, Courier; on our side and on theirs."""

from tests.samples.corpus.shape import (
    RELAY,
    Bounce,
    Provider,
    exchange,
    exchange_ja,
    postfix,
    postfix_data,
    postfix_delayed,
    postfix_report,
)

UNKNOWN, FULL, THEIRS, OURS = "recipient_not_found_remote", "mailbox_full_remote", "theirs", "ours"
AUTH, BLOCKED, SPAM, DELAYED, EXPIRED = (
    "sender_authentication",
    "sender_blocked",
    "spam",
    "delayed",
    "expired",
)
REFUSED, SIZE, FAULT, UNREACHABLE = "rejected_remote", "size_or_format", "remote_fault", "unreachable"
NO_DOMAIN, RELAYING, LOOP, TLS = "domain_not_found", "relay_denied", "routing_loop", "tls_problem"
NOWHERE = ("unreachable", "recipient_not_found_remote")

postfixes = Provider("postfix", "mx.partner.com", "sato@partner.com")


def _postfix_own(to: str, reply: str, host: str) -> str:
    """Postfix could not even ask: its own words stand behind the address."""
    return (
        f"This is the mail system at host {RELAY}.\n\nI'm sorry to have to inform you that your message could not\n"
        f"be delivered to one or more recipients.\n\n<{to}>: {reply}\n"
    )


def _postfix_own_delayed(to: str, reply: str, host: str) -> str:
    return (
        f"This is the mail system at host {RELAY}.\n\n# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n\n"
        f"Your message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.\n\n<{to}>: {reply}\n"
    )


BOUNCES: tuple[Bounce, ...] = (
    # --- Postfix ---
    postfixes(
        postfix,
        "550 5.1.1 <{to}>: Recipient address rejected: User unknown in local recipient table",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    postfixes(
        postfix_report,
        "550 5.1.1 <{to}>: Recipient address rejected: User unknown in virtual mailbox table",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    postfixes(
        exchange_ja,
        "550 5.1.1 <{to}>: Recipient address rejected: User unknown in virtual alias table",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    postfixes(postfix, "554 5.7.1 <{to}>: Relay access denied", RELAYING, THEIRS, "5.7.1"),
    postfixes(
        exchange,
        "550 5.7.367 Remote server returned not permitted to relay -> 554 5.7.1 <{to}>: Relay access denied",
        RELAYING,
        THEIRS,
        "5.7.367",
        also_codes=("5.7.1",),
    ),
    postfixes(
        exchange_ja,
        "554 5.7.1 <tanaka@contoso.co.jp>: Sender address rejected: Access denied",
        REFUSED,
        THEIRS,
        "5.7.1",
        also=(BLOCKED, "sender_address_refused", "recipient_refused"),
    ),
    postfixes(
        exchange,
        "450 4.1.8 <tanaka@contoso.co.jp>: Sender address rejected: Domain not found",
        "sender_address_refused",
        OURS,
        "4.1.8",
        also=(EXPIRED, AUTH),
        note="a 4xx that was given up",
    ),
    postfixes(
        postfix,
        "504 5.5.2 <relay>: Helo command rejected: need fully-qualified hostname",
        "sender_address_refused",
        OURS,
        "5.5.2",
        also=(REFUSED, AUTH, BLOCKED),
        note="our relay greets wrongly",
    ),
    postfixes(postfix_data, "552 5.3.4 Message size exceeds fixed limit", SIZE, OURS, "5.3.4"),
    postfixes(postfix_data, "554 5.7.1 Spam message rejected", SPAM, THEIRS, "5.7.1"),
    postfixes(
        postfix,
        "554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using bl.spamcop.example; Blocked - see https://www.spamcop.example/bl.shtml?203.0.113.9",
        BLOCKED,
        OURS,
        "5.7.1",
    ),
    postfixes(
        postfix,
        "550 5.7.23 <{to}>: Recipient address rejected: Message rejected due to: SPF fail - not authorized. Please see http://www.openspf.example/Why",
        AUTH,
        OURS,
        "5.7.23",
    ),
    postfixes(
        postfix_report,
        "452 4.3.1 Insufficient system storage",
        FAULT,
        THEIRS,
        "4.3.1",
        also=(EXPIRED, REFUSED),
        note="Action: failed with a 4xx: given up",
    ),
    postfixes(
        postfix_report,
        "451 4.3.5 Server configuration error",
        FAULT,
        THEIRS,
        "4.3.5",
        also=(EXPIRED, REFUSED),
        note="Action: failed with a 4xx: given up",
    ),
    postfixes(
        postfix_report,
        "554 5.7.1 Message rejected: attachment type not allowed (.zip)",
        SIZE,
        "",
        "5.7.1",
        also=("content_refused", REFUSED),
    ),
    postfixes(
        postfix_delayed,
        "450 4.7.1 <{to}>: Recipient address rejected: Greylisted, see the help page",
        DELAYED,
        "nobody",
        "4.7.1",
        "delayed",
    ),
    postfixes(
        postfix_delayed,
        "452 4.2.2 <{to}>: Mailbox over quota",
        DELAYED,
        THEIRS,
        "4.2.2",
        "delayed",
        also=(FULL,),
    ),
    postfixes(
        _postfix_own,
        "Host or domain name not found. Name service error for name=partner.com type=A: Host not found",
        NO_DOMAIN,
        THEIRS,
        "",
        also=NOWHERE,
    ),
    postfixes(
        _postfix_own,
        "connect to mx.partner.com[203.0.113.40]:25: Connection timed out",
        UNREACHABLE,
        THEIRS,
        "",
        also=(EXPIRED,),
    ),
    postfixes(
        _postfix_own,
        "connect to mx.partner.com[203.0.113.40]:25: Connection refused",
        UNREACHABLE,
        THEIRS,
        "",
        also=(EXPIRED,),
    ),
    postfixes(_postfix_own, "mail for partner.com loops back to myself", LOOP, "", ""),
    postfixes(
        _postfix_own,
        "TLS is required, but was not offered by host mx.partner.com[203.0.113.40]",
        TLS,
        THEIRS,
        "",
    ),
    postfixes(_postfix_own, "Server certificate not trusted", TLS, THEIRS, ""),
    postfixes(
        _postfix_own,
        "unable to look up host mx.partner.com: Name or service not known",
        NO_DOMAIN,
        THEIRS,
        "",
        also=NOWHERE,
    ),
    postfixes(
        _postfix_own,
        "Domain partner.com does not accept mail (nullMX)",
        NO_DOMAIN,
        THEIRS,
        "",
        also=(*NOWHERE, REFUSED),
    ),
    postfixes(
        _postfix_own_delayed,
        "connect to mx.partner.com[203.0.113.40]:25: Connection timed out",
        DELAYED,
        THEIRS,
        "",
        "delayed",
        also=(UNREACHABLE,),
    ),
    postfixes(
        _postfix_own_delayed,
        "lost connection with mx.partner.com[203.0.113.40] while receiving the initial server greeting",
        DELAYED,
        THEIRS,
        "",
        "delayed",
        also=(UNREACHABLE,),
    ),
)
