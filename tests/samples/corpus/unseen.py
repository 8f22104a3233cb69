"""A third round: what was misread at first sight of 320 inputs that an administrator wrote without seeing the reader."""

from demo.events import fail
from tests.samples.corpus.routes import OUT, Route, there
from tests.samples.corpus.shape import (
    RELAY,
    WHEN,
    Bounce,
    Provider,
    bare,
    delay,
    exchange,
    exchange_ja,
    exim,
    postfix,
    postfix_data,
    postfix_report,
    qmail,
)

UNKNOWN, FULL, REFUSED, OURS, THEIRS = (
    "recipient_not_found_remote",
    "mailbox_full_remote",
    "rejected_remote",
    "ours",
    "theirs",
)
TLS, AUTH, NOT_ALLOWED, SPAM, BLOCKED, WAITS = (
    "tls_problem",
    "sender_authentication",
    "sender_not_allowed",
    "spam",
    "sender_blocked",
    "delayed",
)

partner = Provider("unseen", "mx1.partner.com", "sato@partner.com")
tenant = Provider("unseen", "client-example.mail.protection.outlook.com", "info@client.example")
gmail_com = Provider("unseen", "gmail-smtp-in.l.google.com", "yamada.k@gmail.com")
yahoo = Provider("unseen", "mta7.am0.yahoodns.net", "suzuki88@yahoo.com")
yahoo_jp = Provider("unseen", "mx1.mail.yahoo.co.jp", "suzuki88@yahoo.co.jp", japanese=True)
docomo = Provider("unseen", "mfsmax.docomo.ne.jp", "hana.0401@docomo.ne.jp", japanese=True)
au = Provider("unseen", "msmx.au.com", "taro-x@au.com", japanese=True)
xserver = Provider("unseen", "sv1234.xserver.jp", "eigyo@kigyo.example", japanese=True)
mimecast = Provider("unseen", "de-smtp-inbound-1.mimecast.com", "sato@partner.com")
godaddy = Provider("unseen", "mx.secureserver.net", "sato@partner.com")
printer = Provider("unseen", "contoso-co-jp.mail.protection.outlook.com", "mori@contoso.co.jp")

_RATE = "550-5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages."
_LISTED = "550 5.7.513 Service unavailable, Client host [203.0.113.8] blocked by client.example using Customer Block list"
_GROUP = (
    "550 5.7.193 UnifiedGroupAgent; Delivery failed because the sender isn't a group member or external "
    "senders aren't permitted to send to this group."
)
_ELSEWHERE = "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required"
_CPANEL = (
    '550-"The mail server could not deliver mail to {to}.  The account or\n    550-domain may not exist, '
    'they may be blacklisted, or missing the proper dns\n    550 entries."'
)
_WARNING = (
    "   **      THIS IS A WARNING MESSAGE ONLY      **\n   **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n"
)


def _told(
    text: str, cause: str, side: str, code: str = "", fate: str = "final", also: tuple[str, ...] = ()
) -> Bounce:
    japanese = any("\u3040" <= letter <= "\u9fff" for letter in text)
    return Bounce("unseen", text, cause, side, code, fate, also, japanese=japanese)


def _ironport(reply: str) -> str:
    return f"The following message to <sato@partner.com> was undeliverable.\nThe reason for the problem:\n{reply}\n"


