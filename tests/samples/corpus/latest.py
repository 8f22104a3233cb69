"""A second round of samples that the reader had not seen, after it had learned from `later`."""

from demo.events import defer, fail, receive, submit
from tests.samples.corpus.routes import IN, OUT, SENT, Route, handled, taken
from tests.samples.corpus.shape import (
    Bounce,
    Provider,
    delay_ja,
    exchange,
    exchange_ja,
    exim,
    exim_data,
    flat,
    gmail,
    gmail_ja,
    html,
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
    sendmail_data,
    source,
)

UNKNOWN, FULL, THEIRS, OURS = "recipient_not_found_remote", "mailbox_full_remote", "theirs", "ours"
AUTH, BLOCKED, SPAM, DELAYED, REFUSED = (
    "sender_authentication",
    "sender_blocked",
    "spam",
    "delayed",
    "rejected_remote",
)
SIZE, TLS, LIMIT = "size_or_format", "tls_problem", "recipient_limit"

asahi = Provider("latest", "mx.asahi-net.or.jp", "hanako@asahi.example.or.jp", japanese=True)
eonet = Provider("latest", "mx.eonet.ne.jp", "hanako@eonet.example.ne.jp", japanese=True)
muumuu = Provider("latest", "mx.heteml.example.jp", "shop@hoge-heteml.example.jp", japanese=True)
rakuten = Provider("latest", "mx.rmail.rakuten.example.jp", "hanako@rakuten.example.jp", japanese=True)
school = Provider("latest", "mx.hoge-u.example.ac.jp", "prof@hoge-u.example.ac.jp", japanese=True)
city = Provider("latest", "mx.city.hoge.example.lg.jp", "koho@city.hoge.example.lg.jp", japanese=True)
bank = Provider("latest", "gw1.hoge-bank.example.co.jp", "sato@hoge-bank.example.co.jp", japanese=True)
docomo = Provider("latest", "mfsmax.docomo.ne.jp", "goro.hoge@docomo.ne.jp", japanese=True)
icloud = Provider("latest", "mx02.mail.icloud.com", "carol.hoge@icloud.com")
gmail_com = Provider("latest", "gmail-smtp-in.l.google.com", "carol.hoge@gmail.com")
yandex = Provider("latest", "mx.yandex.example", "carol@yandex.example")
naver = Provider("latest", "mx1.naver.example", "carol@naver.example")
hornet = Provider("latest", "mx-gate01.hornetsecurity.example", "bob@wingtiptoys.example")
here = Provider("latest", "", "suzuki@contoso.co.jp")

