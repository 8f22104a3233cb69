"""What is said of saved and recent searches, and of related mail."""

from typing import Literal

KEPT_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "kept.saved": {"ja": "保存した検索", "en": "Saved searches"},
    "kept.recent": {"ja": "最近の検索", "en": "Recent searches"},
    "kept.none.saved": {
        "ja": "まだありません。検索結果の「この検索を保存」で名前を付けて保存できます。",
        "en": "There are none yet. “Save this search” under a result keeps it by name.",
    },
    "kept.none.recent": {
        "ja": "まだありません。直近の 10 件がここに並びます。",
        "en": "There are none yet. The last ten searches are kept here.",
    },
    "kept.tap": {
        "ja": "タップすると検索します。「⋯」で条件や名前の変更、削除ができます。",
        "en": "Tap one to run it. “⋯” changes its conditions or name, or deletes it.",
    },
    "kept.naming": {"ja": "検索を保存", "en": "Save this search"},
    "kept.name": {"ja": "名前", "en": "Name"},
    "kept.name.example": {"ja": "hoge.com からの失敗", "en": "Failures from hoge.com"},
    "kept.save": {"ja": "保存", "en": "Save"},
    "kept.run": {"ja": "検索", "en": "Run"},
    "kept.edit": {"ja": "変更", "en": "Edit"},
    "kept.editing": {"ja": "検索の変更", "en": "Edit a search"},
    "kept.one_recent": {"ja": "最近の検索", "en": "Recent search"},
    "kept.rename": {"ja": "名前を変更", "en": "Rename"},
    "kept.forget": {"ja": "削除", "en": "Delete"},
    "kept.back": {"ja": "一覧に戻る", "en": "Back to the list"},
    "kept.done": {"ja": "「{name}」として保存しました。", "en": "Saved as “{name}”."},
    "kept.replaced": {
        "ja": "「{name}」を今回の条件で上書きしました。",
        "en": "“{name}” now holds this search in place of the one before.",
    },
    "kept.renamed": {"ja": "「{old}」を「{name}」に変更しました。", "en": "“{old}” is now “{name}”."},
    "kept.forgotten": {"ja": "「{name}」を削除しました。", "en": "“{name}” was deleted."},
    "kept.forgotten_recent": {
        "ja": "最近の検索から削除しました。",
        "en": "It was deleted from the recent searches.",
    },
    "kept.no_such": {
        "ja": "「{name}」という名前の検索は保存されていません。",
        "en": "You have no saved search named “{name}”.",
    },
    "kept.lost": {
        "ja": "読み取れない検索が {n} 件あります。",
        "en": "{n} search cannot be read.|{n} searches cannot be read.",
    },
    "kept.lost.delete": {"ja": "読み取れない検索を削除", "en": "Delete an unreadable search"},
    "kept.gone": {"ja": "この検索はもう保存されていません。", "en": "This search is no longer kept."},
    "kept.too_many": {
        "ja": "保存できるのは {n} 件までです。使わないものを削除してから保存してください。",
        "en": "At most {n} search can be saved. Delete one first.|At most {n} searches can be saved. Delete some first.",
    },
    "expected.name": {
        "ja": "名前が必要です (40 文字まで)",
        "en": "A name is needed, of at most 40 characters",
    },
    "expected.new_name": {
        "ja": "新しい名前が必要です (例: 名前変更 請求書 を 月次請求書)",
        "en": "A new name is needed, as in: rename invoices to monthly invoices",
    },
    "expected.other_name": {
        "ja": "この名前は使われています。別の名前にしてください",
        "en": "This name is in use; choose another",
    },
    "refused.nothing_asked": {
        "ja": "保存できる検索がまだありません。先に検索してください。",
        "en": "There is no search to save yet. Run one first.",
    },
    "related.toggle": {"ja": "関連するメール", "en": "Related mail"},
    "related.title": {
        "ja": "同じものを持つメールを、前後 5 日間で探します",
        "en": "Find mail within five days of this one with the same",
    },
    "related.message_id": {"ja": "メッセージ ID", "en": "Message ID"},
    "related.sender": {"ja": "送信者", "en": "Sender"},
    "related.recipient": {"ja": "受信者", "en": "Recipient"},
    "related.subject": {"ja": "件名", "en": "Subject"},
    "related.from_ip": {"ja": "送信元 IP", "en": "Source IP"},
    "results.save": {"ja": "この検索を保存", "en": "Save this search"},
    "results.back": {"ja": "前の一覧", "en": "Previous list"},
}
