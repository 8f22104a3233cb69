"""Gateways in front of other organizations: Proofpoint, Mimecast, IronPort, Barracuda, Trend Micro, Broadcom."""

from tests.samples.corpus.shape import (
    HUB,
    SENDER,
    WHEN,
    Bounce,
    Provider,
    delay,
    delay_ja,
    exchange,
    exchange_ja,
    exim,
    exim_data,
    gmail,
    modern,
    modern_ja,
    postfix,
    postfix_data,
    postfix_delayed,
    postfix_report,
    qmail,
    report,
    sendmail,
    sendmail_data,
)

proofpoint = Provider("proofpoint", "mx0a-00112233.pphosted.com", "sato@partner.com")
essentials = Provider("proofpoint", "mx1-us1.ppe-hosted.com", "sato@partner.com")
mimecast = Provider("mimecast", "us-smtp-inbound-1.mimecast.com", "bob@fabrikam.example")
ironport = Provider("ironport", "esa1.partner.iphmx.com", "sato@partner.com")
barracuda = Provider("barracuda", "d1234a.ess.barracudanetworks.com", "bob@wingtiptoys.example")
trend = Provider("trendmicro", "partner.in.tmes.trendmicro.com", "sato@partner.com")
broadcom = Provider("messagelabs", "cluster5.us.messagelabs.com", "sato@partner.com")

UNKNOWN, FULL, THEIRS, OURS = "recipient_not_found_remote", "mailbox_full_remote", "theirs", "ours"
AUTH, BLOCKED, LIMIT, SPAM, DELAYED = (
    "sender_authentication",
    "sender_blocked",
    "recipient_limit",
    "spam",
    "delayed",
)
REFUSED, SIZE, MALWARE, FAULT = "rejected_remote", "size_or_format", "malware", "remote_fault"


def _barracuda(to: str, reply: str, host: str) -> str:
    words = (
        f"\nYour message to: {to}\nwas blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN "
        "DELIVERED:\n\nSubject: Quote\n"
    )
    return report(words, to, reply, "5.7.1", host=host, transfer="base64")


def _ironport_words(to: str, reply: str, host: str) -> str:
    return f"The following message to <{to}> was undeliverable.\nThe reason for the problem:\n{reply}\n\nReporting-MTA: dns; {host}\n"


def _mimecast_words(to: str, reply: str, host: str) -> str:
    return (
        f"Delivery of your message to the following recipients has failed permanently:\n\n{to}\n\nThe reason given by the server: {reply}\n\n"
        f"Date: {WHEN}\nFrom: {SENDER}\nSent through: {HUB}\n"
    )


