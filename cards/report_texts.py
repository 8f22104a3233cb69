"""The sentences of reports: files that are written, offered and delivered."""

from typing import Literal

_Both = dict[Literal["ja", "en"], str]

REPORT_TEXTS: dict[str, _Both] = {
    "report.enhanced": {"ja": "増補要約レポート", "en": "Enhanced summary report"},
    "report.extended": {"ja": "包括的レポート", "en": "Extended report"},
    # Inside the file.
    "report.file.count": {
        "ja": "{n} 件 (1 件 = 1 通のメールと 1 人の受信者)",
        "en": "{n} row: one message and one recipient|{n} rows, each one message and one recipient",
    },
    "report.file.written": {"ja": "作成日時: {time}", "en": "Written: {time}"},
    "report.file.searched": {
        "ja": "検索した期間: {period}",
        "en": "Time range searched: {period}",
    },
    "report.file.whole": {
        "ja": "条件に合うものはすべて含まれています。",
        "en": "Everything that meets the conditions is in this file.",
    },
    "report.file.missing": {
        "ja": "管理センターのレポートにあり Microsoft Graph からは取得できない列: {columns}",
        "en": "Columns of the admin center's report that Microsoft Graph does not offer: {columns}",
    },
    "report.file.left_out": {
        "ja": "ヘルプデスク以外には表示されない列: {columns}",
        "en": "Columns that only the help desk sees: {columns}",
    },
    "report.short.history": {
        "ja": "90 日より前のメールは含まれていません。履歴が残っていないためです。",
        "en": "Mail older than 90 days is not in this file: there is no history of it.",
    },
    "report.short.size": {
        "ja": "ファイルが大きくなりすぎるため、途中までで終えました。期間を分けて作成してください。",
        "en": "The file would have become too large, so it ends early. Split the time range.",
    },
    "report.short.cap": {
        "ja": "包括的レポートに含められるのは新しいほうから {n} 件までです。残りは含まれていません。",
        "en": "An extended report holds the newest {n} row; the rest is left out.|An extended report holds the newest {n} rows; the rest is left out.",
    },
    "report.short.own": {
        "ja": "送信したメールは、確認できた宛先だけを含みます。確認が間に合わなかった宛先や、確認できなかった宛先は含まれず、行の宛先は空になります。",
        "en": "Of messages you sent, only confirmed recipients are in this file. Recipients that could not be "
        "confirmed, or were not checked in time, are left out: such rows have no recipient.",
    },
    "report.short.list": {
        "ja": "一覧をすべて読み終えられなかったため、含まれていないメールがあります。",
        "en": "The list could not be read to its end, so some mail is not in this file.",
    },
    "report.short.client_ip": {
        "ja": "クライアント IP の条件は適用していません。1 件ずつイベントを調べる必要があるためです。",
        "en": "The condition on the client IP was not applied: it would take the events of every message.",
    },
    "report.short.cause": {
        "ja": "原因とルールの条件は適用していません。1 件ずつイベントを調べる必要があるためです。",
        "en": "The conditions on cause and rule were not applied: they would need the events of every message.",
    },
    "report.short.unread": {
        "ja": "{n} 件はイベントを取得できず、1 行だけ出力しました。",
        "en": "The events of {n} row could not be read; it has one line without them.|The events of {n} rows could not be read; they have one line each without them.",
    },
    "report.short.protected": {
        "ja": "保護対象者のメール {n} 件は含まれていません。必要な場合は、条件に ticket と番号を付けて作成してください。",
        "en": "{n} row of protected people is held back; name a ticket in the conditions to have it.|{n} rows of protected people are held back; name a ticket in the conditions to have them.",
    },
    # Before it begins.
    "report.needs.title": {"ja": "条件を追加してください", "en": "One more condition is needed"},
    "report.needs.what": {
        "ja": "包括的レポートには、送信者、受信者、メッセージ ID のいずれかが必要です。1 件ずつイベントを取得するためです。",
        "en": "An extended report needs a sender, a recipient or a Message ID, because the events are fetched message by message.",
    },
    "report.cost.title": {"ja": "包括的レポートを作成しますか？", "en": "Write the extended report?"},
    "report.cost.rows": {"ja": "対象", "en": "To read"},
    "report.cost.count": {"ja": "{n} 件", "en": "{n} row|{n} rows"},
    "report.cost.requests": {"ja": "要求数", "en": "Requests"},
    "report.cost.requests_of": {
        "ja": "{n} 回 (組織全体で 5 分あたり 100 回まで)",
        "en": "{n} (of the 100 in five minutes that all of your organization has)",
    },
    "report.cost.time": {"ja": "所要時間", "en": "Time"},
    "report.cost.about": {"ja": "約 {duration}", "en": "about {duration}"},
    "report.cost.note": {
        "ja": "ほかの人の検索を優先しながら、裏で進めます。途中で取りやめることもできます。",
        "en": "It runs in the background and lets everybody's searches go first. You can cancel it at any time.",
    },
    "report.cost.summary": {"ja": "レポートの確認", "en": "A report to confirm"},
    "report.none.title": {"ja": "対象のメールがありません", "en": "There is no mail to report"},
    "report.none.what": {
        "ja": "この条件に合うメールは見つかりませんでした。期間や条件を変えてお試しください。",
        "en": "No mail meets these conditions. Try another time range or other conditions.",
    },
    "report.busy.title": {"ja": "レポートが多すぎます", "en": "Too many reports"},
    "report.busy.own": {
        "ja": "同時に作成できるレポートは 1 人 {n} 件までです。終わるのを待つか、どれかを取りやめてください。",
        "en": "One person can have {n} report at a time. Wait for it, or cancel it.|One person can have {n} reports at a time. Wait for one to end, or cancel one.",
    },
    "report.busy.all": {
        "ja": "ほかのレポートで混み合っています。しばらくしてからもう一度お試しください。",
        "en": "Too many reports are being written at the moment. Try again in a while.",
    },
    # Under way.
    "report.writing.title": {"ja": "レポートを作成しています", "en": "Writing the report"},
    "report.writing.rows": {"ja": "{n} 件まで書き込みました", "en": "{n} row so far|{n} rows so far"},
    "report.writing.of": {"ja": "{done} / {n} 件", "en": "{done} of {n} row|{done} of {n} rows"},
    "report.writing.left": {"ja": "残り約 {duration}", "en": "about {duration} left"},
    "report.writing.note": {
        "ja": "できあがったらこのチャットでお知らせします。待っている必要はありません。",
        "en": "You need not wait: a message comes here when it is ready.",
    },
    "report.writing.summary": {"ja": "レポートを作成しています", "en": "Writing the report"},
    "report.stop": {"ja": "取りやめる", "en": "Cancel"},
    "report.start": {"ja": "作成する", "en": "Start"},
    "report.resume": {"ja": "続きから作成する", "en": "Resume"},
    "report.stopped.title": {"ja": "レポートの作成を取りやめました", "en": "The report was cancelled"},
    "report.stopped.what": {
        "ja": "{n} 件まで書き込んであります。1 日以内なら続きから作成できます。",
        "en": "{n} row is written. You can resume it within a day.|{n} rows are written. You can resume it within a day.",
    },
    "report.stopped.nothing": {"ja": "まだ何も作成していません。", "en": "Nothing was written yet."},
    "report.failed.title": {"ja": "レポートを作成できませんでした", "en": "The report could not be finished"},
    "report.failed.what": {
        "ja": "{n} 件まで書き込んであります。原因が解消したら、1 日以内なら続きから作成できます。",
        "en": "{n} row is written. Once the cause is gone, you can resume it within a day.|{n} rows are written. Once the cause is gone, you can resume it within a day.",
    },
    "report.changed.title": {"ja": "レポートを中止しました", "en": "The report was stopped"},
    "report.changed.what": {
        "ja": "作成を始めてからあなたの権限が変わったため、途中のファイルを破棄しました。必要であれば作り直してください。",
        "en": "What you may see has changed since it began, so the unfinished file was deleted. Ask for it again if you still need it.",
    },
    # Ready, and on its way.
    "report.ready.title": {"ja": "レポートができました", "en": "The report is ready"},
    "report.ready.what": {
        "ja": "次のメッセージで許可すると、あなたの OneDrive に保存されます。",
        "en": "Allow it in the next message, and it is saved in your OneDrive.",
    },
    "report.ready.kept": {
        "ja": "{time} ({offset}) まで保管し、その後削除します。",
        "en": "It is kept until {time} ({offset}), then deleted.",
    },
    "report.rows": {"ja": "件数", "en": "Rows"},
    "report.size": {"ja": "サイズ", "en": "Size"},
    "report.file": {"ja": "ファイル", "en": "File"},
    "report.offer": {"ja": "ファイルをもう一度受け取る", "en": "Offer the file again"},
    "report.consent.description": {
        "ja": "メッセージ追跡の{kind}。{n} 件。許可すると、あなたの OneDrive に保存されます。",
        "en": "{kind}, {n} row. If you allow it, it is saved in your OneDrive.|{kind}, {n} rows. If you allow it, it is saved in your OneDrive.",
    },
    "report.consent.summary": {
        "ja": "レポートができました。受け取りを許可してください",
        "en": "Your report is ready: allow it to be saved",
    },
    "report.saving.title": {"ja": "OneDrive に保存しています", "en": "Saving in your OneDrive"},
    "report.saving.what": {"ja": "終わるとここに表示されます。", "en": "It will be here in a moment."},
    "report.saved.title": {"ja": "OneDrive に保存しました", "en": "Saved in your OneDrive"},
    "report.saved.what": {
        "ja": "ファイルは次のメッセージから開けます。こちらに残っていた分は削除しました。",
        "en": "Open it from the next message. My own copy is deleted.",
    },
    "report.saved.summary": {"ja": "レポートを保存しました", "en": "Your report is saved"},
    "report.declined.title": {"ja": "ファイルは保存しませんでした", "en": "The file was not saved"},
    "report.declined.what": {
        "ja": "気が変わったら、下のボタンでもう一度受け取れます。",
        "en": "If you change your mind, ask for it again below.",
    },
    "report.unsaved.title": {
        "ja": "OneDrive に保存できませんでした",
        "en": "It could not be saved in your OneDrive",
    },
    "report.unsaved.what": {
        "ja": "ファイルはまだ保管してあります。下のボタンでもう一度お試しください。続く場合は、OneDrive の空き容量と利用可否をご確認ください。",
        "en": "The file is still here: try again below. If it goes on, check that your OneDrive works and has room.",
    },
    "report.gone.title": {"ja": "このファイルはもうありません", "en": "This file is not here any more"},
    "report.gone.what": {
        "ja": "受け取り済みか、期限切れか、あなたのものではありません。必要であれば、もう一度レポートを作成してください。",
        "en": "It was delivered, has expired, was offered anew, or is not yours. Ask for the report again if you need it.",
    },
    "report.reference": {"ja": "問い合わせ番号 {reference}", "en": "Reference {reference}"},
    "button.report": {"ja": "CSV ファイル", "en": "CSV file"},
}
