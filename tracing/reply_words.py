"""Causes in the words of an SMTP reply, for codes that say too little, in several languages.

Every repetition is bounded, since a server's reply may be made to slow a match. The first cause found counts.
"""

import re

from tracing.causes import Cause
from tracing.reply_words_ja import JAPANESE

_PERSON = r"(?:user|recipient|mailbox|mail box|account|address|addressee|alias|e-?mail (?:address|account))"

_WORDS: tuple[tuple[Cause, tuple[str, ...]], ...] = (
    (
        Cause.DELAYED,
        (
            r"gr[ea]y ?-?list",
            r"(?:too|very) (?:quickly|soon), (?:please )?(?:try|retry)",
        ),
    ),
    (
        Cause.RECIPIENT_NOT_FOUND,
        (r"account or domain may not exist", r"account that you tried to reach (?:does not|is)"),
    ),
    (
        Cause.DIRECT_SEND_REFUSED,
        (r"Direct Send not allowed",),
    ),
    (
        Cause.SEND_AS_DENIED,
        (
            r"SendAsDenied",
            r"not allowed to send (?:as|on behalf)",
            r"not owned by (?:user|the)\b",
        ),
    ),
    (
        Cause.FORWARDING_BLOCKED,
        (
            r"does not allow external forwarding",
            r"auto-?forward\w{0,6} .{0,40}not (?:allowed|permitted)",
        ),
    ),
    (
        Cause.MALWARE,
        (
            r"\bvirus(?:es)?\b(?! scann)",
            r"malware",
            r"\beicar\b",
            r"\btrojan\b",
            r"infected",
        ),
    ),
    (
        Cause.RECIPIENT_LIMIT,
        (
            r"rate that prevents additional messages",
            r"recipient has exceeded",
            r"exceeded their limit for .{0,40}receive",
            r"receiving mail (?:at a rate|too (?:quickly|fast))",
            r"(?:recipient|user|mailbox) .{0,40}(?:receiving|received) too (?:many|much)",
            r"recipient.{0,30}(?:limit|rate) .{0,20}exceed",
            r"receive limit",
            r"thread limit",
            r"rate limit .{0,20}recipient",
            r"busy receiving",
        ),
    ),
    (
        Cause.SENDING_LIMIT,
        (r"too many (?:recipients|messages) .{0,30}(?:this|last|past|per|an?) (?:hour|day|minute)",),
    ),
    (
        Cause.TOO_MANY_RECIPIENTS,
        (
            r"too many (?:recipients|addresses|rcpts)",
            r"recipients? (?:count|number) .{0,20}(?:exceed|limit)",
        ),
    ),
    (
        Cause.SENDING_LIMIT,
        (
            r"submission quota",
            r"submission rate",
            r"sending (?:limit|quota)",
            r"(?:daily|hourly) .{0,30}(?:limit|quota)",
            r"message quota (?:reached|exceeded)",
            r"quota exceeded for (?:sender|sending)",
        ),
    ),
    (
        Cause.MAILBOX_FULL,
        (
            r"storage limit",
            r"number of messages in .{0,40}exceed",
            r"(?:mail ?box|mailbox|inbox) .{0,20}(?:is|are) (?:almost )?full",
            r"no room",
            r"(?:mail)?(?:box|folder|directory|inbox) (?:is )?(?:almost |currently )?full",
            r"over ?-?(?:the )?(?:maximum |disk |storage |allowed )?quota",
            r"quota (?:is |has been )?(?:full|exceed|violat)",
            r"(?:exceed|exceeds|exceeded|exceeding)\b.{0,40}\b(?:quota|storage|mailbox (?:size|"
            r"limit))",
            r"quota.{0,20}exceed",
            r"insufficient (?:disk )?(?:storage|space)",
            r"(?:mailbox|user|account|disk) .{0,30}out of space",
            r"no space left",
            r"out of (?:storage|(?:disk )?space)",
            r"storage (?:allocation|space|exceeded)",
            r"disk full",
            r"not enough (?:storage |disk )?space",
            r"too much mail data",
            r"mailbox size limit",
            r"(?:box|user|account) .{0,12}(?:limit|quota) (?:has been )?exceeded",
            r"\bmailfull\b",
            r"maildir .{0,20}quota",
        ),
    ),
    (
        Cause.TLS_PROBLEM,
        (
            r"expired.{0,20}certificate",
            r"certificate",
            r"STARTTLS",
            r"\bTLS\b.{0,40}(?:requir|fail|error|must|not|need|negotiat|unavailable)",
            r"(?:requir|must|fail|no)\w{0,5}.{0,40}\bTLS\b",
            r"\bSSL\b",
            r"\bDANE\b",
            r"MTA-STS",
            r"TLSA",
            r"DNSSEC",
            r"(?:needs|requires?) encryption",
            r"encryption (?:is )?(?:needed|required)",
            r"\bunencrypted\b.{0,40}(?:refused|rejected|not)",
        ),
    ),
    (
        Cause.RELAY_DENIED,
        (
            r"open relay (?:is )?not allowed",
            r"relay(?:ing)? (?:access )?(?:denied|not (?:allowed|permitted))|unable to relay"
            r"|not permitted to relay",
        ),
    ),
    (
        Cause.REJECTED_SPAM,
        (
            r"nature of the content",
            r"\bMCSpam",
            r"\bspam ?assassin|\brspamd",
            r"(?:as|due to|looks like|contains?|is|be|rejected for|considered) (?:a )?spam\b(?!haus)",
            r"spam (?:detected|classif\w*|message|content)",
            r"high probability of spam",
        ),
    ),
    (
        Cause.SIZE_OR_FORMAT,
        (
            r"(?:missing|invalid|disallowed|unparseable) .{0,40}header",
            r"encoded-?word",
            r"\bRFC ?-?\d{3,4} .{0,20}complian",
            r"not (?:RFC|compliant)",
            r"multiple (?:\S{1,20} ){0,4}(?:addresses|headers?)\b",
            r"duplicate header",
            r"header error",
            r"malformed (?:address|header|message)",
            r"line .{0,12}(?:limit|too long)",
            r"contains bare",
        ),
    ),
    (
        Cause.SENDER_AUTHENTICATION,
        (
            r"^5\d\d (?:[\w-]{1,63}\.){1,6}[a-z]{2,12} does not exist",
            r"mismatch\w* client",
            r"unverif\w+ sending",
            r"email address is not verified",
            r"authentication (?:information|checks|results)",
            r"does not resolve",
            r"sender could not be verified",
            r"sender address has (?:an )?invalid",
            r"domain name (?:is )?required",
            r"\bSPF\b",
            r"\bDKIM\b",
            r"\bDMARC\b",
            r"Sender ?ID\b",
            r"sender policy framework",
            r"unauthenticated",
            r"(?:not|un)authenticated (?:mail|email|sender)",
            r"reverse[ -](?:DNS|lookup|mapping|hostname)",
            r"\bPTR\b",
            r"\brDNS\b",
            r"cannot (?:find your|resolve your) (?:reverse )?hostname",
            r"required authentication level",
            r"(?:helo|ehlo) .{0,40}(?:reject|invalid|not|denied|must|does)",
            r"no (?:valid )?(?:A|MX) record for (?:sender|your)",
            r"sender (?:verify|verification) fail",
            r"domain of sender",
            r"sender(?:'s)? (?:address )?.{0,60}(?:domain (?:not found|does not|doesn.?t|must)|"
            r"not resolve|unresolvable|could not be (?:verified|resolved)|does not exist|unverifi)",
            r"envelope.{0,10}from.{0,40}(?:domain|resolve)",
            r"unresolvable .{0,20}domain",
            r"anti-?spoof",
            r"spoof",
            r"forged",
        ),
    ),
    (
        Cause.SIGN_IN_REFUSED,
        (
            r"log-?in attempts",
            r"auth(?:entication)? (?:is )?(?:unsuccessful|failed|credentials invalid)",
            r"SmtpClientAuthentication",
            r"(?:SMTP|client) (?:was )?(?:not authenticated|authentication (?:is )?(?:required|"
            r"needed|disabled))",
            r"must (?:be )?(?:authenticate|log ?in)",
            r"authentication (?:is )?required\b",
            r"log ?in to your",
            r"\bSMTP AUTH",
        ),
    ),
    (
        Cause.UNREACHABLE,
        (
            r"unable to look up|name or service not known",
            r"did not accept our requests to connect",
            r"(?:host|domain|name server|MX)\S{0,3} (?:name )?(?:is )?(?:unknown|not found"
            r"|does ?n.?t exist|does not exist|couldn.?t be found)",
            r"(?:unknown|no such) (?:host|domain)",
            r"\bDNS (?:error|lookup)",
            r"host or domain name not found",
            r"failing for a long time",
            r"couldn.?t find any host",
        ),
    ),
    (
        Cause.SENDER_BLOCKED,
        (
            r"client host rejected",
            r"bad ?mail ?from",
            r"blocked senders?",
            r"not in (?:the )?white-?list",
            r"banned",
            r"blocked - see",
            r"mail from \S{1,80} not allowed",
            r"ipcheck|dnsbl",
            r"open relay",
            r"sender(?:.s)? (?:address |was |is |has been ){0,2}(?:rejected|refused|denied"
            r"|not accepted|blocked)",
        ),
    ),
    (
        Cause.CONTENT_REFUSED,
        (
            r"attachments? .{0,40}(?:not|blocked|banned|prohibited|illegal)",
            r"(?:banned|illegal|prohibited|blocked) .{0,20}attachment",
        ),
    ),
    (
        Cause.SENDER_NOT_ALLOWED,
        (
            r"(?:recipient|receiver)(?:.?s)? (?:own )?(?:filter|settings?|preferences)",
            r"rejected by (?:the )?(?:recipient|addressee|user)\b",
            r"RST\.NotAuthorized",
            r"not (?:authorized|allowed|permitted) to (?:send|post|mail|submit)\w{0,4} .{0,40}"
            r"(?:recipient|list|group|mailbox|user|address)",
            r"(?:not|only) (?:on|members|in) .{0,30}(?:allowed|accepted|permitted) sender",
            r"restricted (?:sms|e-?mail|recipient)",
            r"(?:recipient|user|account|mailbox) .{0,60}(?:does not (?:accept|want)|only accepts|"
            r"has refused|refuses|rejected (?:your|the) (?:mail|message)|is protected by|"
            r"has (?:blocked|restricted))",
            r"only (?:allowed|accept|members|authenticated) .{0,30}senders?",
            r"not whitelisted",
            r"moderat",
            r"closed list",
            r"subscribers? only",
            r"due to recipient preferences",
            r"user filter",
            r"requires? (?:that )?all senders",
            r"sender .{0,20}not (?:allowed|permitted) (?:by|for) .{0,20}recipient",
        ),
    ),
    (
        Cause.SENDER_BLOCKED,
        (
            r"block(?:ed)? ?-?(?:list|using)",
            r"\bhost (?:is )?blocked",
            r"black ?-?list",
            r"deny ?list",
            r"spamhaus",
            r"spamcop",
            r"\bRBLs?\b",
            r"\bDNSBL",
            r"\bXBL\b",
            r"\bPBL\b",
            r"\bSBL\b",
            r"barracudacentral",
            r"senderbase",
            r"(?<!not )\blisted (?:in|at|on|by) (?!.{0,20}(?:directory|address book))",
            r"reputation",
            r"banned (?:send|ip|host)",
            r"part of their network",
            r"access denied, banned",
            r"due to .{0,20}complaints",
            r"(?:IP|host|client|server|network|domain)\b.{0,60}\b(?:is|are|was|"
            r"been) (?:blocked|banned|denied|refused|rejected)\b",
            r"(?:blocked|refused|rejected|denied)\b.{0,20} (?:your |sending |client )?(?:IP\b|"
            r"host\b|server\b|network)",
            r"deferred due to",
            r"permanently deferred",
            r"(?:dynamic|residential|dial-?up) (?:ip|address|host|pool|range)",
            r"generic host",
            r"(?:not|never) accept .{0,20}(?:mail|connections?) from (?:your|this|dynamic)",
            r"(?:mail|messages|connections?) (?:from|by) \S{1,80}.{0,12} (?:refused|not accepted|"
            r"rejected|blocked|weren.?t sent)",
            r"(?:sender|from) .{0,20}(?:blocked|banned|denied)",
            r"unusual rate of unsolicited",
            r"envelope blocked",
            r"bad outbound sender",
            r"too much spam",
            r"listed as spam source",
            r"compromised",
            r"access (?:to this mail system )?(?:has been )?(?:denied|rejected).{0,60}(?:poor|"
            r"reputation)",
            r"rejected by .{0,20}RBL",
        ),
    ),
    (
        Cause.RECIPIENT_NOT_FOUND,
        (
            r"user doesn.?t have",
            r"no longer valid",
            r"de-?activated",
            r"(?:mailbox|account|user) is (?:frozen|blocked|suspended|on hold|locked)",
            r"address (?:could ?n.?t|could not|can.?t|cannot|was ?n.?t|was not) (?:be )?found",
            r"possibly incorrect",
            rf"\b{_PERSON}\b.{{0,80}}?\b(?:unknown|not (?:be )?(?:found|exist\w*|known|listed|"
            r"recognized|valid|available|accept\w*|verified|a valid|active|present|a known|hosted|"
            r"deliverable)|doesn.?t exist|does not exist|nonexistent|non-existent|disabled|"
            r"de-?activated|inactive|no longer|suspended|invalid|unavailable|closed|expired|"
            r"terminated|locked|illegal|unrouteable|undeliverable|over \w+ days|has moved|"
            r"cancell?ed|discontinued|deleted|removed)",
            r"\b(?:unknown|no such|no|invalid|nonexistent|non-existent|bad|wrong|inactive|disabled"
            r"|bad destination|not a (?:known|valid|local)|unrouteable|unroutable|illegal|"
            r"undefined|unresolvable|non-?local|ambiguous|incorrect) (?:virtual |local |"
            rf"or illegal |destination |e-?mail |final )?{_PERSON}s?\b",
            r"\b(?:unknown|invalid|no such) .{0,20}(?:user|recipient|mailbox|account)s?\b",
            r"does not like recipient",
            r"no mailbox (?:here|by)",
            r"no (?:one|body) (?:here )?by that name",
            r"can(?:'t|not) (?:find|verify|deliver to) .{0,30}(?:user|recipient|mailbox|account|"
            r"address)",
            r"(?:doesn.?t|does not) have an? .{0,40}account",
            r"not our customer",
            r"\bnosuchuser\b",
            r"user_?not_?found",
            r"not listed in .{0,30}(?:directory|address book)",
            r"addressee unknown",
            r"unknown:? ?.{0,6}@",
            r"no valid recipients?",
            r"(?:relay|rcpt) .{0,12}lookup failed",
            r"user lookup",
            r"can.?t create user",
            r"not found in .{0,40}(?:table|directory|database)",
            r"bad destination",
        ),
    ),
    (
        Cause.REJECTED_SPAM,
        (
            r"\bspam(?!haus|cop|rats|cannibal)\w{0,6}\b",
            r"\bjunk ?mail",
            r"unsolicited",
            r"bulk (?:e-?mail|mail)",
            r"\bUCE\b",
            r"\bUBE\b",
            r"phish",
            r"high probability",
            r"suspicious",
            r"(?:message|content|mail) .{0,20}(?:score|scored)",
        ),
    ),
    (
        Cause.RELAY_DENIED,
        (
            r"\brelay(?:ing|ed)?\b.{0,40}(?:denied|not|prohibit|refus|reject|disallow|restrict)",
            r"(?:not|no|cannot|unable|refus\w{1,4}|den\w{1,4}) .{0,30}\brelay",
            r"not (?:a |an )?(?:local|accepted|hosted|gateway|configured) (?:domain|host)",
            r"rcpthosts",
            r"we do(?: not|n.?t) (?:relay|accept mail for|handle)",
            r"not (?:permitted|allowed) to relay",
            r"domain (?:is )?not (?:hosted|handled) here",
            r"do(?:es)? not (?:accept|handle) mail for",
        ),
    ),
    (
        Cause.SIZE_OR_FORMAT,
        (
            r"too (?:large|big)|(?:message|line|header|mail) .{0,20}too long",
            r"(?:size|length).{0,20}(?:limit|exceed|too|maximum|larger)",
            r"exceed\w{0,5} .{0,60}\b(?:size|maximum|limit of \d+ ?[kmg]?b)",
            r"message (?:size|length)",
            r"maximum (?:message|allowed|email|fixed) size",
            r"\b(?:RFC ?[25]\d{2,3}|5322|2822)\b.{0,60}",
            r"bare (?:LF|line ?feed|CR)",
            r"malformed",
            r"8-?bit",
            r"SMTPUTF8",
            r"UTF-?8",
            r"(?:header|message)s? .{0,40}(?:not valid|invalid|missing|illegal|not compliant|"
            r"format|syntax)",
            r"duplicate header",
            r"invalid (?:content|header|message|characters)",
            r"(?:missing|multiple) .{0,20}header",
            r"conversion",
        ),
    ),
    (
        Cause.ROUTING_LOOP,
        (
            r"\bloop",
            r"too many hops",
            r"hop count",
            r"too many received",
            r"message exceeded \d+ hops",
            r"MX (?:record )?(?:points|list) .{0,30}(?:back|to local|local host)",
        ),
    ),
    (
        Cause.EXPIRED,
        (r"retry time ?-?out exceeded",),
    ),
    (
        Cause.UNREACHABLE,
        (
            r"\b(?:host(?:name)?|domain|name service|name server|MX|name)\b.{0,60}"
            r"\b(?:not (?:be )?(?:found|exist|resolve\w*)|unknown|error|does(?: not|n.?t) (?:exist"
            r"|resolve|accept)|lookup fail\w*|unreachable|unavailable|invalid|no (?:MX|route|"
            r"address))",
            r"(?:unknown|no such|invalid|bad|illegal|unrouteable|unroutable) (?:mail )?(?:host|"
            r"domain|destination)",
            r"no (?:MX|route|answer|mail exchanger|mail hosts?|relays?|A record)",
            r"null MX",
            r"NXDOMAIN",
            r"\bDNS\b.{0,40}(?:error|fail|lookup|query)",
            r"couldn.?t find any host",
            r"connection (?:\w{1,10} )?(?:refused|timed? ?out|reset|lost|dropped|failed|closed|"
            r"died)",
            r"(?:can ?not|can.?t|could ?n.?t|unable to|could not|not able to|failed to|"
            r"wasn.?t able to|not) (?:be )?(?:connect|contact|reach|establish|route)",
            r"network (?:is )?(?:unreachable|error)",
            r"no route to",
            r"connect(?:ed)? to \S{1,100}:25",
            r"(?:server|host|system) .{0,30}(?:not respond\w*|no answer|did not|unreachable|"
            r"does not respond|not answer\w*)",
            r"timed? ?-?out",
            r"socket error",
            r"bad connection",
            r"unreachable",
            r"lost connection",
            r"all relevant MX",
            r"cannot route",
            r"not routable",
            r"route(?:d)? .{0,20}(?:fail|not)",
        ),
    ),
    (
        Cause.SENDING_LIMIT,
        (
            r"frequency limit",
            r"threshold exceeded",
            r"too many (?:messages|connections|e?mails|concurrent|sessions|errors|smtp)",
            r"rate ?-?limit",
            r"limit (?:reached|exceeded)",
            r"throttl",
            r"(?:connection|message) (?:rate|limit|frequency)",
            r"max(?:imum)? (?:number of )?(?:messages?|connections?|mails?) (?:per|exceed|reached)",
            r"excessive volume",
            r"sending .{0,20}too (?:many|fast|quickly)",
            r"volume",
        ),
    ),
    (
        Cause.CONTENT_REFUSED,
        (
            r"attachment",
            r"(?:message|mail|content|header|subject|body)\b.{0,40}(?:content|forbidden|prohibited"
            r"|banned|not (?:allowed|accept\w*|permitted)|blocked|filter)",
            r"content (?:reject|filter|examin|scan|restrict|violat)",
            r"file ?type",
            r"executable",
            r"prohibited content",
        ),
    ),
    (
        Cause.EXPIRED,
        (
            r"multiple retries",
            r"aborted after",
            r"(?:queue|been) too long",
            r"\d+ attempts",
            r"delivery time",
            r"expired",
            r"retry (?:time ?out|limit)",
            r"too old",
            r"in queue too long",
            r"undelivered for",
            r"delivery time",
            r"could not be (?:sent|delivered) (?:for|within|in) ",
            r"not be delivered (?:for|in|within) ",
        ),
    ),
    (
        Cause.BLOCKED_POLICY,
        (
            r"\bpolic(?:y|ies)\b",
            r"administrative(?:ly)? prohib",
        ),
    ),
    (
        Cause.REJECTED_REMOTE,
        (r"\brejected by\b", r"\brule.{0,12}\b(?:reject|block)"),
    ),
)
_OF_ANY_REFUSAL = re.compile(
    r"address rejected\b(?!:? access denied)"
    r"|recipient(?: address)? (?:was |has been )?(?:rejected|refused|denied)\b(?!:? access denied)"
    r"|rcpt .{0,60}(?:rejected|refused|failed|denied)"
    r"|rejected by a remote mail server",
    re.IGNORECASE | re.ASCII,
)
"""Words of any refusal; used only if no other words and no listed code tell more."""

