"""What becomes of mail that goes out: refused here, refused there, put off, or accepted."""

from demo.cases.register import Send, case, out
from demo.company import INFO, JOHN, JOHN_DOE, KIMURA, SATO, TANAKA
from demo.events import (
    Mail,
    To,
    defer,
    deliver,
    dlp_rule,
    fail,
    receive,
    send_external,
    submit,
    transfer,
    transport_rule,
)
from demo.partners import KATO, MX, SUZUKI

HUB_TRAIL = "TYZAPC01FT001.eop-APC01.prod.protection.outlook.com 2026-10-01T00:00:00.000Z 08DE3F0A1B2C3D4E"
POLICY_ID = "0b6c9a2e-1d3f-4e5a-9b7c-8d6e5f4a3b2c"


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


@case(29)
def blocked_for_some(send: Send) -> Mail:
    """The same mail, stopped for people outside and delivered to colleagues."""
    rule = dlp_rule(2, "Block customer lists", "7d2c1b0a-2730-4217-aea6-e7a68a7951ec", "Privacy", POLICY_ID)
    refused = fail(2, "550 5.7.171 Delivery not authorized, message refused", "DLP Policy Agent")
    stopped = (receive(), submit(), rule, refused)
    inside = (receive(), submit(), deliver(3))
    return send(
        KIMURA.mail,
        "顧客名簿（最新版）",
        To("m.lopez@partner.com", "failed", stopped, MX["partner.com"][1]),
        To("kim@fabrikam.example", "failed", stopped, MX["fabrikam.example"][1]),
        *(To(colleague.mail, "delivered", inside) for colleague in (TANAKA, JOHN, JOHN_DOE)),
    )


@case(2.2)
def remote_server_unreachable(send: Send) -> Mail:
    host, ip = MX["fabrikam.example"]
    led = (
        "450 4.4.317 Cannot connect to remote server [Message=SocketError: TimedOut] "
        f"[LastAttemptedServerName={host}] [LastAttemptedIP={ip}:25] [{HUB_TRAIL}]"
    )
    tries = (defer(62, led, host, ip), defer(662, led, host, ip, cut=150), defer(1862, led, host, ip))
    # the server comes back six hours after the mail
    route = (receive(), submit(), transfer(1), *tries, send_external(21_600, host, ip))
    kept = ((21_600, "pending"),)
    to = To("orders@fabrikam.example", "delivered", route, ip, before=kept)
    return send(TANAKA.mail, "見積書の送付（fabrikam 様）", to)


@case(14)
def several_outcomes(send: Send) -> Mail:
    """One message, four recipients, four fates; the last of them was put in Bcc by a rule."""
    hoge_mx, fabrikam = MX["hoge.com"], MX["fabrikam.example"]
    unknown = "550 5.1.1 <old@hoge.com>: Recipient address rejected: User unknown"
    busy = "451 4.7.0 Temporary server error. Please try again later"
    expired = fail(86_460, "550 4.4.7 QUEUE.Expired; message expired", "", "", *fabrikam)
    bcc = transport_rule(2, "社外メールの写し", "3c1c5a0e-55d1-4c2d-9d3a-1f2e3d4c5b6a", "BlindCopyTo")
    return send(
        TANAKA.mail,
        "打合せ議事録（9/30）",
        To("old@hoge.com", "failed", (*out("hoge.com"), fail(3, unknown, "", "", *hoge_mx)), hoge_mx[1]),
        To(SUZUKI, "delivered", out("hoge.com"), hoge_mx[1]),
        To(
            "kim@fabrikam.example",
            "failed",
            (receive(), submit(rcpt_count=3), defer(4, busy, *fabrikam), expired),
            fabrikam[1],
            before=((86_460, "pending"),),
        ),
        To(KIMURA.mail, "delivered", (bcc, deliver(3))),
    )


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


@case(126)
def rejected_by_the_remote_server(send: Send) -> Mail:
    host, ip = MX["partner.com"]
    led = "550 5.0.350 Remote server returned an error -> 550 Transaction failed"
    route = (*out("partner.com"), fail(3, led, "", "550 Transaction failed", host, ip))
    return send(TANAKA.mail, "キャンペーンのご案内", To("m.lopez@partner.com", "failed", route, ip))


@case(35)
def quote_in_the_address(send: Send) -> Mail:
    route = (*out("partner.com"),)
    return send(JOHN.mail, "Minutes", To("o'brien+jp@partner.com", "delivered", route, MX["partner.com"][1]))


@case(2.99)
def bounce(send: Send) -> Mail:
    sender = "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@contoso.co.jp"
    route = (receive(), *out("hoge.com")[3:])
    return send(
        sender, "配信不能: 【至急】10月度請求書の件", To(SUZUKI, "delivered", route, MX["hoge.com"][1])
    )


@case(166)
def many_recipients(send: Send) -> Mail:
    ip = MX["partner.com"][1]
    to = (
        To(f"member{number:02}@partner.com", "delivered", out("partner.com"), ip) for number in range(1, 26)
    )
    return send(INFO.mail, "年末年始休業のお知らせ", *to)
