"""What a bounce, a notice or a route is expected to be read as, and the layouts that servers put around a reply.

`cause` is the value of a `Cause`, or one of NEW: plain names for what the list of causes has no word for. The reader's
author maps them. `also` holds other causes that an expert would accept; where it is empty there is one right answer.

`side` is where the cause lies, which is where it can be mended, not whose server spoke: an SPF record that our domain lacks
is `ours` though their server refused; a full mailbox there is `theirs`; what needs no mending is `nobody`'s. "" where
experts differ. Ours is contoso.co.jp, whose people send by Exchange Online or by relay.contoso.co.jp.

`code` is the enhanced status code that the decisive reply gave, its three digits where it gave none, "" where there is no
code; `also_codes` are those that another line of the same text gives.

`fate`: "final" (given up), "delayed" (still being tried), "by design" (handled, nothing is lost), "delivered".
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from email.header import Header
from quopri import encodestring

NEW = {
    "spam": "The content was taken for spam and the message was refused, here or there.",
    "recipient_limit": "The recipient is getting mail faster, or more of it, than their server allows.",
    "recipient_disabled": "The mailbox exists, and is suspended, closed or not accepting messages.",
    "recipient_refused": "The recipient's own filter refuses the sender, as those of mobile carriers do.",
    "domain_not_found": "The recipient's domain does not exist or takes no mail: no MX, NXDOMAIN, null MX.",
    "sender_address_refused": "The sender's address or domain does not exist in the eyes of the other side.",
    "remote_fault": "The other side's server failed within itself: disk, configuration, internal error.",
    "content_refused": "What is in the message, an attachment or words, is not taken by the other side's policy.",
    "sign_in_refused": "A device, an app or a relay could not log in to the server that it sends through.",
    "direct_send_refused": "A device or app sent unauthenticated as us: Direct Send is off; a connector is needed.",
    "too_many_recipients": "One message named more recipients than the server takes at once.",
    "forwarded": "Forwarded without leaving a copy here: by a forwarding address or a contact.",
    "automatic_reply_kept": "An automatic reply that Exchange kept in: out of office, or to a list or robot.",
    "message_type_kept": "A kind of message that is not sent out: delivery report, receipt, meeting notice.",
    "duplicate": "The recipient has it by another way already; this copy was dropped.",
    "moderation": "Handled by moderation: sent to the moderators, approved or expired there.",
    "handled": "Exchange dealt with it itself, and does not say how in words that are known.",
    "discarded": "Dropped on purpose without a report: a journal copy, a blocked sender, an empty group.",
}


@dataclass(frozen=True)
class Bounce:
    """A text as people paste it, and what a mail expert reads in it."""

    source: str
    text: str
    cause: str
    side: str
    code: str = ""
    fate: str = "final"
    also: tuple[str, ...] = ()
    also_codes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    japanese: bool = False
    """A provider of Japan, or Japanese text."""
    note: str = ""


SENDER = "tanaka@contoso.co.jp"
RELAY = "relay.contoso.co.jp"
HUB = "TYZPR01MB4321.apcprd01.prod.outlook.com"
SUBJECT = "お見積りの件"
WHEN = "Wed, 14 Oct 2026 10:53:07 +0900"
MESSAGE_ID = "<TYZPR01MB43217C0FFEE@TYZPR01MB4321.apcprd01.prod.outlook.com>"

Wrap = Callable[[str, str, str], str]
"""Puts a reply into a layout: the recipient, the reply, the host that gave it."""


@dataclass(frozen=True)
class Provider:
    """One provider's server and a person there; makes bounces of its replies, `{to}` being that person."""

    source: str
    host: str
    to: str
    japanese: bool = False

    def __call__(
        self,
        wrap: Wrap,
        reply: str,
        cause: str,
        side: str,
        code: str,
        fate: str = "final",
        also: tuple[str, ...] = (),
        also_codes: tuple[str, ...] = (),
        note: str = "",
    ) -> Bounce:
        text = wrap(self.to, reply.format(to=self.to), self.host)
        japanese = self.japanese or any("\u3040" <= letter <= "\u9fff" for letter in text)
        return Bounce(
            self.source, text, cause, side, code, fate, also, also_codes, (self.to,), japanese, note
        )


# --- Exchange Online ---------------------------------------------------------------------------------


