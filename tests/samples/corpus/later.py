"""Samples written after the reader had learned from the others: other providers and other words for the same kinds.

What is read right of these, unseen, says more than what is read right of the rest.
"""

from tests.samples.corpus.shape import (
    SENDER,
    Bounce,
    Provider,
    bare,
    delay,
    delay_ja,
    exchange,
    exchange_ja,
    exim,
    exim_data,
    flat,
    gmail,
    gmail_ja,
    modern,
    modern_ja,
    outlook_ja,
    postfix,
    postfix_data,
    postfix_delayed,
    postfix_report,
    qmail,
    quoted,
    report,
    sendmail,
    source,
    spaced,
)

UNKNOWN, FULL, THEIRS, OURS = "recipient_not_found_remote", "mailbox_full_remote", "theirs", "ours"
AUTH, BLOCKED, SPAM, DELAYED, REFUSED = (
    "sender_authentication",
    "sender_blocked",
    "spam",
    "delayed",
    "rejected_remote",
)
SIZE, TLS, LIMIT, FILTER = "size_or_format", "tls_problem", "recipient_limit", "recipient_refused"

plala = Provider("later", "mx.plala.or.jp", "hanako@orange.example.plala.or.jp", japanese=True)
sonet = Provider("later", "mx.so-net.ne.jp", "hanako@ab3.example.so-net.ne.jp", japanese=True)
iij = Provider("later", "mx.securemx.jp", "sato@partner.com", japanese=True)
onamae = Provider("later", "mail12.onamae.ne.jp", "info@hoge-onamae.example.jp", japanese=True)
jcom = Provider("later", "mx.jcom.home.ne.jp", "hanako@jcom.example.home.ne.jp", japanese=True)
uqmobile = Provider("later", "mx.uqmobile.jp", "hanako.hoge@uqmobile.jp", japanese=True)
docomo = Provider("later", "mfsmax.docomo.ne.jp", "saburo.hoge@docomo.ne.jp", japanese=True)
au = Provider("later", "msmx.au.com", "saburo.hoge@au.com", japanese=True)
softbank = Provider("later", "mx.i.softbank.jp", "saburo.hoge@i.softbank.jp", japanese=True)
yahoojp = Provider("later", "mx1.mail.yahoo.co.jp", "saburo_hoge@yahoo.co.jp", japanese=True)
cybozu = Provider("later", "mx.cybozu.example", "sato@partner.com", japanese=True)
partner = Provider("later", "mx2.partner.com", "sato@partner.com", japanese=True)
google = Provider("later", "alt1.aspmx.l.google.com", "bob@wingtiptoys.example")
outlook = Provider("later", "outlook-com.olc.protection.outlook.com", "alice.hoge@hotmail.com")
tenant = Provider("later", "wingtiptoys-example.mail.protection.outlook.com", "bob@wingtiptoys.example")
zoho = Provider("later", "smtpin.zoho.com", "bob@wingtiptoys.example")
gmx = Provider("later", "mx00.gmx.net", "bob.hoge@gmx.example")
fastmail = Provider("later", "in1-smtp.messagingengine.com", "bob.hoge@fastmail.example")
tencent = Provider("later", "mx3.qq.com", "12345678@qq.example")
fortinet = Provider("later", "fortimail.wingtiptoys.example", "bob@wingtiptoys.example")
sophos = Provider("later", "mx-01-us-west-2.prod.hydra.sophos.com", "bob@wingtiptoys.example")
here = Provider("later", "", "suzuki@contoso.co.jp")
ours = Provider("later", "", "sato@partner.com")

