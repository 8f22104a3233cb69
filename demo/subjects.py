"""What the sample company and its partners write about. `{n}`, `{m}` and `{d}`: a number, month and day."""

PARTNER_JA = (
    "お見積りのご依頼（{n}）",
    "打合せ日程のご相談（{m}/{d}）",
    "【ご確認】納品書の送付 No.{n}",
    "{m}月度請求書の件",
    "仕様書の差分について",
    "障害報告書（第2報）",
    "【至急】本日17時締切のご回答",
    "御礼：先日のご来社について",
    "（株）コントソ 発注書 PO-2026-{n}",
    "議事録の共有：定例会議（{m}/{d}）",
    "納期変更のお願い（PO-2026-{n}）",
    "検収書のご返送について",
    "価格改定のご案内",
    "不具合のお問い合わせ #{n}",
    "担当者変更のお知らせ",
    "契約更新のご案内（{n}）",
    "出荷のご連絡 {m}月{d}日分",
    "カタログ送付のご依頼",
)
PARTNER_EN = (
    "Quotation for order {n}",
    "Delivery schedule, week {d}",
    "Contract renewal – signature needed",
    "Shipping notice: {d} pallets",
    "Follow-up on yesterday's call",
    "Invoice INV-{n}",
    "Meeting notes & action items ({m}/{d})",
    "Purchase order {n}",
    "Price list, effective {m}/1",
    "Question about drawing {n}",
    "Customs documents for shipment {n}",
    "Sample request",
)
INSIDE = (
    "週報（{m}/{d}）",
    "来週の出張の件",
    "年末調整書類の提出のお願い",
    "会議室の予約について",
    "経費精算 {n} の差し戻し",
    "【総務】避難訓練のお知らせ",
    "稟議書 {n} のご確認",
    "在宅勤務の申請",
    "議事録：部内定例 {m}/{d}",
    "Weekly report",
    "Release plan {m}.{d}",
    "Code freeze on {m}/{d}",
    "見積 {n} のレビュー依頼",
    "お疲れさまです：資料の置き場所",
)
RELAY = ("スキャン_2026{m:02}{d:02}.pdf", "[監視] バックアップ完了 {m}/{d}", "[基幹] 受注データ取込 {n} 件")
NEWS = (
    "業界ニュース 第{d}号",
    "【無料セミナー】{m}月{d}日開催のご案内",
    "Your {m}/{d} digest",
    "展示会のご案内",
)
SPAM = ("【重要】アカウントの確認", "Re: payment {n}", "当選のお知らせ", "You have (1) new voicemail")
