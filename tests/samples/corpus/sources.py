"""Bounces in the shapes in which they reach a chat: sources, encodings, pages, forwarded, without line breaks."""

from tests.samples.corpus.shape import (
    MESSAGE_ID,
    RELAY,
    SENDER,
    SUBJECT,
    WHEN,
    Bounce,
    exchange,
    exchange_ja,
    exim_data,
    flat,
    gmail_ja,
    html,
    modern,
    modern_ja,
    outlook_ja,
    postfix,
    qmail,
    quoted,
    report,
    source,
    spaced,
)

UNKNOWN, UNKNOWN_THERE, FULL_THERE = (
    "recipient_not_found",
    "recipient_not_found_remote",
    "mailbox_full_remote",
)
THEIRS, OURS, NOT_ALLOWED, AUTH = "theirs", "ours", "sender_not_allowed", "sender_authentication"
INSIDE, DOCOMO, THERE = "suzuki@contoso.co.jp", "hanako.hoge@docomo.ne.jp", "sato@partner.com"
NOT_FOUND = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"
GROUP = "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required"
FULL = f"552 5.2.2 <{THERE}>: user is over quota"
NO_USER = f"550 5.1.1 <{THERE}>: Recipient address rejected: User unknown in virtual mailbox table"
CARRIER = f"550 Unknown user {DOCOMO}"
SPF = "550 5.7.23 The message was rejected because of Sender Policy Framework violation"

HERE = exchange_ja(INSIDE, NOT_FOUND)
HERE_EN = exchange(INSIDE, NOT_FOUND)
POSTFIX = postfix(THERE, NO_USER, "mx.partner.com")
POSTFIX_JA = f"次の宛先にメールを配信できませんでした。\n\n{POSTFIX}"
QUOTA_JA = gmail_ja(THERE, FULL)
BY_CARRIER = exchange_ja(DOCOMO, CARRIER, "mfsmax.docomo.ne.jp")
GROUP_JA = exchange_ja("all-staff@contoso.co.jp", GROUP)


def _of(
    text: str, cause: str, side: str, code: str, to: str, *also: str, note: str = "", japanese: bool = True
) -> Bounce:
    return Bounce(
        "sources", text, cause, side, code, "final", also, recipients=(to,), japanese=japanese, note=note
    )


def _here(text: str, note: str = "", japanese: bool = True) -> Bounce:
    return _of(text, UNKNOWN, OURS, "5.1.10", INSIDE, note=note, japanese=japanese)


def _there(text: str, note: str = "", japanese: bool = True) -> Bounce:
    return _of(text, UNKNOWN_THERE, THEIRS, "5.1.1", THERE, note=note, japanese=japanese)


