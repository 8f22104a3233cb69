"""Yahoo! JAPAN and Japan's providers and hosts: Sakura, Xserver, BIGLOBE, OCN, KDDI, nifty and their like."""

from tests.samples.corpus.shape import (
    RELAY,
    Bounce,
    Provider,
    bare,
    delay_ja,
    exchange,
    exchange_ja,
    exim,
    exim_data,
    gmail_ja,
    headers,
    modern_ja,
    postfix,
    postfix_data,
    postfix_delayed,
    postfix_report,
    qmail,
    sendmail,
    sendmail_data,
)

yahoo = Provider("yahoo_japan", "mx3.mail.yahoo.co.jp", "hanako_hoge@yahoo.co.jp", japanese=True)
sakura = Provider("sakura", "www1234.sakura.ne.jp", "info@hoge-sakura.example.jp", japanese=True)
xserver = Provider("xserver", "sv1234.xserver.jp", "info@hoge-shop.example.jp", japanese=True)
biglobe = Provider("biglobe", "rcpt-expgw4.biglobe.ne.jp", "hanako@mxr.biglobe.ne.jp", japanese=True)
ocn = Provider("ocn", "mx.ocn.ad.jp", "hanako@coral.example.ocn.ne.jp", japanese=True)
nifty = Provider("nifty", "mx.nifty.com", "hanako.hoge@nifty.com", japanese=True)
kagoya = Provider("kagoya", "mas01.kagoya.net", "sales@hoge-kagoya.example.jp", japanese=True)
lolipop = Provider("lolipop", "mx01.lolipop.jp", "shop@hoge-lolipop.example.jp", japanese=True)

UNKNOWN, FULL, THEIRS, OURS = "recipient_not_found_remote", "mailbox_full_remote", "theirs", "ours"
REFUSED, FILTER, SPAM = "rejected_remote", "recipient_refused", "spam"
AUTH, BLOCKED, DELAYED = "sender_authentication", "sender_blocked", "delayed"


def _kddi(to: str, reply: str, host: str) -> str:
    return (
        f"{reply}\n\n※本メールはメールシステムより配信しております。\nこのメールには直接返信いただけません。\n\n"
        f"（　以下、サーバから出力されたエラーメッセージ　）\n\nYour mail sent on: Wed, 14 Oct 2026 10:53:07 +0900\n"
        f"     Could not be delivered to: <{to}>\n     As their mailbox is full.\n"
    )


def _biglobe(to: str, reply: str, host: str) -> str:
    return (
        f"   ----- The following addresses had delivery problems -----\n{to}\n\n"
        f"   ----- Non-delivered information -----\n{reply}\n"
    )


def _m_filter(to: str, reply: str, host: str) -> str:
    return (
        "このメールは「m-FILTER」が自動的に生成して送信しています。\nメールサーバーとの通信中、下記の理由により\n"
        f"このメールは送信できませんでした。\n\n以下のメールアドレスへの送信に失敗しました。\n{to}\n\n\n-------server message\n"
        f"{reply}\n\n-------SMTP command\nRCPT TO\n\n-------original message\n{headers(to)}"
    )


def _yahoo_notice(to: str, reply: str, host: str) -> str:
    return (
        "Sorry, we were unable to deliver your message to the following address.\n\n"
        f"<{to}>:\nRemote host said:\n{reply}\n"
    )


def _warning(to: str, reply: str, host: str) -> str:
    return (
        "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n"
        "    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n"
        f"   ----- The following addresses had transient non-fatal errors -----\n<{to}>\n\n"
        f"   ----- Transcript of session follows -----\n{reply}\nWarning: message still undelivered after 4 hours\n"
        "Will keep trying until message is 5 days old\n"
    )


kddi = Provider("kddi", "nm00omta01.auone-net.jp", "hanako@x0000123.dion.ne.jp", japanese=True)
partner = Provider("m_filter", "mx.partner.com", "sato@partner.com", japanese=True)

