"""Two weeks of made-up mail: a case for each fate a message can meet, among everyday correspondence.

To add a case, write a function under `@case(hours ago)`: it is handed `send` and returns the mail it
sends. Its name, with spaces, becomes a key of `CASES`.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import partial

from demo.company import (
    ALL_STAFF,
    COLLEAGUES,
    DISTRIBUTION_LISTS,
    EMPLOYEES,
    INFO,
    JOHN,
    JOHN_DOE,
    KIMURA,
    SALES_ALL,
    SATO,
    TAKAHASHI,
    TANAKA,
    WATANABE,
)
from demo.events import (
    Event,
    Key,
    Mail,
    Row,
    Step,
    To,
    defer,
    deliver,
    dlp_rule,
    drop,
    expand,
    fail,
    label,
    mail,
    malware,
    receive,
    resolve,
    send_external,
    spam,
    submit,
    transfer,
    transport_rule,
)

JST = timezone(timedelta(hours=9))
HISTORY_DAYS = 14

SUZUKI, YAMADA, ITO = "suzuki@hoge.com", "yamada@hoge.com", "ito@hoge.com"
KATO, NO_REPLY = "kato@hoge.com", "no-reply@hoge.com"
HOGE_IP, HOGE_HOST = "192.0.2.10", "out1.hoge.com"
MX = {
    "hoge.com": ("mx1.hoge.com", "192.0.2.25"),
    "partner.com": ("mail.partner.com", "198.51.100.20"),
    "fabrikam.example": ("mx.fabrikam.example", "203.0.113.40"),
    "wingtiptoys.example": ("mx.wingtiptoys.example", "203.0.113.5"),
    "northwind.example": ("mx6.northwind.example", "2001:db8::53"),
    "tailspin.example": ("mx.tailspin.example", "198.51.100.61"),
    "with-wit.com": ("mx.with-wit.com", "198.51.100.77"),
}
"""Domain → the host and address that take its mail; both outbound and inbound go through them here."""
CONTACTS = (
    SUZUKI,
    YAMADA,
    ITO,
    KATO,
    "m.lopez@partner.com",
    "abe@partner.com",
    "orders@fabrikam.example",
    "kim@fabrikam.example",
    "ap@wingtiptoys.example",
    "nancy@northwind.example",
    "logistics@tailspin.example",
)
RULE_ID = "9d0c4b1e-7a2f-4c3d-8e5b-6f1a2b3c4d5e"
HUB_TRAIL = "TYZAPC01FT001.eop-APC01.prod.protection.outlook.com 2026-10-01T00:00:00.000Z 08DE3F0A1B2C3D4E"
POLICY_ID = "0b6c9a2e-1d3f-4e5a-9b7c-8d6e5f4a3b2c"


class Mailbox:
    """What the tenant remembers: rows newest first, and the events of each. Immutable."""

    def __init__(self, mails: Iterable[Mail]) -> None:
        self._mails = tuple(mails)
        rows = (row for one in self._mails for row in one.rows)
        self.rows: tuple[Row, ...] = tuple(sorted(rows, key=newest_first))
        self._events = {_folded(key): told for one in self._mails for key, told in one.events.items()}
        self._by_key = {_folded(row.key): row for row in self.rows}

    def visible(self, now: datetime) -> tuple[Row, ...]:
        """The rows a list can show at *now*: they come some minutes after the mail."""
        return tuple(row for row in self.rows if row.visible_from <= now)

    def row(self, key: Key) -> Row | None:
        return self._by_key.get(_folded(key))

    def events(self, key: Key) -> tuple[Event, ...]:
        """What happened to one message for one recipient, in the service's order; empty when unknown."""
        return self._events.get(_folded(key), ())

    def with_mail(self, *mails: Mail) -> "Mailbox":
        return Mailbox((*self._mails, *mails))

    def settled(self, key: Key, status: str, *steps: Step) -> "Mailbox":
        """The same mailbox after a row has changed in place, as statuses do for some hours."""
        return Mailbox(_settled(one, _folded(key), status, steps) for one in self._mails)


def newest_first(row: Row) -> tuple[int, str, str]:
    """The order of every list: newest first, then by recipient, so that pages are stable."""
    return -row.instant, row.recipient_address.lower(), row.message_trace_id


def _folded(key: Key) -> Key:
    return key[0].lower(), key[1].lower()


