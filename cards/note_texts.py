"""Sentences of short cards and lines: looking, interrupted, not understood, refused; and the words on buttons."""

from typing import Literal

NOTE_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
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
    "interrupted.unanswered": {
        "ja": "Teams に回答を送れなかったため、この依頼にお答えできませんでした。",
        "en": "I could not answer this: Teams did not take my answer in time.",
    },
    "notice.unanswered": {
        "ja": "次のメッセージにお答えできませんでした。もう一度送信してください: {text}",
        "en": "I could not answer this message; please send it again: {text}",
    },
    "notice.unanswered.tap": {
        "ja": "ボタンの操作にお答えできませんでした。もう一度お試しください。",
        "en": "I could not answer your tap; please try it again.",
    },
    "interrupted.late": {
        "ja": "時間内に終わらなかったため、検索を中断しました。条件は残っています。",
        "en": "The search did not end in time and was stopped. Your conditions are kept.",
    },
    "button.again": {"ja": "もう一度実行", "en": "Run again"},
    "button.try_again": {"ja": "もう一度試す", "en": "Try again"},
    "button.refine": {"ja": "条件を変更", "en": "Change conditions"},
    "button.form": {"ja": "フォームを開く", "en": "Open the form"},
    "button.help": {"ja": "使い方", "en": "Help"},
    "button.more": {"ja": "ほかの使い方", "en": "More"},
    "button.mine": {"ja": "自分のメール", "en": "My mail"},
    # Not understood: what stood there, and what was expected.
    "wrong.title": {"ja": "入力を読み取れませんでした", "en": "I could not read that"},
    "wrong.summary": {"ja": "入力を確認してください", "en": "Please check what you typed"},
    "wrong.suggestion": {"ja": "もしかして: {word}", "en": "Did you mean: {word}"},
    "expected.command": {
        "ja": "どのメールを調べるかがわかりませんでした。アドレス、氏名、日付などを入れてください。例: hoge.com から昨日届いたメール",
        "en": "I couldn't tell which messages you mean. Add an address, a name or a date, e.g. mail from hoge.com yesterday",
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
        "ja": "「{word}」は日時として読めませんでした。例: 昨日 16:00-19:00",
        "en": "“{word}” could not be read as a time. Example: yesterday 16:00-19:00",
    },
    "expected.no_date_time": {
        "ja": "日時が必要です (例: 2026-11-23、11/23 9:00、昨日)",
        "en": "Expected a date or time, such as 2026-11-23, 9:00 or yesterday",
    },
    "expected.cause": {
        "ja": "原因が必要です (例: SPF、DLP、ウイルス、宛先不明、サイズ超過)",
        "en": "Expected a cause, such as SPF, DLP, malware, unknown recipient or too large",
    },
    "expected.rule": {
        "ja": "メール フロー ルールの名前が必要です (例: ルール「マクロ付き添付ファイル」)",
        "en": 'Expected the name of a mail flow rule, such as rule "Macro attachments"',
    },
    "expected.watch_cause": {
        "ja": "監視では原因とルールを条件にできません",
        "en": "A watch cannot look for a cause or a rule",
    },
    "expected.words": {
        "ja": "語が多すぎます。{n} 語以内で入力してください",
        "en": "Too many words: at most {n} word|Too many words: at most {n} words",
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
        "ja": "この結果は期限切れです。同じ検索は「最近の検索」からもう一度できます。",
        "en": "This result has expired. The same search is among your recent ones.",
    },
    "refused.bad_tap": {
        "ja": "この操作を読み取れませんでした。もう一度検索してください。",
        "en": "That button could not be read. Please search again.",
    },
    # Lines without a card.
    "notice.private": {
        "ja": "1:1 チャットをご確認ください。",
        "en": "Please see your 1:1 chat with me.",
    },
    "notice.private_refused": {
        "ja": "1:1 チャットに送れませんでした。先にこのアプリを個人用に追加してから、もう一度お試しください。",
        "en": "I could not write to you in private. Add this app for yourself first, then ask again.",
    },
    "refused.not_helpdesk": {
        "ja": "これはヘルプデスクの方だけが使えます。",
        "en": "This is for the help desk only.",
    },
    "notice.repeat": {"ja": "この操作は処理済みです。", "en": "That tap was taken already."},
}
