"""Rows, events and mails of the sample mailbox, and the words Exchange Online writes into events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape
from uuid import NAMESPACE_URL, uuid5

HUB = "TYZPR01MB4321.apcprd01.prod.outlook.com"
MAILBOX_SERVER = "OSAPR01MB1234.jpnprd01.prod.outlook.com"
NO_POLICY = "00000000-0000-0000-0000-000000000000"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INTERNAL_IP = "255.255.255.255"
VISIBLE_AFTER = timedelta(minutes=6)


def instant(moment: datetime) -> int:
    """*moment* in units of 100 ns since 1970."""
    since = moment - EPOCH
    return ((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds) * 10


Key = tuple[str, str]
"""Message trace id and recipient address."""


@dataclass(frozen=True, slots=True)
class Row:
    """One message for one recipient, as the list gives it.

    `tick` is the seventh decimal of `received_date_time`, which a `datetime` cannot hold: the service
    keeps instants of 100 ns. `visible_from` is when the row first shows in a list. `status` is where the
    row ends; `before` what it said on the way there, each until its moment. `fate` names the route
    (`demo.routes`) of everyday mail, whose events are told when somebody asks.
    """

    message_trace_id: str
    message_id: str
    received_date_time: datetime
    sender_address: str
    recipient_address: str
    subject: str
    size: int
    status: str
    from_ip: str
    to_ip: str
    visible_from: datetime
    tick: int = 0
    before: tuple[tuple[datetime, str], ...] = ()
    fate: str = ""

    @property
    def key(self) -> Key:
        return self.message_trace_id, self.recipient_address

    @property
    def instant(self) -> int:
        """The reception in units of 100 ns since 1970, as the service compares it."""
        return instant(self.received_date_time) + self.tick

    def as_of(self, now: datetime) -> "Row":
        """The row as the list gives it at *now*: statuses settle in place."""
        for until, status in self.before:
            if now < until:
                return replace(self, status=status, before=())
        return self


@dataclass(frozen=True)
class Event:
    """One event of a message for one recipient; `data` is XML, or whatever the service has put there."""

    date_time: datetime
    event: str
    action: str
    description: str
    data: str


@dataclass(frozen=True)
class Step:
    """An event before its message has a time: `after` seconds from reception."""

    after: float
    event: str
    description: str
    data: str
    action: str = ""


@dataclass(frozen=True)
class To:
    """One recipient of a mail, what became of it, and the steps in the order they happened.

    `before`: what the row said until so many seconds after reception.
    """

    address: str
    status: str
    steps: tuple[Step, ...]
    to_ip: str = ""
    size: int = 0  # more bytes than the message itself: recipients differ in their copies
    before: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Mail:
    """One message: a row for each recipient, the decisive one first, and the events of each."""

    rows: tuple[Row, ...]
    events: dict[Key, tuple[Event, ...]]


def mail(
    name: str,
    at: datetime,
    sender: str,
    subject: str,
    *to: To,
    from_ip: str = INTERNAL_IP,
    size: int = 48_213,
    message_id: str = "",
    visible_after: timedelta = VISIBLE_AFTER,
) -> Mail:
    """Make a message of which *name* fixes the ids and the fraction of the second, whenever it is sent."""
    ident = uuid5(NAMESPACE_URL, f"mail:{name}")
    at = at.astimezone(UTC).replace(microsecond=ident.int % 1_000_000)
    domain = sender.rpartition("@")[2] or "contoso.co.jp"
    rows = tuple(
        Row(
            message_trace_id=str(ident),
            message_id=message_id or f"<{uuid5(ident, 'Message-ID').hex.upper()}@{domain}>",
            received_date_time=at,
            sender_address=sender,
            recipient_address=one.address,
            subject=subject,
            size=size + one.size,
            status=one.status,
            from_ip=from_ip,
            to_ip=one.to_ip,
            visible_from=at + visible_after,
            tick=ident.int // 1_000_000 % 10,
            before=tuple((at + timedelta(seconds=until), status) for until, status in one.before),
        )
        for one in to
    )
    second = at.replace(microsecond=0)
    routes = {row.key: told(second, one.steps) for row, one in zip(rows, to, strict=True)}
    return Mail(rows, routes)


def told(second: datetime, steps: Iterable[Step]) -> tuple[Event, ...]:
    """Give the events as the service does: by second, and within a second in no order (here: backwards)."""
    causal = [(int(step.after), -place, step) for place, step in enumerate(steps)]
    return tuple(
        Event(second + timedelta(seconds=step.after), step.event, step.action, step.description, step.data)
        for _, _, step in sorted(causal, key=lambda entry: entry[:2])
    )


def data(**facts: str | int) -> str:
    """Write *facts* as the `data` of an event: a `MEP` for each, typed as the service types it."""
    cells = []
    for name, value in {**facts, "SequenceNumber": 0}.items():
        kind = "Blob" if name == "CustomData" else "String" if isinstance(value, str) else "Integer"
        kind = "Long" if name == "SequenceNumber" else kind
        cells.append(f'<MEP Name="{name}" {kind}="{escape(str(value))}"/>')
    return f"<root>{''.join(cells)}</root>"


def reason(led: str, msg: str = "", fqdn: str = "", ip: str = "", lrt: str = "") -> str:
    """The measured shape in which a Fail, Defer or Drop says why."""
    return f"Reason: [{{LED={led}}};{{MSG={msg}}};{{FQDN={fqdn}}};{{IP={ip}}};{{LRT={lrt}}}]"


# --- the steps, in the words of the service --------------------------------------------------------


def receive(after: float = 0, ip: str = INTERNAL_IP, host: str = "", rcpt_count: int = 1) -> Step:
    """Received by SMTP from *host*, or, without one, from a mailbox of the organization."""
    facts: dict[str, str | int] = {"ServerHostName": HUB, "ClientIP": ip}
    if host:
        facts |= {
            "ClientName": host,
            "ConnectorId": f"{HUB.split('.')[0]}\\Default Frontend",
            "RcptCount": rcpt_count,
            "CustomData": f"S:ProxyHop1=TYZAPC01FT001.mail.protection.outlook.com(2001:db8::19);"
            f"S:ProxiedClientIPAddress={ip};S:ProxiedClientHostname={host};"
            "S:tlsversion=SP_PROT_TLS1_3_SERVER;'S:DeliveryPriority=Normal;Reason=Default'",
        }
    return Step(after, "Receive", f"Message received by: {HUB} using TLS1.3 with AES256", data(**facts))


def submit(after: float = 1, rcpt_count: int = 1) -> Step:
    return Step(after, "Submit", "The message was submitted.", data(ServerHostName=HUB, RcptCount=rcpt_count))


def transfer(after: float = 2) -> Step:
    return Step(
        after,
        "Transfer",
        "The recipients were moved to a forked message because of content conversion or routing.",
        data(ServerHostName=HUB, SourceContext="Resolver"),
    )


def spam(after: float, scl: int, ip: str, action: str = "", sfv: str = "SPM") -> Step:
    """The filter's verdict: *scl* 8 and more goes to quarantine, 5 and 6 to junk."""
    verdict = {"Quarantine": "SQ", "": "SJ" if scl >= 5 else "SN"}.get(action, "SN")
    source = "AgentDefer - Antispam Quarantine Agent" if verdict == "SQ" else "Antispam Routing Agent"
    facts = data(SourceContext=source, DI=verdict, SCL=scl, SFV=sfv, CIP=ip, H=f"mail.{ip}.example")
    return Step(after, "Spam", f"Spam confidence level: {scl}", facts, action)


