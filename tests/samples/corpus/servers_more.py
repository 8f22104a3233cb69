"""What Exim, qmail, Sendmail, Domino and Courier write of themselves."""

from tests.samples.corpus.shape import (
    RELAY,
    WHEN,
    Bounce,
    Provider,
    bare,
    exchange,
    exchange_ja,
    exim,
    exim_data,
    headers,
    modern_ja,
    qmail,
    sendmail,
    sendmail_data,
)

UNKNOWN, FULL, THEIRS, OURS = "recipient_not_found_remote", "mailbox_full_remote", "theirs", "ours"
AUTH, BLOCKED, SPAM, DELAYED, EXPIRED = (
    "sender_authentication",
    "sender_blocked",
    "spam",
    "delayed",
    "expired",
)
REFUSED, SIZE, UNREACHABLE = "rejected_remote", "size_or_format", "unreachable"
NO_DOMAIN, RELAYING, LOOP = "domain_not_found", "relay_denied", "routing_loop"
NOWHERE = ("unreachable", "recipient_not_found_remote")

exims = Provider("exim", "mx.fabrikam.example", "bob@fabrikam.example")
qmails = Provider("qmail", "mx.wingtiptoys.example", "bob@wingtiptoys.example")
sendmails = Provider("sendmail", "mx.partner.com", "sato@partner.com")
dominos = Provider("domino", "notes.partner.com", "sato@partner.com")
couriers = Provider("courier", "mx.partner.com", "sato@partner.com")


def _exim_own(to: str, reply: str, host: str) -> str:
    return (
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\n"
        f"recipients. This is a permanent error. The following address(es) failed:\n\n  {to}\n    {reply}\n"
    )


def _exim_warning(to: str, reply: str, host: str) -> str:
    return (
        f"This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\n"
        f"recipients after more than 24 hours on the queue on {RELAY}.\n\nThe message identifier is:     1vAbCd-0001Xy-2Z\n"
        f"The subject of the message is: Quote\n\nThe address to which the message has not yet been delivered is:\n\n  {to}\n    {reply}\n\n"
        "No action is required on your part. Delivery attempts will continue for\nsome time, and this warning may be repeated at intervals.\n"
    )


def _qmail_own(to: str, reply: str, host: str) -> str:
    return (
        f"Hi. This is the qmail-send program at {RELAY}.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
        f"This is a permanent error; I've given up. Sorry it didn't work out.\n\n<{to}>:\n{reply}\n"
    )


def _sendmail_own(to: str, reply: str, host: str) -> str:
    return (
        f"The original message was received at {WHEN}\nfrom {RELAY} [192.0.2.25]\n\n"
        f"   ----- The following addresses had permanent fatal errors -----\n<{to}>\n\n"
        f"   ----- Transcript of session follows -----\n{reply}\n"
    )


def _sendmail_warning(to: str, reply: str, host: str) -> str:
    return (
        "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n"
        "    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n"
        f"The original message was received at {WHEN}\nfrom {RELAY} [192.0.2.25]\n\n"
        f"   ----- The following addresses had transient non-fatal errors -----\n<{to}>\n\n   ----- Transcript of session follows -----\n{reply}\n"
        "Warning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n"
    )


def _domino(to: str, reply: str, host: str) -> str:
    return f"Your message\n\n  Subject: Quote\n\nwas not delivered to:\n\n  {to}\n\nbecause:\n\n  {reply}\n"


def _domino_ja(to: str, reply: str, host: str) -> str:
    return f"あなたのメッセージ\n\n  件名: お見積りの件\n\nは、次の宛先に配信できませんでした:\n\n  {to}\n\n理由:\n\n  {reply}\n"


def _courier(to: str, reply: str, host: str) -> str:
    return (
        f"This is a delivery status notification from {RELAY},\nrunning the Courier mail server, version 1.3.\n\n"
        f"                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<{to}>:\n"
        f"    {host} [203.0.113.40]:\n>>> RCPT TO:<{to}>\n<<< {reply}\n\nThe original message follows as a separate attachment.\n\n{headers(to)}"
    )