def _settled(one: Mail, key: Key, status: str, steps: Iterable[Step]) -> Mail:
    rows = tuple(replace(row, status=status) if _folded(row.key) == key else row for row in one.rows)
    events = dict(one.events)
    for row in rows:
        if _folded(row.key) == key:
            at = row.received_date_time
            later = (
                Event(
                    at + timedelta(seconds=step.after), step.event, step.action, step.description, step.data
                )
                for step in steps
            )
            events[row.key] = (*events[row.key], *later)
    return Mail(rows, events)


# --- the cases -------------------------------------------------------------------------------------

Send = Callable[..., Mail]
_CASES: dict[str, tuple[timedelta, Callable[[Send], Mail]]] = {}


def case(hours_ago: float) -> Callable[[Callable[[Send], Mail]], Callable[[Send], Mail]]:
    """Let the decorated function send its mail so many hours before now."""

    def register(maker: Callable[[Send], Mail]) -> Callable[[Send], Mail]:
        _CASES[maker.__name__.replace("_", " ")] = (timedelta(hours=hours_ago), maker)
        return maker

    return register


def hoge(*, spam_level: int = 1) -> tuple[Step, ...]:
    """The start of every mail from hoge.com that is let in."""
    return (receive(ip=HOGE_IP, host=HOGE_HOST), spam(1, spam_level, HOGE_IP, sfv="NSPM"))


def out(domain: str, after: float = 2) -> tuple[Step, ...]:
    """The steps of a mail from a mailbox here up to the server of *domain*."""
    return (receive(), submit(), transfer(1), send_external(after, *MX[domain]))


@case(3)
def recipient_unknown_here(send: Send) -> Mail:
    led = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"
    route = (receive(ip=HOGE_IP, host=HOGE_HOST), fail(1, led, "Resolver"))
    return send(
        SUZUKI,
        "【至急】10月度請求書の件",
        To("keiri@contoso.co.jp", "failed", route),
        from_ip=HOGE_IP,
        size=284_112,
    )


@case(5.2)
def recipient_unknown_there(send: Send) -> Mail:
    host, ip = MX["wingtiptoys.example"]
    to = "j.doe@wingtiptoys.example"
    led = f"550 5.1.1 <{to}>: Recipient address rejected: User unknown in virtual mailbox table"
    route = (*out("wingtiptoys.example"), fail(3, led, "", "550 5.1.1 User unknown", host, ip))
    return send(JOHN.mail, "Purchase order 2291", To(to, "failed", route, ip))


@case(27)
def blocked_by_dlp(send: Send) -> Mail:
    rule = dlp_rule(
        2.6, "Block credit cards", "f43f7263-2730-4217-aea6-e7a68a7951ec", "Financial data", POLICY_ID
    )
    refused = fail(2.1, "550 5.7.171 Delivery not authorized, message refused", "DLP Policy Agent")
    return send(
        TANAKA.mail,
        "カード決済の明細（お客様控え）",
        To("abe@partner.com", "failed", (receive(), submit(), rule, refused), MX["partner.com"][1]),
    )


@case(6)
def blocked_by_a_transport_rule(send: Send) -> Mail:
    rule = transport_rule(2, "マクロ付き添付ファイルを拒否", RULE_ID)
    led = "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy"
    route = (*hoge(), rule, fail(2, led, "Transport Rule Agent"))
    return send(YAMADA, "Re: 契約書ドラフト v3.docm", To(TANAKA.mail, "failed", route), from_ip=HOGE_IP)


@case(31)
def sender_not_allowed_to_a_group(send: Send) -> Mail:
    host, ip = MX["fabrikam.example"]
    refused = fail(2, "550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized", "Resolver")
    route = (receive(ip=ip, host=host), refused)
    return send("kim@fabrikam.example", "Season's greetings", To(ALL_STAFF, "failed", route), from_ip=ip)


@case(33)
def mailbox_full(send: Send) -> Mail:
    host, ip = MX["partner.com"]
    led = (
        "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException; Failed to process "
        "message due to a permanent exception with message [BeginDiag]Cannot open mailbox[EndDiag]"
    )
    route = (receive(ip=ip, host=host), spam(1, 1, ip, sfv="NSPM"), fail(4, led, "MailboxTransport"))
    return send(
        "abe@partner.com", "図面一式（60MB）", To(INFO.mail, "failed", route), from_ip=ip, size=31_457_280
    )


