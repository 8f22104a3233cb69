"""Sentences around a verdict: where to look, how ways compare, and what a pasted bounce or header means."""

from cards.cause_parts import Both

EXPLAIN_TEXTS: dict[str, Both] = {
    # Where to look; the buttons that lead there.
    "portal.quarantine": {"ja": "Defender: 検疫", "en": "Defender: Quarantine"},
    "portal.explorer": {"ja": "Defender: エクスプローラー", "en": "Defender: Explorer"},
    "portal.tenant_list": {"ja": "Defender: 許可/禁止リスト", "en": "Defender: Allow/Block List"},
    "portal.restricted": {"ja": "Defender: 制限付きエンティティ", "en": "Defender: Restricted entities"},
    "portal.spam_policies": {"ja": "Defender: スパム対策ポリシー", "en": "Defender: Anti-spam policies"},
    "portal.authentication": {
        "ja": "Defender: メール認証の設定",
        "en": "Defender: Email authentication settings",
    },
    "portal.alerts": {"ja": "Defender: アラート", "en": "Defender: Alerts"},
    "portal.rules": {"ja": "Exchange: メール フロー ルール", "en": "Exchange: Mail flow rules"},
    "portal.connectors": {"ja": "Exchange: コネクター", "en": "Exchange: Connectors"},
    "portal.remote_domains": {"ja": "Exchange: リモート ドメイン", "en": "Exchange: Remote domains"},
    "portal.domains": {"ja": "Exchange: 承認済みドメイン", "en": "Exchange: Accepted domains"},
    "portal.mailboxes": {"ja": "Exchange: メールボックス", "en": "Exchange: Mailboxes"},
    "portal.groups": {"ja": "Exchange: グループ", "en": "Exchange: Groups"},
    "portal.trace": {"ja": "Exchange: メッセージ追跡", "en": "Exchange: Message trace"},
    "portal.learn": {"ja": "Learn: {code}", "en": "Learn: {code}"},
    # How sure a verdict is, whose side it is on, and how long delivery is still tried.
    "finding.side.ours": {"ja": "自社側", "en": "Our side"},
    "finding.side.theirs": {"ja": "相手側", "en": "The other side"},
    "finding.certain": {
        "ja": "確実 (メール システムの記録に明記)",
        "en": "Certain: the mail system itself says so",
    },
    "finding.likely": {
        "ja": "おそらく (エラーの文言から判断)",
        "en": "Likely, judging by the words of the error",
    },
    "finding.unknown": {
        "ja": "これだけでは原因は特定できません。",
        "en": "This alone does not tell the cause.",
    },
    "finding.by_design": {
        "ja": "設定どおりの動作で、エラーではありません。",
        "en": "This works as set up and is no error.",
    },
    "finding.why": {"ja": "理由: {cause}", "en": "Reason: {cause}"},
    "finding.retry_until": {
        "ja": "{time} まで自動で再送されます。",
        "en": "It is retried automatically until {time}.",
    },
    "finding.retry_for": {
        "ja": "通知の時点から {duration} の間、自動で再送されます。",
        "en": "It is retried automatically for {duration} from the time of the notice.",
    },
    "finding.still_tried": {
        "ja": "自動で再送を続けていますが、直るまで届きません。",
        "en": "It is still being retried, but cannot get through until this is fixed.",
    },
    "finding.forwarded_to": {"ja": "転送先: {address}", "en": "Forwarded to {address}"},
    "finding.theirs.ask": {
        "ja": "電話など別の方法で相手に知らせてください。",
        "en": "Let the other person know another way.",
    },
    "finding.theirs.steps": {
        "ja": "送信者に、別の方法で相手に知らせるよう案内してください。\n続く場合は、エラーの原文を相手の管理者に伝えてください。",
        "en": "Ask the sender to reach the recipient another way.\nIf it keeps happening, send the error to the other side's administrator.",
    },
    "tls.expired": {"ja": "証明書の有効期限が切れています。", "en": "The certificate has expired."},
    "tls.mismatch": {
        "ja": "証明書の名前がサーバー名と一致しません。",
        "en": "The certificate is for another server name.",
    },
    "tls.untrusted": {
        "ja": "証明書の発行元が信頼されていません (自己署名など)。",
        "en": "The certificate's issuer is not trusted (self-signed, for example).",
    },
    "tls.revoked": {"ja": "証明書が失効しています。", "en": "The certificate was revoked."},
    "tls.no_tls": {
        "ja": "サーバーが暗号化 (STARTTLS) に対応していません。",
        "en": "The server does not offer encryption (STARTTLS).",
    },
    "tls.demanded": {
        "ja": "相手のサーバーは TLS での暗号化を求めていますが、暗号化せずに (または古い TLS で) 送られました。",
        "en": "Their server requires TLS encryption, and the message was sent without it or with an old version.",
    },
    "tls.demanded.ask": {"ja": "ヘルプデスクに連絡してください。", "en": "Contact the help desk."},
    "tls.demanded.steps": {
        "ja": "送信した自社のサーバーや機器で TLS 1.2 以上を有効にしてください。\nコネクター経由の場合は、コネクターの TLS の設定を確認してください。",
        "en": "Turn on TLS 1.2 or later on our server or device that sent it.\nIf a connector is used, check its TLS setting.",
    },
    "tls.dane": {
        "ja": "DANE (TLSA レコード) の検証に失敗しました。",
        "en": "DANE (the TLSA record) did not validate.",
    },
    "tls.dnssec": {"ja": "DNSSEC のレコードが無効です。", "en": "The domain's DNSSEC records are not valid."},
    "tls.mta_sts": {"ja": "MTA-STS の検証に失敗しました。", "en": "MTA-STS did not validate."},
    "tls.other": {
        "ja": "どの点が問題かは、エラーの原文にあります。",
        "en": "The error says which part of it failed.",
    },
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
    # What was pasted behind `explain`.
    "explain.trace": {"ja": "このメールを追跡", "en": "Trace this message"},
    "explain.recipients": {
        "ja": "届かなかった宛先 ({n} 件)",
        "en": "Not delivered to ({n})|Not delivered to ({n})",
    },
    "explain.waiting": {
        "ja": "まだ届いていない宛先 ({n} 件)",
        "en": "Not delivered yet ({n})|Not delivered yet ({n})",
    },
    "explain.more": {"ja": "ほか {n} 件", "en": "and {n} more|and {n} more"},
    "explain.cut": {
        "ja": "長いため、先頭の 28,000 文字だけを読みました。",
        "en": "It is long; only the first 28,000 characters were read.",
    },
    "explain.how_title": {"ja": "何の意味を調べますか", "en": "What shall I explain?"},
    "explain.unread_title": {"ja": "意味を読み取れませんでした", "en": "I could not make sense of that"},
    "explain.how": {
        "ja": "「説明」の後に、次のどれかを貼り付けてください。",
        "en": "After “explain”, paste one of these:",
    },
    "explain.how_code": {"ja": "エラー コード (例: 550 5.7.1)", "en": "an error code, such as 550 5.7.1"},
    "explain.how_bounce": {
        "ja": "「配信できませんでした」という通知メールの本文すべて",
        "en": "the whole text of the mail that says it could not be delivered",
    },
    "explain.how_headers": {"ja": "メールのヘッダー", "en": "the headers of a message"},
    "compare.again": {"ja": "別のものと比べる", "en": "Compare with another"},
}
