"""Digests, in words."""

from typing import Literal

DIGEST_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "digest.daily": {"ja": "日次レポート", "en": "Daily digest"},
    "digest.weekly": {"ja": "週次レポート", "en": "Weekly digest"},
    "digest.every_day": {"ja": "毎日 {at}", "en": "every day at {at}"},
    "digest.every_week": {"ja": "毎週{day} {at}", "en": "every {day} at {at}"},
    "digest.no_trouble": {"ja": "問題はありませんでした", "en": "No trouble"},
    "digest.no_trouble_so_far": {
        "ja": "読めた範囲に問題はありませんでした",
        "en": "No trouble in what could be read",
    },
    "digest.trouble": {
        "ja": "問題のあるメール {n} 件",
        "en": "{n} mail in trouble|{n} mails in trouble",
    },
    "digest.top": {"ja": "主な問題", "en": "Most of it"},
    "digest.others": {
        "ja": "ほかの問題: {n} 件",
        "en": "and {n} mail in other troubles|and {n} mails in other troubles",
    },
    "digest.cause_open": {"ja": "原因は未確認", "en": "Cause not looked up"},
    "alert.cause_of": {
        "ja": "{cause} ({total} 件中 {known} 件の原因)",
        "en": "{cause} (cause of {known} of {total})",
    },
    "digest.unsettled": {
        "ja": "{n} 件はまだ結果が決まっていません。",
        "en": "{n} of these is not decided yet.|{n} of these are not decided yet.",
    },
    "digest.compared": {
        "ja": "▲▼ は前回との差です。",
        "en": "▲▼ compare with the digest before.",
    },
    "digest.as_of": {
        "ja": "データは {as_of} まで。遅れて届く記録は次回に数えます。",
        "en": "Data up to {as_of}; what is listed later counts in the next one.",
    },
    "digest.late": {
        "ja": "{due} の予定でしたが、その時刻には確認できませんでした。期間はそこまでの分もすべて含みます。",
        "en": "It was due {due}, when I could not look; the time since the last one is all in here.",
    },
    "digest.incomplete": {
        "ja": "件数が多く、すべては読めませんでした。数字はこれより多い可能性があります。",
        "en": "There was more than I could read: the numbers may be higher.",
    },
    "watch.begun.digest": {
        "ja": "次のレポート: {at}。前回からの分をまとめてここにお知らせします。",
        "en": "The first one comes {at}: all in one message, here.",
    },
    "expected.digest": {
        "ja": "レポートの時刻は「毎日 9時」「毎週月曜 9時」のように指定してください。",
        "en": "When? For example: daily at 9:00, or every Monday at 9:00.",
    },
    "expected.digest_alone": {
        "ja": "レポートには件数や割合の条件、間隔は付けられません。",
        "en": "A digest counts everything at its time: it takes no interval and no “more than”.",
    },
    "help.digest": {
        "ja": "毎朝 9 時に、失敗の件数と主な原因をまとめて知らせる",
        "en": "tell me every day at 9:00 how many failed, and why",
    },
}
