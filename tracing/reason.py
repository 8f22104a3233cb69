"""Read what one event says: its XML, the SMTP reply, the rule, the server.

All of it comes from outside. Texts are capped before a pattern sees them, XML is read with entities refused,
and what cannot be read is left out.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_address, ip_network
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tracing.model import TraceEvent
from tracing.replies import Reply, code_of, codes_in, read_reply
from tracing.vendors import has_component

MAX_DATA = 200_000
"""Characters of XML that are still read; a real event has a few thousand."""

MAX_REASON = 2_000
"""Characters of the raw reason that are kept."""

_LED = re.compile(r"\{LED=(.*?)(?:(\})(?=\s?;\s?\{|\]|\s*$)|(?=\s\[?\{LED=)|$)", re.DOTALL)
"""A reply may contain braces: it ends where the next cell begins or the list ends."""
_CELL = re.compile(r"""<MEP\s+Name=["']([^"'<>]{1,100})["']\s+\w{1,20}=["']([^"'<>]*)""")
_RULE = re.compile(
    r"(?:Transport|DLP) rule: '(.*?)',\s*ID: \(?'?([^')]*)'?\)?"
    r"(?:,\s*DLP policy: '(.*?)'(?:,\s*ID: \(?'?([^')]*))?)?",
    re.IGNORECASE,
)
_NO_POLICY = "00000000-0000-0000-0000-000000000000"
_FOLDER = re.compile(r"DefaultFolderType:(\w+)|\b(QuarantinedEmail\w*)")
_SERVER = re.compile(r"(?:LastAttemptedServerName=|\{FQDN=)([^\]};]+)")
_ENTRANCE = re.compile(r"\.mail\.protection\.outlook\.com\.?$|\.mx\.microsoft\.?$", re.IGNORECASE)
"""Inbound servers of other Exchange Online tenants, whose components write like ours."""
_IP = re.compile(r"\{IP=([0-9a-fA-F.:]+)|LastAttemptedIP=([0-9a-fA-F.:]+?)(?::\d+)?(?=[\]};])")
_ONWARD = re.compile(r"\bredirected from \S{1,320} to ([^\s@]{1,64}@[\w.-]{1,255})", re.IGNORECASE)
_SENT_TO = re.compile(r"\bsent to (\S+) at ([0-9a-fA-F.:]+)")

_PRIVATE = tuple(ip_network(n) for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))


@dataclass(frozen=True)
class Told:
    """An event as it is judged; every text here is at most MAX_REASON characters."""

    raw: TraceEvent

    def is_a(self, *names: str) -> bool:
        return self.name.startswith(names)

    @cached_property
    def name(self) -> str:
        return self.raw.event[:MAX_REASON].casefold()

    @cached_property
    def action(self) -> str:
        return self.raw.action[:MAX_REASON].casefold()

    @cached_property
    def data(self) -> Mapping[str, str]:
        return _read(self.raw.data)

    @cached_property
    def text(self) -> str:
        """The description, and the status of the recipient where it says something else."""
        description = html.unescape(self.raw.description[:MAX_REASON])
        status = self.data.get("RecipientStatus", "")
        parts = (description, "" if status in description else status)
        return " ".join(filter(None, parts))[:MAX_REASON]

    @cached_property
    def reply(self) -> str:
        """The SMTP reply inside the text, where it has the measured shape; else the text.

        Told twice, once cut off, the whole one counts.
        """
        told = max(_LED.finditer(self.text), key=lambda led: (bool(led[2]), len(led[1])), default=None)
        return (told[1].strip() if told else "") or self.text

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The enhanced status codes of the reply (RFC 3463), in order; one cut short is left out."""
        codes = tuple(codes_in(self.reply))
        return codes[:-1] if codes and self.is_cut and self.reply.endswith(codes[-1]) else codes

    @property
    def is_cut(self) -> bool:
        """Whether the reply is told in the measured shape and breaks off."""
        return "{LED=" in self.text and not any(led[2] for led in _LED.finditer(self.text))

    @property
    def component(self) -> str:
        """What decided, such as `DLP Policy Agent`."""
        return self.data.get("SourceContext", "")

    @property
    def is_remote(self) -> bool:
        """Whether the other side gave the reply."""
        flag = self.data.get("IsSmtpResponseFromExternalServer", "").casefold()
        if flag:
            return flag == "true"
        server = _first(_SERVER, self.text)
        return bool(server) and (not has_component(self.reply) or bool(_ENTRANCE.search(server)))

    @cached_property
    def read(self) -> Reply:
        """Read the reply; one cut off inside its code has none."""
        code = "" if self.is_cut and not self.codes else code_of(self.reply)
        code = code if code.count(".") != 2 or code in self.codes else code_of(" ".join(self.codes))
        return read_reply(self.reply, remote=self.is_remote, code=code, server=self.server[0])

    @property
    def forwarded_to(self) -> str:
        """The address to which a Redirect or Resolve sent the message; "" if unknown."""
        told = self.data.get("RecipientReference", "")
        return told or _first(_ONWARD, self.text).rstrip(".")

    @property
    def server(self) -> tuple[str, str]:
        """Name and address of the other side's server, empty where they are not told."""
        named = _first(_SERVER, self.text), _first(_IP, self.text)
        if any(named) or not self.is_a("send"):
            return named
        sent = _SENT_TO.search(self.text)
        if sent:
            return sent[1], sent[2]
        return self.data.get("RcptDomainMailSvr", ""), self.data.get("OutboundProxyTargetIPAddress", "")

    @property
    def folder(self) -> str:
        return _first(_FOLDER, self.text)

    @property
    def rule(self) -> tuple[str, str, str]:
        """Name and id of the rule, and its policy; without the measured shape, the text stands for the id."""
        named = _RULE.search(self.text)
        if named is None:
            return "", self.text[:100], ""
        policy_id = named[4] if named[4] != _NO_POLICY else ""
        return named[1], named[2], named[3] or policy_id or ""


def is_private(address: str) -> bool:
    """Whether *address* belongs to a network of the organization's own."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in _PRIVATE)


def _read(data: str) -> dict[str, str]:
    """The MEP values of an event's XML; {} when it is empty, broken, too long or hostile."""
    if not data or len(data) > MAX_DATA:
        return {}
    try:
        root = fromstring(data)
    except ParseError:
        return _salvage(data)
    except (DefusedXmlException, ValueError):
        return {}
    values = {}
    for element in root.iter("MEP"):
        value = next((v for name, v in element.attrib.items() if name != "Name"), "")
        values[element.attrib.get("Name", "")] = value[:MAX_REASON]
    return values


def _salvage(data: str) -> dict[str, str]:
    """What can be read of XML that is broken or cut off; one that declares anything is left alone."""
    if "<!" in data:
        return {}
    cells = _CELL.findall(data)
    return {name: html.unescape(value[:MAX_REASON]) for name, value in cells}


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return next((group for group in match.groups() if group), "").strip() if match else ""