def transport_rule(after: float, name: str, ident: str, action: str = "RejectMessage") -> Step:
    text = f"Transport rule: '{name}', ID: ('{ident}'), DLP policy: '', ID: ({NO_POLICY})."
    return Step(
        after, "Transport rule", text, data(SourceContext="Transport Rule Agent", RcptCount=1), action
    )


def dlp_rule(
    after: float, name: str, ident: str, policy: str, policy_id: str = NO_POLICY, action: str = "BA"
) -> Step:
    text = f"DLP rule: '{name}', ID: ('{ident}'), DLP policy: '{policy}', ID: ({policy_id})."
    return Step(after, "DLP rule", text, data(SourceContext="CatContentConversion", RcptCount=1), action)


def send_external(after: float, host: str, ip: str) -> Step:
    text = f"Message sent to {host} at {ip} using TLS1.2 with AES256"
    facts = data(
        ServerHostName=HUB, RcptDomainMailSvr=host, OutboundProxyTargetIPAddress=ip, TotalLatency=int(after)
    )
    return Step(after, "Send external", text, facts)


def deliver(after: float = 3, folder: str = "", latency: int | None = None) -> Step:
    """Delivered to a mailbox; *folder* as the service spells it, such as `JunkEmail`, or unsaid."""
    text = "The message was successfully delivered"
    facts: dict[str, str | int] = {
        "MailboxServer": MAILBOX_SERVER,
        "TotalLatency": int(after) if latency is None else latency,
        "SourceContext": "08DE3F0A1B2C3D4E;2026-01-01T00:00:00.000Z;ClientSubmitTime:",
    }
    if folder:
        text += f" to the folder: DefaultFolderType:{folder}"
        facts["RecipientStatus"] = f"DefaultFolderType:{folder}-Mailbox Delivery Filter Agent"
    return Step(after, "Deliver", text + ("" if folder else "."), data(**facts))


