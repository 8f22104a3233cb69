"""Delay notices of Exchange Online, and what looks like one: the message is still being tried, or is not any more."""

from tests.samples.corpus.shape import (
    HUB,
    SENDER,
    SUBJECT,
    Bounce,
    Provider,
    delay,
    delay_ja,
    headers,
    outlook_ja,
    quoted,
    report,
    source,
    spaced,
)

DELAYED, EXPIRED, UNREACHABLE, TLS = "delayed", "expired", "unreachable", "tls_problem"
THEIRS, OURS = "theirs", "ours"

outside = Provider("notice", "mx.partner.com", "sato@partner.com")
inside = Provider("notice", "OSAPR01MB1234.jpnprd01.prod.outlook.com", "suzuki@contoso.co.jp")
TO = "sato@partner.com"
CONNECT = "450 4.4.317 Cannot connect to remote server [Message=SocketError: TimedOut] [LastAttemptedServerName=mx.partner.com] [LastAttemptedIP=203.0.113.40:25]"
CERTIFICATE = "450 4.7.320 Certificate validation failed [Message=UntrustedRoot] [LastAttemptedServerName=mx.partner.com] [LastAttemptedIP=203.0.113.40:25]"


def _old(to: str, reply: str, host: str) -> str:
    """The notice of older servers, with its code between angle brackets."""
    return (
        f"Delivery is delayed to these recipients or distribution lists:\n\n{to}\n\nSubject: Quote\n\nThis message has not yet been delivered. "
        "Microsoft Exchange will continue to try delivering the message on your behalf.\n\nDelivery of this message will be attempted until "
        f"10/16/2026 10:53:07 AM (GMT+09:00). Microsoft Exchange will notify you if the message can't be delivered by that time.\n\n"
        f"Diagnostic information for administrators:\n\nGenerating server: {HUB}\n\n{to}\n#< #4.4.7 smtp;{reply}> #SMTP#\n\n{headers(to)}"
    )


def _old_ja(to: str, reply: str, host: str) -> str:
    return (
        f"次の受信者または配布リストへの配信が遅延しています:\n\n{to}\n\n件名: {SUBJECT}\n\nこのメッセージはまだ配信されていません。Microsoft Exchange では、"
        "引き続きこのメッセージの配信を試行します。\n\nこのメッセージの配信は 2026/10/16 10:53:07 (GMT+09:00) まで試行されます。"
        f"\n\n管理者用の診断情報:\n\n生成サーバー: {HUB}\n\n{to}\n#< #4.4.7 smtp;{reply}> #SMTP#\n\n{headers(to)}"
    )


def _delayed_report(to: str, reply: str, host: str) -> str:
    words = f"次の宛先への配信が遅れています。引き続き試行します。\n{to}\n"
    return report(words, to, reply, "4.4.7", "delayed", host, "iso-2022-jp", "7bit")


def _failed_report(to: str, reply: str, host: str) -> str:
    words = f"次の宛先への配信を断念しました。\n{to}\n"
    return report(words, to, reply, reply.split()[1], "failed", host, "iso-2022-jp", "7bit")