@case(2.2)
def remote_server_unreachable(send: Send) -> Mail:
    host, ip = MX["fabrikam.example"]
    led = (
        "450 4.4.317 Cannot connect to remote server [Message=SocketError: TimedOut] "
        f"[LastAttemptedServerName={host}] [LastAttemptedIP={ip}:25] [{HUB_TRAIL}]"
    )
    tries = (defer(62, led, host, ip), defer(662, led, host, ip, cut=150), defer(1862, led, host, ip))
    route = (receive(), submit(), transfer(1), *tries)
    return send(
        TANAKA.mail, "見積書の送付（fabrikam 様）", To("orders@fabrikam.example", "pending", route, ip)
    )


@case(9)
def quarantined(send: Send) -> Mail:
    folder = "QuarantinedEmailSecured"
    route = (
        receive(ip=HOGE_IP, host=HOGE_HOST),
        spam(1, 8, HOGE_IP, "Quarantine"),
        deliver(2, folder),
    )
    return send(
        NO_REPLY,
        "【重要】パスワードの有効期限が切れます",
        To(TANAKA.mail, "quarantined", route),
        from_ip=HOGE_IP,
    )


@case(12)
def junk(send: Send) -> Mail:
    route = (receive(ip=HOGE_IP, host=HOGE_HOST), spam(1, 6, HOGE_IP), deliver(2, "JunkEmail"))
    return send(NO_REPLY, "hoge ニュースレター 秋号", To(JOHN.mail, "filteredAsSpam", route), from_ip=HOGE_IP)


@case(24)
def group_expanded(send: Send) -> Mail:
    members = DISTRIBUTION_LISTS[SALES_ALL]
    expanded = (
        *hoge(),
        expand(2, SALES_ALL, len(members)),
        drop(2, "250 2.1.5 RESOLVER.GRP.Expanded; distribution list expanded"),
    )
    copies = (To(member, "delivered", (transfer(3), deliver(4)), size=512) for member in members)
    return send(KATO, "新製品説明会のご案内", To(SALES_ALL, "expanded", expanded), *copies, from_ip=HOGE_IP)


@case(52)
def spf(send: Send) -> Mail:
    led = "550 5.7.23 The message was rejected because of Sender Policy Framework violation"
    route = (receive(ip="203.0.113.99", host="vps99.tailspin.example"), fail(1, led))
    return send(
        "logistics@tailspin.example", "Delivery note", To(SATO.mail, "failed", route), from_ip="203.0.113.99"
    )


@case(29)
def dmarc(send: Send) -> Mail:
    led = (
        "550 5.7.509 Access denied, sending domain [NORTHWIND.EXAMPLE] does not pass DMARC verification "
        "and has a DMARC policy of reject."
    )
    route = (receive(ip="2001:db8::bad", host="unknown"), fail(1, led))
    return send(
        "ceo@northwind.example", "Urgent payment", To(WATANABE.mail, "failed", route), from_ip="2001:db8::bad"
    )


@case(57)
def external_forwarding_off(send: Send) -> Mail:
    """An inbox rule of john.smith sends a copy out: one message id, one recipient more."""
    host, ip = MX["partner.com"]
    led = (
        "550 5.7.520 Access denied, Your organization does not allow external forwarding. "
        "Please contact your administrator for further assistance. AS(7555)"
    )
    forward = (resolve(4, JOHN.mail, "john@private.example", "Redirect", "MailboxRules"), fail(5, led))
    kept = (receive(ip=ip, host=host), spam(1, 1, ip, sfv="NSPM"), deliver(3))
    return send(
        "m.lopez@partner.com",
        "Weekly status",
        To("john@private.example", "failed", forward, "198.51.100.200"),
        To(JOHN.mail, "delivered", kept),
        from_ip=ip,
    )


@case(61)
def loop(send: Send) -> Mail:
    led = "554 5.4.14 Hop count exceeded - possible mail loop ATTR34"
    route = (receive(ip="10.20.0.5", host="ex01.onprem.contoso.co.jp"), transfer(2), fail(3, led))
    return send(
        "alert@contoso.co.jp",
        "[監視] ディスク使用率",
        To("ops@sales.contoso.co.jp", "failed", route),
        from_ip="10.20.0.5",
    )