BOUNCES: tuple[Bounce, ...] = (
    # A code without its bounce: whose words are they?
    gmail_com(bare, _RATE, "recipient_limit", THEIRS, "5.2.1"),
    gmail_com(
        bare, "550 5.2.1 The email account that you tried to reach is disabled.", UNKNOWN, THEIRS, "5.2.1"
    ),
    docomo(bare, "550 5.2.0 <{to}>... Mail rejected", NOT_ALLOWED, THEIRS, "5.2.0", also=(REFUSED,)),
    partner(bare, "550 5.7.1 Message rejected by Rspamd", SPAM, THEIRS, "5.7.1"),
    partner(bare, "554 5.6.9 Customer rule based reject", REFUSED, THEIRS, "5.6.9"),
    partner(bare, "550 5.1.1 <{to}>: User unknown in virtual mailbox table", UNKNOWN, THEIRS, "5.1.1"),
    partner(
        bare,
        "451 4.3.0 一時的に受信できません。しばらくしてから再送してください",
        WAITS,
        THEIRS,
        "4.3.0",
        WAITS,
    ),
    # What is ours though they refused, and theirs though it is about us.
    gmail_com(postfix_data, "550-5.7.29 The message was not sent over TLS. - gsmtp", TLS, OURS, "5.7.29"),
    partner(postfix, "530 5.7.0 Must issue a STARTTLS command first", TLS, OURS, "5.7.0"),
    partner(postfix, "553 This route requires encryption (TLS)", TLS, OURS, "553"),
    partner(bare, "550 5.7.0 TLS1.2以上で接続してください", TLS, OURS, "5.7.0"),
    partner(bare, "550 5.7.10 Encryption needed", TLS, OURS, "5.7.10"),
    printer(qmail, "550 5.7.64 TenantAttribution; Relay Access Denied", "relay_denied", OURS, "5.7.64"),
    tenant(exchange, _LISTED, BLOCKED, THEIRS, "5.7.513"),
    tenant(exchange, _ELSEWHERE, NOT_ALLOWED, THEIRS, "5.7.133"),
    partner(exchange, _GROUP, NOT_ALLOWED, THEIRS, "5.7.193"),
    mimecast(
        postfix, "550 Administrative prohibition - envelope blocked", BLOCKED, THEIRS, "550", also=(REFUSED,)
    ),
    # Words that go with any refusal, and what stands beside them.
    yahoo(postfix_data, "554 5.7.9 Message not accepted for policy reasons.", AUTH, OURS, "5.7.9"),
    yahoo_jp(qmail, "554 5.4.7 mail delivery refused by receiver setting", NOT_ALLOWED, THEIRS, "5.4.7"),
    au(exchange_ja, "550 5.2.0 <{to}>... Domain is rejected by the recipient", NOT_ALLOWED, THEIRS, "5.2.0"),
    xserver(
        *(
            postfix,
            "554 5.7.1 <{to}>: Recipient address rejected: 送信元IPがブラックリストに登録されています",
        ),
        *(BLOCKED, OURS, "5.7.1"),
    ),
    partner(
        postfix_report,
        "550 5.1.2 <{to}>: Recipient address rejected: Domain is bad",
        "unreachable",
        THEIRS,
        "5.1.2",
    ),
    partner(
        postfix,
        "553 5.7.1 <tanaka@contoso.co.jp>: Sender address rejected: not owned by user relay",
        "send_as_denied",
        OURS,
        "5.7.1",
    ),
    partner(exim, _CPANEL, UNKNOWN, THEIRS, "550"),
    partner(exchange, "550 5.4.8 MX hosts of 'partner.com' failed MTA-STS validation.", TLS, THEIRS, "5.4.8"),
    tenant(postfix, "550 5.4.1 All recipient addresses rejected : Access denied", UNKNOWN, THEIRS, "5.4.1"),
    godaddy(
        postfix, "550 203.0.113.8 has sent to too many recipients this hour.", "sending_limit", OURS, "550"
    ),
    mimecast(
        postfix_data, "554 email rejected due to security policies - MCSpamSignature.x", SPAM, "", "554"
    ),
    partner(bare, "554 5.7.1 Message blocked: ClamAV found Eicar-Test-Signature", "malware", "", "5.7.1"),
    _told(
        _ironport("5.1.0 - Unknown address error 550-'5.7.1 <x@contoso.co.jp>... Access denied'"),
        BLOCKED,
        "",
        "5.7.1",
        also=(REFUSED,),
    ),
    _told(
        "This message was created automatically by mail delivery software.\n\nThe following address(es) failed:\n\n"
        "  sato@partner.com\n    retry timeout exceeded\n",
        *("expired", THEIRS),
    ),
    # Still tried, or given up?
    _told(
        "Message 1t0abc-000123-AB has been frozen (delivery error message).\n\nThe following address(es) have yet to be delivered:\n\n"
        "  sato@partner.com: host mx1.partner.com [203.0.113.40]: Connection refused\n",
        *(WAITS, THEIRS, "", WAITS),
    ),
    _told(
        f"{_WARNING}\n   ----- Transcript of session follows -----\n<sato@partner.com>... Deferred: Connection refused by "
        "mx.partner.com.\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n",
        *("unreachable", THEIRS, "", WAITS),
    ),
    _told(
        "宛先 sato@partner.com へのメールは 5 日間再送を試みましたが配信できませんでした。\n最後の応答: 451 4.4.1 connection timed out\n",
        *("unreachable", THEIRS, "4.4.1"),
    ),
    _told(
        "宛先への再送を続けましたが、5 日間配信できなかったため、断念しました。\n\n<sato@partner.com>: 452 4.2.2 Over quota\n",
        *(FULL, THEIRS, "4.2.2"),
    ),
    # Reports of servers that word theirs in another way.
    _told(
        f"This is the DragonFly Mail Agent at {RELAY}.\n\nThere was an error delivering your mail to <sato@partner.com>.\n\n"
        "mx1.partner.com [203.0.113.40] did not like our RCPT TO:\n552 5.2.2 Mailbox full\n",
        *(FULL, THEIRS, "5.2.2"),
    ),
    _told(
        "      ----- The following addresses had delivery problems -----\nsato@partner.com\n\n"
        "The number of messages in recipient's mailbox exceeded the local limit.\n",
        *(FULL, THEIRS),
        also=("recipient_limit",),
    ),
    # What two more rounds found (34 and 66 inputs, 28 and 59 right at first sight).
    partner(
        delay,
        "421 4.4.2 Message submission rate for this client has exceeded the configured limit",
        "sending_limit",
        OURS,
        "4.4.2",
        WAITS,
    ),
    partner(bare, "#< #4.4.7 smtp;400 4.4.7 Message delayed>", WAITS, "", "4.4.7", WAITS),
    partner(
        postfix,
        "553 5.5.4 <tanaka@contoso.co.jp>... Domain name required for sender address",
        AUTH,
        OURS,
        "5.5.4",
    ),
    partner(qmail, "571 sorry, sender address has invalid format (#5.7.1 - chkuser)", AUTH, OURS, "5.7.1"),
    partner(
        qmail, "553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)", BLOCKED, OURS, "5.7.1"
    ),
    _told(
        "Message blocked\n\nYour message to sato@partner.com has been blocked. See technical details below for more "
        "information.\n\nThe response was:\n\nMessage bounced due to organizational policy.\n",
        *(REFUSED, THEIRS),
        also=("content_refused",),
    ),
    _told(
        f"An error has occurred while attempting to deliver a message of {WHEN} for\nthe following list of recipients:\n\n"
        "sato@partner.com: Domain does not exist\n",
        *("unreachable", THEIRS),
    ),
)


def _elsewhere(name: str, led: str, cause: str, code: str) -> Route:
    """Refused by another organization's Exchange Online, whose parts speak as ours do."""
    return Route(name, "failed", (*OUT, there(2, led)), cause, THEIRS, code)


ROUTES: tuple[Route, ...] = (
    _elsewhere("their customer's block list", _LISTED, BLOCKED, "5.7.513"),
    _elsewhere("their group", _ELSEWHERE, NOT_ALLOWED, "5.7.133"),
    Route(
        *("a loop of moderation", "failed"),
        (*OUT, fail(2, "550 5.7.1 RESOLVER.MT.ModerationLoop; moderation loop")),
        *("routing_loop", OURS, "5.7.1"),
    ),
    _elsewhere("their rule", "550 5.7.1 TRANSPORT.RULES.RejectMessage; rejected by policy", REFUSED, "5.7.1"),
)
