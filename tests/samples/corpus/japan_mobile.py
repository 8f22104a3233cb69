"""Japan's mobile carriers: docomo, au, SoftBank and those beside them.

A carrier says “unknown user” of addresses that do not exist and of people whose filter refuses the sender. docomo and au
refuse the former at RCPT, the latter after DATA: then it is the recipient's filter, and an expert accepts both.
"""

from tests.samples.corpus.shape import (
    Bounce,
    Provider,
    bare,
    delay_ja,
    exchange,
    exchange_ja,
    exim,
    gmail_ja,
    modern_ja,
    postfix,
    postfix_data,
    postfix_delayed,
    postfix_report,
    qmail,
    sendmail,
    sendmail_data,
)

docomo = Provider("docomo", "mfsmax.docomo.ne.jp", "hanako.hoge@docomo.ne.jp", japanese=True)
au = Provider("au", "lsean.ezweb.ne.jp", "hanako.hoge@ezweb.ne.jp", japanese=True)
aucom = Provider("au", "msmx.au.com", "jiro.hoge@au.com", japanese=True)
softbank = Provider("softbank", "mx.softbank.ne.jp", "hanako.hoge@softbank.ne.jp", japanese=True)
isoftbank = Provider("softbank", "mx.i.softbank.jp", "jiro.hoge@i.softbank.jp", japanese=True)
ymobile = Provider("softbank", "mx.ymobile.ne.jp", "hanako.hoge@ymobile.ne.jp", japanese=True)
rakuten = Provider("rakuten", "mx.rakuten.jp", "hanako.hoge@rakuten.jp", japanese=True)

UNKNOWN, FULL, THEIRS = "recipient_not_found_remote", "mailbox_full_remote", "theirs"
UNREACHABLE = "unreachable"
REFUSED, FILTER = "rejected_remote", "recipient_refused"
FILTERED = ("recipient_refused",)
EITHER = ("recipient_not_found_remote", "rejected_remote")