@case(14)
def several_outcomes(send: Send) -> Mail:
    """One message, four recipients, four fates; the last of them was put in Bcc by a rule."""
    hoge_mx, fabrikam = MX["hoge.com"], MX["fabrikam.example"]
    unknown = "550 5.1.1 <old@hoge.com>: Recipient address rejected: User unknown"
    busy = "451 4.7.0 Temporary server error. Please try again later"
    bcc = transport_rule(2, "社外メールの写し", "3c1c5a0e-55d1-4c2d-9d3a-1f2e3d4c5b6a", "BlindCopyTo")
    return send(
        TANAKA.mail,
        "打合せ議事録（9/30）",
        To("old@hoge.com", "failed", (*out("hoge.com"), fail(3, unknown, "", "", *hoge_mx)), hoge_mx[1]),
        To(SUZUKI, "delivered", out("hoge.com"), hoge_mx[1]),
        To(
            "kim@fabrikam.example",
            "pending",
            (receive(), submit(rcpt_count=3), defer(4, busy, *fabrikam)),
            fabrikam[1],
        ),
        To(KIMURA.mail, "delivered", (bcc, deliver(3))),
    )


@case(38)
def redirected(send: Send) -> Mail:
    """The original recipient keeps a row; the mail went to another."""
    host, ip = MX["partner.com"]
    rule = transport_rule(
        2, "退職者のメールを上長へ", "77e1b5b2-0a64-4b54-8a8e-6d1d7a4b1c22", "RedirectMessage"
    )
    moved = (receive(ip=ip, host=host), rule, resolve(2, "nakamura@contoso.co.jp", KIMURA.mail, "Redirect"))
    return send(
        "abe@partner.com",
        "Re: ご担当者様のご連絡先",
        To("nakamura@contoso.co.jp", "delivered", moved),
        To(KIMURA.mail, "delivered", (transfer(2), deliver(3))),
        from_ip=ip,
    )


@case(20)
def alias_resolved(send: Send) -> Mail:
    route = (*hoge(), resolve(2, "johnny@contoso.co.jp", JOHN.mail), deliver(3))
    return send(ITO, "Lunch on Friday?", To("johnny@contoso.co.jp", "delivered", route), from_ip=HOGE_IP)


@case(0.7)
def deferred_here(send: Send) -> Mail:
    led = "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded"
    route = (*hoge(), defer(5, led), defer(305, led))
    return send(ITO, "納期回答のお願い", To(INFO.mail, "pending", route), from_ip=HOGE_IP)


@case(0.2)
def getting_status(send: Send) -> Mail:
    """So fresh that the service knows no event yet."""
    return send(JOHN_DOE.mail, "Draft agenda", To(TANAKA.mail, "gettingStatus", ()))


@case(49)
def recalled(send: Send) -> Mail:
    route = (
        receive(),
        submit(),
        deliver(2),
        Step(900, "Recall", "The message was recalled by its sender.", ""),
    )
    return send(KIMURA.mail, "（誤送信）単価表", To(JOHN_DOE.mail, "recalled", route))


@case(46)
def malware_found(send: Send) -> Mail:
    ip = "198.51.100.233"
    route = (
        receive(ip=ip, host="mail.bad.example"),
        malware(2, "Quarantine", "Trojan:O97M/Sample.A"),
        deliver(3, "QuarantinedEmailSecured"),
    )
    return send("billing@bad.example", "Invoice overdue", To(INFO.mail, "quarantined", route), from_ip=ip)


@case(18)
def rule_without_a_name(send: Send) -> Mail:
    rule = transport_rule(2, "", "a1720161-606e-43e8-bad5-eb7bed96a52b")
    led = "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy"
    route = (receive(), submit(), rule, fail(2, led, "Transport Rule Agent"))
    return send(
        KIMURA.mail, "RE: 資料", To("ap@wingtiptoys.example", "failed", route, MX["wingtiptoys.example"][1])
    )


@case(75)
def dlp_rule_without_a_name(send: Send) -> Mail:
    rule = dlp_rule(2.9, "", "c0ffee00-606e-43e8-bad5-eb7bed96a52b", "")
    refused = fail(2.0, "550 5.7.171 Delivery not authorized, message refused")
    return send(
        JOHN.mail,
        "Customer list",
        To("nancy@northwind.example", "failed", (receive(), submit(), rule, refused)),
    )


@case(80)
def dlp_only_notified(send: Send) -> Mail:
    """A DLP rule matched and let the mail go: it explains nothing."""
    rule = dlp_rule(
        1, "Notify on phone numbers", "5a5a5a5a-2730-4217-aea6-e7a68a7951ec", "Privacy", action="NU"
    )
    route = (receive(), submit(), rule, send_external(2, *MX["partner.com"]))
    return send(TANAKA.mail, "担当者連絡先", To("abe@partner.com", "delivered", route, MX["partner.com"][1]))


