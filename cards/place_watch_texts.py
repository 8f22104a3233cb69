"""The watches of a place, in words."""

from typing import Literal

PLACE_WATCH_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "watch.place_list": {"ja": "{place} の監視", "en": "Watches of {place}"},
    "watch.place_list.unnamed": {"ja": "この場所の監視", "en": "Watches of this place"},
    "watch.place_list.none": {
        "ja": "ここにお知らせする監視はありません。",
        "en": "No watch speaks there.",
    },
    "watch.owner": {"ja": "所有者: {name}", "en": "Owner: {name}"},
    "watch.owner.unknown": {"ja": "不明", "en": "somebody who is no longer here"},
    "watch.others": {
        "ja": "ほかに {n} 件の監視がここにお知らせします。",
        "en": "{n} watch of somebody else speaks there.|{n} watches of others speak there.",
    },
    "watch.limits": {
        "ja": "お一人 {own} 件まで (現在 {mine} 件)、1 か所 {place} 件まで (現在 {here} 件)",
        "en": "At most {own} a person (you have {mine}) and {place} in a place ({here} here).",
    },
    "watch.limits.own": {
        "ja": "お一人 {own} 件まで (現在 {mine} 件)、1 か所 {place} 件まで",
        "en": "At most {own} a person (you have {mine}) and {place} in a place.",
    },
    "watch.of.stop": {
        "ja": "{owner} さんの監視 {number} を終了しました。",
        "en": "Watch {number} of {owner} is stopped.",
    },
    "watch.of.pause": {
        "ja": "{owner} さんの監視 {number} を一時停止しました。",
        "en": "Watch {number} of {owner} rests.",
    },
    "watch.of.resume": {
        "ja": "{owner} さんの監視 {number} を再開しました。",
        "en": "Watch {number} of {owner} goes on.",
    },
    "watch.anothers": {
        "ja": "この監視は {owner} さんのものです。終了できるのは本人かヘルプデスクです。",
        "en": "This watch belongs to {owner}. Only they or the help desk can stop it.",
    },
    "watch.anothers.some": {
        "ja": "この番号の監視の所有者: {owner}。終了できるのは本人かヘルプデスクです。",
        "en": "The watches of that number here belong to: {owner}. Only they or the help desk can stop them.",
    },
    "watch.told": {"ja": "本人にお知らせしました。", "en": "They were told."},
    "watch.untold": {
        "ja": "本人にはお知らせできませんでした。",
        "en": "They could not be told.",
    },
    "watch.by.stop": {
        "ja": "{name} さんが監視 {number} を終了しました",
        "en": "{name} stopped your watch {number}",
    },
    "watch.by.pause": {
        "ja": "{name} さんが監視 {number} を一時停止しました",
        "en": "{name} paused your watch {number}",
    },
    "watch.by.resume": {
        "ja": "{name} さんが監視 {number} を再開しました",
        "en": "{name} let your watch {number} go on",
    },
}
