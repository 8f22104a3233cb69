"""Bounces as people paste them, each with what it is to be read as. Made by us; people and domains are made up.

The layouts follow those that mail systems are known for; the words around the facts are ours.
"""

from base64 import b64encode
from dataclasses import dataclass

from tracing.causes import Cause

ITO, KIM, NOBODY = "ito@hoge.com", "kim@fabrikam.example", "nobody@wingtiptoys.example"
OURS = "tanaka@contoso.co.jp"
ORIGINAL_ID = "<A1B2C3@contoso.co.jp>"


@dataclass(frozen=True)
class Sample:
    """A text, and the cause, the code and the failed recipients that it tells."""

    text: str
    cause: Cause
    code: str
    recipients: tuple[str, ...] = ()
    message_id: str = ""


def exchange(intro: str, reply: str, *to: str, server: str = "", headers: bool = True) -> str:
    """A report of Exchange Online in English: words for people, then a part for administrators."""
    remote = f"{server}\n" if server else ""
    original = (
        f"\nOriginal message headers:\n\nReceived: from TYZPR01MB4321.apcprd01.prod.outlook.com (2001:db8::19) by\n"
        f" OSAPR01MB1234.jpnprd01.prod.outlook.com with HTTPS; Mon, 23 Nov 2026 01:42:01 +0000\n"
        f"From: Ichiro Tanaka <{OURS}>\nTo: {to[0] if to else ''}\nSubject: Quote\n"
        f"Date: Mon, 23 Nov 2026 01:42:00 +0000\nMessage-ID: {ORIGINAL_ID}\n"
    )
    people = "\n".join(to)
    return (
        f"{intro}\n\nDiagnostic information for administrators:\n\nGenerating server: TYZPR01MB4321\n\n"
        f"{people}\n{remote}Remote server returned '{reply}'\n{original if headers else ''}"
    )


def japanese(intro: str, reply: str, *to: str) -> str:
    """The same in Japanese."""
    people = "\n".join(to)
    return (
        f"{intro}\n\n管理者用の診断情報:\n\n生成サーバー: TYZPR01MB4321\n\n{people}\n"
        f"Remote server returned '{reply}'\n\n元のメッセージ ヘッダー:\n\nFrom: 田中 一郎 <{OURS}>\n"
        f"Date: Mon, 23 Nov 2026 10:42:00 +0900\nMessage-ID: {ORIGINAL_ID}\n"
    )


def postfix(status: str, diagnostic: str, said: str, *to: str, action: str = "failed") -> str:
    """A report of Postfix with its delivery-status part, as text."""
    first = "\n".join(
        f"<{address}>: host mx.fabrikam.example[203.0.113.40] said:\n    {said}" for address in to
    )
    groups = "\n".join(
        f"Final-Recipient: rfc822; {address}\nOriginal-Recipient: rfc822;{address}\nAction: {action}\n"
        f"Status: {status}\nRemote-MTA: dns; mx.fabrikam.example\nDiagnostic-Code: smtp; {diagnostic}\n"
        for address in to
    )
    return (
        f"This is the mail system at host relay.contoso.co.jp.\n\nThe message below could not be delivered.\n\n"
        f"{first}\n\nReporting-MTA: dns; relay.contoso.co.jp\nArrival-Date: Mon, 23 Nov 2026 10:42:00 +0900 (JST)\n\n"
        f"{groups}"
    )


def google(intro: str, reply: str, to: str) -> str:
    """A report of Gmail."""
    return f"{intro.format(to=to)}\n\nThe response from the remote server was:\n{reply}\n"


def source(to: str, reply: str, status: str, words: str, encoded: bool = False) -> str:
    """A whole report in its source: multipart/report."""
    body = b64encode(words.encode()).decode() if encoded else words
    transfer = "base64" if encoded else "8bit"
    return (
        f"From: Mail Delivery System <MAILER-DAEMON@relay.example>\nTo: {OURS}\nSubject: Undelivered\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b1"\n'
        "Message-ID: <bounce-77@relay.example>\n\n"
        f"--b1\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {transfer}\n\n{body}\n\n"
        "--b1\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; relay.example\n\n"
        f"Final-Recipient: rfc822; {to}\nAction: failed\nStatus: {status}\nRemote-MTA: dns; mx.b.example\n"
        f"Diagnostic-Code: smtp;\n {reply}\n\n"
        "--b1\nContent-Type: message/rfc822\n\n"
        f"Message-ID: {ORIGINAL_ID}\nFrom: {OURS}\nTo: {to}\nSubject: x\nDate: Mon, 23 Nov 2026 01:42:00 +0000\n\nHello\n"
        "\n--b1--\n"
    )