# In ASCII, so that a word ends where Japanese begins.
_BY_WORDS = tuple(
    (cause, re.compile("|".join(words), re.IGNORECASE | re.ASCII)) for cause, words in _WORDS
) + tuple((cause, re.compile(words, re.IGNORECASE)) for cause, words in JAPANESE)


_NAMES = re.compile(
    r"<?[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,255}>?|https?://(?:www\.)?([\w.-]{1,255})[^\s>]{0,500}",
    re.ASCII,
)
"""Addresses and URLs, whose words are names; of a URL the host is kept."""


_AGAIN = re.compile(r"(?<=\s)[45]\d\d-(?:[245]\.\d{1,3}\.\d{1,3} )?(?=\S)")
"""Each line of a multi-line reply begins with the code."""


def cause_by_words(reply: str) -> Cause | None:
    """The cause in the words of *reply*, whatever its code; words inside addresses are ignored."""
    plain = _plain(reply)
    return next((cause for cause, words in _BY_WORDS if words.search(plain)), None)


def last_guess(reply: str) -> Cause | None:
    """The cause in words that go with any refusal: `Recipient address rejected: …`."""
    return Cause.RECIPIENT_NOT_FOUND if _OF_ANY_REFUSAL.search(_plain(reply)) else None


def _plain(reply: str) -> str:
    return _NAMES.sub(lambda found: found[1] or "@", _AGAIN.sub("", reply))