BOUNCES: tuple[Bounce, ...] = (
    # --- Proofpoint ---
    proofpoint(exchange, "550 5.1.1 User Unknown", UNKNOWN, THEIRS, "5.1.1"),
    proofpoint(
        exchange_ja,
        "550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 5.1.1 User Unknown",
        UNKNOWN,
        THEIRS,
        "5.1.351",
        also_codes=("5.1.1",),
    ),
    proofpoint(
        exchange_ja,
        "554 5.7.1 Message rejected because of unacceptable content. For help, please quote incident ID 12345678.",
        REFUSED,
        THEIRS,
        "5.7.1",
        also=("content_refused", SPAM),
    ),
    proofpoint(exchange, "550 5.7.0 Local Policy Violation", REFUSED, THEIRS, "5.7.0"),
    proofpoint(
        exchange_ja,
        "554 5.7.0 Blocked - see https://ipcheck.proofpoint.example/?ip=203.0.113.9",
        BLOCKED,
        OURS,
        "5.7.0",
    ),
    proofpoint(
        postfix,
        "554 Blocked - see https://support.proofpoint.example/dnsbl-lookup.cgi?ip=203.0.113.9",
        BLOCKED,
        OURS,
        "554",
    ),
    proofpoint(
        modern, "550 5.7.1 DMARC failure for domain contoso.co.jp, policy reject", AUTH, OURS, "5.7.1"
    ),
    proofpoint(exchange_ja, "550 5.7.23 SPF validation failed for contoso.co.jp", AUTH, OURS, "5.7.23"),
    proofpoint(postfix_report, "552 5.3.4 Message size exceeds maximum permitted", SIZE, OURS, "5.3.4"),
    proofpoint(
        delay,
        "451 4.7.1 Connection temporarily deferred due to reputation: see ipcheck.proofpoint.example",
        DELAYED,
        OURS,
        "4.7.1",
        "delayed",
        also=(BLOCKED,),
    ),
    proofpoint(
        delay_ja,
        "421 4.7.0 Too many connections from your host",
        DELAYED,
        "",
        "4.7.0",
        "delayed",
        also=("sending_limit", LIMIT, BLOCKED),
    ),
    proofpoint(
        gmail,
        "550 5.1.0 <tanaka@contoso.co.jp>... Sender rejected",
        REFUSED,
        THEIRS,
        "5.1.0",
        also=(BLOCKED, "sender_address_refused", "recipient_refused"),
    ),
    proofpoint(exchange, "554 5.7.1 The message contains a virus: Test.Sample", MALWARE, OURS, "5.7.1"),
    essentials(exchange_ja, "550 5.7.1 Email rejected per SPAM policy", SPAM, THEIRS, "5.7.1"),
    essentials(exchange_ja, "550 5.1.1 Recipient address rejected: {to}", UNKNOWN, THEIRS, "5.1.1"),
    essentials(postfix_data, "552 5.2.2 Over quota: {to}", FULL, THEIRS, "5.2.2"),
    # --- Mimecast ---
    mimecast(
        exchange,
        "550 Invalid Recipient - https://community.mimecast.example/docs/DOC-1369#550 [AbCdEf]",
        UNKNOWN,
        THEIRS,
        "550",
    ),
    mimecast(
        exchange_ja,
        "550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 Invalid Recipient [AbCdEf.uk123]",
        UNKNOWN,
        THEIRS,
        "5.1.351",
        also_codes=("550",),
    ),
    mimecast(
        exchange_ja,
        "550 5.0.350 Remote server returned an error -> 550 Rejected by header based Anti-Spoofing policy: tanaka@contoso.co.jp [AbCdEf]",
        AUTH,
        "",
        "5.0.350",
        also=(REFUSED, BLOCKED),
        also_codes=("550",),
    ),
    mimecast(modern, "550 5.7.1 SPF Sender Invalid - envelope rejected [AbCdEf]", AUTH, OURS, "5.7.1"),
    mimecast(postfix, "550 DMARC Sender Invalid - envelope rejected [AbCdEf]", AUTH, OURS, "550"),
    mimecast(exchange, "550 DKIM Sender Invalid - envelope rejected [AbCdEf]", AUTH, OURS, "550"),
    mimecast(
        exim_data,
        "550 Administrative prohibition - envelope blocked [AbCdEf]",
        REFUSED,
        THEIRS,
        "550",
        also=(BLOCKED,),
    ),
    mimecast(
        exchange_ja,
        "550 Envelope blocked - User Entry [AbCdEf]",
        "recipient_refused",
        THEIRS,
        "550",
        also=(REFUSED, BLOCKED),
        note="the recipient blocked the sender",
    ),
    mimecast(
        exchange_ja,
        "554 Email rejected due to security policies [AbCdEf]",
        REFUSED,
        THEIRS,
        "554",
        also=(MALWARE, SPAM),
    ),
    mimecast(exchange, "554 Maximum email size exceeded [AbCdEf]", SIZE, OURS, "554"),
    mimecast(
        delay,
        "451 Internal resources are temporarily unavailable [AbCdEf]",
        DELAYED,
        THEIRS,
        "451",
        "delayed",
        also=(FAULT,),
    ),
    mimecast(
        delay_ja,
        "451 Recipient temporarily unavailable [AbCdEf]",
        DELAYED,
        "",
        "451",
        "delayed",
        note="Mimecast's greylisting",
    ),
    mimecast(
        postfix_delayed,
        "451 IP temporarily blacklisted [AbCdEf]",
        DELAYED,
        OURS,
        "451",
        "delayed",
        also=(BLOCKED,),
        also_codes=("4.0.0",),
    ),
    mimecast(exchange_ja, "554 Mail loop detected [AbCdEf]", "routing_loop", "", "554"),
    mimecast(exchange, "553 This route requires encryption (TLS) [AbCdEf]", "tls_problem", OURS, "553"),
    mimecast(_mimecast_words, "550 Open relay not allowed", "relay_denied", THEIRS, "550"),
    # --- IronPort ---
    ironport(exchange_ja, "550 #5.1.0 Address rejected.", UNKNOWN, THEIRS, "5.1.0", also=(REFUSED,)),
    ironport(exchange_ja, "550 #5.1.0 Address rejected {to}", UNKNOWN, THEIRS, "5.1.0", also=(REFUSED,)),
    ironport(
        exchange,
        "554 5.7.1 Your access to this mail system has been rejected due to the sending MTA's poor reputation. If you believe that this failure is in error, please contact the intended recipient via alternate means.",
        BLOCKED,
        OURS,
        "5.7.1",
    ),
    ironport(
        postfix,
        "554-esa1.partner.iphmx.com\n554 Your access to this mail system has been rejected due to the sending MTA's poor reputation.",
        BLOCKED,
        OURS,
        "554",
    ),
    ironport(
        exchange_ja,
        "550 5.7.0 #5.7.1 Your message was considered SPAM and was rejected",
        SPAM,
        THEIRS,
        "5.7.0",
        also_codes=("5.7.1",),
    ),
    ironport(exchange_ja, "552 #5.3.4 message size exceeds limit", SIZE, OURS, "5.3.4"),
    ironport(
        _ironport_words,
        "5.1.0 - Unknown address error 550-'<{to}>... User unknown'",
        UNKNOWN,
        THEIRS,
        "5.1.0",
        also_codes=("550",),
    ),
    ironport(
        _ironport_words,
        "5.1.2 - Bad destination host 'DNS Hard Error looking up partner.com (MX):  NXDomain'",
        "domain_not_found",
        THEIRS,
        "5.1.2",
        also=("unreachable", UNKNOWN),
    ),
    ironport(
        _ironport_words,
        "5.4.7 - Delivery expired (message too old) 'timeout'",
        "expired",
        THEIRS,
        "5.4.7",
        also=("unreachable",),
    ),
    ironport(
        _ironport_words,
        "5.3.0 - Other mail system problem 554-'5.7.1 Message rejected by policy'",
        REFUSED,
        THEIRS,
        "5.3.0",
        also_codes=("5.7.1",),
    ),
    ironport(
        delay, "452 #4.3.1 temporary system error (12)", DELAYED, THEIRS, "4.3.1", "delayed", also=(FAULT,)
    ),
    ironport(
        delay_ja,
        "421 #4.4.5 Too many connections from your host.",
        DELAYED,
        "",
        "4.4.5",
        "delayed",
        also=("sending_limit", LIMIT),
    ),
    ironport(
        sendmail_data,
        "554 5.7.1 SPF unauthorized mail is prohibited.",
        AUTH,
        OURS,
        "5.7.1",
        also_codes=("5.0.0",),
    ),
    # --- Barracuda ---
    barracuda(_barracuda, "550 5.7.1 Message content rejected, UBE, id=00000-22-225", SPAM, THEIRS, "5.7.1"),
    barracuda(
        exchange,
        "550 permanent failure for one or more recipients ({to}:blocked)",
        REFUSED,
        THEIRS,
        "550",
        also=(SPAM, BLOCKED),
    ),
    barracuda(
        exchange_ja,
        "550 permanent failure for one or more recipients ({to}:550 5.1.1 User unknown)",
        UNKNOWN,
        THEIRS,
        "5.1.1",
        also_codes=("550",),
    ),
    barracuda(
        exchange_ja,
        "554 Service unavailable; Client host [mail-jp1.contoso.co.jp] blocked using Barracuda Reputation; http://bbl.barracudacentral.example/q.cgi?ip=203.0.113.9",
        BLOCKED,
        OURS,
        "554",
    ),
    barracuda(
        postfix,
        "550 cuda_nsu 5.1.1 <{to}>: Recipient address rejected: User unknown",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    barracuda(
        exchange_ja, "550 5.7.1 Message blocked due to SPF (fail) for contoso.co.jp", AUTH, OURS, "5.7.1"
    ),
    barracuda(modern_ja, "552 5.2.2 {to} Mailbox Quota exceeded", FULL, THEIRS, "5.2.2"),
    barracuda(
        delay,
        "450 4.1.1 <{to}>: Recipient address rejected: unverified address: recipient verification in progress",
        DELAYED,
        THEIRS,
        "4.1.1",
        "delayed",
    ),
    barracuda(qmail, "554 5.7.1 Virus (Test.Sample) Found in message", MALWARE, OURS, "5.7.1"),
    # --- Trend Micro, Broadcom ---
    trend(
        exchange_ja,
        "550 5.7.1 <{to}>: Recipient address rejected: user not found in directory",
        UNKNOWN,
        THEIRS,
        "5.7.1",
    ),
    trend(
        exchange_ja,
        "550 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using Trend Micro Email Reputation Service.",
        BLOCKED,
        OURS,
        "5.7.1",
    ),
    trend(exim, "550 5.1.1 {to} is not a valid recipient", UNKNOWN, THEIRS, "5.1.1"),
    broadcom(
        exchange,
        "553-Message filtered. Refer to the Troubleshooting page at\n553-www.example.net for more information. (#5.7.1)\n553 (#5.7.1)",
        REFUSED,
        THEIRS,
        "5.7.1",
        also=("content_refused", SPAM, BLOCKED),
    ),
    broadcom(exchange_ja, "550-Invalid recipient <{to}>\n550 (#5.1.1)", UNKNOWN, THEIRS, "5.1.1"),
    broadcom(
        sendmail,
        "501 Connection rejected by policy [7.7] 12345, please visit the help pages",
        REFUSED,
        THEIRS,
        "501",
        also=(BLOCKED,),
        also_codes=("5.1.1",),
    ),
)