def headers(to: str) -> str:
    """The fields of the message that did not arrive."""
    return (
        f"Received: from {HUB} (2001:db8::19)\n by OSAPR01MB1234.jpnprd01.prod.outlook.com with HTTPS; {WHEN}\n"
        f"From: Ichiro Tanaka <{SENDER}>\nTo: {to}\nSubject: Quote\nDate: {WHEN}\nMessage-ID: {MESSAGE_ID}\n"
    )


def exchange(to: str, reply: str, host: str = "") -> str:
    """The classic report of Exchange Online in English."""
    there = f"{host}\n" if host else ""
    return (
        f"Delivery has failed to these recipients or groups:\n\n{to}\nYour message wasn't delivered. Please see below.\n\n"
        f"Diagnostic information for administrators:\n\nGenerating server: {HUB}\n\n{to}\n{there}"
        f"Remote server returned '{reply}'\n\nOriginal message headers:\n\n{headers(to)}"
    )


def exchange_ja(to: str, reply: str, host: str = "") -> str:
    """The same in Japanese."""
    there = f"{host}\n" if host else ""
    return (
        f"次の受信者またはグループに配信できませんでした:\n\n{to}\nメッセージは配信されませんでした。下の情報をご覧ください。\n\n"
        f"管理者用の診断情報:\n\n生成サーバー: {HUB}\n\n{to}\n{there}"
        f"Remote server returned '{reply}'\n\n元のメッセージ ヘッダー:\n\n{headers(to)}"
    )


def modern(to: str, reply: str, host: str = "") -> str:
    """The report with three pictures and a table of details."""
    rejected = f"Message rejected by: {host}\n" if host else ""
    return (
        f"Your message to {to} couldn't be delivered.\n\ntanaka\tOffice 365\t{to.partition('@')[0]}\nSender\t\tAction Required\n\n"
        "How to Fix It\nLook at the details below and send the message again.\n\nMore Info for Email Admins\n"
        f"Status code: {' '.join(reply.split()[:2])}\n\nOriginal Message Details\nCreated Date:\t10/14/2026 1:53:07 AM\n"
        f"Sender Address:\t{SENDER}\nRecipient Address:\t{to}\nSubject:\tQuote\n\nError Details\nError:\t{reply}\n{rejected}"
    )


def modern_ja(to: str, reply: str, host: str = "") -> str:
    """The same in Japanese."""
    rejected = f"メッセージを拒否したサーバー: {host}\n" if host else ""
    return (
        f"{to} へのメッセージを配信できませんでした。\n\ntanaka\tOffice 365\t{to.partition('@')[0]}\n送信者\t\t対処が必要\n\n"
        "問題を解決する方法\n下の詳細を確認して、もう一度送信してください。\n\nメール管理者向けの詳細情報\n"
        f"状態コード: {' '.join(reply.split()[:2])}\n\n元のメッセージの詳細\n作成日時:\t2026/10/14 1:53:07\n"
        f"送信者のアドレス:\t{SENDER}\n受信者のアドレス:\t{to}\n件名:\t{SUBJECT}\n\nエラーの詳細\nエラー:\t{reply}\n{rejected}"
    )


def delay(to: str, reply: str, host: str = "") -> str:
    """Exchange Online's notice that it keeps trying."""
    return (
        f"Delivery is delayed to these recipients or groups:\n\n{to}\n\nSubject: Quote\n\nThis message hasn't been delivered yet. "
        "Delivery will continue to be attempted.\n\nThe server will keep trying to deliver this message for the next 0 days, "
        "19 hours and 54 minutes. You'll be notified if the message can't be delivered by that time.\n\n"
        f"Diagnostic information for administrators:\n\nGenerating server: {HUB}\n\n{to}\n"
        f"Server at {host} (203.0.113.40) returned '{reply}'\n\nOriginal message headers:\n\n{headers(to)}"
    )


def delay_ja(to: str, reply: str, host: str = "") -> str:
    """The same in Japanese."""
    return (
        f"次の受信者またはグループへの配信が遅延しています:\n\n{to}\n\n件名: {SUBJECT}\n\nこのメッセージはまだ配信されていません。"
        "配信は引き続き試行されます。\n\nサーバーは、このメッセージの配信をこの後 0 日 19 時間 54 分にわたって試行します。"
        "その時間内に配信できない場合は通知されます。\n\n"
        f"管理者用の診断情報:\n\n生成サーバー: {HUB}\n\n{to}\n"
        f"Server at {host} (203.0.113.40) returned '{reply}'\n\n元のメッセージ ヘッダー:\n\n{headers(to)}"
    )