BOUNCES: tuple[Bounce, ...] = (
    # --- docomo ---
    docomo(
        exchange_ja,
        "550 5.0.350 Remote server returned an error -> 550 Unknown user {to}",
        UNKNOWN,
        THEIRS,
        "5.0.350",
        also=FILTERED,
        also_codes=("550",),
    ),
    docomo(
        modern_ja,
        "550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 Unknown user {to}",
        UNKNOWN,
        THEIRS,
        "5.1.351",
        also=FILTERED,
        also_codes=("550",),
    ),
    docomo(exchange, "550 5.1.1 Unknown user {to}", UNKNOWN, THEIRS, "5.1.1", also=FILTERED),
    docomo(postfix, "550 Unknown user {to}", UNKNOWN, THEIRS, "550", also=FILTERED),
    docomo(
        postfix_data,
        "550 Unknown user {to}",
        FILTER,
        THEIRS,
        "550",
        also=EITHER,
        note="after DATA: the address exists",
    ),
    docomo(
        postfix_report, "550 Unknown user {to}", UNKNOWN, THEIRS, "550", also=FILTERED, also_codes=("5.0.0",)
    ),
    docomo(sendmail, "550 Unknown user {to}", UNKNOWN, THEIRS, "550", also=FILTERED, also_codes=("5.1.1",)),
    docomo(sendmail_data, "550 Unknown user {to}", FILTER, THEIRS, "550", also=EITHER, also_codes=("5.0.0",)),
    docomo(qmail, "550 Unknown user {to}", UNKNOWN, THEIRS, "550", also=FILTERED),
    docomo(bare, "550 Unknown user {to}", UNKNOWN, THEIRS, "550", also=FILTERED),
    docomo(exchange_ja, "552 Too much mail data {to}", FULL, THEIRS, "552", also=("size_or_format",)),
    docomo(postfix, "552 Too much mail data {to}", FULL, THEIRS, "552", also=("size_or_format",)),
    docomo(postfix, "552 Too many recipients", "too_many_recipients", "ours", "552", also=("sending_limit",)),
    docomo(postfix_data, "500 Line Too Long", "size_or_format", "ours", "500"),
    docomo(
        delay_ja,
        "450 4.4.317 Cannot connect to remote server [Message=421 Service not available, closing transmission channel]",
        "delayed",
        THEIRS,
        "4.4.317",
        "delayed",
        also=(UNREACHABLE,),
        also_codes=("421",),
    ),
    docomo(
        delay_ja,
        "451 4.7.0 temporarily rejected, too many connections from your IP",
        "delayed",
        "",
        "4.7.0",
        "delayed",
        also=("sending_limit", "recipient_limit", "sender_blocked"),
    ),
    docomo(
        postfix_delayed,
        "421 mfsmax.docomo.ne.jp Service not available, closing transmission channel",
        "delayed",
        THEIRS,
        "421",
        "delayed",
        also=(UNREACHABLE, "remote_fault"),
        also_codes=("4.0.0",),
    ),
    docomo(
        exchange_ja,
        "550 5.4.300 Message expired -> 421 Service not available",
        "expired",
        THEIRS,
        "5.4.300",
        also=(UNREACHABLE, "remote_fault"),
        also_codes=("421",),
    ),
    docomo(gmail_ja, "550 Unknown user {to}", UNKNOWN, THEIRS, "550", also=FILTERED),
    docomo(bare, "reason: 550 Unknown user {to}", UNKNOWN, THEIRS, "550", also=FILTERED),
    # --- au ---
    au(
        exchange_ja,
        "550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 <{to}>: User unknown",
        UNKNOWN,
        THEIRS,
        "5.1.351",
        also=FILTERED,
        also_codes=("550",),
    ),
    au(postfix, "550 <{to}>: User unknown", UNKNOWN, THEIRS, "550", also=FILTERED),
    au(
        postfix_data,
        "550 : User unknown",
        FILTER,
        THEIRS,
        "550",
        also=EITHER,
        note="no address in the reply: au's mark of a filter",
    ),
    au(
        postfix_report,
        "550 <{to}>: User unknown",
        UNKNOWN,
        THEIRS,
        "550",
        also=FILTERED,
        also_codes=("5.0.0",),
    ),
    au(sendmail, "550 <{to}>: User unknown", UNKNOWN, THEIRS, "550", also=FILTERED, also_codes=("5.1.1",)),
    au(
        modern_ja,
        "554 5.7.1 <{to}>: Relay access denied",
        "relay_denied",
        THEIRS,
        "5.7.1",
        also=(UNKNOWN, REFUSED),
        note="a domain or an address that au does not serve",
    ),
    au(exim, "550 <{to}>: User unknown", UNKNOWN, THEIRS, "550", also=FILTERED),
    aucom(exchange_ja, "550 5.1.1 <{to}>: User unknown", UNKNOWN, THEIRS, "5.1.1", also=FILTERED),
    aucom(
        exchange_ja,
        "550 5.0.350 Remote server returned an error -> 553 sorry, your sender domain does not exist",
        "sender_address_refused",
        "ours",
        "5.0.350",
        also=("sender_authentication", REFUSED),
        also_codes=("553",),
    ),
    aucom(delay_ja, "452 4.2.2 mailbox full <{to}>", "delayed", THEIRS, "4.2.2", "delayed", also=(FULL,)),
    aucom(
        delay_ja,
        "450 4.4.316 Connection refused [Message=Socket error code 10061] [LastAttemptedServerName=msmx.au.com] [LastAttemptedIP=203.0.113.61:25]",
        "delayed",
        THEIRS,
        "4.4.316",
        "delayed",
        also=(UNREACHABLE,),
    ),
    aucom(gmail_ja, "550 : User unknown", FILTER, THEIRS, "550", also=EITHER),
    # --- SoftBank ---
    softbank(
        exchange_ja,
        "550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 Invalid recipient: <{to}>",
        UNKNOWN,
        THEIRS,
        "5.1.351",
        also_codes=("550",),
    ),
    softbank(postfix, "550 Invalid recipient: <{to}>", UNKNOWN, THEIRS, "550"),
    softbank(qmail, "550 Invalid recipient: <{to}>", UNKNOWN, THEIRS, "550"),
    isoftbank(modern_ja, "550 5.1.1 Invalid recipient: <{to}>", UNKNOWN, THEIRS, "5.1.1"),
    isoftbank(
        postfix_report,
        "550 5.2.1 <{to}>... Mailbox not available",
        "recipient_disabled",
        THEIRS,
        "5.2.1",
        also=(UNKNOWN, REFUSED),
    ),
    isoftbank(
        exchange_ja,
        "553 contoso.co.jp does not exist",
        "sender_address_refused",
        "ours",
        "553",
        also=("sender_authentication", REFUSED),
        note="no DNS record of the sender's domain",
    ),
    isoftbank(exchange_ja, "552 5.2.2 <{to}>... Mailbox full", FULL, THEIRS, "5.2.2"),
    isoftbank(
        delay_ja,
        "451 4.3.2 Please try again later",
        "delayed",
        THEIRS,
        "4.3.2",
        "delayed",
        also=("remote_fault", "recipient_limit"),
    ),
    softbank(
        postfix_data,
        "550 5.7.1 Message refused by your recipient's filter",
        FILTER,
        THEIRS,
        "5.7.1",
        also=(REFUSED,),
    ),
    softbank(bare, "550 Invalid recipient: <{to}> (in reply to RCPT TO command)", UNKNOWN, THEIRS, "550"),
    ymobile(
        exchange_ja,
        "550 5.1.1 <{to}>: Recipient address rejected: User unknown in relay recipient table",
        UNKNOWN,
        THEIRS,
        "5.1.1",
    ),
    ymobile(
        delay_ja,
        "421 4.7.0 Too many connections from 203.0.113.9",
        "delayed",
        "",
        "4.7.0",
        "delayed",
        also=("sending_limit", "recipient_limit"),
    ),
    # --- Rakuten ---
    rakuten(exchange_ja, "550 5.1.1 <{to}> recipient unknown", UNKNOWN, THEIRS, "5.1.1"),
    rakuten(
        modern_ja,
        "550 5.7.1 Message rejected due to SPF policy of the sender's domain (contoso.co.jp)",
        "sender_authentication",
        "ours",
        "5.7.1",
    ),
)
