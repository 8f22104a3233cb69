"""What becomes of mail that comes in: refused, set aside, spread, or delivered."""

from demo.cases.register import Send, case, hoge
from demo.company import (
    ALL_STAFF,
    DISTRIBUTION_LISTS,
    INFO,
    JOHN,
    JOHN_DOE,
    KIMURA,
    SALES_ALL,
    SATO,
    TANAKA,
    WATANABE,
)
from demo.events import (
    Mail,
    Step,
    To,
    defer,
    deliver,
    drop,
    expand,
    fail,
    malware,
    receive,
    resolve,
    spam,
    transfer,
    transport_rule,
)
from demo.partners import HOGE_HOST, HOGE_IP, ITO, KATO, MX, NO_REPLY, SUZUKI, YAMADA

RULE_ID = "9d0c4b1e-7a2f-4c3d-8e5b-6f1a2b3c4d5e"


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
    route = (*hoge(), defer(5, led), defer(305, led), deliver(10_800))
    to = To(INFO.mail, "delivered", route, before=((10_800, "pending"),))
    return send(ITO, "納期回答のお願い", to, from_ip=HOGE_IP)


@case(46)
def malware_found(send: Send) -> Mail:
    ip = "198.51.100.233"
    route = (
        receive(ip=ip, host="mail.bad.example"),
        malware(2, "Quarantine", "Trojan:O97M/Sample.A"),
        deliver(3, "QuarantinedEmailSecured"),
    )
    return send("billing@bad.example", "Invoice overdue", To(INFO.mail, "quarantined", route), from_ip=ip)


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


@case(40)
def from_a_mailing_service(send: Send) -> Mail:
    """The envelope sender is a bounce address, not the one a reader sees."""
    ip = "203.0.113.150"
    sender = "bounce+8f2a=tanaka=contoso.co.jp@mta.newsletter.example"
    route = (receive(ip=ip, host="mta.newsletter.example"), spam(1, 1, ip, sfv="NSPM"), deliver(2))
    return send(sender, "業界ニュース 第42号", To(TANAKA.mail, "delivered", route), from_ip=ip)


@case(8)
def hostile_subject(send: Send) -> Mail:
    subject = "[link](https://example.com) **bold** <b>太字</b> | `code` ${x} {{y}} \u202etxt.exe"
    return send(KATO, subject, To(TANAKA.mail, "delivered", (*hoge(), deliver(3))), from_ip=HOGE_IP)
