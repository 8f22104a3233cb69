"""Every sentence a person reads, Japanese beside English; what became of a mail stands in `cause_texts`,
what codes say in `code_texts`, and what is said around them in `explain_texts`.

`{n}` is a number the reader's locale spells; where English needs it, `one|other` gives both forms.
"""

from typing import Literal

from cards.access_texts import ACCESS_TEXTS
from cards.app_texts import APP_TEXTS
from cards.cause_texts import CAUSE_TEXTS
from cards.code_texts import CODE_TEXTS
from cards.coverage_texts import COVERAGE_TEXTS
from cards.doctor_texts import DOCTOR_TEXTS
from cards.explain_texts import EXPLAIN_TEXTS
from cards.kept_texts import KEPT_TEXTS
from cards.landing_texts import LANDING_TEXTS
from cards.report_texts import REPORT_TEXTS
from cards.surface_texts import SURFACE_TEXTS
from cards.watch_texts import WATCH_TEXTS

Language = Literal["ja", "en"]

_TEXTS: dict[str, dict[Language, str]] = {
    # States of a row, in the admin center's words.
    "status.delivered": {"ja": "配信済み", "en": "Delivered"},
    "status.expanded": {"ja": "展開済み", "en": "Expanded"},
    "status.failed": {"ja": "失敗", "en": "Failed"},
    "status.pending": {"ja": "保留中", "en": "Pending"},
    "status.quarantined": {"ja": "検疫済み", "en": "Quarantined"},
    "status.filteredAsSpam": {"ja": "迷惑メールとしてフィルター処理", "en": "Filtered as spam"},
    "status.gettingStatus": {"ja": "状態を取得しています", "en": "Getting status"},
    "status.recalled": {"ja": "取り消し済み", "en": "Recalled"},
    # Conditions, echoed as they were understood.
    "condition.sender": {"ja": "送信者", "en": "Sender"},
    "condition.recipient": {"ja": "受信者", "en": "Recipient"},
    "condition.involving": {"ja": "送信者または受信者", "en": "Sender or recipient"},
    "condition.subject": {"ja": "件名", "en": "Subject"},
    "condition.subject.contains": {"ja": "「{text}」を含む", "en": "contains “{text}”"},
    "condition.subject.startswith": {"ja": "「{text}」で始まる", "en": "starts with “{text}”"},
    "condition.subject.endswith": {"ja": "「{text}」で終わる", "en": "ends with “{text}”"},
    "condition.subject.eq": {"ja": "「{text}」と一致", "en": "is “{text}”"},
    "condition.direction": {"ja": "方向", "en": "Direction"},
    "condition.from_ip": {"ja": "元のクライアント IP", "en": "Client IP"},
    "condition.from_ip.blank": {"ja": "空欄", "en": "blank"},
    "condition.from_ip.internal": {
        "ja": "組織内 (SMTP 接続なし)",
        "en": "inside the organization (no SMTP hop)",
    },
    "condition.client_ip": {"ja": "イベント内のクライアント IP", "en": "Client IP in events"},
    "condition.status": {"ja": "状態", "en": "Status"},
    "condition.message_id": {"ja": "メッセージ ID", "en": "Message ID"},
    "condition.trace_id": {"ja": "メッセージ追跡 ID", "en": "Message trace ID"},
    "condition.last": {"ja": "過去 {duration}", "en": "last {duration}"},
    "condition.between": {"ja": "{start} 〜 {end}", "en": "{start} – {end}"},
    "calendar.day.0": {"ja": "今日", "en": "today"},
    "calendar.day.1": {"ja": "昨日", "en": "yesterday"},
    "calendar.day.2": {"ja": "一昨日", "en": "the day before yesterday"},
    "calendar.week.0": {"ja": "今週 (月曜から)", "en": "this week (since Monday)"},
    "calendar.week.1": {"ja": "先週 (月曜〜日曜)", "en": "last week (Monday to Sunday)"},
    "calendar.month.0": {"ja": "今月", "en": "this month"},
    "calendar.month.1": {"ja": "先月", "en": "last month"},
    "condition.now": {"ja": "現在", "en": "now"},
    "condition.or": {"ja": "または", "en": "or"},
    # Results.
    "results.title": {"ja": "メッセージ追跡", "en": "Message trace"},
    "results.mine": {"ja": "自分のメール", "en": "My mail"},
    "results.count": {"ja": "{n} 件", "en": "{n} message|{n} messages"},
    "results.window_of_two": {
        "ja": "{start} ({before}) 〜 {end} ({after})",
        "en": "{start} ({before}) – {end} ({after})",
    },
    "results.window": {"ja": "{start} 〜 {end} ({offset})", "en": "{start} – {end} ({offset})"},
    "results.page": {"ja": "{first}–{last} / {n} 件", "en": "{first}–{last} of {n}"},
    "results.as_of": {"ja": "取得 {time}", "en": "as of {time}"},
    "results.complete": {"ja": "この期間の該当分すべて", "en": "Everything in this time range"},
    "results.fresh": {
        "ja": "ここ 10 分ほどのメールはまだ載っていないことがあります (まれに 1 時間ほどかかります)。",
        "en": "Mail of the last ten minutes or so may not be listed yet (sometimes it takes an hour).",
    },
    "results.scanned": {
        "ja": "条件に合うものを探すため {n} 行を調べました。",
        "en": "{n} row was read to find these.|{n} rows were read to find these.",
    },
    "results.direction": {
        "ja": "方向は Exchange Online の記録にないため、組織のドメインから判定して絞り込みました。",
        "en": "Exchange Online does not record a direction; it was judged here, by your organization’s domains.",
    },
    "results.tap": {"ja": "行をタップすると詳細", "en": "tap a row for details"},
    "results.only": {"ja": "{status}のみ表示", "en": "Only {status}"},
    "results.all": {"ja": "すべての状態", "en": "All states"},
    "results.no_subject": {"ja": "(件名なし)", "en": "(no subject)"},
    "results.no_sender": {"ja": "(送信者なし)", "en": "(no sender)"},
    "results.summary": {
        "ja": "追跡結果: {n} 件 (要対応 {trouble} 件)",
        "en": "Trace: {n} message, {trouble} in trouble|Trace: {n} messages, {trouble} in trouble",
    },
    "results.all_domains": {"ja": "すべてのドメイン", "en": "All our domains"},
    "results.previous": {"ja": "前へ", "en": "Previous"},
    "results.next": {"ja": "次へ", "en": "Next"},
    "results.refresh": {"ja": "更新", "en": "Refresh"},
    "results.longer": {"ja": "90 日前まで探す", "en": "Search back 90 days"},
    # Why an answer holds less than was asked for.
    "shortfall.title": {"ja": "⚠️ この結果は全件ではありません", "en": "⚠️ This is not everything"},
    "shortfall.row_limit": {
        "ja": "該当が多いため、新しいものから {n} 件ほどで止めました。レポートなら全件を取得できます。",
        "en": "There are many matches: this list stopped at about {n}. A report holds them all.",
    },
    "shortfall.request_limit": {
        "ja": "1 回の検索で使える問い合わせ回数に達しました。期間や条件を絞ってください。",
        "en": "The search used all the requests one question may cost. Narrow the time or the conditions.",
    },
    "shortfall.throttled": {
        "ja": "Exchange Online の問い合わせ制限に達し、途中で止まりました。5 分ほどおいて更新してください。",
        "en": "Exchange Online limited our requests midway. Refresh in about five minutes.",
    },
    "shortfall.interrupted": {
        "ja": "Exchange Online からの応答が途中で途切れました。更新すると取り直します。",
        "en": "Exchange Online broke off midway. Refresh to read it again.",
    },
    "shortfall.history": {
        "ja": "追跡できるのは 90 日前までです。それより前の分は含まれていません。",
        "en": "Traces reach back 90 days. Older mail is not included.",
    },
    # Nothing found is not "never sent".
    "nothing.title": {"ja": "該当するメールは見つかりませんでした", "en": "No message found"},
    "nothing.summary": {"ja": "追跡結果: 該当なし", "en": "Trace: nothing found"},
    "nothing.lead": {
        "ja": "「見つからない」は「送られていない」とは限りません。考えられる理由:",
        "en": "“Not found” does not mean “never sent”. It can be:",
    },
    "nothing.complete": {
        "ja": "この期間をすべて検索しました",
        "en": "The whole time range was searched",
    },
    "nothing.late": {
        "ja": "送受信されたばかり: 一覧に載るまで 5〜60 分かかることがあります。",
        "en": "Too recent: mail shows up 5 to 60 minutes after it was sent.",
    },
    "nothing.refused": {
        "ja": "Exchange Online に入る前に接続の段階で拒否された: 追跡には残りません。",
        "en": "Refused at the connection, before Exchange Online took it: no trace is kept of that.",
    },
    "nothing.envelope": {
        "ja": "送信者が別のアドレス: 配信サービスや自動送信では、表示の差出人と実際の送信者が異なります。",
        "en": "Another sender address: mailing services send with an address that differs from the one shown.",
    },
    "nothing.typo": {
        "ja": "アドレスや期間の入力違い: 上の条件を確認してください。",
        "en": "A typo in an address, or another time: check the conditions above.",
    },
    "nothing.partial": {
        "ja": "読めた範囲には該当がありませんでした。全体を調べられたわけではありません。",
        "en": "Nothing matched in what could be read; not everything could be read.",
    },
    # Detail.
    "detail.time": {"ja": "受付日時", "en": "Received"},
    "detail.size": {"ja": "サイズ", "en": "Size"},
    "detail.from_ip": {"ja": "送信元 IP", "en": "Source IP"},
    "detail.to_ip": {"ja": "宛先 IP", "en": "Destination IP"},
    "detail.message_id": {"ja": "メッセージ ID", "en": "Message ID"},
    "detail.direction": {"ja": "方向", "en": "Direction"},
    "detail.remote": {"ja": "相手サーバー", "en": "Remote server"},
    "detail.component": {"ja": "判定した機能", "en": "Decided by"},
    "detail.folder": {"ja": "フォルダー", "en": "Folder"},
    "detail.code": {"ja": "コード", "en": "Code"},
    "detail.policy_label": {"ja": "ポリシー: {name}", "en": "Policy: {name}"},
    "detail.rules": {"ja": "適用ルール", "en": "Rules"},
    "detail.no_rules": {"ja": "記録なし", "en": "none recorded"},
    "detail.no_ip": {"ja": "記録なし", "en": "none recorded"},
    "detail.internal_ip": {
        "ja": "組織内 (外部からの SMTP 接続なし)",
        "en": "inside the organization (no SMTP hop from outside)",
    },
    "detail.rule_label": {"ja": "ルール: {name}", "en": "Rule: {name}"},
    "detail.rule_unnamed": {"ja": "(名前なし) {rule_id}", "en": "(unnamed) {rule_id}"},
    "detail.what_to_do": {"ja": "次にすること", "en": "What to do"},
    "detail.timeline": {
        "ja": "メッセージ イベント ({n} 件・{duration})",
        "en": "Message events ({n} event, {duration})|Message events ({n} events, {duration})",
    },
    "detail.no_events": {
        "ja": "イベントの記録はまだありません。判定は一覧の状態によるものです。",
        "en": "No events are recorded yet. The verdict rests on the state in the list.",
    },
    "detail.events_cut": {
        "ja": "ほかに {n} 件のイベントがあります。",
        "en": "{n} more event is not shown.|{n} more events are not shown.",
    },
    "detail.recipients": {
        "ja": "このメールの受信者 ({n} 名)",
        "en": "Recipient of this mail ({n})|Recipients of this mail ({n})",
    },
    "detail.recipients_cut": {
        "ja": "ほか {n} 名",
        "en": "and {n} more",
    },
    "detail.raw": {"ja": "理由の原文", "en": "Raw reason"},
    "detail.back": {"ja": "一覧に戻る", "en": "Back to results"},
    "detail.refresh": {"ja": "更新", "en": "Refresh"},
    "detail.summary": {"ja": "{status}: {cause}", "en": "{status}: {cause}"},
    "direction.inbound": {"ja": "受信", "en": "Inbound"},
    "direction.outbound": {"ja": "送信", "en": "Outbound"},
    "direction.internal": {"ja": "組織内", "en": "Internal"},
    # Events.
    "event.receive": {"ja": "受信", "en": "Received"},
    "event.submit": {"ja": "送信の受付", "en": "Submitted"},
    "event.send": {"ja": "送出", "en": "Sent"},
    "event.deliver": {"ja": "配信", "en": "Delivered"},
    "event.fail": {"ja": "失敗", "en": "Failed"},
    "event.defer": {"ja": "遅延", "en": "Deferred"},
    "event.drop": {"ja": "破棄", "en": "Dropped"},
    "event.expand": {"ja": "グループ展開", "en": "Group expanded"},
    "event.resolve": {"ja": "宛先の解決", "en": "Resolved"},
    "event.redirect": {"ja": "リダイレクト", "en": "Redirected"},
    "event.transfer": {"ja": "転送処理", "en": "Transferred"},
    "event.transport rule": {"ja": "メール フロー ルール", "en": "Mail flow rule"},
    "event.dlp rule": {"ja": "DLP ルール", "en": "DLP rule"},
    "event.spam": {"ja": "迷惑メール判定", "en": "Spam filter"},
    "event.malware": {"ja": "マルウェア判定", "en": "Malware filter"},
    "event.badmail": {"ja": "不正な形式", "en": "Bad mail"},
    "event.poison": {"ja": "不正な形式", "en": "Bad mail"},
    "event.sensitivity": {"ja": "秘密度ラベル", "en": "Sensitivity label"},
    "event.recall": {"ja": "取り消し", "en": "Recalled"},
    "event.zero-hour": {"ja": "配信後の削除", "en": "Removed after delivery"},
    "event.zap": {"ja": "配信後の削除", "en": "Removed after delivery"},
    # Looking, interrupted.
    "looking.title": {"ja": "探しています…", "en": "Looking…"},
    "looking.note": {
        "ja": "通常は数秒です。結果はこのカードに表示されます。",
        "en": "This usually takes a few seconds. The result will replace this card.",
    },
    "looking.summary": {"ja": "メールを追跡しています", "en": "Tracing mail"},
    "interrupted.title": {"ja": "中断されました", "en": "Interrupted"},
    "interrupted.note": {
        "ja": "サービスの再起動で検索が中断されました。条件は残っています。",
        "en": "The service was restarted during this search. Your conditions are kept.",
    },
    "interrupted.late": {
        "ja": "時間内に終わらなかったため、検索を中断しました。条件は残っています。",
        "en": "The search did not end in time and was stopped. Your conditions are kept.",
    },
    "button.again": {"ja": "もう一度実行", "en": "Run again"},
    "button.refine": {"ja": "条件を変更", "en": "Change conditions"},
    "button.form": {"ja": "フォームを開く", "en": "Open the form"},
    "button.help": {"ja": "使い方", "en": "Help"},
    "button.more": {"ja": "ほかの使い方", "en": "More"},
    "button.mine": {"ja": "自分のメール", "en": "My mail"},
    # Help.
    "help.title": {"ja": "メールの行方を調べます", "en": "Find out what happened to a mail"},
    "help.summary": {"ja": "使い方", "en": "How to use this bot"},
    "help.lead": {
        "ja": "次のように入力してください。先頭の / は省略でき、日本語でも英語でも使えます。",
        "en": "Type one of these. The leading / is optional; English and Japanese both work.",
    },
    "help.mention": {
        "ja": "チャネルやグループ チャットでは、先頭で {bot} をメンションしてください。結果は 1:1 チャットに届きます。",
        "en": "In channels and group chats, mention {bot} first. Results come to your 1:1 chat.",
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
    # Not understood: what stood there, and what was expected.
    "wrong.title": {"ja": "入力を読み取れませんでした", "en": "I could not read that"},
    "wrong.summary": {"ja": "入力を確認してください", "en": "Please check what you typed"},
    "wrong.suggestion": {"ja": "もしかして: {word}", "en": "Did you mean: {word}"},
    "sentence.title": {"ja": "この条件で探せます", "en": "I can look for this"},
    "sentence.offer": {
        "ja": "コマンド以外の文章は読み取れませんが、メールアドレスなどから次の条件にしました。よければ実行してください。",
        "en": "I read commands rather than sentences. From the addresses and words I know, I made this:",
    },
    "sentence.summary": {"ja": "この条件で探せます", "en": "I can look for this"},
    "button.trace_this": {"ja": "この条件で追跡", "en": "Trace this"},
    "expected.command": {
        "ja": "コマンドが必要です: 追跡、自分のメール、最近の検索、ヘルプなど",
        "en": "Expected a command, such as trace, mine, recent or help",
    },
    "expected.field": {
        "ja": "項目が必要です: 送信者、受信者、件名、状態、ID、ip、クライアントIP、方向、期間、開始、終了、またはメール アドレス",
        "en": "Expected a field: sender, recipient, subject, status, id, ip, client-ip, direction, last, since, until; or an address",
    },
    "expected.address": {
        "ja": "メール アドレスが必要です (例: suzuki@hoge.com、*@hoge.com)",
        "en": "Expected an address, such as suzuki@hoge.com or *@hoge.com",
    },
    "expected.status": {
        "ja": "状態が必要です: 配信済み、失敗、保留中、検疫済み、展開済み、迷惑メール、取得中、取り消し済み",
        "en": "Expected a status: delivered, failed, pending, quarantined, expanded, spam, getting status, recalled",
    },
    "expected.duration": {
        "ja": "期間が必要です (例: 2日、48時間、先週、11/20〜11/22)。90 日まで",
        "en": "Expected a time range, such as 2d, 48h, week or 11/20-11/22; at most 90 days",
    },
    "expected.message_id": {
        "ja": "メッセージ ID が必要です (例: <CAF9x7f2@mail.hoge.com>)",
        "en": "Expected a Message ID, such as <CAF9x7f2@mail.hoge.com>",
    },
    "expected.quote": {"ja": "引用符が閉じられていません", "en": "This quotation mark is never closed"},
    "expected.condition": {
        "ja": "条件が必要です (例: 追跡 送信者 *@hoge.com)",
        "en": "Expected a condition, such as: trace sender *@hoge.com",
    },
    "expected.date_time": {
        "ja": "日時が必要です (例: 2026-11-23、11/23 9:00、昨日)",
        "en": "Expected a date or time, such as 2026-11-23, 9:00 or yesterday",
    },
    "expected.range": {
        "ja": "開始日時は終了日時より前にしてください",
        "en": "The start must come before the end",
    },
    "expected.too_old": {
        "ja": "追跡できるのは 90 日前までです。新しい日時を指定してください",
        "en": "Traces reach back 90 days; choose a later time",
    },
    "expected.future": {
        "ja": "未来の日時は指定できません",
        "en": "This lies in the future; choose a time up to now",
    },
    "expected.ip": {
        "ja": "IP アドレス、範囲、または「空」が必要です (例: 203.0.113.25、203.0.113.0/24)",
        "en": "Expected an IP address, a range, or blank, such as 203.0.113.25 or 203.0.113.0/24",
    },
    "expected.client_ip": {
        "ja": "IP アドレスまたは範囲を 1 つ指定してください (例: 198.51.100.7)",
        "en": "Expected one IP address or range, such as 198.51.100.7",
    },
    "expected.one_range": {
        "ja": "「時間の範囲」か開始・終了のどちらか一方で指定してください",
        "en": "Choose a time range or fill in the dates, not both",
    },
    "expected.direction": {
        "ja": "方向が必要です: 受信、送信、組織内",
        "en": "Expected a direction: inbound, outbound or internal",
    },
    "expected.subject": {
        "ja": "件名に含まれる語句が必要です (例: 請求書、「見積書のご送付」)",
        "en": 'Expected words of a subject, such as invoice or "monthly report"',
    },
    "expected.value": {"ja": "ここに値が必要です", "en": "A value is missing here"},
    "expected.fewer": {
        "ja": "値が多すぎます。50 個以内で指定してください",
        "en": "Too many values: at most 50",
    },
    "expected.report_kind": {
        "ja": "レポートの種類 (増補要約 または 包括的) を入力してください。例: レポート 増補要約 送信者 *@hoge.com",
        "en": "Expected the kind of report, enhanced or extended, such as report enhanced sender *@hoge.com",
    },
    "expected.shorter": {
        "ja": "長すぎます。{n} 文字以内で入力してください",
        "en": "Too long: at most {n} character|Too long: at most {n} characters",
    },
    # Refusals.
    "refused.title": {"ja": "この操作はできません", "en": "That is not possible"},
    "refused.summary": {"ja": "操作できません", "en": "Not allowed"},
    "refused.unknown": {
        "ja": "社内ディレクトリにアカウントが見つからないため、ご利用いただけません。心当たりがない場合はヘルプデスクにご連絡ください。",
        "en": "Your account is not in this organization's directory, so nothing can be shown. If that is unexpected, contact the help desk.",
    },
    "refused.not_yours": {
        "ja": "ご自分が送信または受信したメールだけを調べられます。ほかの方のメールはヘルプデスクにご依頼ください。",
        "en": "You can trace mail that you sent or were sent. For other people's mail, please ask the help desk.",
    },
    "refused.no_mailbox": {
        "ja": "あなたのアカウントにはメール アドレスがないため、調べられるメールがありません。",
        "en": "Your account has no mail address, so there is no mail of yours to trace.",
    },
    "refused.not_your_card": {
        "ja": "このカードは別の方の検索結果です。ご自分で検索してください。",
        "en": "This card belongs to somebody else. Please run your own search.",
    },
    "refused.expired": {
        "ja": "この結果は期限切れです。もう一度検索してください。",
        "en": "This result has expired. Please search again.",
    },
    "refused.bad_tap": {
        "ja": "この操作を読み取れませんでした。もう一度検索してください。",
        "en": "That button could not be read. Please search again.",
    },
    # Faults.
    "fault.summary": {"ja": "追跡できませんでした", "en": "The trace could not be run"},
    "fault.id": {"ja": "お問い合わせ番号: {id}", "en": "Reference: {id}"},
    "fault.could_not_look": {
        "ja": "検索できなかったため、該当するメールの有無はわかりません。",
        "en": "This could not be looked up. It does not mean that nothing was found.",
    },
    "fault.throttled.title": {
        "ja": "Exchange Online の問い合わせ制限に達しています",
        "en": "Exchange Online is limiting our requests",
    },
    "fault.throttled.what": {
        "ja": "{when}もう一度実行してください。条件は残っています。",
        "en": "{when} Then run it again; your conditions are kept.",
    },
    "fault.wait": {"ja": "{duration}ほど待ってから", "en": "Wait about {duration}."},
    "fault.wait_unknown": {"ja": "5 分ほど待ってから", "en": "Wait about five minutes."},
    "fault.not_permitted.title": {
        "ja": "ボットの権限が不足しています",
        "en": "The bot lacks a permission",
    },
    "fault.not_permitted.what": {
        "ja": "管理者に、アプリケーションの許可 {needed} と管理者の同意を依頼してください。",
        "en": "Ask an administrator to grant the application permission {needed} with admin consent.",
    },
    "fault.prerequisite_missing.title": {
        "ja": "テナントの準備が終わっていません",
        "en": "The tenant is not prepared yet",
    },
    "fault.prerequisite_missing.what": {
        "ja": "管理者がサービス プリンシパルを作成する必要があります。作成後、有効になるまで数時間かかることがあります: {command}",
        "en": "An administrator must create a service principal; it can take hours to take effect: {command}",
    },
    "fault.credentials_refused.title": {
        "ja": "ボットの資格情報が無効です",
        "en": "The bot's credentials are refused",
    },
    "fault.credentials_refused.what": {
        "ja": "{why}管理者に連絡してください。({code})",
        "en": "{why} Please tell an administrator. ({code})",
    },
    "credentials.expired": {
        "ja": "シークレットの有効期限が切れています。新しいシークレットが必要です。",
        "en": "The client secret has expired; a new one is needed.",
    },
    "credentials.token": {
        "ja": "Microsoft Graph がボットのサインインを受け付けません。",
        "en": "Microsoft Graph does not accept the bot's sign-in.",
    },
    "credentials.wrong": {"ja": "シークレットが違います。", "en": "The client secret is wrong."},
    "credentials.certificate": {
        "ja": "証明書がアプリに登録されていません。",
        "en": "The certificate is not registered with the app.",
    },
    "credentials.clock": {
        "ja": "サーバーの時計がずれています。",
        "en": "The server's clock is wrong.",
    },
    "credentials.settings": {
        "ja": "テナントまたはアプリの設定が違います。",
        "en": "The tenant or the app in the settings does not exist.",
    },
    "credentials.other": {"ja": "サインインできませんでした。", "en": "Signing in failed."},
    "fault.graph_unavailable.title": {
        "ja": "Exchange Online に接続できません",
        "en": "Exchange Online does not answer",
    },
    "fault.graph_unavailable.what": {
        "ja": "しばらくしてからもう一度実行してください。条件は残っています。",
        "en": "Try again in a little while; your conditions are kept.",
    },
    "fault.graph_slow.title": {
        "ja": "Exchange Online の応答が間に合いませんでした",
        "en": "Exchange Online took too long to answer",
    },
    "fault.graph_slow.what": {
        "ja": "期間や条件を絞るか、しばらくしてからもう一度実行してください。条件は残っています。",
        "en": "Narrow the time or the conditions, or try again in a little while; your conditions are kept.",
    },
    "fault.graph_garbled.title": {
        "ja": "Exchange Online の応答が途中で途切れました",
        "en": "Exchange Online’s answer broke off",
    },
    "fault.graph_garbled.what": {
        "ja": "何度か取り直しましたが、最後まで読み取れませんでした。もう一度実行してください。条件は残っています。",
        "en": "It was asked for several times and could not be read to the end. Run it again; your conditions are kept.",
    },
    "fault.window_too_old.title": {"ja": "古すぎて追跡できません", "en": "That is too long ago"},
    "fault.window_too_old.what": {
        "ja": "追跡できるのは {oldest} 以降のメールです。",
        "en": "Traces reach back to {oldest}.",
    },
    "fault.empty_window.title": {"ja": "期間が正しくありません", "en": "That time range is empty"},
    "fault.empty_window.what": {
        "ja": "開始は終了より前、終了は現在までにしてください。",
        "en": "It must start before it ends, and not in the future.",
    },
    "fault.busy.title": {"ja": "ただいま混み合っています", "en": "The bot is busy"},
    "fault.busy.what": {
        "ja": "1 分ほどしてからもう一度お試しください。",
        "en": "Please try again in a minute.",
    },
    "fault.unexpected.title": {"ja": "予期しない問題が起きました", "en": "Something unexpected happened"},
    "fault.unexpected.what": {
        "ja": "もう一度お試しください。続く場合は、下の番号をヘルプデスクにお伝えください。",
        "en": "Please try again. If it goes on, give the reference below to the help desk.",
    },
    # Lines without a card.
    "notice.private": {
        "ja": "結果は 1:1 チャットにお送りしました。",
        "en": "The answer is in your 1:1 chat with me.",
    },
    "notice.private_refused": {
        "ja": "1:1 チャットに送れませんでした。先にこのアプリを個人用に追加してから、もう一度お試しください。",
        "en": "I could not write to you in private. Add this app for yourself first, then ask again.",
    },
    "refused.not_helpdesk": {
        "ja": "これはヘルプデスクの方だけが使えます。",
        "en": "This is for the help desk only.",
    },
    "help.doctor": {
        "ja": "このボットの導入状態を診断する",
        "en": "examine how this bot is set up",
    },
    "notice.repeat": {"ja": "この操作は処理済みです。", "en": "That tap was taken already."},
    "welcome.title": {"ja": "はじめまして", "en": "Hello"},
}

TEXTS: dict[str, dict[Language, str]] = {
    **_TEXTS,
    **ACCESS_TEXTS,
    **APP_TEXTS,
    **CAUSE_TEXTS,
    **CODE_TEXTS,
    **COVERAGE_TEXTS,
    **DOCTOR_TEXTS,
    **SURFACE_TEXTS,
    **EXPLAIN_TEXTS,
    **KEPT_TEXTS,
    **REPORT_TEXTS,
    **LANDING_TEXTS,
    **WATCH_TEXTS,
}
"""Key → language → sentence, of every file."""
