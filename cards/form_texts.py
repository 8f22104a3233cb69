"""Sentences of the form, of the help and of the default queries."""

from typing import Literal

FORM_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    # Help.
    "help.title": {"ja": "メールの行方を調べます", "en": "Find out what happened to a mail"},
    "help.summary": {"ja": "使い方", "en": "How to use this bot"},
    "help.lead": {
        "ja": "次のように入力してください。先頭の / は省略でき、日本語でも英語でも使えます。",
        "en": "Type one of these. The leading / is optional; English and Japanese both work.",
    },
    "help.mention": {
        "ja": "チャネルやグループ チャットでは、先頭で {bot} をメンションしてください。結果はあなただけに届きます。",
        "en": "In channels and group chats, mention {bot} first. Results come to you alone.",
    },
    "help.mention.helpdesk": {
        "ja": "チャネルやグループ チャットでは、先頭で {bot} をメンションしてください。結果はあなただけに届きます。表示を承認した場所では、そこにいる全員に表示されます。",
        "en": "In channels and group chats, mention {bot} first. Results come to you alone; in a place approved for results, everyone there sees them.",
    },
    "help.mention.here": {
        "ja": "この場所は結果の表示が承認されています。{bot} をメンションして検索すると、結果はここにいる全員に表示されます。自分のメールとチケット付きの検索は、あなただけに届きます。",
        "en": "This place is approved for results: mention {bot}, and everyone here sees what you search for. Your own mail and searches with a ticket come to you alone.",
    },
    "help.mention.others_here": {
        "ja": "{bot} をメンションして検索した結果は、あなただけに届きます。この場所は結果の表示が承認されているため、ヘルプデスクの検索結果はここにいる全員に表示されます。",
        "en": "Mention {bot}; your results come to you alone. This place is approved for results: what the help desk searches for here is shown to everyone.",
    },
    "help.own_only": {
        "ja": "あなたが送信または受信したメールを調べられます。",
        "en": "You can trace mail that you sent or were sent.",
    },
    "help.form": {
        "ja": "検索フォームを開く (送信者、受信者、件名、日時など)",
        "en": "the search form: sender, recipient, subject, dates and more",
    },
    "help.subject": {
        "ja": "件名に「請求書」を含む受信メール、過去 24 時間",
        "en": "mail from outside about an invoice, last 24 hours",
    },
    "help.failed": {
        "ja": "配信に失敗したメール、過去 7 日 (送信、受信、保留中、検疫済みも可)",
        "en": "failed mail, last seven days; also sent, received, pending, quarantined",
    },
    "help.sender": {"ja": "このドメインから届いたメール", "en": "mail sent from this domain"},
    "help.recipient": {"ja": "この宛先へのメール、過去 2 日", "en": "mail to this recipient, last two days"},
    "help.status": {
        "ja": "この送信者のメールのうち失敗したもの、過去 7 日",
        "en": "what failed from this sender, last seven days",
    },
    "help.address": {"ja": "このアドレスが送受信したメール", "en": "mail sent by or to this address"},
    "help.message_id": {"ja": "メッセージ ID で 1 通を探す", "en": "one mail by its Message ID"},
    "help.report": {
        "ja": "CSV ファイルで受け取る (包括的レポートは全イベント付き)",
        "en": "the same as a CSV file (report extended: with every event)",
    },
    "help.mine": {
        "ja": "自分のメール (過去 7 日、問題のあるものから)",
        "en": "my own mail, last seven days, problems first",
    },
    "help.explain": {
        "ja": "エラー コードや、届かなかった通知の意味",
        "en": "what a code, or a pasted bounce, means",
    },
    "help.help": {"ja": "この説明", "en": "this help"},
    "help.more_title": {"ja": "ほかにできること", "en": "What else you can type"},
    "help.calendar": {
        "ja": "先週 (月曜〜日曜)。今日、昨日、今週、先月なども",
        "en": "last week, Monday to Sunday; also today, yesterday, this week, last month",
    },
    "help.range": {
        "ja": "昨日の 9 時から 12 時まで (日付も可: 11/20 9:00-12:00)",
        "en": "part of yesterday; or of any day: 11/20 9:00-12:00",
    },
    "help.starts": {
        "ja": "件名の一致: を含む、で始まる、で終わる、と一致",
        "en": "subjects: contains, starts with, ends with, is",
    },
    "help.ip": {
        "ja": "送信元サーバーの IP アドレスや範囲 (なければ「空」)",
        "en": "the sending server’s address or range; blank where there is none",
    },
    "help.client_ip": {
        "ja": "イベントに残るクライアントの IP アドレス (見つかった 50 件まで調べます)",
        "en": "the client’s address in the events, of up to 50 messages found",
    },
    "help.all_domains": {
        "ja": "すべてのドメインから送信したメール (受信済みも可)",
        "en": "sent from any of our domains; also received",
    },
    "help.recent": {"ja": "最近の検索 10 件", "en": "your last ten searches"},
    "help.save": {"ja": "直前の検索に名前を付けて保存", "en": "keep the last search under a name"},
    "help.saved": {"ja": "保存した検索の一覧", "en": "the searches you saved"},
    "help.run": {"ja": "保存した検索をもう一度", "en": "a saved search once more"},
    "help.rename": {"ja": "保存した検索の名前を変更", "en": "give a saved search another name"},
    "help.forget": {"ja": "保存した検索を削除", "en": "delete a saved search"},
    "help.more": {"ja": "この説明", "en": "this card"},
    # The form.
    "form.lead": {
        "ja": "わかる項目だけ入力してください。",
        "en": "Fill in what you know and leave the rest empty.",
    },
    "form.summary": {"ja": "追跡の条件を入力してください", "en": "Fill in the conditions of a trace"},
    "form.mend": {"ja": "入力内容をご確認ください", "en": "Please check what you entered"},
    "form.presets": {"ja": "よく使う検索", "en": "Common searches"},
    "preset.sent": {"ja": "送信 (1 日)", "en": "Sent (1 day)"},
    "preset.received": {"ja": "受信 (1 日)", "en": "Received (1 day)"},
    "preset.sent_all": {"ja": "送信・全ドメイン", "en": "Sent, all domains"},
    "preset.received_all": {"ja": "受信・全ドメイン", "en": "Received, all domains"},
    "preset.pending": {"ja": "保留中 (2 日)", "en": "Pending (2 days)"},
    "preset.quarantined": {"ja": "検疫済み (7 日)", "en": "Quarantined (7 days)"},
    "preset.failed": {"ja": "失敗 (7 日)", "en": "Failed (7 days)"},
    "form.sender": {"ja": "送信者", "en": "Sender"},
    "form.sender.example": {
        "ja": "suzuki@hoge.com、*@hoge.com (複数は , で区切る)",
        "en": "suzuki@hoge.com, *@hoge.com",
    },
    "form.recipient": {"ja": "受信者", "en": "Recipient"},
    "form.recipient.example": {
        "ja": "info@with-wit.com、*@contoso.co.jp",
        "en": "info@with-wit.com, *@contoso.co.jp",
    },
    "form.subject": {"ja": "件名", "en": "Subject"},
    "form.subject.example": {"ja": "請求書", "en": "Invoice"},
    "form.subject_mode": {"ja": "一致の方法", "en": "Match"},
    "subject_mode.contains": {"ja": "を含む", "en": "contains"},
    "subject_mode.startswith": {"ja": "で始まる", "en": "starts with"},
    "subject_mode.endswith": {"ja": "で終わる", "en": "ends with"},
    "subject_mode.eq": {"ja": "と一致する", "en": "is exactly"},
    "form.start_date": {"ja": "開始日", "en": "Start date"},
    "form.start_time": {"ja": "開始時刻", "en": "Start time"},
    "form.end_date": {"ja": "終了日", "en": "End date"},
    "form.end_time": {"ja": "終了時刻", "en": "End time"},
    "form.range": {"ja": "時間の範囲", "en": "Time range"},
    "form.range.dates": {
        "ja": "下の日時 (空欄なら過去 {duration})",
        "en": "The dates below (empty: last {duration})",
    },
    "form.zone": {
        "ja": "日時は {offset} ({zone}) です。90 日前までさかのぼれます。",
        "en": "Times are in {offset} ({zone}). Traces reach back 90 days.",
    },
    "form.more": {"ja": "詳細検索", "en": "Detailed search"},
    "form.statuses": {
        "ja": "配信状態 (選ばなければすべて)",
        "en": "Delivery status (none chosen means all)",
    },
    "form.message_id": {"ja": "メッセージ ID", "en": "Message ID"},
    "form.message_id.example": {"ja": "<CAF9x7f2@mail.hoge.com>", "en": "<CAF9x7f2@mail.hoge.com>"},
    "form.direction": {"ja": "方向", "en": "Direction"},
    "form.any": {"ja": "すべて", "en": "All"},
    "form.from_ip": {"ja": "元のクライアント IP アドレス", "en": "Original client IP address"},
    "form.from_ip.example": {
        "ja": "203.0.113.25、203.0.113.0/24、空",
        "en": "203.0.113.25, 203.0.113.0/24, blank",
    },
    "form.client_ip": {
        "ja": "イベント内のクライアント IP アドレス (見つかった 50 件まで調べます)",
        "en": "Client IP address in the events (of up to 50 messages found)",
    },
    "form.client_ip.example": {"ja": "198.51.100.7", "en": "198.51.100.7"},
    "form.left_out": {
        "ja": "IP アドレスとルールの条件はヘルプデスクだけが使えるため、外しました。ほかの条件はそのままです。",
        "en": "Conditions on IP addresses and rules are for the help desk only and were left out. Your other conditions are kept.",
    },
    "form.causes": {"ja": "原因", "en": "Cause"},
    "form.causes.example": {"ja": "SPF、DLP", "en": "spf, dlp"},
    "form.rule": {"ja": "メール フロー ルール", "en": "Mail flow rule"},
    "form.rule.example": {"ja": "マクロ付き添付ファイル", "en": "Macro attachments"},
    "form.ticket": {"ja": "チケット", "en": "Ticket"},
    "form.ticket.example": {"ja": "INC123", "en": "INC123"},
    "form.either": {"ja": "送信者または受信者", "en": "Sender or recipient"},
    "form.either.example": {"ja": "tanaka@contoso.co.jp", "en": "tanaka@contoso.co.jp"},
    "form.report": {"ja": "レポートの種類", "en": "Report type"},
    "form.report.summary": {
        "ja": "要約レポート (このチャットに表示)",
        "en": "Summary report (in this chat)",
    },
    "form.report.enhanced": {
        "ja": "増補要約レポート (CSV)",
        "en": "Enhanced summary report (CSV)",
    },
    "form.report.extended": {
        "ja": "包括的レポート (イベント付き CSV)",
        "en": "Extended report (CSV with events)",
    },
    "form.search": {"ja": "検索", "en": "Search"},
    "help.doctor": {
        "ja": "このボットの導入状態を診断する",
        "en": "examine how this bot is set up",
    },
    "welcome.title": {"ja": "はじめまして", "en": "Hello"},
}