# --- other servers -----------------------------------------------------------------------------------


def postfix(to: str, reply: str, host: str, command: str = "RCPT TO") -> str:
    """Postfix's words for people alone, as they are left when an attachment is not pasted."""
    return (
        f"This is the mail system at host {RELAY}.\n\nI'm sorry to have to inform you that your message could not\n"
        "be delivered to one or more recipients. It's attached below.\n\n                   The mail system\n\n"
        f"<{to}>: host {host}[203.0.113.40] said: {_folded(reply)} (in reply to\n    {command} command)\n"
    )


def postfix_data(to: str, reply: str, host: str) -> str:
    """The same, refused after the text was sent."""
    return postfix(to, reply, host, "end of DATA")


def postfix_report(to: str, reply: str, host: str) -> str:
    """Postfix's words and its report, one below the other."""
    code = next((word for word in reply.replace("-", " ").split() if word.count(".") == 2), "5.0.0")
    return (
        f"{postfix(to, reply, host)}\nReporting-MTA: dns; {RELAY}\nX-Postfix-Queue-ID: 4Tz1Qk2Yxz\n"
        f"X-Postfix-Sender: rfc822; {SENDER}\nArrival-Date: {WHEN} (JST)\n\nFinal-Recipient: rfc822; {to}\n"
        f"Original-Recipient: rfc822;{to}\nAction: failed\nStatus: {code}\nRemote-MTA: dns; {host}\n"
        f"Diagnostic-Code: smtp; {_folded(reply)}\n"
    )


def postfix_delayed(to: str, reply: str, host: str) -> str:
    """Postfix's notice of a delay."""
    code = next((word for word in reply.replace("-", " ").split() if word.count(".") == 2), "4.0.0")
    return (
        f"This is the mail system at host {RELAY}.\n\n####################################################################\n"
        "# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n"
        "####################################################################\n\nYour message could not be delivered for more than 4 hour(s).\n"
        f"It will be retried until it is 5 day(s) old.\n\n<{to}>: host {host}[203.0.113.40] said: {_folded(reply)}\n\n"
        f"Reporting-MTA: dns; {RELAY}\n\nFinal-Recipient: rfc822; {to}\nAction: delayed\nStatus: {code}\n"
        f"Diagnostic-Code: smtp; {_folded(reply)}\nWill-Retry-Until: Mon, 19 Oct 2026 10:53:07 +0900 (JST)\n"
    )


def exim(to: str, reply: str, host: str, after: str = "RCPT TO") -> str:
    """Exim's words; the reply stands on a line of its own."""
    stage = f"RCPT TO:<{to}>" if after == "RCPT TO" else after
    return (
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\n"
        f"recipients. This is a permanent error. The following address(es) failed:\n\n  {to}\n    host {host} [203.0.113.40]\n"
        f"    SMTP error from remote mail server after {stage}:\n    {reply}\n"
    )


def exim_data(to: str, reply: str, host: str) -> str:
    """The same, refused after the text was sent."""
    return exim(to, reply, host, "end of data")


def qmail(to: str, reply: str, host: str) -> str:
    """qmail's letter."""
    return (
        f"Hi. This is the qmail-send program at {RELAY}.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
        f"This is a permanent error; I've given up. Sorry it didn't work out.\n\n<{to}>:\n203.0.113.40 does not like recipient.\n"
        f"Remote host said: {reply}\nGiving up on 203.0.113.40.\n\n--- Below this line is a copy of the message.\n\n{headers(to)}"
    )


def sendmail(to: str, reply: str, host: str) -> str:
    """Sendmail's transcript of a recipient refused; its own last line follows the other side's."""
    return _transcript(to, reply, host, f"RCPT To:<{to}>", f"550 5.1.1 <{to}>... User unknown")


def sendmail_data(to: str, reply: str, host: str) -> str:
    """The same, refused after the text was sent."""
    return _transcript(to, reply, host, "DATA", "554 5.0.0 Service unavailable")


def _transcript(to: str, reply: str, host: str, command: str, last: str) -> str:
    return (
        f"The original message was received at {WHEN}\nfrom {RELAY} [192.0.2.25]\n\n"
        f"   ----- The following addresses had permanent fatal errors -----\n<{to}>\n    (reason: {reply})\n\n"
        f"   ----- Transcript of session follows -----\n... while talking to {host}.:\n>>> {command}\n<<< {reply}\n{last}\n"
    )


