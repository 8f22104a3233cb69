"""How far a search has read, and what is left."""

from typing import Literal

COVERAGE_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "coverage.back_to": {
        "ja": "{time} 以降はすべて取得しました。それより前はまだ読んでいません。",
        "en": "Everything since {time} is here. Older mail has not been read yet.",
    },
    "coverage.none": {
        "ja": "まだ一部しか読んでいません。",
        "en": "Only part of the mail has been read so far.",
    },
    "coverage.trouble": {
        "ja": "問題のあるメール ({states}) は、期間全体を確認しました。",
        "en": "Mail in trouble ({states}) was looked for in the whole time range.",
    },
    "coverage.trouble_back_to": {
        "ja": "問題のあるメール ({states}) は、{time} 以降を確認しました。",
        "en": "Mail in trouble ({states}) was looked for back to {time}.",
    },
    "coverage.left": {
        "ja": "残りはおよそ {n} 回の問い合わせです。",
        "en": "About {n} more request is left.|About {n} more requests are left.",
    },
    "coverage.unchecked": {
        "ja": "ほかに {n} 件は、まだイベントを確認していません。",
        "en": "The events of {n} more message were not read.|The events of {n} more messages were not read.",
    },
    "shortfall.unchecked": {
        "ja": "この条件は行には載らないため、一部のメールのイベントだけを確認しました。",
        "en": "The list alone does not tell this: it was looked for in the events of some messages only.",
    },
    "coverage.looked": {
        "ja": "{n} 件のイベントを確認しました。",
        "en": "The events of {n} message were checked.|The events of {n} messages were checked.",
    },
    "results.continue": {"ja": "続きを読む", "en": "Continue"},
}