BOUNCES: tuple[Bounce, ...] = (
    # --- Exim ---
    exims(exim_data, "550 High probability of spam", SPAM, THEIRS, "550"),
    exims(exim, "550 No Such User Here", UNKNOWN, THEIRS, "550"),
    exims(exim, "550 Unrouteable address", UNKNOWN, THEIRS, "550", also=(NO_DOMAIN,)),
    exims(
        exim,
        "550-Verification failed for <tanaka@contoso.co.jp>\n    550-No Such User Here\n    550 Sender verify failed",
        "sender_address_refused",
        OURS,
        "550",
        also=(AUTH,),
        note="“No such user” is said of the sender",
    ),
    exims(
        exim, "550-203.0.113.9 is in a black list at bl.example.net\n    550 Rejected", BLOCKED, OURS, "550"
    ),
    exims(exim, "552 Mailbox is full / over quota <{to}>", FULL, THEIRS, "552"),
    exims(exim_data, "552 Message size exceeds maximum permitted", SIZE, OURS, "552"),
    exims(exim_data, "550 This message contains a virus (Test.Sample).", "malware", OURS, "550"),
    exims(exim, "550 relay not permitted", RELAYING, THEIRS, "550"),
    exims(
        exchange,
        "550 5.0.350 Remote server returned an error -> 550 No Such User Here",
        UNKNOWN,
        THEIRS,
        "5.0.350",
        also_codes=("550",),
    ),
    exims(
        exchange_ja,
        "550 5.0.350 Remote server returned an error -> 550 SPF: 203.0.113.9 is not allowed to send mail from contoso.co.jp",
        AUTH,
        OURS,
        "5.0.350",
        also_codes=("550",),
    ),
    exims(_exim_own, "Unrouteable address", NO_DOMAIN, THEIRS, "", also=NOWHERE),
    exims(_exim_own, "mailbox is full: retry timeout exceeded", FULL, THEIRS, "", also=(EXPIRED,)),
    exims(_exim_own, "retry timeout exceeded", EXPIRED, THEIRS, "", also=(UNREACHABLE,)),
    exims(
        _exim_own, "all relevant MX records point to non-existent hosts", NO_DOMAIN, THEIRS, "", also=NOWHERE
    ),
    exims(
        _exim_warning,
        "Delay reason: Connection timed out",
        DELAYED,
        THEIRS,
        "",
        "delayed",
        also=(UNREACHABLE,),
    ),
    exims(
        _exim_warning,
        "host mx.fabrikam.example [203.0.113.40]\n    Delay reason: SMTP error from remote mail server after RCPT TO:<bob@fabrikam.example>:\n    451 Greylisted, please try again in 300 seconds",
        DELAYED,
        "nobody",
        "451",
        "delayed",
    ),
    # --- qmail ---
    qmails(qmail, "550 sorry, no mailbox here by that name. (#5.1.1)", UNKNOWN, THEIRS, "5.1.1"),
    qmails(
        qmail,
        "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
        RELAYING,
        THEIRS,
        "5.7.1",
    ),
    qmails(
        exchange_ja,
        "553 5.3.0 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
        RELAYING,
        THEIRS,
        "5.3.0",
        also_codes=("5.7.1",),
    ),
    qmails(qmail, "552 sorry, that message size exceeds my databytes limit (#5.3.4)", SIZE, OURS, "5.3.4"),
    qmails(
        qmail, "554 mail server permanently rejected message (#5.3.0)", REFUSED, THEIRS, "5.3.0", also=(SPAM,)
    ),
    qmails(
        _qmail_own,
        "Sorry, I couldn't find any host named wingtiptoys.example. (#5.1.2)",
        NO_DOMAIN,
        THEIRS,
        "5.1.2",
        also=NOWHERE,
    ),
    qmails(
        _qmail_own,
        "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)\nI'm not going to try again; this message has been in the queue too long.",
        UNREACHABLE,
        THEIRS,
        "4.4.1",
        also=(EXPIRED,),
        note="a 4xx that was given up",
    ),
    qmails(
        _qmail_own,
        "Sorry, no mailbox here by that name. vpopmail (#5.1.1)",
        UNKNOWN,
        "",
        "5.1.1",
        also=("recipient_not_found",),
    ),
    qmails(
        _qmail_own,
        "Sorry. Although I'm listed as a best-preference MX or A for that host,\nit isn't in my control/locals file, so I don't treat it as local. (#5.4.6)",
        LOOP,
        "",
        "5.4.6",
    ),
    qmails(
        _qmail_own,
        "This message is looping: it already has my Delivered-To line. (#5.4.6)",
        LOOP,
        "",
        "5.4.6",
    ),
    qmails(
        _qmail_own,
        "Connected to 203.0.113.40 but connection died. (#4.4.2)\nI'm not going to try again; this message has been in the queue too long.",
        UNREACHABLE,
        THEIRS,
        "4.4.2",
        also=(EXPIRED,),
        note="a 4xx that was given up",
    ),
    qmails(
        _qmail_own, "User's mailbox is over quota. (#5.2.2)", FULL, THEIRS, "5.2.2", also=("mailbox_full",)
    ),
    # --- Sendmail ---
    sendmails(sendmail, "550 5.1.1 <{to}>... User unknown", UNKNOWN, THEIRS, "5.1.1"),
    sendmails(
        sendmail,
        "550 5.7.1 <{to}>... Relaying denied. Proper authentication required.",
        RELAYING,
        THEIRS,
        "5.7.1",
        also_codes=("5.1.1",),
    ),
    sendmails(
        sendmail_data,
        "554 5.7.1 Rejected for policy reasons",
        REFUSED,
        THEIRS,
        "5.7.1",
        also_codes=("5.0.0",),
    ),
    sendmails(
        sendmail_data,
        "552 5.2.3 Message size exceeds fixed maximum message size (10485760)",
        SIZE,
        OURS,
        "5.2.3",
        also_codes=("5.0.0",),
    ),
    sendmails(
        sendmail,
        "550 5.2.1 <{to}>... Mailbox disabled for this recipient",
        "recipient_disabled",
        THEIRS,
        "5.2.1",
        also=(UNKNOWN,),
        also_codes=("5.1.1",),
    ),
    sendmails(
        _sendmail_own,
        "550 5.1.2 <sato@partner.com>... Host unknown (Name server: partner.com: host not found)",
        NO_DOMAIN,
        THEIRS,
        "5.1.2",
        also=NOWHERE,
    ),
    sendmails(
        _sendmail_own,
        "553 5.3.5 partner.com. config error: mail loops back to me (MX problem?)",
        LOOP,
        "",
        "5.3.5",
    ),
    sendmails(
        _sendmail_own,
        "554 5.4.6 Too many hops 26 (25 max): from <tanaka@contoso.co.jp> via mx.partner.com",
        LOOP,
        "",
        "5.4.6",
    ),
    sendmails(
        _sendmail_own,
        "451 4.4.1 reply: read error from mx.partner.com.\n<sato@partner.com>... Deferred: Connection timed out with mx.partner.com.\nMessage could not be delivered for 5 days\nMessage will be deleted from queue",
        EXPIRED,
        THEIRS,
        "4.4.1",
        also=(UNREACHABLE,),
    ),
    sendmails(
        _sendmail_warning,
        "<sato@partner.com>... Deferred: Connection refused by mx.partner.com.",
        DELAYED,
        THEIRS,
        "",
        "delayed",
        also=(UNREACHABLE,),
    ),
    sendmails(
        _sendmail_warning,
        "<sato@partner.com>... Deferred: 452 4.2.2 Mailbox full",
        DELAYED,
        THEIRS,
        "4.2.2",
        "delayed",
        also=(FULL,),
    ),
    # --- Domino ---
    dominos(_domino, "User sato ({to}) not listed in Domino Directory", UNKNOWN, THEIRS, ""),
    dominos(_domino_ja, "ユーザー sato ({to}) が Domino ディレクトリにありません", UNKNOWN, THEIRS, ""),
    dominos(_domino, "Maximum hop count exceeded. Message probably in a routing loop.", LOOP, "", ""),
    dominos(
        _domino,
        "Error transferring to NOTES.PARTNER.COM; SMTP Protocol Returned a Permanent Error 550 5.1.1 <{to}>... User unknown",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    dominos(
        _domino, "Error delivering to mail\\sato.nsf; database has exceeded its size quota", FULL, THEIRS, ""
    ),
    dominos(
        _domino_ja,
        "mail\\sato.nsf への配信エラー: データベースがサイズの割り当て制限を超えました",
        FULL,
        THEIRS,
        "",
    ),
    dominos(exchange_ja, "550 5.1.1 {to}... No such user", UNKNOWN, THEIRS, "5.1.1"),
    dominos(
        exchange_ja,
        "554 Mail from tanaka@contoso.co.jp rejected for policy reasons.",
        REFUSED,
        THEIRS,
        "554",
        also=("sender_blocked", "content_refused"),
        note="Domino says it of senders and hosts that are not wanted",
    ),
    dominos(
        modern_ja,
        "550 5.7.1 Relay rejected for policy reasons: {to}",
        RELAYING,
        THEIRS,
        "5.7.1",
        also=(REFUSED,),
    ),
    # --- Courier and bare replies ---
    couriers(_courier, "550 5.1.1 <{to}>... User Unknown", UNKNOWN, THEIRS, "5.1.1"),
    couriers(
        _courier,
        "535 5.7.8 Error: authentication failed",
        AUTH,
        OURS,
        "5.7.8",
        also=("sign_in_refused", RELAYING, REFUSED),
        note="our relay's login to a smart host",
    ),
    couriers(bare, "550 5.4.4 Host not found", NO_DOMAIN, THEIRS, "5.4.4", also=NOWHERE),
    couriers(bare, "550 5.7.1 Blocked by SpamAssassin", SPAM, THEIRS, "5.7.1"),
    couriers(bare, "450 4.2.0 Recipient address rejected: Greylisted", DELAYED, "nobody", "4.2.0", "delayed"),
)