@case(84)
def dropped_by_a_rule(send: Send) -> Mail:
    rule = transport_rule(1, "広告メールの削除", "1d2d3d4d-0a64-4b54-8a8e-6d1d7a4b1c22", "DeleteMessage")
    dropped = Step(1, "Drop", "The message was deleted by a transport rule.", rule.data)
    route = (receive(ip="198.51.100.9", host="mta.ads.example"), rule, dropped)
    return send("sale@ads.example", "90% OFF!!!", To(JOHN_DOE.mail, "failed", route), from_ip="198.51.100.9")


@case(88)
def quarantined_by_a_rule(send: Send) -> Mail:
    rule = transport_rule(
        1, "パスワード付き ZIP を検疫", "2e2e3d4d-0a64-4b54-8a8e-6d1d7a4b1c22", "Quarantine"
    )
    ip = MX["partner.com"][1]
    route = (receive(ip=ip, host="mail.partner.com"), rule, deliver(2, "QuarantinedEmailSecured"))
    return send(
        "abe@partner.com", "図面（パスワード付き）", To(TANAKA.mail, "quarantined", route), from_ip=ip
    )


@case(93)
def blocked_by_the_tenant_list(send: Send) -> Mail:
    led = (
        "550 5.7.703 Your message can't be delivered because messages to bad.example are blocked by your "
        "organization using Tenant Allow Block List."
    )
    return send(JOHN_DOE.mail, "Hello", To("x@bad.example", "failed", (receive(), submit(), fail(2, led))))


@case(97)
def refused_by_policy(send: Send) -> Mail:
    """Refused by some policy of the organization, and no event says by which."""
    refused = fail(2, "550 5.7.1 Delivery not authorized, message refused")
    return send(
        KIMURA.mail, "RE: RE: 回答", To("kim@fabrikam.example", "failed", (receive(), submit(), refused))
    )


@case(101)
def mailbox_full_there(send: Send) -> Mail:
    host, ip = MX["hoge.com"]
    led = "552 5.2.2 <kato@hoge.com>: user is over quota"
    return send(
        SATO.mail,
        "写真を送ります",
        To(KATO, "failed", (*out("hoge.com"), fail(3, led, "", led, host, ip)), ip),
    )


@case(105)
def sending_limit_exceeded(send: Send) -> Mail:
    led = (
        "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients"
    )
    return send(
        JOHN_DOE.mail, "Survey 2026", To("m.lopez@partner.com", "failed", (receive(), submit(), fail(1, led)))
    )


@case(109)
def sender_blocked(send: Send) -> Mail:
    led = "550 5.1.8 Access denied, bad outbound sender AS(42004)"
    return send(
        JOHN_DOE.mail, "Survey 2026", To("abe@partner.com", "failed", (receive(), submit(), fail(1, led)))
    )


@case(113)
def relay_denied(send: Send) -> Mail:
    host, ip = MX["tailspin.example"]
    led = "550 5.7.367 Remote server returned not permitted to relay"
    msg = "554 5.7.1 <logistics@tailspin.example>: Relay access denied"
    to = To(
        "logistics@tailspin.example",
        "failed",
        (*out("tailspin.example"), fail(3, led, "", msg, host, ip)),
        ip,
    )
    return send(TANAKA.mail, "出荷指示", to)


@case(117)
def certificate_expired(send: Send) -> Mail:
    host, ip = MX["northwind.example"]
    led = "550 5.7.322 certificate-expired: Destination mail server's certificate is expired."
    waited = defer(30, "450 4.7.322 certificate-expired", host, ip)
    route = (receive(), submit(), waited, fail(86_400, led, "", "", host, ip))
    return send(KIMURA.mail, "Re: Quotation", To("nancy@northwind.example", "failed", route, ip))


@case(150)
def expired_in_queue(send: Send) -> Mail:
    host, ip = MX["fabrikam.example"]
    waited = defer(60, "450 4.4.316 Connection refused [Message=Socket error code 10061]", host, ip)
    gone = fail(86_460, "550 4.4.7 QUEUE.Expired; message expired", "", "", host, ip)
    route = (receive(), submit(), waited, gone)
    return send(TANAKA.mail, "注文書 No.5512", To("orders@fabrikam.example", "failed", route, ip))


@case(122)
def too_large(send: Send) -> Mail:
    led = "550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient"
    route = (receive(), submit(), fail(2, led, "Resolver"))
    return send(JOHN.mail, "Build artefacts", To(TAKAHASHI.mail, "failed", route), size=157_286_400)