BOUNCES: tuple[Bounce, ...] = (
    # --- Japan ---
    plala(exchange_ja, "550 5.1.1 <{to}>: No such user here", UNKNOWN, THEIRS, "5.1.1"),
    plala(postfix_data, "552 5.2.2 Recipient's mailbox has no room for this message", FULL, THEIRS, "5.2.2"),
    plala(
        delay_ja,
        "450 4.3.2 System busy, try again after a while",
        DELAYED,
        THEIRS,
        "4.3.2",
        "delayed",
        also=("remote_fault",),
    ),
    sonet(modern_ja, "550 5.1.1 <{to}>... Account does not exist", UNKNOWN, THEIRS, "5.1.1"),
    sonet(exchange_ja, "550 5.7.1 Your message looks like SPAM and was not accepted", SPAM, THEIRS, "5.7.1"),
    iij(exchange_ja, "550 5.1.1 宛先が見つかりません: {to}", UNKNOWN, THEIRS, "5.1.1"),
    iij(exchange_ja, "550 5.7.1 送信ドメイン認証 (SPF) に失敗したため受信しません", AUTH, OURS, "5.7.1"),
    iij(exchange_ja, "550 5.7.1 送信元ドメインのDMARCポリシーにより拒否されました", AUTH, OURS, "5.7.1"),
    iij(postfix_report, "554 5.7.1 ウイルスが検出されたため配送を中止しました", "malware", OURS, "5.7.1"),
    iij(exchange_ja, "552 5.3.4 メールサイズが上限を超えています", SIZE, OURS, "5.3.4"),
    onamae(qmail, "550 5.1.1 <{to}>: mailbox unknown", UNKNOWN, THEIRS, "5.1.1"),
    onamae(
        postfix,
        "554 5.7.1 <unknown[203.0.113.9]>: Client host rejected: Access denied",
        BLOCKED,
        OURS,
        "5.7.1",
        also=(REFUSED,),
    ),
    onamae(exim_data, "554 5.7.1 Blocked: message scored 12.3 by the spam filter", SPAM, THEIRS, "5.7.1"),
    jcom(exchange_ja, "552 5.2.2 <{to}>: quota exceeded", FULL, THEIRS, "5.2.2"),
    jcom(
        postfix_delayed, "451 4.7.1 Please try again later (greylist)", DELAYED, "nobody", "4.7.1", "delayed"
    ),
    uqmobile(postfix, "550 <{to}>: User unknown", UNKNOWN, THEIRS, "550", also=(FILTER,)),
    docomo(
        exchange_ja,
        "550 5.0.350 Remote server returned an error -> 552 Too much mail data {to}",
        FULL,
        THEIRS,
        "5.0.350",
        also=(SIZE,),
        also_codes=("552",),
    ),
    docomo(exim, "550 Unknown user {to}", UNKNOWN, THEIRS, "550", also=(FILTER,)),
    au(
        exchange_ja,
        "550 5.0.350 Remote server returned an error -> 550 : User unknown",
        FILTER,
        THEIRS,
        "5.0.350",
        also=(UNKNOWN, REFUSED),
        also_codes=("550",),
    ),
    au(
        delay_ja,
        "421 4.3.2 msmx.au.com is not available now",
        DELAYED,
        THEIRS,
        "4.3.2",
        "delayed",
        also=("remote_fault", "unreachable"),
    ),
    softbank(sendmail, "550 Invalid recipient: <{to}>", UNKNOWN, THEIRS, "550", also_codes=("5.1.1",)),
    softbank(
        postfix_report,
        "553 contoso.co.jp does not exist",
        "sender_address_refused",
        OURS,
        "553",
        also=(AUTH, REFUSED),
        also_codes=("5.0.0",),
    ),
    yahoojp(
        exim_data,
        "554 delivery error: dd This user doesn't have a yahoo.co.jp account ({to}) [-5]",
        UNKNOWN,
        THEIRS,
        "554",
    ),
    yahoojp(
        postfix_delayed,
        "451 4.3.2 Requested action aborted: local error in processing, try later",
        DELAYED,
        THEIRS,
        "4.3.2",
        "delayed",
        also=("remote_fault",),
    ),
    cybozu(gmail_ja, "550 5.1.1 {to} というユーザーはいません", UNKNOWN, THEIRS, "5.1.1"),
    cybozu(gmail_ja, "554 5.7.1 メールの転送は許可されていません", "relay_denied", THEIRS, "5.7.1"),
    partner(
        exchange_ja,
        "550 5.2.1 このアカウントは停止されています",
        "recipient_disabled",
        THEIRS,
        "5.2.1",
        also=(UNKNOWN,),
    ),
    partner(
        exchange_ja,
        "451 4.3.0 一時的なエラーのため受信できません",
        "remote_fault",
        THEIRS,
        "4.3.0",
        also=("expired", REFUSED),
        note="a 4xx that was given up",
    ),
    partner(
        delay_ja,
        "450 4.2.1 受信者のメールボックスが混み合っています。しばらくお待ちください",
        DELAYED,
        THEIRS,
        "4.2.1",
        "delayed",
        also=(LIMIT, FULL),
    ),
    partner(exchange_ja, "554 5.4.6 メールがループしています", "routing_loop", "", "5.4.6"),
    partner(
        exchange_ja, "550 5.7.1 貴社のIPアドレスはブラックリストに登録されています", BLOCKED, OURS, "5.7.1"
    ),
    # --- elsewhere ---
    google(
        exchange,
        "550-5.7.26 This mail is unauthenticated, which poses a security risk to the sender and Gmail users, and has been blocked.\n550 5.7.26 d2e1a72fcca58 - gsmtp",
        AUTH,
        OURS,
        "5.7.26",
    ),
    google(
        delay,
        "450-4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.\n450 4.2.1 d2e1a72fcca58 - gsmtp",
        DELAYED,
        THEIRS,
        "4.2.1",
        "delayed",
        also=(LIMIT,),
    ),
    google(
        qmail,
        "552-5.2.2 The recipient's inbox is out of storage space.\n552 5.2.2 d2e1a72fcca58 - gsmtp",
        FULL,
        THEIRS,
        "5.2.2",
    ),
    google(
        postfix_report,
        "550-5.7.1 Multiple 'From' headers found.\n550 5.7.1 Messages that are not RFC 5322 compliant are blocked. d2e1a72fcca58 - gsmtp",
        SIZE,
        OURS,
        "5.7.1",
    ),
    google(
        exchange_ja,
        "550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 d2e1a72fcca58 - gsmtp",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    outlook(
        modern,
        "550 5.7.515 Access denied, sending domain CONTOSO.CO.JP does not meet the required authentication level. SPF= Pass , DKIM= Fail , DMARC= Fail",
        AUTH,
        OURS,
        "5.7.515",
    ),
    outlook(
        sendmail,
        "550 5.5.0 Requested action not taken: mailbox unavailable",
        UNKNOWN,
        THEIRS,
        "5.5.0",
        also=("recipient_disabled",),
        also_codes=("5.1.1",),
    ),
    outlook(
        postfix_delayed,
        "451 4.7.651 The mail server [203.0.113.9] has been temporarily rate limited due to IP reputation.",
        DELAYED,
        "",
        "4.7.651",
        "delayed",
        also=(BLOCKED, "sending_limit"),
    ),
    tenant(
        exchange,
        "550 5.7.124 RESOLVER.RST.NotAuthorizedForGroup; not authorized to send to this group",
        "sender_not_allowed",
        THEIRS,
        "5.7.124",
    ),
    tenant(
        exchange_ja,
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient bob@wingtiptoys.example not found by SMTP address lookup",
        UNKNOWN,
        THEIRS,
        "5.1.10",
    ),
    tenant(
        postfix,
        "550 5.7.1 Service unavailable, Client host [203.0.113.9] blocked using customer block list",
        BLOCKED,
        "",
        "5.7.1",
        also=(REFUSED,),
    ),
    zoho(exchange, "550 5.1.1 User does not exist - <{to}>", UNKNOWN, THEIRS, "5.1.1"),
    zoho(exchange_ja, "541 5.4.1 Mail rejected by destination domain", REFUSED, THEIRS, "5.4.1"),
    gmx(
        exchange,
        "550 Requested action not taken: mailbox unavailable",
        UNKNOWN,
        THEIRS,
        "550",
        also=("recipient_disabled", REFUSED),
    ),
    gmx(
        delay,
        "450 4.7.0 Requested mail action not taken: mailbox temporarily unavailable (greylisting)",
        DELAYED,
        "nobody",
        "4.7.0",
        "delayed",
    ),
    gmx(
        modern,
        "554 5.7.0 Transaction failed: reject due to DMARC policy of contoso.co.jp",
        AUTH,
        OURS,
        "5.7.0",
    ),
    fastmail(
        gmail,
        "551 5.7.1 Not authorised to send from this header address",
        AUTH,
        "",
        "5.7.1",
        also=("send_as_denied", REFUSED),
    ),
    fastmail(exim, "550 5.1.1 <{to}>: Recipient address rejected: unknown user", UNKNOWN, THEIRS, "5.1.1"),
    tencent(
        exchange,
        "550 Mailbox unavailable or access denied",
        UNKNOWN,
        THEIRS,
        "550",
        also=("recipient_disabled", REFUSED),
    ),
    tencent(exchange_ja, "550 Mail content denied", "content_refused", THEIRS, "550", also=(SPAM, REFUSED)),
    tencent(
        delay,
        "421 Connection frequency limited",
        DELAYED,
        "",
        "421",
        "delayed",
        also=("sending_limit", LIMIT, BLOCKED),
    ),
    fortinet(
        exchange,
        "554 5.7.1 This message has been blocked because it contains FortiSpamshield blocking URL(s).",
        SPAM,
        THEIRS,
        "5.7.1",
        also=("content_refused",),
    ),
    sophos(
        exchange_ja,
        "550 5.7.1 Message rejected: the attachment type .exe is prohibited",
        "content_refused",
        "",
        "5.7.1",
        also=(SIZE, REFUSED),
    ),
    sophos(
        delay_ja,
        "450 4.7.320 Certificate validation failed [Message=SubjectMismatch] [LastAttemptedServerName=mx.partner.com]",
        TLS,
        THEIRS,
        "4.7.320",
        "delayed",
    ),
    # --- Exchange Online ---
    here(
        exchange_ja,
        "550 5.1.1 RESOLVER.ADR.BadPrimary; recipient primary SMTP address is missing or invalid",
        "recipient_not_found",
        OURS,
        "5.1.1",
        also=("other",),
    ),
    here(
        modern_ja,
        "550 5.7.135 RESOLVER.RST.SenderNotAuthenticatedForPublicFolder; authentication required",
        "sender_not_allowed",
        OURS,
        "5.7.135",
    ),
    ours(
        exchange_ja,
        "550 5.1.8 Access denied, bad outbound sender. For more information please go to the help page. AS(42004)",
        BLOCKED,
        OURS,
        "5.1.8",
    ),
    ours(
        modern_ja,
        "550 5.7.520 Access denied, Your organization does not allow external forwarding. AS(7500)",
        "forwarding_blocked",
        OURS,
        "5.7.520",
    ),
    ours(
        exchange_ja,
        "550 5.7.320 Message expired, certificate validation failed(UntrustedRoot) [Message=UntrustedRoot]",
        TLS,
        THEIRS,
        "5.7.320",
        also=("expired",),
    ),
    ours(
        bare,
        "エラー 550 5.4.310 DNS domain partner.com does not exist",
        "domain_not_found",
        THEIRS,
        "5.4.310",
        also=("unreachable", UNKNOWN),
    ),
    # --- shapes ---
    Bounce(
        "later",
        source(
            exchange_ja("sato@partner.com", "552 5.2.2 mailbox is full", "mx.partner.com"), "euc-jp", "base64"
        ),
        FULL,
        THEIRS,
        "5.2.2",
        japanese=True,
    ),
    Bounce(
        "later",
        source(
            quoted(
                exchange_ja(
                    "suzuki@contoso.co.jp",
                    "550 5.7.134 RESOLVER.RST.SenderNotAuthenticatedForMailbox; authentication required",
                )
            ),
            "iso-2022-jp",
            "7bit",
        ),
        "sender_not_allowed",
        OURS,
        "5.7.134",
        japanese=True,
    ),
    Bounce(
        "later",
        flat(
            delay_ja(
                "sato@partner.com",
                "450 4.4.316 Connection refused [Message=Socket error code 10061]",
                "mx.partner.com",
            )
        ),
        DELAYED,
        THEIRS,
        "4.4.316",
        "delayed",
        ("unreachable",),
        japanese=True,
    ),
    Bounce(
        "later",
        spaced(gmail_ja("sato@partner.com", "550 5.1.1 <sato@partner.com>: User unknown")),
        UNKNOWN,
        THEIRS,
        "5.1.1",
        japanese=True,
    ),
    Bounce(
        "later",
        outlook_ja(
            flat(
                modern_ja(
                    "suzuki@contoso.co.jp",
                    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
                )
            )
        ),
        "recipient_not_found",
        OURS,
        "5.1.10",
        japanese=True,
    ),
    Bounce(
        "later",
        report(
            "メールの配信が遅れています。配信は続けられます。\n",
            "sato@partner.com",
            "452 4.2.2 Mailbox full",
            "4.2.2",
            "delayed",
            "mx.partner.com",
            "shift_jis",
            "base64",
        ),
        DELAYED,
        THEIRS,
        "4.2.2",
        "delayed",
        (FULL,),
        japanese=True,
    ),
    Bounce(
        "later",
        report(
            "配信を中止しました。\n",
            "sato@partner.com",
            "421 4.4.2 Connection timed out",
            "4.4.2",
            "failed",
            "mx.partner.com",
            "euc-jp",
            "quoted-printable",
        ),
        "unreachable",
        THEIRS,
        "4.4.2",
        "final",
        ("expired",),
        japanese=True,
    ),
    Bounce(
        "later",
        f"お客様が {SENDER} から送信されたメールは、宛先 sato@partner.com のメールボックスが一杯のため届けられませんでした。",
        FULL,
        THEIRS,
        japanese=True,
        note="words alone",
    ),
    Bounce(
        "later",
        "sato@partner.com 宛のメールはまだ配信できていません。サーバーに接続できないため、あと 3 日間再送を続けます。",
        DELAYED,
        THEIRS,
        "",
        "delayed",
        ("unreachable",),
        japanese=True,
        note="words alone",
    ),
    Bounce(
        "later",
        "Your email to bob@wingtiptoys.example was not delivered because that person's mailbox is full.",
        FULL,
        THEIRS,
        note="words alone",
    ),
)