BOUNCES: tuple[Bounce, ...] = (
    # --- Yahoo! JAPAN ---
    yahoo(
        exchange_ja,
        "554 5.1.1 delivery error: dd This user doesn't have a yahoo.co.jp account ({to}) [-5] - mta7149.mail.djm.ynwp.yahoo.co.jp",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    yahoo(
        postfix_data,
        "554 delivery error: dd This user doesn't have a yahoo.co.jp account ({to}) [-5] - mta7149.mail.djm.ynwp.yahoo.co.jp",
        UNKNOWN,
        THEIRS,
        "554",
        note="after DATA, as Yahoo! JAPAN always says it",
    ),
    yahoo(
        modern_ja,
        "550 5.0.350 Remote server returned an error -> 554 delivery error: dd This user doesn't have a yahoo.co.jp account ({to}) [-5]",
        UNKNOWN,
        THEIRS,
        "5.0.350",
        also_codes=("554",),
    ),
    yahoo(
        qmail,
        "554 delivery error: dd Sorry your message to {to} cannot be delivered. This account has been disabled or discontinued [#102]. - mta512.mail.kks.yahoo.co.jp",
        "recipient_disabled",
        THEIRS,
        "554",
        also=(UNKNOWN, REFUSED),
    ),
    yahoo(
        exchange_ja,
        "552 5.2.2 delivery error: dd Requested mail action aborted, mailbox not found or over quota ({to})",
        FULL,
        THEIRS,
        "5.2.2",
        also=(UNKNOWN,),
    ),
    yahoo(
        postfix_data,
        "553 5.7.1 Mail from 203.0.113.9 not allowed - [10]",
        BLOCKED,
        OURS,
        "5.7.1",
        also=(REFUSED,),
    ),
    yahoo(
        exchange_ja,
        "550 5.7.1 Message rejected because DMARC policy of contoso.co.jp is reject and authentication failed",
        AUTH,
        OURS,
        "5.7.1",
    ),
    yahoo(
        delay_ja,
        "421 4.7.0 [TS01] Messages from 203.0.113.9 temporarily deferred due to user complaints - 4.16.55.1",
        DELAYED,
        OURS,
        "4.7.0",
        "delayed",
        also=(BLOCKED, "sending_limit"),
    ),
    yahoo(
        delay_ja,
        "451 4.3.0 Resources temporarily not available - Please try again later [#4.16.5]",
        DELAYED,
        THEIRS,
        "4.3.0",
        "delayed",
        also=("remote_fault",),
    ),
    yahoo(
        gmail_ja,
        "554 delivery error: dd This user doesn't have a yahoo.co.jp account ({to}) [0] - mta7149.mail.djm.ynwp.yahoo.co.jp",
        UNKNOWN,
        THEIRS,
        "554",
    ),
    yahoo(
        bare,
        "554 delivery error: dd This user doesn't have a yahoo.co.jp account ({to}) [-5]",
        UNKNOWN,
        THEIRS,
        "554",
    ),
    Provider("yahoo_japan", "mx.partner.com", "sato@partner.com", japanese=True)(
        _yahoo_notice,
        "550 5.1.1 <{to}>: Recipient address rejected: User unknown in local recipient table [RCPT_TO]",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    Provider("yahoo_japan", "mx.partner.com", "sato@partner.com", japanese=True)(
        _yahoo_notice,
        "Message expired for domain partner.com. Remote host said: 454 4.7.1 <{to}>: Relay access denied [RCPT_TO]",
        "expired",
        THEIRS,
        "4.7.1",
        also=("relay_denied",),
        note="a 4xx that was given up",
    ),
    # --- Sakura ---
    sakura(exchange_ja, "550 5.1.1 <{to}>... User unknown", UNKNOWN, THEIRS, "5.1.1"),
    sakura(sendmail, "550 5.1.1 <{to}>... User unknown", UNKNOWN, THEIRS, "5.1.1"),
    sakura(postfix, "550 5.1.1 <{to}>: Recipient address rejected: User unknown", UNKNOWN, THEIRS, "5.1.1"),
    sakura(exchange_ja, "552 5.2.2 <{to}>... Mailbox full (quota exceeded)", FULL, THEIRS, "5.2.2"),
    sakura(
        sendmail_data,
        "552 5.3.4 Message size exceeds fixed limit",
        "size_or_format",
        OURS,
        "5.3.4",
        also_codes=("5.0.0",),
    ),
    sakura(
        modern_ja,
        "553 5.3.0 <tanaka@contoso.co.jp>... Spam blocked see: http://bl.example.net/?203.0.113.9",
        BLOCKED,
        OURS,
        "5.3.0",
        also=(REFUSED, SPAM),
    ),
    sakura(
        sendmail,
        "550 5.7.1 <{to}>... Relaying denied",
        "relay_denied",
        THEIRS,
        "5.7.1",
        also_codes=("5.1.1",),
        note="Sendmail's own “User unknown” below it is about nothing",
    ),
    sakura(
        exchange,
        "554 5.7.1 <{to}>: Sender address rejected: Access denied",
        REFUSED,
        THEIRS,
        "5.7.1",
        also=(FILTER, BLOCKED),
    ),
    sakura(
        _warning,
        "451 <{to}>... hoge-sakura.example.jp: Name server timeout",
        DELAYED,
        THEIRS,
        "451",
        "delayed",
        also=("unreachable",),
    ),
    sakura(
        _warning,
        "421 4.3.0 collect: Cannot write ./dft9E1 (bfcommit, uid=25, gid=25): No space left on device",
        DELAYED,
        THEIRS,
        "4.3.0",
        "delayed",
        also=("remote_fault",),
    ),
    sakura(
        postfix_delayed,
        "450 4.7.1 <{to}>: Recipient address rejected: Greylisted",
        DELAYED,
        "nobody",
        "4.7.1",
        "delayed",
    ),
    sakura(
        bare,
        "550 5.1.2 <{to}>... Host unknown (Name server: hoge-sakura.example.jp.: host not found)",
        "domain_not_found",
        THEIRS,
        "5.1.2",
        also=("unreachable", UNKNOWN),
    ),
    # --- Xserver ---
    xserver(
        exchange_ja,
        "550 5.1.1 <{to}>: Recipient address rejected: User unknown in virtual mailbox table",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    xserver(
        postfix,
        "550 5.1.1 <{to}>: Recipient address rejected: undeliverable address: mailbox does not exist",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    xserver(
        modern_ja,
        "554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.spamhaus.example",
        BLOCKED,
        OURS,
        "5.7.1",
    ),
    xserver(exim_data, "550 Message rejected as spam by content scanning", SPAM, THEIRS, "550"),
    xserver(exchange_ja, "552 5.2.2 <{to}>: Mailbox is full", FULL, THEIRS, "5.2.2"),
    xserver(
        delay_ja,
        "450 4.2.0 <{to}>: Recipient address rejected: Greylisted, see http://postgrey.example",
        DELAYED,
        "nobody",
        "4.2.0",
        "delayed",
    ),
    xserver(
        qmail,
        "550 5.7.1 Access denied: mail from outside Japan is refused by this account",
        FILTER,
        THEIRS,
        "5.7.1",
        also=(REFUSED, BLOCKED),
        note="a filter of countries that the customer switched on",
    ),
    xserver(postfix_report, "552 5.3.4 Message size exceeds fixed limit", "size_or_format", OURS, "5.3.4"),
    # --- BIGLOBE, OCN, nifty, KDDI ---
    biglobe(
        _biglobe, "The number of messages in recipient's mailbox exceeded the local limit.", FULL, THEIRS, ""
    ),
    biglobe(_biglobe, "User {to} does not exist.", UNKNOWN, THEIRS, ""),
    biglobe(
        exchange_ja, "550 5.1.1 <{to}>: Recipient address rejected: User unknown", UNKNOWN, THEIRS, "5.1.1"
    ),
    biglobe(exchange_ja, "552 5.2.3 Message size exceeds recipient's limit", "size_or_format", OURS, "5.2.3"),
    ocn(exchange_ja, "550 5.1.1 {to} User unknown; rejecting", UNKNOWN, THEIRS, "5.1.1"),
    ocn(postfix, "550 5.7.1 Mail appears to be unsolicited; rejected", SPAM, THEIRS, "5.7.1"),
    ocn(delay_ja, "452 4.2.2 <{to}> Mailbox is full", DELAYED, THEIRS, "4.2.2", "delayed", also=(FULL,)),
    nifty(exchange_ja, "550 5.1.1 <{to}>... User Unknown", UNKNOWN, THEIRS, "5.1.1"),
    nifty(exim, "550 5.7.23 SPF check failed for contoso.co.jp", AUTH, OURS, "5.7.23"),
    nifty(modern_ja, "554 5.2.2 <{to}> is over quota", FULL, THEIRS, "5.2.2"),
    kddi(_kddi, "送信先のメールボックスが一杯のため、送信できませんでした。", FULL, THEIRS, ""),
    kagoya(
        exchange_ja,
        "550 5.7.1 <{to}>: Recipient address rejected: Message rejected due to: SPF fail - not authorized",
        AUTH,
        OURS,
        "5.7.1",
    ),
    kagoya(
        postfix,
        "450 4.1.1 <{to}>: Recipient address rejected: unverified address: connect to 10.0.0.4: Connection refused",
        UNKNOWN,
        THEIRS,
        "4.1.1",
        also=("expired", "unreachable", "remote_fault", REFUSED),
        note="given up on after a 4xx",
    ),
    lolipop(exchange_ja, "550 5.1.1 sorry, no mailbox here by that name. (#5.1.1)", UNKNOWN, THEIRS, "5.1.1"),
    lolipop(
        qmail,
        "511 sorry, no mailbox here by that name (#5.1.1 - chkuser)",
        UNKNOWN,
        THEIRS,
        "5.1.1",
        also_codes=("511",),
    ),
    # --- gateways of Japanese companies ---
    partner(_m_filter, "550 unknown user <{to}>", UNKNOWN, THEIRS, "550"),
    partner(
        _m_filter,
        "554 5.7.1 添付ファイル付きメールは受信できません",
        REFUSED,
        THEIRS,
        "5.7.1",
        also=("content_refused", "size_or_format"),
    ),
    partner(
        _m_filter,
        "452 4.3.1 Insufficient system storage",
        "remote_fault",
        THEIRS,
        "4.3.1",
        also=("expired", REFUSED),
        note="the gateway gave up after a 4xx",
    ),
    partner(
        exchange_ja,
        "550 5.7.1 パスワード付きZIPファイルは受信を拒否しています",
        REFUSED,
        THEIRS,
        "5.7.1",
        also=("content_refused", "size_or_format"),
    ),
    partner(exchange_ja, "550 5.7.1 受信者が存在しません <{to}>", UNKNOWN, THEIRS, "5.7.1"),
    partner(exchange_ja, "550 5.7.0 当社のポリシーにより受信を拒否しました", REFUSED, THEIRS, "5.7.0"),
    partner(exchange_ja, "554 5.7.1 迷惑メールと判定されたため受信できません", SPAM, THEIRS, "5.7.1"),
    partner(exchange_ja, "552 5.2.2 受信者のメールボックスの容量が超過しています", FULL, THEIRS, "5.2.2"),
    Bounce(
        "interscan",
        "配信できませんでした。\n\nSent <<< RCPT TO:<sato@partner.com>\nReceived >>> 550 5.1.1 <sato@partner.com>... user unknown\n\n"
        "Unable to deliver message to <sato@partner.com>\n\n************************     End of message     **********************\n",
        UNKNOWN,
        THEIRS,
        "5.1.1",
        recipients=("sato@partner.com",),
        japanese=True,
    ),
    Bounce(
        "notes",
        "------- Failure Reasons  --------\n\nエラー (受信者が見つかりません)\nsato@partner.com\n\n------- Returned Message --------\n"
        f"{headers('sato@partner.com')}",
        UNKNOWN,
        THEIRS,
        recipients=("sato@partner.com",),
        japanese=True,
    ),
    Bounce(
        "cybermail",
        "配信エラー通知\n\n次の宛先にメールを送信できませんでした。\n宛先: sato@partner.com\n"
        "理由: 相手先ホストに接続できませんでした (Connection timed out)。\n配信を中止しました。\n",
        "unreachable",
        THEIRS,
        also=("expired",),
        recipients=("sato@partner.com",),
        japanese=True,
    ),
    Bounce(
        "cybermail",
        f"{RELAY} からのお知らせ\n\n次の宛先へのメールはまだ届いていません。引き続き送信を試みます。再送の必要はありません。\n"
        "宛先: sato@partner.com\n応答: 451 4.4.1 Connection timed out\n",
        DELAYED,
        THEIRS,
        "4.4.1",
        "delayed",
        also=("unreachable",),
        recipients=("sato@partner.com",),
        japanese=True,
    ),
)
