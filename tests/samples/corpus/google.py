"""Gmail and Google Workspace: replies at their door, and reports of theirs.

Google's codes are not Exchange's: 5.2.1 there is a disabled account or a rate, 5.7.1 a reputation, a policy or a rate.
"""

from tests.samples.corpus.shape import (
    Bounce,
    Provider,
    bare,
    delay,
    delay_ja,
    exchange,
    exchange_ja,
    exim,
    gmail,
    gmail_ja,
    modern,
    modern_ja,
    postfix,
    postfix_delayed,
    postfix_report,
    qmail,
)

google = Provider("gmail", "gmail-smtp-in.l.google.com", "bob.hoge@gmail.com")
workspace = Provider("gmail", "aspmx.l.google.com", "bob@fabrikam.example")
there = Provider("gmail", "mx.partner.com", "sato@partner.com")

UNKNOWN, FULL, THEIRS, OURS = "recipient_not_found_remote", "mailbox_full_remote", "theirs", "ours"
AUTH, BLOCKED, LIMIT, SPAM, DELAYED = (
    "sender_authentication",
    "sender_blocked",
    "recipient_limit",
    "spam",
    "delayed",
)
REFUSED, SIZE, TLS = "rejected_remote", "size_or_format", "tls_problem"

NO_ACCOUNT = (
    "550-5.1.1 The email account that you tried to reach does not exist. Please try\n550-5.1.1 double-checking the recipient's email address "
    "for typos or\n550 5.1.1 unnecessary spaces. d9443c01a7336-1f0 - gsmtp"
)
TOO_FAST = (
    "550-5.2.1 The user you are trying to contact is receiving mail at a rate that\n550-5.2.1 prevents additional messages from being "
    "delivered. For more\n550 5.2.1 information, see the help pages. d9443c01 - gsmtp"
)
UNAUTHENTICATED = (
    "550-5.7.26 Your email has been blocked because the sender is unauthenticated.\n550-5.7.26 Gmail requires all senders to authenticate "
    "with either SPF or DKIM.\n550 5.7.26 SPF [contoso.co.jp] with ip: [203.0.113.9] = did not pass. d9443c01 - gsmtp"
)
DMARC = (
    "550-5.7.26 Unauthenticated email from contoso.co.jp is not accepted due to\n550-5.7.26 domain's DMARC policy. Please contact the administrator "
    "of\n550 5.7.26 contoso.co.jp domain if this was a legitimate mail. d9443c01 - gsmtp"
)


def _incomplete(to: str, reply: str, host: str) -> str:
    return (
        f"** Delivery incomplete **\n\nThere was a temporary problem delivering your message to {to}. Gmail will retry for 46 more "
        f"hours. You'll be notified if the delivery fails permanently.\n\nThe response was:\n\n{reply}\n"
    )


def _incomplete_ja(to: str, reply: str, host: str) -> str:
    return (
        f"** メールの配信が完了していません **\n\n{to} へのメールの配信で一時的な問題が発生しました。Gmail は、あと 46 時間再試行します。"
        f"配信できない場合は、改めてお知らせします。\n\n応答:\n\n{reply}\n"
    )


def _not_found(to: str, reply: str, host: str) -> str:
    return (
        f"** Address not found **\n\nYour message wasn't delivered to {to} because the address couldn't be found, or is unable to "
        f"receive mail.\n\nThe response from the remote server was:\n\n{reply}\n"
    )


def _not_found_ja(to: str, reply: str, host: str) -> str:
    return (
        f"** アドレス不明 **\n\nアドレスが見つからないか、メールを受信できないため、{to} にメールは配信されませんでした。\n\n"
        f"リモート サーバーからの応答:\n\n{reply}\n"
    )