BOUNCES: tuple[Bounce, ...] = (
    asahi(exchange_ja, "550 5.1.1 unknown recipient <{to}>", UNKNOWN, THEIRS, "5.1.1"),
    asahi(exim_data, "552 5.2.2 Disk quota of the recipient is exhausted", FULL, THEIRS, "5.2.2"),
    eonet(modern_ja, "550 5.7.1 Sender domain contoso.co.jp failed SPF verification", AUTH, OURS, "5.7.1"),
    eonet(
        postfix_delayed,
        "451 4.7.0 Service temporarily unavailable, retry later",
        DELAYED,
        "",
        "4.7.0",
        "delayed",
        also=("remote_fault",),
    ),
    muumuu(qmail, "550 5.1.1 そのようなアドレスはありません", UNKNOWN, THEIRS, "5.1.1"),
    muumuu(postfix_data, "550 5.7.1 迷惑メールの疑いがあるため、受け取れませんでした", SPAM, THEIRS, "5.7.1"),
    rakuten(exchange_ja, "552 5.3.4 添付ファイルが大きすぎます", SIZE, OURS, "5.3.4"),
    rakuten(gmail_ja, "550 5.1.1 宛先アドレスが正しくありません", UNKNOWN, THEIRS, "5.1.1"),
    school(
        exchange_ja,
        "550 5.2.1 このメールアドレスは現在使用されていません",
        "recipient_disabled",
        THEIRS,
        "5.2.1",
        also=(UNKNOWN,),
    ),
    school(
        exchange_ja,
        "554 5.7.1 学外からのメールは受信できません",
        REFUSED,
        THEIRS,
        "5.7.1",
        also=("sender_not_allowed", "recipient_refused", "content_refused"),
    ),
    city(
        exchange_ja,
        "550 5.7.1 暗号化ZIP添付のメールは受け付けておりません",
        "content_refused",
        "",
        "5.7.1",
        also=(REFUSED, SIZE),
    ),
    city(
        delay_ja,
        "450 4.4.317 Cannot connect to remote server [Message=SocketError: ConnectionReset]",
        DELAYED,
        THEIRS,
        "4.4.317",
        "delayed",
        also=("unreachable",),
    ),
    bank(exchange_ja, "550 5.7.1 DKIM署名の検証に失敗しました", AUTH, OURS, "5.7.1"),
    bank(
        postfix_report,
        "554 5.7.1 送信元サーバーの逆引きができないため拒否しました",
        AUTH,
        OURS,
        "5.7.1",
        also=(BLOCKED, REFUSED),
        note="no reverse DNS of our relay",
    ),
    bank(modern_ja, "550 5.7.0 TLS1.2以上で接続してください", TLS, OURS, "5.7.0"),
    docomo(gmail_ja, "552 Too much mail data {to}", FULL, THEIRS, "552", also=(SIZE,)),
    docomo(postfix, "500 Line Too Long", SIZE, OURS, "500"),
    icloud(
        exchange_ja, "550 5.7.1 Message rejected due to contoso.co.jp's DMARC policy.", AUTH, OURS, "5.7.1"
    ),
    icloud(exim, "552 5.2.2 <{to}>: user is over quota", FULL, THEIRS, "5.2.2"),
    gmail_com(
        sendmail_data,
        "550-5.7.26 Unauthenticated email from contoso.co.jp is not accepted due to domain's DMARC policy.",
        AUTH,
        OURS,
        "5.7.26",
        also_codes=("5.0.0",),
    ),
    gmail_com(
        exchange,
        "554-5.7.0 Too Many Unauthenticated commands.\n554 5.7.0 d9443c01 - gsmtp",
        REFUSED,
        "",
        "5.7.0",
        also=(AUTH, BLOCKED, "sign_in_refused"),
    ),
    yandex(exchange, "550 5.7.1 No such user!", UNKNOWN, THEIRS, "5.7.1"),
    yandex(postfix, "554 5.7.1 [1] Message rejected under suspicion of SPAM", SPAM, THEIRS, "5.7.1"),
    naver(exchange, "552 5.2.2 Mailbox size limit exceeded", FULL, THEIRS, "5.2.2"),
    naver(
        gmail,
        "421 4.7.0 Your IP is blocked for too many connections",
        BLOCKED,
        OURS,
        "4.7.0",
        also=("sending_limit", "expired", REFUSED),
        note="a 4xx that was given up",
    ),
    hornet(
        modern, "554 5.6.9 Customer rule based reject", REFUSED, THEIRS, "5.6.9", also=("content_refused",)
    ),
    hornet(
        exchange_ja, "550 5.4.1 <{to}>: user does not exist at customer's server", UNKNOWN, THEIRS, "5.4.1"
    ),
    here(
        exchange_ja,
        "550 5.7.13 RESOLVER.RST.SenderNotAuthenticatedForPublicFolder; public folder restrictions",
        "sender_not_allowed",
        OURS,
        "5.7.13",
    ),
    here(
        modern,
        "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionQuotaExceeded",
        "mailbox_full",
        OURS,
        "5.2.2",
    ),
    Bounce(
        "latest",
        source(
            html(
                delay_ja(
                    "sato@partner.com",
                    "450 4.7.320 Certificate validation failed [Message=CertificateExpired]",
                    "mx.partner.com",
                )
            ),
            "utf-8",
            "quoted-printable",
            "text/html",
        ),
        TLS,
        THEIRS,
        "4.7.320",
        "delayed",
        japanese=True,
    ),
    Bounce(
        "latest",
        quoted(
            flat(
                exchange_ja(
                    "sato@partner.com", "550 5.7.1 <sato@partner.com>: Relay access denied", "mx.partner.com"
                )
            )
        ),
        "relay_denied",
        THEIRS,
        "5.7.1",
        japanese=True,
    ),
    Bounce(
        "latest",
        outlook_ja(quoted(gmail_ja("sato@partner.com", "552 5.2.2 容量制限を超えています"))),
        FULL,
        THEIRS,
        "5.2.2",
        japanese=True,
    ),
    Bounce(
        "latest",
        report(
            "宛先が見つかりませんでした。\n",
            "sato@partner.com",
            "550 5.1.1 User unknown",
            "5.1.1",
            "failed",
            "mx.partner.com",
            "iso-2022-jp",
            "base64",
        ),
        UNKNOWN,
        THEIRS,
        "5.1.1",
        japanese=True,
    ),
    Bounce(
        "latest",
        "送信エラー: suzuki@contoso.co.jp は社内のアドレス帳に見つかりません (550 5.1.10)。",
        "recipient_not_found",
        OURS,
        "5.1.10",
        japanese=True,
        note="a system's own words",
    ),
)
ROUTES: tuple[Route, ...] = (
    Route(
        "out of office, the whole of it refused",
        "failed",
        taken("RESOLVER.OOF.ExtToInt; handled external OOF addressed to internal recipient"),
        "automatic_reply_kept",
        "nobody",
        "2.1.5",
        "by design",
    ),
    Route(
        "a receipt kept in, though delivered",
        "delivered",
        handled("RESOLVER.MSGTYPE.DR; handled DR addressed to external recipient"),
        "message_type_kept",
        "nobody",
        "2.1.5",
        "by design",
    ),
    Route(
        "a braced id before a full mailbox",
        "failed",
        (
            *SENT,
            fail(5, "552 5.2.2 {a1b2-c3d4} mailbox is over quota", "", "", "mx.partner.com", "203.0.113.40"),
        ),
        FULL,
        THEIRS,
        "5.2.2",
    ),
    Route(
        "certificate of another name, by words",
        "pending",
        (
            *OUT,
            defer(
                9,
                "450 4.4.317 Cannot connect to remote server [Message=TLS negotiation failed: certificate name mismatch]",
                "mx.partner.com",
                "203.0.113.40",
            ),
        ),
        TLS,
        THEIRS,
        "4.4.317",
        "delayed",
        also=(DELAYED, "unreachable"),
    ),
    Route(
        "Direct Send by a scanner",
        "failed",
        (
            receive(ip="192.0.2.78", host="scanner.contoso.co.jp"),
            submit(),
            fail(
                2,
                "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources",
            ),
        ),
        "direct_send_refused",
        OURS,
        "5.7.68",
    ),
    Route(
        "a room that takes nobody from outside",
        "failed",
        (*IN, fail(2, "550 5.7.136 RESOLVER.RST.SenderNotAuthenticatedForMailUser; authentication required")),
        "sender_not_allowed",
        OURS,
        "5.7.136",
    ),
)
