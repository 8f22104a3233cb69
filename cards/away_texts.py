"""That the database is away, in words."""

from typing import Literal

AWAY_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "away.line": {
        "ja": "現在データベースに接続できません。結果には影響ありませんが、復旧するまでこのカードのボタンを使えないことがあります。",
        "en": "My database is away right now. What you see is not affected; buttons of this card may not work until it is back.",
    },
    "away.short": {
        "ja": "データベース停止中。ボタンを使えないことがあります。",
        "en": "My database is away: buttons may not work.",
    },
    "away.title": {"ja": "ただいまご利用いただけません", "en": "I cannot do that right now"},
    "away.what": {
        "ja": "データベースに接続できないため、この操作は復旧するまでできません。新しい追跡はできます。数分後にもう一度お試しください。",
        "en": "My database is away, and this needs it. New traces work meanwhile. Try this again in a few minutes.",
    },
    "away.unrecorded": {
        "ja": "データベースに接続できず、閲覧の記録も残せないため、今は何も表示できません。管理者に知らせてください。数分後にもう一度お試しください。",
        "en": "My database can't be reached, and I can't record who looked at what, so nothing is shown for now. Tell the bot's administrator, and try again in a few minutes.",
    },
    "away.damaged": {
        "ja": "データベースが破損しているため、この操作はできません。時間をおいても直りません。管理者に知らせてください。バックアップから戻す必要があります。",
        "en": "My database is damaged, so this can't be done. Waiting does not help: ask the bot's administrator to restore a backup.",
    },
    "away.tap.damaged": {
        "ja": "データベースが破損しているため、このボタンは使えません。管理者に知らせてください。",
        "en": "My database is damaged, so this button doesn't work. Tell the bot's administrator.",
    },
    "away.tap": {
        "ja": "データベースに接続できないため、このボタンは復旧するまで使えません。数分後にもう一度お試しください。",
        "en": "My database is away, and this button needs it. Try again in a few minutes.",
    },
}