@case(126)
def rejected_by_the_remote_server(send: Send) -> Mail:
    host, ip = MX["partner.com"]
    led = "550 5.0.350 Remote server returned an error -> 550 Message refused by content filter"
    route = (*out("partner.com"), fail(3, led, "", "550 Message refused by content filter", host, ip))
    return send(TANAKA.mail, "キャンペーンのご案内", To("m.lopez@partner.com", "failed", route, ip))


@case(130)
def bad_mail(send: Send) -> Mail:
    broken = Step(2, "BadMail", "The message could not be processed and was put aside.", "")
    ip = "198.51.100.9"
    return send(
        "sale@ads.example",
        "=?utf-8?Q?=",
        To(INFO.mail, "failed", (receive(ip=ip, host="x"), broken)),
        from_ip=ip,
    )


@case(134)
def removed_after_delivery(send: Send) -> Mail:
    ip = "198.51.100.233"
    zap = Step(7_200, "Zero-hour auto purge", "Moved to quarantine after delivery.", "", "Quarantine")
    route = (receive(ip=ip, host="mail.bad.example"), spam(1, 1, ip, sfv="NSPM"), deliver(3), zap)
    return send("hr@bad.example", "Your salary review", To(KIMURA.mail, "quarantined", route), from_ip=ip)


@case(8)
def hostile_subject(send: Send) -> Mail:
    subject = "[link](https://example.com) **bold** <b>太字</b> | `code` ${x} {{y}} \u202etxt.exe"
    return send(KATO, subject, To(TANAKA.mail, "delivered", (*hoge(), deliver(3))), from_ip=HOGE_IP)


@case(138)
def no_subject(send: Send) -> Mail:
    return send(JOHN_DOE.mail, "", To(JOHN.mail, "delivered", (receive(), submit(), deliver(2))))


@case(35)
def quote_in_the_address(send: Send) -> Mail:
    route = (*out("partner.com"),)
    return send(JOHN.mail, "Minutes", To("o'brien+jp@partner.com", "delivered", route, MX["partner.com"][1]))


@case(142)
def blank_data(send: Send) -> Mail:
    steps = (replace(step, data="") for step in (receive(), submit(), deliver(2)))
    return send(SATO.mail, "有休申請", To(WATANABE.mail, "delivered", tuple(steps)))


@case(146)
def broken_data(send: Send) -> Mail:
    """XML that is cut off, is no XML, or would like to grow."""
    bomb = (
        '<!DOCTYPE root [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
        '<root><MEP Name="ServerHostName" String="&b;&x;"/></root>'
    )
    steps = (
        replace(receive(), data=receive().data[:90]),
        replace(submit(), data="<root><MEP Name=ServerHostName String=EXCH01></root>"),
        replace(transfer(1), data=bomb),
        deliver(2),
    )
    return send(SATO.mail, "PC 交換のお知らせ", To(JOHN_DOE.mail, "delivered", steps))


@case(154)
def unknown_event(send: Send) -> Mail:
    unheard = Step(2, "Quantum check", "Something that no page describes.", "<root/>", "Observe")
    return send(JOHN.mail, "Test", To(KIMURA.mail, "delivered", (receive(), submit(), unheard, deliver(3))))


@case(158)
def labelled(send: Send) -> Mail:
    route = (receive(), submit(), label(1, "社外秘"), deliver(2))
    return send(TAKAHASHI.mail, "【社外秘】来期組織案", To(WATANABE.mail, "delivered", route))


@case(5)
def from_on_premises(send: Send) -> Mail:
    route = (receive(ip="10.20.0.15", host="scan01.onprem.contoso.co.jp"), deliver(2))
    return send(
        "scanner@contoso.co.jp",
        "スキャン_20261001.pdf",
        To(TANAKA.mail, "delivered", route),
        from_ip="10.20.0.15",
    )


@case(2.99)
def bounce(send: Send) -> Mail:
    sender = "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@contoso.co.jp"
    route = (receive(), *out("hoge.com")[3:])
    return send(
        sender, "配信不能: 【至急】10月度請求書の件", To(SUZUKI, "delivered", route, MX["hoge.com"][1])
    )


@case(40)
def from_a_mailing_service(send: Send) -> Mail:
    """The envelope sender is a bounce address, not the one a reader sees."""
    ip = "203.0.113.150"
    sender = "bounce+8f2a=tanaka=contoso.co.jp@mta.newsletter.example"
    route = (receive(ip=ip, host="mta.newsletter.example"), spam(1, 1, ip, sfv="NSPM"), deliver(2))
    return send(sender, "業界ニュース 第42号", To(TANAKA.mail, "delivered", route), from_ip=ip)


