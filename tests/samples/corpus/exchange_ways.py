"""Exchange Online's verdicts on devices, on how a sender looks, and on the way to other servers."""

from tests.samples.corpus.shape import (
    Bounce,
    Provider,
    bare,
    exchange,
    exchange_ja,
    modern,
    modern_ja,
    postfix_report,
    qmail,
)

UNKNOWN, UNKNOWN_THERE = "recipient_not_found", "recipient_not_found_remote"
THEIRS, OURS, REFUSED, POLICY = "theirs", "ours", "rejected_remote", "blocked_policy"
AUTH, BLOCKED, TLS = "sender_authentication", "sender_blocked", "tls_problem"
NOT_ALLOWED, EXPIRED, NO_DOMAIN = "sender_not_allowed", "expired", "domain_not_found"

inside = Provider("exchange", "", "suzuki@contoso.co.jp")
outside = Provider("exchange", "", "sato@partner.com")
tenant = Provider("exchange", "fabrikam-example.mail.protection.outlook.com", "bob@fabrikam.example")

edge = Provider("exchange", "contoso-co-jp.mail.protection.outlook.com", "suzuki@contoso.co.jp")

BOUNCES: tuple[Bounce, ...] = (
    # --- devices, apps, relays ---
    outside(
        exchange,
        "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources",
        "direct_send_refused",
        OURS,
        "5.7.68",
    ),
    inside(
        bare,
        "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources",
        "direct_send_refused",
        OURS,
        "5.7.68",
    ),
    edge(
        postfix_report,
        "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources [TY2PEPF0000.apcprd01.prod.outlook.com]",
        "direct_send_refused",
        OURS,
        "5.7.68",
    ),
    outside(
        bare,
        "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM",
        "direct_send_refused",
        OURS,
        "5.7.57",
        also=("sign_in_refused", AUTH, "relay_denied", NOT_ALLOWED),
        note="a device that did not log in",
    ),
    outside(
        bare,
        "550 5.7.64 TenantAttribution; Relay Access Denied ATTR36. Please visit the help page",
        "relay_denied",
        OURS,
        "5.7.64",
    ),
    outside(
        qmail,
        "550 5.7.64 TenantAttribution; Relay Access Denied [TYZAPC01FT005.eop-APC01.prod.protection.outlook.com]",
        "relay_denied",
        OURS,
        "5.7.64",
    ),
    outside(
        bare,
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
        AUTH,
        OURS,
        "5.7.139",
        also=("sign_in_refused", "direct_send_refused", POLICY, REFUSED),
        note="a login of a device that is switched off",
    ),
    # --- how the sender looks, said by another tenant ---
    tenant(
        exchange,
        "550 5.7.23 The message was rejected because of Sender Policy Framework violation -> 550 5.7.1 SPF check failed",
        AUTH,
        OURS,
        "5.7.23",
        also_codes=("5.7.1",),
    ),
    tenant(
        exchange_ja,
        "550 5.7.509 Access denied, sending domain [CONTOSO.CO.JP] does not pass DMARC verification and has a DMARC policy of reject.",
        AUTH,
        OURS,
        "5.7.509",
    ),
    tenant(
        exchange_ja,
        "550 5.7.350 Remote server returned message detected as spam -> 554 5.7.1 Message rejected as spam",
        "spam",
        THEIRS,
        "5.7.350",
        also_codes=("5.7.1",),
    ),
    tenant(
        modern_ja,
        "550 5.7.511 Access denied, banned sender[203.0.113.9]. To request removal from this list please forward this message to the delisting address. AS(1410)",
        BLOCKED,
        OURS,
        "5.7.511",
    ),
    tenant(
        exchange,
        "550 5.7.513 Service unavailable, Client host [203.0.113.9] blocked by recipient's organization using Customer Block list. AS(16012607)",
        BLOCKED,
        THEIRS,
        "5.7.513",
        also=(REFUSED,),
    ),
    tenant(
        exchange_ja,
        "550 5.7.507 Access denied, rejected by recipient",
        REFUSED,
        THEIRS,
        "5.7.507",
        also=(BLOCKED, "recipient_refused"),
    ),
    tenant(
        exchange_ja,
        "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy",
        REFUSED,
        THEIRS,
        "5.7.1",
    ),
    tenant(
        exchange_ja,
        "550 5.7.51 TenantInboundAttribution; There is a partner connector configured that matched the message's recipient domain. The connector had either the RestrictDomainsToIPAddresses or RestrictDomainsToCertificate set",
        REFUSED,
        THEIRS,
        "5.7.51",
        also=(TLS, "relay_denied", NOT_ALLOWED, AUTH),
    ),
    # --- the way ---
    outside(
        exchange_ja,
        "550 5.4.310 DNS domain partner.com does not exist [Message=InfoDomainNonexistent] [LastAttemptedServerName=partner.com]",
        NO_DOMAIN,
        THEIRS,
        "5.4.310",
        also=("unreachable", UNKNOWN_THERE),
    ),
    outside(
        exchange,
        "554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain",
        NO_DOMAIN,
        THEIRS,
        "5.4.4",
        also=("unreachable", UNKNOWN_THERE),
    ),
    outside(
        exchange_ja,
        "550 5.4.312 Message expired, DNS query failed(ServerFailure) [Message=DnsServerFailure]",
        EXPIRED,
        THEIRS,
        "5.4.312",
        also=("unreachable", NO_DOMAIN),
    ),
    outside(
        exchange_ja,
        "550 5.4.316 Message expired, connection refused(Socket error code 10061) [Message=Socket error code 10061] [LastAttemptedServerName=mx.partner.com] [LastAttemptedIP=203.0.113.40:25]",
        EXPIRED,
        THEIRS,
        "5.4.316",
        also=("unreachable",),
    ),
    outside(
        exchange,
        "550 5.4.317 Message expired, cannot connect to remote server(SocketError: TimedOut)",
        EXPIRED,
        THEIRS,
        "5.4.317",
        also=("unreachable",),
    ),
    outside(
        exchange_ja,
        "550 5.4.300 Message expired -> 451 4.7.1 Greylisting in action, please come back later",
        EXPIRED,
        THEIRS,
        "5.4.300",
        also_codes=("4.7.1",),
    ),
    outside(modern, "550 4.4.7 QUEUE.Expired; message expired", EXPIRED, "", "4.4.7"),
    outside(
        exchange_ja,
        "554 5.4.14 Hop count exceeded - possible mail loop ATTR34 [TY2PEPF0000.apcprd01.prod.outlook.com]",
        "routing_loop",
        "",
        "5.4.14",
    ),
    outside(
        exchange,
        "554 5.4.12 SMTP; Hop count exceeded - possible mail loop detected on message id",
        "routing_loop",
        "",
        "5.4.12",
    ),
    outside(
        exchange_ja,
        "550 5.7.321 starttls-not-supported: Destination mail server must support TLS to receive mail.",
        TLS,
        THEIRS,
        "5.7.321",
    ),
    outside(
        exchange,
        "550 5.7.322 certificate-expired: Destination mail server's certificate is expired.",
        TLS,
        THEIRS,
        "5.7.322",
    ),
    outside(
        modern_ja, "550 5.7.323 tlsa-invalid: The domain failed DANE validation.", TLS, THEIRS, "5.7.323"
    ),
    outside(
        exchange_ja,
        "550 5.7.325 certificate-host-mismatch: Remote certificate MUST have a common name or subject alternative name matching the hostname (DANE)",
        TLS,
        THEIRS,
        "5.7.325",
    ),
    outside(
        exchange_ja,
        "550 5.7.324 dnssec-invalid: Destination domain returned invalid DNSSEC records",
        TLS,
        THEIRS,
        "5.7.324",
        also=(NO_DOMAIN, "unreachable"),
    ),
    outside(
        exchange_ja,
        "550 5.3.190 Journal messages to on-premises are not allowed when journaling is off",
        POLICY,
        OURS,
        "5.3.190",
        also=("other", "discarded"),
        note="journaling",
    ),
    # --- a code alone ---
    inside(bare, "5.7.133", NOT_ALLOWED, "", "5.7.133"),
    inside(bare, "550 5.1.10", UNKNOWN, "", "5.1.10", also=(UNKNOWN_THERE,)),
    outside(bare, "5.7.23", AUTH, OURS, "5.7.23"),
    outside(bare, "4.4.7", EXPIRED, "", "4.4.7", also=("delayed",)),
    outside(bare, "550 5.7.64", "relay_denied", "", "5.7.64"),
)
