"""What becomes of mail among colleagues and from machines, and what odd events look like."""

from dataclasses import replace

from demo.cases.register import Send, case
from demo.company import JOHN, JOHN_DOE, KIMURA, SATO, TAKAHASHI, TANAKA, WATANABE
from demo.events import Mail, Step, To, deliver, fail, label, receive, submit, transfer


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


@case(0.2)
def getting_status(send: Send) -> Mail:
    """So fresh that the service knows no event yet; it does a quarter of an hour later."""
    route = (receive(), submit(), deliver(2))
    return send(
        JOHN_DOE.mail, "Draft agenda", To(TANAKA.mail, "delivered", route, before=((1_620, "gettingStatus"),))
    )


@case(49)
def recalled(send: Send) -> Mail:
    route = (
        receive(),
        submit(),
        deliver(2),
        Step(900, "Recall", "The message was recalled by its sender.", ""),
    )
    return send(KIMURA.mail, "（誤送信）単価表", To(JOHN_DOE.mail, "recalled", route))


@case(122)
def too_large(send: Send) -> Mail:
    led = "550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient"
    route = (receive(), submit(), fail(2, led, "Resolver"))
    return send(JOHN.mail, "Build artefacts", To(TAKAHASHI.mail, "failed", route), size=157_286_400)


@case(138)
def no_subject(send: Send) -> Mail:
    return send(JOHN_DOE.mail, "", To(JOHN.mail, "delivered", (receive(), submit(), deliver(2))))


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