def quoted(text: str, mark: str = "> ") -> str:
    return "\n".join(mark + line for line in text.split("\n"))


def outlook(text: str) -> str:
    """The headers Outlook puts on what is forwarded."""
    return f"From: Microsoft Outlook <postmaster@contoso.co.jp>\nSent: Monday, November 23, 2026 10:43 AM\nTo: {OURS}\nSubject: Undeliverable: Quote\n\n{text}"


FAILED = "Delivery has failed to these recipients or groups:"
UNKNOWN = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"
NO_USER = "550 5.1.1 <{to}>: Recipient address rejected: User unknown in virtual mailbox table"
PLAIN = exchange(f"{FAILED}\n\n{NOBODY}\nThe address is not known.", UNKNOWN, NOBODY)

BOUNCES: dict[str, Sample] = {
    # --- a code or a line ---
    "a code": Sample("5.1.10", Cause.RECIPIENT_NOT_FOUND, "5.1.10"),
    "a code in full width spaces": Sample("　5.7.520　", Cause.FORWARDING_BLOCKED, "5.7.520"),
    "both codes": Sample("550 5.7.1", Cause.BLOCKED_POLICY, "5.7.1"),
    "a code of a range": Sample("550 5.7.712", Cause.SENDER_BLOCKED, "5.7.712"),
    "three digits": Sample("550", Cause.REJECTED_REMOTE, "550"),
    "an unlisted code": Sample("554 5.6.0", Cause.SIZE_OR_FORMAT, "5.6.0"),
    "a passing code": Sample("451 4.7.1 Greylisted, try again", Cause.DELAYED, "4.7.1"),
    "a line": Sample(
        "550-5.1.1 The email account that you tried to reach does not exist.",
        Cause.RECIPIENT_NOT_FOUND_REMOTE,
        "5.1.1",
    ),
    "a line with words only": Sample(
        "554 delivery error: this user doesn't have an account here, mailbox unavailable",
        Cause.RECIPIENT_NOT_FOUND_REMOTE,
        "554",
    ),
    "a hash code": Sample("550 #5.7.1 Relaying denied", Cause.RELAY_DENIED, "5.7.1"),
    # --- Exchange Online ---
    "exchange, unknown": Sample(PLAIN, Cause.RECIPIENT_NOT_FOUND, "5.1.10", (NOBODY,), ORIGINAL_ID),
    "exchange, two unknown": Sample(
        exchange(f"{FAILED}\n\n{NOBODY}\nNot known.\n\n{KIM}\nNot known.", UNKNOWN, NOBODY, KIM),
        Cause.RECIPIENT_NOT_FOUND,
        "5.1.10",
        (NOBODY, KIM),
        ORIGINAL_ID,
    ),
    "exchange, names with addresses": Sample(
        exchange(
            f"{FAILED}\n\nKim Min ({KIM})<mailto:{KIM}>\nThe mailbox has no room.",
            "554 5.2.2 mailbox full",
            KIM,
        ),
        Cause.MAILBOX_FULL_REMOTE,
        "5.2.2",
        (KIM,),
        ORIGINAL_ID,
    ),
    "exchange, refused there": Sample(
        exchange(
            f"mx.hoge.com rejected your message to the following email addresses:\n{ITO}",
            "550 5.7.509 Access denied, sending domain contoso.co.jp does not pass DMARC verification",
            ITO,
            server="mx.hoge.com",
        ),
        Cause.SENDER_AUTHENTICATION,
        "5.7.509",
        (ITO,),
        ORIGINAL_ID,
    ),
    "exchange, our rule": Sample(
        exchange(
            f"Your message to {KIM} couldn't be delivered.",
            "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy",
            KIM,
        ),
        Cause.BLOCKED_RULE,
        "5.7.1",
        (KIM,),
        ORIGINAL_ID,
    ),
    "exchange, group": Sample(
        exchange(
            "Your message to sales-all@contoso.co.jp couldn't be delivered.",
            "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup",
            "sales-all@contoso.co.jp",
        ),
        Cause.SENDER_NOT_ALLOWED,
        "5.7.133",
        ("sales-all@contoso.co.jp",),
        ORIGINAL_ID,
    ),
    "exchange, general code": Sample(
        exchange(
            f"{FAILED}\n{ITO}", "550 5.0.350 Remote server returned an error -> 550 5.1.1 No such user", ITO
        ),
        Cause.RECIPIENT_NOT_FOUND_REMOTE,
        "5.1.1",
        (ITO,),
        ORIGINAL_ID,
    ),
    "exchange, expired": Sample(
        exchange(
            f"{FAILED}\n{KIM}",
            "550 5.4.316 Message expired, connection refused(Socket error code 10061)",
            KIM,
        ),
        Cause.EXPIRED,
        "5.4.316",
        (KIM,),
        ORIGINAL_ID,
    ),
    "exchange, without headers": Sample(
        exchange(
            f"Your message to {KIM} couldn't be delivered.",
            "550 5.4.310 DNS domain does not exist",
            KIM,
            headers=False,
        ),
        Cause.UNREACHABLE,
        "5.4.310",
        (KIM,),
    ),
    "exchange, delayed": Sample(
        f"Delivery to these recipients has been delayed:\n\n{KIM}\n\nThe server will keep trying.\n\n450 4.4.317 Cannot connect to remote server\n",
        Cause.DELAYED,
        "4.4.317",
        (KIM,),
    ),
    "exchange, delay notice": Sample(
        f"Date: Mon, 23 Nov 2026 02:00:00 +0000\n\nDelivery is delayed to these recipients or groups:\n\n{KIM}\n\n"
        "Subject: Quote\n\nThis message hasn't been delivered yet. Delivery will continue to be attempted.\n\n"
        "The server will keep trying to deliver this message for the next 1 days, 19 hours and 57 minutes.\n\n"
        f"Diagnostic information for administrators:\n\nGenerating server: TYZPR01MB4321\n\n{KIM}\n"
        "Remote Server returned '450 4.4.317 Cannot connect to remote server [Message=SocketError: TimedOut]'\n",
        Cause.DELAYED,
        "4.4.317",
        (KIM,),
    ),
    "postfix, untold": Sample(
        postfix("5.0.0", "554 Transaction failed (T-4711)", "554 Transaction failed (T-4711)", KIM),
        Cause.REJECTED_REMOTE,
        "554",
        (KIM,),
    ),
    "exchange, quoted": Sample(quoted(PLAIN), Cause.RECIPIENT_NOT_FOUND, "5.1.10", (NOBODY,), ORIGINAL_ID),
    "exchange, quoted twice": Sample(
        quoted(quoted(PLAIN, ">"), "> "), Cause.RECIPIENT_NOT_FOUND, "5.1.10", (NOBODY,), ORIGINAL_ID
    ),
    "exchange, forwarded by Outlook": Sample(
        outlook(PLAIN), Cause.RECIPIENT_NOT_FOUND, "5.1.10", (NOBODY,), ORIGINAL_ID
    ),
    "exchange, blank lines between": Sample(
        PLAIN.replace("\n", "\n\n"), Cause.RECIPIENT_NOT_FOUND, "5.1.10", (NOBODY,), ORIGINAL_ID
    ),
    "exchange, invisible characters": Sample(
        PLAIN.replace("nobody@", "nobody\u200b@\u2060")
        .replace("5.1.10", "5.1.\u200b10")
        .replace(" ", "\u00a0"),
        Cause.RECIPIENT_NOT_FOUND,
        "5.1.10",
        (NOBODY,),
        ORIGINAL_ID,
    ),
    "exchange, Windows line ends": Sample(
        PLAIN.replace("\n", "\r\n"), Cause.RECIPIENT_NOT_FOUND, "5.1.10", (NOBODY,), ORIGINAL_ID
    ),
    "exchange, escaped": Sample(
        PLAIN.replace("<", "&lt;").replace(">", "&gt;"),
        Cause.RECIPIENT_NOT_FOUND,
        "5.1.10",
        (NOBODY,),
        ORIGINAL_ID,
    ),
    "exchange, with a question": Sample(
        f"これは何でしょうか?\n\n{PLAIN}", Cause.RECIPIENT_NOT_FOUND, "5.1.10", (NOBODY,), ORIGINAL_ID
    ),
    # --- Exchange Online, Japanese ---
    "japanese, unknown": Sample(
        japanese(
            f"次の受信者またはグループへの配信に失敗しました:\n\n{NOBODY}\nアドレスが見つかりません。",
            UNKNOWN,
            NOBODY,
        ),
        Cause.RECIPIENT_NOT_FOUND,
        "5.1.10",
        (NOBODY,),
        ORIGINAL_ID,
    ),
    "japanese, your message": Sample(
        japanese(
            f"{ITO} へのメッセージを配信できませんでした。",
            "550 5.7.520 Access denied, Your organization does not allow external forwarding",
            ITO,
        ),
        Cause.FORWARDING_BLOCKED,
        "5.7.520",
        (ITO,),
        ORIGINAL_ID,
    ),
    "japanese, full": Sample(
        japanese(
            f"{ITO} にメッセージを配信できませんでした。受信トレイがいっぱいです。",
            "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException",
            ITO,
        ),
        Cause.MAILBOX_FULL,
        "5.2.2",
        (ITO,),
        ORIGINAL_ID,
    ),
    "japanese, only the words": Sample(
        f"配信不能: お見積り\n\n{KIM}\n\nエラー: 550 5.7.1 Service unavailable; client blocked using a block list\n",
        Cause.SENDER_BLOCKED,
        "5.7.1",
        (KIM,),
    ),
    # --- Google ---
    "google, no such user": Sample(
        google(
            "Your message wasn't delivered to {to} because the address couldn't be found.",
            "550 5.1.1 The account does not exist. Please check for typos.",
            ITO,
        ),
        Cause.RECIPIENT_NOT_FOUND_REMOTE,
        "5.1.1",
        (ITO,),
    ),
    "google, not authenticated": Sample(
        google(
            "Message blocked. Your message to {to} couldn't be delivered, see below.",
            "550-5.7.26 This mail has been blocked because the sender is unauthenticated.",
            ITO,
        ),
        Cause.SENDER_AUTHENTICATION,
        "5.7.26",
        (ITO,),
    ),
    "google, over quota": Sample(
        google(
            "Your message wasn't delivered to {to}: the inbox has no room.",
            "452-4.2.2 The recipient's inbox is out of storage space.",
            ITO,
        ),
        Cause.MAILBOX_FULL_REMOTE,
        "4.2.2",
        (ITO,),
    ),
    "google, japanese": Sample(
        f"アドレス不明\n\n{ITO} にメールは配信されませんでした。アドレスが見つかりません。\n\nリモート サーバーからの応答:\n550 5.1.1 The email account does not exist.\n",
        Cause.RECIPIENT_NOT_FOUND_REMOTE,
        "5.1.1",
        (ITO,),
    ),
    "google, header of its own": Sample(
        f"X-Failed-Recipients: {ITO}, {KIM}\nSubject: Delivery Status Notification (Failure)\nIn-Reply-To: {ORIGINAL_ID}\n\nThe response was:\n\n550 5.2.1 The account is disabled.\n",
        Cause.RECIPIENT_NOT_FOUND_REMOTE,
        "5.2.1",
        (ITO, KIM),
        ORIGINAL_ID,
    ),
    # --- Yahoo, qmail ---
    "yahoo, full": Sample(
        f"Sorry, we were unable to deliver your message to the following address.\n\n<{ITO}>:\n552 1 Requested mail action aborted, mailbox over quota\n\n--- Below this line is a copy of the message.\n\nMessage-ID: {ORIGINAL_ID}\nFrom: {OURS}\n",
        Cause.MAILBOX_FULL_REMOTE,
        "552",
        (ITO,),
        ORIGINAL_ID,
    ),
    "yahoo, no account": Sample(
        f"Sorry, we were unable to deliver your message to the following address.\n\n<{ITO}>:\n554: delivery error: dd This user doesn't have a yahoo.example account ({ITO}) [0] - mta7.mail.example\n",
        Cause.RECIPIENT_NOT_FOUND_REMOTE,
        "554",
        (ITO,),
    ),
    "qmail": Sample(
        f"Hi. This is the mail program at relay.example.\nI was not able to deliver your message. Sorry.\n\n<{KIM}>:\n203.0.113.40 does not like recipient.\nRemote host said: 550 5.1.1 unknown user\nGiving up on 203.0.113.40.\n\n--- Below this line is a copy of the message.\n\nReceived: from x\nMessage-ID: {ORIGINAL_ID}\n",
        Cause.RECIPIENT_NOT_FOUND_REMOTE,
        "5.1.1",
        (KIM,),
        ORIGINAL_ID,
    ),
    # --- Postfix, delivery-status ---
    "postfix, unknown": Sample(
        postfix(
            "5.1.1",
            NO_USER.format(to=KIM),
            f"{NO_USER.format(to=KIM)} (in reply to\n    RCPT TO command)",
            KIM,
        ),
        Cause.RECIPIENT_NOT_FOUND_REMOTE,
        "5.1.1",
        (KIM,),
    ),
    "postfix, two": Sample(
        postfix("5.7.1", "554 5.7.1 Relay access denied", "554 5.7.1 Relay access denied", KIM, NOBODY),
        Cause.RELAY_DENIED,
        "5.7.1",
        (KIM, NOBODY),
    ),
    "postfix, delayed": Sample(
        postfix(
            "4.4.1", "451 4.4.1 connection timed out", "451 4.4.1 connection timed out", KIM, action="delayed"
        ),
        Cause.DELAYED,
        "4.4.1",
        (KIM,),
    ),
    "postfix, status alone": Sample(
        f"The message below could not be delivered.\n\nReporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; {KIM}\nAction: failed\nStatus: 5.4.4\nDiagnostic-Code: X-Postfix; Host or domain name not found. Name service error for name=fabrikam.example\n",
        Cause.UNREACHABLE,
        "5.4.4",
        (KIM,),
    ),
    "delivery-status, one delivered": Sample(
        f"Reporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; {ITO}\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822; {KIM}\nAction: failed\nStatus: 5.2.3\nDiagnostic-Code: smtp; 552 5.2.3 Message exceeds the size limit\n",
        Cause.SIZE_OR_FORMAT,
        "5.2.3",
        (KIM,),
    ),
    "delivery-status, folds lost": Sample(
        f"Delivery failed.\n\nReporting-MTA: dns; relay.example\nFinal-Recipient: rfc822;\n{KIM}\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 554 5.7.1 Service unavailable; Client host\n[198.51.100.9] blocked using bl.example\n",
        Cause.SENDER_BLOCKED,
        "5.7.1",
        (KIM,),
    ),
    "source": Sample(
        source(KIM, "550 5.1.1 User unknown", "5.1.1", "The message could not be delivered."),
        Cause.RECIPIENT_NOT_FOUND_REMOTE,
        "5.1.1",
        (KIM,),
        ORIGINAL_ID,
    ),
    "source, encoded": Sample(
        source(KIM, "552 5.2.2 Mailbox full", "5.2.2", "配信できませんでした。", encoded=True),
        Cause.MAILBOX_FULL_REMOTE,
        "5.2.2",
        (KIM,),
        ORIGINAL_ID,
    ),
    "no code at all": Sample(
        f"Your message couldn't be delivered to the following recipients:\n\n{KIM}\n\nThe mailbox is full.\n",
        Cause.MAILBOX_FULL_REMOTE,
        "",
        (KIM,),
    ),
}

NOT_BOUNCES = (
    "",
    "   ",
    "hello",
    "please explain this to me",
    "trace sender *@hoge.com",
    "the meeting is at 5.30",
    "version 5.1.1.2 of the program",
    "192.0.2.1",
    "ありがとうございます。\n明日 10 時にお願いします。",
    f"Please write to {ITO}\nand to {KIM}\nthanks",
)