BOUNCES: tuple[Bounce, ...] = (
    # --- sources of one part ---
    _here(source(HERE, "utf-8", "base64"), "base64"),
    _here(source(HERE, "utf-8", "quoted-printable"), "quoted-printable"),
    _here(source(HERE, "iso-2022-jp", "7bit"), "ISO-2022-JP with its escapes"),
    _here(
        source(HERE, "iso-2022-jp", "7bit").replace("\x1b", ""),
        "ISO-2022-JP whose escapes were lost on the way",
    ),
    _here(source(HERE, "shift_jis", "base64"), "Shift_JIS"),
    _here(source(HERE, "shift_jis", "quoted-printable"), "Shift_JIS"),
    _here(source(HERE, "euc-jp", "base64"), "EUC-JP"),
    _here(source(html(HERE), "utf-8", "base64", "text/html"), "HTML alone"),
    _here(source(html(HERE), "iso-2022-jp", "7bit", "text/html"), "HTML alone"),
    _here(source(html(HERE_EN), "us-ascii", "quoted-printable", "text/html"), "HTML alone", japanese=False),
    _there(source(POSTFIX_JA, "utf-8", "quoted-printable")),
    _there(source(POSTFIX_JA, "iso-2022-jp", "7bit")),
    _there(source(POSTFIX, "us-ascii", "7bit"), japanese=False),
    _of(source(QUOTA_JA, "utf-8", "base64"), FULL_THERE, THEIRS, "5.2.2", THERE),
    _of(source(QUOTA_JA, "iso-2022-jp", "base64"), FULL_THERE, THEIRS, "5.2.2", THERE),
    _of(source(BY_CARRIER, "iso-2022-jp", "7bit"), UNKNOWN_THERE, THEIRS, "550", DOCOMO, "recipient_refused"),
    _of(
        source(BY_CARRIER, "utf-8", "quoted-printable"),
        UNKNOWN_THERE,
        THEIRS,
        "550",
        DOCOMO,
        "recipient_refused",
    ),
    _of(source(GROUP_JA, "shift_jis", "base64"), NOT_ALLOWED, OURS, "5.7.133", "all-staff@contoso.co.jp"),
    # --- reports of several parts ---
    _there(
        report(
            POSTFIX_JA, THERE, NO_USER, "5.1.1", host="mx.partner.com", charset="iso-2022-jp", transfer="7bit"
        )
    ),
    _there(report(POSTFIX_JA, THERE, NO_USER, "5.1.1", host="mx.partner.com", transfer="base64")),
    _there(
        report(
            POSTFIX_JA,
            THERE,
            NO_USER,
            "5.1.1",
            host="mx.partner.com",
            charset="shift_jis",
            transfer="quoted-printable",
        )
    ),
    _there(
        report(POSTFIX, THERE, NO_USER, "5.1.1", host="mx.partner.com", transfer="quoted-printable"),
        japanese=False,
    ),
    _here(report(HERE, INSIDE, NOT_FOUND, "5.1.10", transfer="base64")),
    _of(
        report("配信できませんでした。\n", DOCOMO, CARRIER, "5.0.0", host="mfsmax.docomo.ne.jp"),
        UNKNOWN_THERE,
        THEIRS,
        "550",
        DOCOMO,
        "recipient_refused",
        note="the code of the reply; Status is a placeholder",
    ),
    _of(
        report(
            "配信できませんでした。\n",
            THERE,
            FULL,
            "5.2.2",
            host="mx.partner.com",
            charset="iso-2022-jp",
            transfer="7bit",
        ),
        FULL_THERE,
        THEIRS,
        "5.2.2",
        THERE,
    ),
    _of(
        report("Could not be delivered.\n", THERE, SPF, "5.7.23", host="mx.partner.com"),
        AUTH,
        OURS,
        "5.7.23",
        THERE,
        japanese=False,
    ),
    # --- pages and pastes ---
    _here(html(HERE), "HTML as it was copied"),
    _here(html(HERE_EN), "HTML as it was copied", japanese=False),
    _here(html(modern_ja(INSIDE, NOT_FOUND))),
    _here(flat(HERE), "line breaks are gone"),
    _here(flat(HERE_EN), "line breaks are gone", japanese=False),
    _here(spaced(HERE), "line breaks became spaces"),
    _here(flat(modern_ja(INSIDE, NOT_FOUND)), "line breaks are gone"),
    _here(flat(modern(INSIDE, NOT_FOUND)), "line breaks are gone", japanese=False),
    _of(flat(GROUP_JA), NOT_ALLOWED, OURS, "5.7.133", "all-staff@contoso.co.jp", note="line breaks are gone"),
    _there(spaced(POSTFIX_JA)),
    _of(
        "suzuki@contoso.co.jpThe email address you entered couldn't be found. Please check the recipient's email address and try to resend "
        "the message.Diagnostic information for administrators:Generating server: TYZPR01MB4321.apcprd01.prod.outlook.com"
        f"suzuki@contoso.co.jpRemote Server returned '{NOT_FOUND}'",
        *(UNKNOWN, OURS, "5.1.10", INSIDE),
        japanese=False,
    ),
    # --- forwarded ---
    _here(quoted(HERE)),
    _here(outlook_ja(HERE)),
    _here(outlook_ja(quoted(HERE))),
    _here(quoted(quoted(HERE), "> ")),
    _here(quoted(HERE, "＞ ")),
    _here(
        f"これって何が悪いんでしょうか?\n\n{outlook_ja(HERE)}\n\n--\n総務部 佐藤\nsato@contoso.co.jp\n",
        "a question above, a signature below",
    ),
    _here(
        f"Fwd: 配信不能\n\n-----Original Message-----\nFrom: postmaster@contoso.co.jp\nSent: Wednesday, October 14, 2026 10:53 AM\nTo: {SENDER}\n\n{HERE_EN}"
    ),
    _there(quoted(POSTFIX_JA)),
    _there(outlook_ja(POSTFIX)),
    _there(f"メールが返ってきました。助けてください。\n\n{quoted(POSTFIX)}"),
    _of(
        quoted(qmail(THERE, "552 5.2.2 Mailbox full", "mx.partner.com")),
        FULL_THERE,
        THEIRS,
        "5.2.2",
        THERE,
        japanese=False,
    ),
    _of(
        quoted(exim_data(THERE, "550 High probability of spam", "mx.partner.com")),
        "spam",
        THEIRS,
        "550",
        THERE,
        japanese=False,
        note="the reply on a line of its own, forwarded",
    ),
    _of(outlook_ja(BY_CARRIER), UNKNOWN_THERE, THEIRS, "550", DOCOMO, "recipient_refused"),
    # --- words that are not about the cause ---
    _of(
        f"Return-Path: <>\nX-Virus-Scanned: by a filter\nX-Spam-Flag: NO\nX-Quota-Status: ok\nFrom: postmaster@partner.com\nTo: {SENDER}\n"
        f"Subject: {SUBJECT} を配信できませんでした\nDate: {WHEN}\n\n宛先 {THERE} にメールを配信できませんでした。\n",
        *("other", "", "", THERE, UNKNOWN_THERE, "rejected_remote"),
        note="no code and no reason: neither a virus nor spam nor a quota",
    ),
    _of(
        f"Subject: Undeliverable: ウイルス対策ソフトの更新について\n\n{HERE}",
        *(UNKNOWN, OURS, "5.1.10", INSIDE),
        note="the virus stands in the subject of the message",
    ),
    _there(
        f"{POSTFIX}\n{MESSAGE_ID}\nSubject: Your mailbox is full? Try our spam filter\n",
        japanese=False,
        note="the subject of the message is an advert",
    ),
    _of(
        f"{RELAY} からの通知: {THERE} へのメールは、相手のメールボックスの容量超過により配信できませんでした。",
        FULL_THERE,
        THEIRS,
        "",
        THERE,
        note="words alone",
    ),
    _of(
        f"{THERE} というアドレスは存在しないため、メールを配信できませんでした。",
        UNKNOWN_THERE,
        THEIRS,
        "",
        THERE,
        UNKNOWN,
        note="words alone",
    ),
)
