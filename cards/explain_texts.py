"""Sentences around a verdict: where to look, how ways compare, and what a pasted bounce or header means."""

from cards.cause_parts import Both

EXPLAIN_TEXTS: dict[str, Both] = {
    # Where to look; the buttons that lead there.
    "place.title": {"ja": "確認する場所", "en": "Where to look"},
    "place.quarantine": {"ja": "Defender: 検疫", "en": "Defender: Quarantine"},
    "place.explorer": {"ja": "Defender: エクスプローラー", "en": "Defender: Explorer"},
    "place.tenant_list": {"ja": "Defender: 許可/禁止リスト", "en": "Defender: Allow/Block List"},
    "place.restricted": {"ja": "Defender: 制限付きエンティティ", "en": "Defender: Restricted entities"},
    "place.spam_policies": {"ja": "Defender: スパム対策ポリシー", "en": "Defender: Anti-spam policies"},
    "place.alerts": {"ja": "Defender: アラート", "en": "Defender: Alerts"},
    "place.rules": {"ja": "Exchange: メール フロー ルール", "en": "Exchange: Mail flow rules"},
    "place.connectors": {"ja": "Exchange: コネクタ", "en": "Exchange: Connectors"},
    "place.domains": {"ja": "Exchange: 承認済みドメイン", "en": "Exchange: Accepted domains"},
    "place.mailboxes": {"ja": "Exchange: メールボックス", "en": "Exchange: Mailboxes"},
    "place.groups": {"ja": "Exchange: グループ", "en": "Exchange: Groups"},
    "place.trace": {"ja": "Exchange: メッセージ追跡", "en": "Exchange: Message trace"},
    "place.learn": {"ja": "Learn: {code}", "en": "Learn: {code}"},
    # Where the ways of one message part.
    "routes.button": {"ja": "経路の分かれ目", "en": "Where they part"},
    "routes.title": {"ja": "宛先ごとの結果", "en": "What became of it, by recipient"},
    "routes.fate": {"ja": "{n} 名: {cause}", "en": "{n} recipient: {cause}|{n} recipients: {cause}"},
    "routes.after": {
        "ja": "「{event}」までは同じで、その後に分かれています。",
        "en": "They went the same way up to “{event}”, and part after that.",
    },
    "routes.apart": {
        "ja": "共通の経路は記録されていません。",
        "en": "No common part of the way is recorded.",
    },
    "routes.one_fate": {
        "ja": "調べた宛先はすべて同じ結果です。",
        "en": "All the recipients looked at met the same fate.",
    },
    "routes.turn": {"ja": "分かれた先: {event}", "en": "Then: {event}"},
    "routes.more": {"ja": "ほか {n} 名", "en": "and {n} more"},
    "routes.unseen": {
        "ja": "宛先 {total} 名のうち {n} 名は調べていません (一度に調べるのは {most} 名までです)。",
        "en": "{n} of {total} recipients was not looked at (at most {most} are looked at in one go).|{n} of {total} recipients were not looked at (at most {most} are looked at in one go).",
    },
    "routes.broke_off": {
        "ja": "Exchange Online の応答が途中で得られず、宛先 {total} 名のうち {n} 名は調べられませんでした。",
        "en": "Exchange Online stopped answering midway; {n} of {total} recipients could not be looked at.|Exchange Online stopped answering midway; {n} of {total} recipients could not be looked at.",
    },
    "routes.summary": {"ja": "宛先ごとの結果", "en": "What became of it, by recipient"},
    "routes.back": {"ja": "詳細に戻る", "en": "Back to the detail"},
    # Two ways side by side.
    "compare.button": {"ja": "別の宛先・メールと比べる", "en": "Compare with…"},
    "compare.pick": {"ja": "どれと比べますか", "en": "Compare with which?"},
    "compare.pick_lead": {
        "ja": "届いた宛先やメールを選ぶと、どこで分かれたかが分かります。",
        "en": "Choose one that ended differently, and see where the two part.",
    },
    "compare.same_message": {"ja": "同じメールの別の宛先", "en": "Other recipients of this message"},
    "compare.other_messages": {"ja": "一覧の別のメール", "en": "Other messages of the list"},
    "compare.nothing": {
        "ja": "比べられるメールがありません。一覧に 2 件以上あるときに使えます。",
        "en": "There is nothing to compare it with; the list has to hold another message.",
    },
    "compare.cut": {
        "ja": "ほか {n} 件は表示していません。",
        "en": "{n} more is not shown.|{n} more are not shown.",
    },
    "compare.title": {"ja": "並べて比較", "en": "Side by side"},
    "compare.parts": {
        "ja": "{step} 番目の記録で分かれています。A: {left}、B: {right}",
        "en": "They part at step {step}. A: {left}. B: {right}.",
    },
    "compare.same": {
        "ja": "記録された経路に違いはありません。",
        "en": "The recorded ways do not differ.",
    },
    "compare.mark": {"ja": "▼ ここから違います", "en": "▼ The first difference"},
    "compare.none": {"ja": "(記録なし)", "en": "(nothing)"},
    "compare.summary": {"ja": "2 件の比較", "en": "Two compared"},
    "compare.again": {"ja": "別のものと比べる", "en": "Compare with another"},
}