BOUNCES: tuple[Bounce, ...] = (
    # --- at Google's door ---
    google(exchange, NO_ACCOUNT, UNKNOWN, THEIRS, "5.1.1"),
    google(exchange_ja, NO_ACCOUNT, UNKNOWN, THEIRS, "5.1.1"),
    google(
        modern,
        "550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550-5.1.1 The email account that you tried to reach does not exist.",
        UNKNOWN,
        THEIRS,
        "5.1.351",
        also_codes=("5.1.1",),
    ),
    google(postfix_report, NO_ACCOUNT, UNKNOWN, THEIRS, "5.1.1"),
    google(exim, NO_ACCOUNT, UNKNOWN, THEIRS, "5.1.1"),
    google(modern_ja, TOO_FAST, LIMIT, THEIRS, "5.2.1"),
    google(exchange_ja, TOO_FAST, LIMIT, THEIRS, "5.2.1"),
    google(
        bare,
        "550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.",
        LIMIT,
        THEIRS,
        "5.2.1",
    ),
    google(
        postfix_delayed,
        "450-4.2.1 The user you are trying to contact is receiving mail too quickly.\n450 4.2.1 Please resend your message at a later time. d9443c01 - gsmtp",
        DELAYED,
        THEIRS,
        "4.2.1",
        "delayed",
        also=(LIMIT,),
    ),
    google(
        exchange,
        "550 5.2.1 The email account that you tried to reach is disabled. d9443c01 - gsmtp",
        "recipient_disabled",
        THEIRS,
        "5.2.1",
        also=(UNKNOWN,),
    ),
    google(
        exchange_ja,
        "552-5.2.2 The recipient's inbox is out of storage space and inactive.\n552 5.2.2 Please direct the recipient to the help pages. d9443c01 - gsmtp",
        FULL,
        THEIRS,
        "5.2.2",
    ),
    google(
        postfix_report,
        "552-5.2.2 The email account that you tried to reach is over quota.\n552 5.2.2 d9443c01 - gsmtp",
        FULL,
        THEIRS,
        "5.2.2",
    ),
    google(
        delay,
        "452-4.2.2 The recipient's inbox is out of storage space. Please direct the recipient to\n452 4.2.2 the help pages. d9443c01 - gsmtp",
        DELAYED,
        THEIRS,
        "4.2.2",
        "delayed",
        also=(FULL,),
    ),
    google(modern_ja, UNAUTHENTICATED, AUTH, OURS, "5.7.26"),
    google(postfix_report, UNAUTHENTICATED, AUTH, OURS, "5.7.26"),
    google(exchange_ja, DMARC, AUTH, OURS, "5.7.26"),
    google(qmail, DMARC, AUTH, OURS, "5.7.26"),
    google(
        exchange_ja,
        "550-5.7.27 Your email has been blocked because SPF for contoso.co.jp did not pass. Gmail requires all large\n550 5.7.27 senders to authenticate with SPF. d9443c01 - gsmtp",
        AUTH,
        OURS,
        "5.7.27",
    ),
    google(
        modern_ja,
        "550 5.7.30 Your email has been blocked because DKIM did not pass. Gmail requires senders to authenticate with DKIM. d9443c01 - gsmtp",
        AUTH,
        OURS,
        "5.7.30",
    ),
    google(
        delay_ja,
        "421-4.7.26 Your email has been rate limited because it is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.\n421 4.7.26 d9443c01 - gsmtp",
        AUTH,
        OURS,
        "4.7.26",
        "delayed",
        also=(DELAYED,),
    ),
    google(
        delay_ja,
        "421-4.7.28 Gmail has detected an unusual rate of mail originating from your SPF domain [contoso.co.jp]. To protect our users\n421 4.7.28 from spam, mail has been temporarily rate limited. d9443c01 - gsmtp",
        DELAYED,
        OURS,
        "4.7.28",
        "delayed",
        also=("sending_limit", BLOCKED),
    ),
    google(
        exchange,
        "550-5.7.1 [203.0.113.9 19] Our system has detected that this message is likely suspicious due to the very low reputation of the sending IP address.\n550 5.7.1 d9443c01 - gsmtp",
        BLOCKED,
        OURS,
        "5.7.1",
        also=(SPAM,),
    ),
    google(
        exchange_ja,
        "550-5.7.1 [203.0.113.9 12] Our system has detected that this message is likely unsolicited mail. To reduce the amount of spam sent to Gmail,\n550 5.7.1 this message has been blocked. d9443c01 - gsmtp",
        SPAM,
        "",
        "5.7.1",
        also=(BLOCKED, REFUSED),
    ),
    google(
        postfix,
        "550-5.7.25 [203.0.113.9] The IP address sending this message does not have a PTR record setup, or the corresponding forward DNS entry does not\n550 5.7.25 match the sending IP. d9443c01 - gsmtp",
        AUTH,
        OURS,
        "5.7.25",
        also=(BLOCKED,),
    ),
    google(
        exchange_ja,
        "552-5.7.0 This message was blocked because its content presents a potential security issue. Please visit the help pages\n552 5.7.0 to review our message content and attachment guidelines. d9443c01 - gsmtp",
        SIZE,
        "",
        "5.7.0",
        also=("content_refused", REFUSED, "malware"),
    ),
    google(
        exchange_ja,
        "552-5.3.4 Your message exceeded Google's message size limits. Please visit the help pages to view our size guidelines.\n552 5.3.4 d9443c01 - gsmtp",
        SIZE,
        OURS,
        "5.3.4",
    ),
    google(
        postfix_report,
        "550-5.7.1 [203.0.113.9] Messages missing a valid Message-ID header are not accepted.\n550 5.7.1 d9443c01 - gsmtp",
        SIZE,
        OURS,
        "5.7.1",
        note="RFC 5322 is not kept: form",
    ),
    google(
        exim,
        "550-5.7.29 Your email has been blocked because it was not sent over TLS. Gmail requires bulk senders to use TLS/SSL for SMTP.\n550 5.7.29 d9443c01 - gsmtp",
        TLS,
        OURS,
        "5.7.29",
    ),
    google(
        delay,
        "421 4.7.0 [203.0.113.9 15] Try again later, closing connection. d9443c01 - gsmtp",
        DELAYED,
        "",
        "4.7.0",
        "delayed",
        also=(BLOCKED,),
    ),
    workspace(
        exchange,
        "550-5.7.1 The user or domain that you are sending to (or from) has a policy that prohibited the mail that you sent.\n550 5.7.1 Please contact your domain administrator for further details. d9443c01 - gsmtp",
        REFUSED,
        THEIRS,
        "5.7.1",
    ),
    workspace(
        exchange_ja,
        "550 5.7.1 Daily SMTP relay sending limit exceeded for this user. d9443c01 - gsmtp",
        "sending_limit",
        "",
        "5.7.1",
        also=(LIMIT,),
    ),
    workspace(
        exchange_ja,
        "550 5.4.5 Daily user sending limit exceeded. d9443c01 - gsmtp",
        "sending_limit",
        "",
        "5.4.5",
    ),
    workspace(
        exchange,
        "554 5.4.6 Message exceeded 50 hops, this may indicate a mail loop. d9443c01 - gsmtp",
        "routing_loop",
        "",
        "5.4.6",
    ),
    workspace(
        exchange_ja,
        "550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 d9443c01 - gsmtp",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    workspace(
        exchange_ja,
        "550 5.7.1 Relaying denied: this domain is not hosted here. d9443c01 - gsmtp",
        "relay_denied",
        THEIRS,
        "5.7.1",
    ),
    # --- reports that Google writes ---
    there(
        _not_found,
        "550 5.1.1 <{to}>: Recipient address rejected: User unknown in local recipient table",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    there(
        _not_found_ja,
        "550 5.1.1 <{to}>: Recipient address rejected: User unknown in local recipient table",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    there(
        _not_found,
        "550 5.4.1 Recipient address rejected: Access denied. [TY2JPN01FT006.eop-JPN01.prod.protection.outlook.com]",
        UNKNOWN,
        THEIRS,
        "5.4.1",
        note="Exchange Online's word for an address that its directory lacks",
    ),
    there(gmail, "554 5.7.1 <{to}>: Recipient address rejected: Access denied", REFUSED, THEIRS, "5.7.1"),
    there(
        gmail,
        "DNS Error: DNS type 'mx' lookup of partner.com responded with code NXDOMAIN. Domain name not found: partner.com",
        "domain_not_found",
        THEIRS,
        "",
        also=("unreachable", UNKNOWN),
    ),
    there(
        gmail_ja,
        "DNS Error: 4034034 DNS type 'mx' lookup of partner.com responded with code NXDOMAIN. Domain name not found: partner.com",
        "domain_not_found",
        THEIRS,
        "",
        also=("unreachable", UNKNOWN),
    ),
    there(
        gmail,
        "The recipient server did not accept our requests to connect. [mx.partner.com. 203.0.113.40: timed out]",
        "unreachable",
        THEIRS,
        "",
        also=("expired",),
    ),
    there(
        _incomplete,
        "The recipient server did not accept our requests to connect. [mx.partner.com. 203.0.113.40: timed out]",
        DELAYED,
        THEIRS,
        "",
        "delayed",
        also=("unreachable",),
    ),
    there(
        _incomplete,
        "451 4.7.1 <{to}>: Recipient address rejected: Greylisting in effect, please come back later",
        DELAYED,
        "nobody",
        "4.7.1",
        "delayed",
    ),
    there(
        _incomplete_ja, "452 4.2.2 <{to}>: Mailbox full", DELAYED, THEIRS, "4.2.2", "delayed", also=(FULL,)
    ),
    there(
        _incomplete_ja,
        "リモート サーバーに接続できませんでした。[mx.partner.com. 203.0.113.40: timed out]",
        DELAYED,
        THEIRS,
        "",
        "delayed",
        also=("unreachable",),
    ),
    there(gmail_ja, "552 5.2.2 <{to}>: ユーザーのメールボックスの容量を超えています", FULL, THEIRS, "5.2.2"),
    there(
        gmail,
        "TLS Negotiation failed: Cert validation failed: expired certificate at mx.partner.com",
        TLS,
        THEIRS,
        "",
    ),
)