@case(166)
def many_recipients(send: Send) -> Mail:
    ip = MX["partner.com"][1]
    to = (
        To(f"member{number:02}@partner.com", "delivered", out("partner.com"), ip) for number in range(1, 26)
    )
    return send(INFO.mail, "年末年始休業のお知らせ", *to)


CASES: dict[str, Key] = {}
"""Case name → the key of its decisive row; the same for every mailbox."""


def _case_mails(now: datetime) -> Iterable[tuple[str, Mail]]:
    for name, (ago, maker) in _CASES.items():
        yield name, maker(partial(mail, name, now - ago))


CASES.update({name: one.rows[0].key for name, one in _case_mails(datetime(2026, 10, 1, tzinfo=JST))})
CASES["group member"] = (CASES["group expanded"][0], TANAKA.mail)
CASES["delivered beside a failure"] = (CASES["several outcomes"][0], SUZUKI)


# --- everyday mail ---------------------------------------------------------------------------------

SUBJECTS_JA = (
    "お見積りのご依頼（株）ホゲ商事",
    "Re: 打合せ日程のご相談",
    "【ご確認】納品書の送付",
    "10月度請求書の件",
    "Re: Re: 仕様書の差分について",
    "Fwd: 障害報告書（第2報）",
    "【至急】本日17時締切のご回答",
    "御礼：先日のご来社について",
    "（株）コントソ 発注書 PO-2026-1041",
    "議事録の共有：定例会議",
    "年末調整書類の提出のお願い",
    "来週の出張の件",
)
SUBJECTS_EN = (
    "Quotation for order 4471",
    "Re: Delivery schedule, week 42",
    "Fwd: Contract renewal – signature needed",
    "Shipping notice: 3 pallets",
    "Weekly report",
    "RE: Follow-up on yesterday's call",
    "Invoice INV-20931",
    "Meeting notes & action items",
)
PEOPLE = (*(person.mail for person in (*EMPLOYEES, *COLLEAGUES)), "tanaka@sales.contoso.co.jp")
FROM_HOGE_LATELY = (
    (1.1, SUZUKI, TANAKA.mail, "Re: 【至急】本日17時締切のご回答"),
    (4.4, YAMADA, TANAKA.mail, "納期変更のお願い（PO-2026-1041）"),
    (7.3, KATO, KIMURA.mail, "Re: 新製品説明会のご案内"),
    (10.0, SUZUKI, "info@with-wit.com", "共有：展示会の出展資料"),
    (21.5, ITO, "john.doe@contoso.co.jp", "API key rotation schedule"),
    (23.0, SUZUKI, "tanaka@sales.contoso.co.jp", "お見積りのご依頼（株）ホゲ商事"),
    (26.2, YAMADA, SATO.mail, "VPN 接続の件"),
    (30.6, KATO, TANAKA.mail, "Fwd: 仕様書の差分について"),
    (44.0, NO_REPLY, INFO.mail, "[hoge] ご注文を受け付けました #20931"),
)
TO_WITH_WIT = (
    (2.4, TANAKA.mail, "delivered", "展示会の件、承知しました"),
    (19.7, INFO.mail, "delivered", "Re: お問い合わせありがとうございます"),
    (43.1, JOHN.mail, "Delivered", "Brochure request"),
)


def _draft(rng: random.Random) -> tuple[str, str, tuple[str, ...], str, tuple[Step, ...]]:
    """Make up sender, subject, recipients, status and route of a mail on an ordinary day."""
    subject = rng.choice(SUBJECTS_JA if rng.random() < 0.7 else SUBJECTS_EN)
    fate, kind = rng.random(), rng.random()
    if kind < 0.45:
        sender, person = rng.choice(CONTACTS), rng.choice(PEOPLE)
        host, ip = MX[sender.rpartition("@")[2]]
        arrival = receive(ip=ip, host=host)
        if fate < 0.03:
            return (
                sender,
                subject,
                (person,),
                "filteredAsSpam",
                (arrival, spam(1, 5, ip), deliver(2, "JunkEmail")),
            )
        verdict = spam(1, 1, ip, sfv="NSPM")
        return sender, subject, (person,), "delivered", (arrival, verdict, deliver(rng.randint(2, 9)))
    if kind < 0.75:
        sender, contact = rng.choice(PEOPLE), rng.choice(CONTACTS)
        domain = contact.rpartition("@")[2]
        route = out(domain, rng.randint(2, 6))
        if fate < 0.04:
            led = f"550 5.1.1 <{contact}>: Recipient address rejected: User unknown"
            return sender, subject, (contact,), "failed", (*route, fail(7, led, "", led, *MX[domain]))
        return sender, subject, (contact,), "delivered", route
    count = rng.choice((1, 1, 2, 3))
    sender, *people = rng.sample(PEOPLE, count + 1)
    return sender, subject, tuple(people), "delivered", (receive(), submit(rcpt_count=count), deliver(2))