def gmail(to: str, reply: str, host: str = "") -> str:
    """Gmail's report to somebody who sends from there."""
    return (
        f"** Message not delivered **\n\nYour message wasn't delivered to {to}. See the technical details below.\n\n"
        f"The response from the remote server was:\n\n{reply}\n"
    )


def gmail_ja(to: str, reply: str, host: str = "") -> str:
    """The same in Japanese."""
    return (
        f"** メールは配信されませんでした **\n\n{to} にメールを配信できませんでした。技術的な詳細は下記をご覧ください。\n\n"
        f"リモート サーバーからの応答:\n\n{reply}\n"
    )


def bare(to: str, reply: str, host: str = "") -> str:
    """The reply alone, as it is copied out of a bounce."""
    return reply


def _folded(reply: str) -> str:
    return reply.replace("\n", "\n    ")


# --- what happens to a text on its way into a chat ----------------------------------------------------


def quoted(text: str, mark: str = "> ") -> str:
    """As it is forwarded: a mark before each line."""
    return "\n".join(mark + line for line in text.split("\n"))


def flat(text: str) -> str:
    """As it is pasted where line breaks get lost: nothing is left between the lines."""
    return "".join(line.strip() for line in text.split("\n"))


def spaced(text: str) -> str:
    """As it is pasted where each line break becomes a space."""
    return " ".join(text.split())


def outlook_ja(text: str) -> str:
    """The fields that Outlook in Japanese puts above what it forwards."""
    return (
        f"差出人: Microsoft Outlook <postmaster@contoso.co.jp>\n送信日時: 2026年10月14日水曜日 10:53\n宛先: {SENDER}\n"
        f"件名: 配信不能: {SUBJECT}\n\n{text}"
    )


def html(text: str) -> str:
    """The report as a page, as it is without its plain part."""
    lines = (
        line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in text.split("\n")
    )
    rows = "\n".join(f"<tr><td style='x'>{line}</td></tr>" for line in lines)
    return f"<html><head><style>td {{ color: #550; }}</style></head><body><table>\n{rows}\n</table></body></html>"


def source(text: str, charset: str = "utf-8", transfer: str = "8bit", kind: str = "text/plain") -> str:
    """A message of one part in its source: *text* in *charset*, encoded for its way."""
    raw = text.encode(charset)
    match transfer:
        case "base64":
            body = b64encode(raw).decode()
            body = "\n".join(body[at : at + 76] for at in range(0, len(body), 76))
        case "quoted-printable":
            body = encodestring(raw).decode("ascii")
        case _:
            body = raw.decode("ascii" if charset == "iso-2022-jp" else charset)
    subject = Header("配信不能: お見積りの件", "utf-8" if charset == "us-ascii" else charset).encode()
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@{RELAY}\nTo: {SENDER}\nSubject: {subject}\nMIME-Version: 1.0\n"
        f"X-Virus-Scanned: by a filter at {RELAY}\nX-Spam-Status: No, score=-1.0 required=5.5 autolearn=ham\n"
        f'Content-Type: {kind}; charset="{charset}"\nContent-Transfer-Encoding: {transfer}\n'
        f"Date: {WHEN}\nMessage-Id: <bounce-2026@{RELAY}>\n\n{body}\n"
    )


def report(
    text: str,
    to: str,
    diagnostic: str,
    status: str,
    action: str = "failed",
    host: str = "",
    charset: str = "utf-8",
    transfer: str = "8bit",
) -> str:
    """A whole multipart/report in its source: *text* for people, the fields, the headers of the message."""
    part = source(text, charset, transfer).partition("\n\n")[2]
    remote = f"Remote-MTA: dns; {host}\n" if host else ""
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@{RELAY}\nTo: {SENDER}\nSubject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status;\n boundary="=_part_2026"\n'
        f"Message-Id: <bounce-2026@{RELAY}>\n\n--=_part_2026\nContent-Type: text/plain; charset={charset}\n"
        f"Content-Transfer-Encoding: {transfer}\n\n{part}\n--=_part_2026\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; {RELAY}\nArrival-Date: {WHEN}\n\nFinal-Recipient: rfc822; {to}\nAction: {action}\n"
        f"Status: {status}\n{remote}Diagnostic-Code: smtp; {_folded(diagnostic)}\n\n--=_part_2026\n"
        f"Content-Type: text/rfc822-headers\n\n{headers(to)}\n--=_part_2026--\n"
    )