def fail(after: float, led: str, source: str = "", msg: str = "", fqdn: str = "", ip: str = "") -> Step:
    """Failed for good; with *fqdn* it was the other side that refused."""
    text = reason(led, msg, fqdn, ip)
    facts: dict[str, str | int] = {"ServerHostName": HUB}
    if source:
        facts["SourceContext"] = source
    if fqdn:
        facts["IsSmtpResponseFromExternalServer"] = "True"
    facts["RecipientStatus"] = text.removeprefix("Reason: ")
    return Step(after, "Fail", text, data(**facts))


def defer(after: float, led: str, fqdn: str = "", ip: str = "", cut: int | None = None) -> Step:
    """Put off; a long reason arrives cut off after *cut* characters."""
    text = reason(led, "", fqdn, ip)[:cut]
    return Step(after, "Defer", text, data(ServerHostName=HUB, RcptCount=1))


def drop(after: float, led: str, source: str = "CatCleanup") -> Step:
    return Step(after, "Drop", reason(led), data(SourceContext=source))


def expand(after: float, group: str, members: int) -> Step:
    text = "The message was sent to a distribution list (DL) that was expanded to the recipients of the DL."
    return Step(after, "Expand DL", text, data(RcptCount=members, RelatedRecipient=group))


def resolve(after: float, old: str, new: str, event: str = "Resolve", source: str = "Resolver") -> Step:
    text = f"The message was redirected from {old} to {new}."
    return Step(after, event, text, data(RelatedRecipient=old, RecipientReference=new, SourceContext=source))


def malware(after: float, action: str, name: str) -> Step:
    return Step(
        after,
        "Malware",
        f"Malware detected: {name}. Attachment: 請求書.docm",
        data(
            SourceContext="Malware Agent",
            CustomData=f"S:AMA=EV;'S:AMA.Detail=engine=A;file=請求書.docm;name={name}'",
        ),
        action,
    )


def label(after: float, name: str) -> Step:
    return Step(
        after, "Sensitivity label", f"Sensitivity label '{name}' applied by auto-labeling.", data(Label=name)
    )