def _everyday(name: str, at: datetime, rng: random.Random) -> Mail:
    sender, subject, recipients, status, route = _draft(rng)
    if rng.random() < 0.1:  # the service is not of one mind about capitals
        status = status[0].upper() + status[1:]
    domain = sender.rpartition("@")[2]
    return mail(
        name,
        at,
        sender,
        subject,
        *(To(to, status, route, MX.get(to.rpartition("@")[2], ("", ""))[1]) for to in recipients),
        from_ip=MX[domain][1] if domain in MX else "255.255.255.255",
        size=int(rng.lognormvariate(10.5, 1.2)),
        visible_after=timedelta(minutes=55 if rng.random() < 0.03 else rng.uniform(4, 10)),
    )


def _days(now: datetime, rng: random.Random) -> Iterable[datetime]:
    """When everyday mail came: office hours in Tokyo, a little at night, less at weekends."""
    today = now.astimezone(JST).replace(hour=0, minute=0, second=0, microsecond=0)
    for back in range(HISTORY_DAYS):
        day = today - timedelta(days=back)
        for _ in range(17 if day.weekday() < 5 else 4):
            hour = rng.gauss(13.5, 2.7) if rng.random() < 0.9 else rng.uniform(0, 8)
            at = day + timedelta(hours=min(max(hour, 0), 23.9))
            if at < now - timedelta(minutes=1):
                yield at


def make_mailbox(now: datetime, seed: int = 1, ahead: timedelta = timedelta(0)) -> Mailbox:
    """Two weeks of mail up to *now*, the same for the same (now, seed).

    *ahead* lets mail go on arriving after *now*, one every eight minutes and each third of them a failure
    to partner.com, so that a watch has something to say; none of it is visible before its time.
    """
    rng = random.Random(seed)
    mails = [one for _, one in _case_mails(now)]
    for hours, sender, to, subject in FROM_HOGE_LATELY:
        steps, ip = (*hoge(), deliver(3)), ""
        if to.endswith("@with-wit.com"):
            ip = MX["with-wit.com"][1]
            steps = (*hoge(), send_external(3, *MX["with-wit.com"]))
        status = "Delivered" if sender == ITO else "delivered"
        at = now - timedelta(hours=hours)
        mails.append(mail(f"hoge {hours}", at, sender, subject, To(to, status, steps, ip), from_ip=HOGE_IP))
    for hours, sender, status, subject in TO_WITH_WIT:
        relayed = To("info@with-wit.com", status, out("with-wit.com"), MX["with-wit.com"][1])
        mails.append(mail(f"with-wit {hours}", now - timedelta(hours=hours), sender, subject, relayed))
    for number, at in enumerate(_days(now, rng)):
        one = _everyday(f"everyday {seed} {number}", at, rng)
        # what hoge.com sent of late is written down above, one by one
        if at > now - timedelta(days=2, hours=2) and one.rows[0].sender_address.endswith("@hoge.com"):
            continue
        mails.append(one)
    return Mailbox((*mails, *_arriving(now, ahead, seed)))


def _arriving(now: datetime, ahead: timedelta, seed: int) -> Iterable[Mail]:
    rng = random.Random(seed + 1)
    host, ip = MX["partner.com"]
    led = "550 5.7.1 Service unavailable; client host blocked by partner.com"
    for number in range(1, int(ahead / timedelta(minutes=8)) + 1):
        at, name = now + timedelta(minutes=8 * number), f"arriving {seed} {number}"
        if number % 3:
            yield _everyday(name, at, rng)
            continue
        refused = To(
            "m.lopez@partner.com", "failed", (*out("partner.com"), fail(3, led, "", led, host, ip)), ip
        )
        yield mail(name, at, TANAKA.mail, f"見積 Q-{number:04}", refused, visible_after=timedelta(minutes=2))
