"""English sentences that ask for mail: by address, domain, status and subject."""

from functools import partial

from tests.samples.sentences.shape import DELIVERED, FAILED, PENDING, QUARANTINED, SPAM, Sentence

en = partial(Sentence, "en")
TO_PARTNER = ("*@partner.com",)
FROM_HOGE = ("*@hoge.com",)
SUZUKI = ("suzuki@hoge.com",)
TANAKA = ("tanaka@contoso.co.jp",)
INFO = ("info@with-wit.com",)

SENTENCES: tuple[Sentence, ...] = (
    en(
        "polite", "show me failed mail to partner.com please", "trace", recipients=TO_PARTNER, statuses=FAILED
    ),
    en("blunt", "failed partner.com", "trace", either=TO_PARTNER, statuses=FAILED),
    en("blunt", "failures to partner.com", "trace", recipients=TO_PARTNER, statuses=FAILED),
    en("plain", "which messages to partner.com bounced?", "trace", recipients=TO_PARTNER, statuses=FAILED),
    en(
        "plain",
        "is anything stuck on the way to partner.com?",
        "trace",
        recipients=TO_PARTNER,
        statuses=PENDING,
    ),
    en("plain", "pending mail to partner.com", "trace", recipients=TO_PARTNER, statuses=PENDING),
    en("plain", "has mail from hoge.com been quarantined?", "trace", senders=FROM_HOGE, statuses=QUARANTINED),
    en("plain", "did anything from hoge.com end up in junk?", "trace", senders=FROM_HOGE, statuses=SPAM),
    en(
        "plain",
        "failed or pending mail to partner.com",
        "trace",
        recipients=TO_PARTNER,
        statuses=("failed", "pending"),
    ),
    en("plain", "mail from hoge.com to partner.com", "trace", senders=FROM_HOGE, recipients=TO_PARTNER),
    en(
        "plain",
        "everything from hoge.com and fabrikam.example",
        "trace",
        senders=("*@hoge.com", "*@fabrikam.example"),
    ),
    en("plain", "delivered mail to tanaka@contoso.co.jp", "trace", recipients=TANAKA, statuses=DELIVERED),
    en(
        "plain",
        "did suzuki@hoge.com get my mail yesterday?",
        "trace",
        recipients=SUZUKI,
        period="2026-10-14",
        also=("mine",),
    ),
    en("plain", "where is the mail from suzuki@hoge.com", "trace", senders=SUZUKI),
    en("plain", "where's the email I sent to info@with-wit.com?", "trace", recipients=INFO, also=("mine",)),
    en("plain", "I can't find the message suzuki@hoge.com sent me", "trace", senders=SUZUKI, also=("mine",)),
    en("plain", "why hasn't suzuki@hoge.com received my email", "trace", recipients=SUZUKI, also=("mine",)),
    en(
        "plain",
        "tanaka@contoso.co.jp says mail from hoge.com never arrives",
        "trace",
        senders=FROM_HOGE,
        either=TANAKA,
        note="tanaka can only be the recipient: that is as right",
    ),
    en(
        "polite",
        "Could you check whether suzuki@hoge.com's mail to tanaka@contoso.co.jp was delivered?",
        "trace",
        senders=SUZUKI,
        recipients=TANAKA,
    ),
    en(
        "plain",
        "messages between suzuki@hoge.com and tanaka@contoso.co.jp",
        "trace",
        either=("suzuki@hoge.com", "tanaka@contoso.co.jp"),
    ),
    en("blunt", "suzuki@hoge.com", "trace", either=SUZUKI),
    en(
        "blunt",
        "suzuki@hoge.com last 7 days failed",
        "trace",
        either=SUZUKI,
        statuses=FAILED,
        period="last 7d",
    ),
    en("plain", "anything about tanaka@contoso.co.jp", "trace", either=TANAKA),
    en("plain", "mail sent by tanaka@contoso.co.jp that failed", "trace", senders=TANAKA, statuses=FAILED),
    en(
        "plain",
        "mail received by info@with-wit.com in the past two days",
        "trace",
        recipients=INFO,
        period="last 2d",
    ),
    en("plain", "look up mail addressed to info@with-wit.com", "trace", recipients=INFO),
    en(
        "plain",
        "find emails from *@hoge.com to tanaka@contoso.co.jp that were rejected",
        "trace",
        senders=FROM_HOGE,
        recipients=TANAKA,
        statuses=FAILED,
    ),
    en("half-finished", "mail to", "mine", also=("help", "form", "trace")),
    en("half-finished", "from hoge.com", "trace", senders=FROM_HOGE),
    en("half-finished", "trace from suzuki@hoge.com to", "trace", senders=SUZUKI, spare=("to",)),
    en(
        "half-finished",
        "failed mail to partner",
        "trace",
        statuses=FAILED,
        recipient_names=("partner",),
        note="a name to look up, or a domain to complete",
    ),
    en("fullwidth", "ｍａｉｌ ｆｒｏｍ ｓｕｚｕｋｉ＠ｈｏｇｅ．ｃｏｍ", "trace", senders=SUZUKI),
    en("fullwidth", "／ｔｒａｃｅ ｓｅｎｄｅｒ ＊＠ｈｏｇｅ．ｃｏｍ", "trace", senders=FROM_HOGE),
    en("misspelt", "trace sender *@hgoe.com", "trace", senders=("*@hgoe.com",), meant="hoge.com"),
    en("misspelt", "show faild mail to partner.com", "trace", recipients=TO_PARTNER, statuses=FAILED),
    en("misspelt", "mial from hoge.com", "trace", senders=FROM_HOGE, spare=("mial",)),
    en("misspelt", "trcae from hoge.com", "trace", senders=FROM_HOGE, spare=("trcae",)),
    en("misspelt", "qurantined mail from hoge.com", "trace", senders=FROM_HOGE, statuses=QUARANTINED),
    en(
        "misspelt",
        "mail to tanaka@contsoo.co.jp",
        "trace",
        recipients=("tanaka@contsoo.co.jp",),
        meant="contoso.co.jp",
    ),
    en(
        "misspelt",
        "failed mail to fabirkam.example yesteday",
        "trace",
        recipients=("*@fabirkam.example",),
        statuses=FAILED,
        period="2026-10-14",
        meant="fabrikam.example",
        note="a day that is not read has to be told: never silently two days",
    ),
)