BOUNCES: tuple[Bounce, ...] = (
    outside(_old, "400 4.4.7 Message delayed", DELAYED, "", "4.4.7", "delayed"),
    outside(_old_ja, "400 4.4.7 Message delayed", DELAYED, "", "4.4.7", "delayed"),
    outside(delay, "400 4.4.7 Message delayed", DELAYED, "", "4.4.7", "delayed"),
    outside(delay_ja, "400 4.4.7 Message delayed", DELAYED, "", "4.4.7", "delayed"),
    outside(delay, CONNECT, DELAYED, THEIRS, "4.4.317", "delayed", also=(UNREACHABLE,)),
    outside(delay_ja, CONNECT, DELAYED, THEIRS, "4.4.317", "delayed", also=(UNREACHABLE,)),
    outside(
        delay,
        "450 4.4.316 Connection refused [Message=Socket error code 10061] [LastAttemptedServerName=mx.partner.com] [LastAttemptedIP=203.0.113.40:25]",
        DELAYED,
        THEIRS,
        "4.4.316",
        "delayed",
        also=(UNREACHABLE,),
    ),
    outside(
        delay_ja,
        "450 4.4.312 DNS query failed [Message=DnsServerFailure] [LastAttemptedServerName=partner.com]",
        DELAYED,
        THEIRS,
        "4.4.312",
        "delayed",
        also=(UNREACHABLE, "domain_not_found"),
    ),
    outside(
        delay,
        "451 4.4.2 Connection dropped due to SocketError",
        DELAYED,
        THEIRS,
        "4.4.2",
        "delayed",
        also=(UNREACHABLE,),
    ),
    outside(delay_ja, CERTIFICATE, TLS, THEIRS, "4.7.320", "delayed"),
    outside(delay, CERTIFICATE, TLS, THEIRS, "4.7.320", "delayed"),
    outside(
        delay_ja,
        "450 4.7.322 certificate-expired: Destination mail server's certificate is expired.",
        TLS,
        THEIRS,
        "4.7.322",
        "delayed",
    ),
    outside(
        delay_ja,
        "450 4.7.325 certificate-host-mismatch: Remote certificate MUST have a common name or subject alternative name matching the hostname (DANE)",
        TLS,
        THEIRS,
        "4.7.325",
        "delayed",
    ),
    outside(
        delay_ja,
        "450 4.4.8 MX hosts of 'partner.com' failed MTA-STS validation",
        TLS,
        THEIRS,
        "4.4.8",
        "delayed",
    ),
    outside(
        delay,
        "450 4.7.321 starttls-not-supported: Destination mail server must support TLS to receive mail.",
        TLS,
        THEIRS,
        "4.7.321",
        "delayed",
    ),
    outside(
        delay_ja,
        "451 4.7.1 Greylisting in action, please come back later",
        DELAYED,
        "nobody",
        "4.7.1",
        "delayed",
    ),
    outside(
        delay_ja,
        "452 4.2.2 <{to}>: Mailbox full",
        DELAYED,
        THEIRS,
        "4.2.2",
        "delayed",
        also=("mailbox_full_remote",),
    ),
    outside(
        delay_ja,
        "452 4.3.1 Insufficient system storage",
        DELAYED,
        THEIRS,
        "4.3.1",
        "delayed",
        also=("remote_fault",),
    ),
    inside(
        delay_ja,
        "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded",
        DELAYED,
        "nobody",
        "4.3.2",
        "delayed",
        also=("recipient_limit",),
    ),
    inside(
        delay_ja,
        "432 4.2.2 STOREDRV; mailbox is temporarily over quota",
        DELAYED,
        OURS,
        "4.2.2",
        "delayed",
        also=("mailbox_full",),
    ),
    outside(_delayed_report, "400 4.4.7 Message delayed", DELAYED, "", "4.4.7", "delayed"),
    outside(
        _failed_report,
        "451 4.4.1 Connection timed out",
        UNREACHABLE,
        THEIRS,
        "4.4.1",
        also=(EXPIRED,),
        note="Action: failed with a 4xx: given up",
    ),
    outside(
        _failed_report,
        "451 4.7.1 Try again later",
        EXPIRED,
        "",
        "4.7.1",
        also=("rejected_remote", "sender_blocked"),
        note="Action: failed with a 4xx: given up",
    ),
    outside(
        _failed_report,
        "452 4.2.2 Mailbox full",
        "mailbox_full_remote",
        THEIRS,
        "4.2.2",
        also=(EXPIRED,),
        note="Action: failed with a 4xx: given up",
    ),
    Bounce(
        "notice",
        outlook_ja(quoted(delay_ja(TO, CONNECT, "mx.partner.com"))),
        DELAYED,
        THEIRS,
        "4.4.317",
        "delayed",
        (UNREACHABLE,),
        recipients=(TO,),
        japanese=True,
    ),
    Bounce(
        "notice",
        spaced(delay_ja(TO, "400 4.4.7 Message delayed", "mx.partner.com")),
        DELAYED,
        "",
        "4.4.7",
        "delayed",
        recipients=(TO,),
        japanese=True,
    ),
    Bounce(
        "notice",
        source(delay_ja(TO, "400 4.4.7 Message delayed", "mx.partner.com"), "utf-8", "base64"),
        DELAYED,
        "",
        "4.4.7",
        "delayed",
        recipients=(TO,),
        japanese=True,
    ),
    Bounce(
        "notice",
        source(_old_ja(TO, "400 4.4.7 Message delayed", ""), "iso-2022-jp", "7bit"),
        DELAYED,
        "",
        "4.4.7",
        "delayed",
        recipients=(TO,),
        japanese=True,
    ),
    Bounce(
        "notice",
        f"配信の遅延: {SUBJECT}\n\n{TO} 宛てのメッセージの配信が遅れています。引き続き配信を試みます。再送信する必要はありません。\n送信者: {SENDER}\n",
        DELAYED,
        "",
        "",
        "delayed",
        recipients=(TO,),
        japanese=True,
    ),
)
