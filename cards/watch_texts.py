"""Watches and their alerts, in words."""

from typing import Literal

WATCH_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "watch.button": {"ja": "監視する", "en": "Watch this"},
    "watch.begun": {"ja": "監視 {number} を始めました", "en": "Watch {number} has begun"},
    "watch.begun.note": {
        "ja": "これから新しく見つかったものだけを、ここにお知らせします。記録が遅れて届いても漏らしません。",
        "en": "I tell you here of what is new from now on, even where its record arrives late.",
    },
    "watch.list": {"ja": "監視の一覧", "en": "Your watches"},
    "watch.form.new": {"ja": "この検索を監視する", "en": "Watch this"},
    "watch.form.edit": {"ja": "監視 {number} を変更", "en": "Change watch {number}"},
    "watch.form.what": {"ja": "条件を変更する", "en": "Change what it looks for"},
    "watch.form.every": {"ja": "確認の間隔", "en": "Look every"},
    "watch.form.more_than": {"ja": "知らせる件数 (超)", "en": "More than (mails)"},
    "watch.form.more_than.example": {"ja": "空欄は 1 件から", "en": "empty: from the first on"},
    "watch.form.percent": {"ja": "割合 (%超)", "en": "More than (%)"},
    "watch.form.percent.example": {"ja": "例: 20", "en": "for example 20"},
    "watch.form.within": {"ja": "件数と割合を数える時間", "en": "Counted within"},
    "watch.form.percent.note": {
        "ja": "割合は、同じ宛先へのすべてのメールに対するものです。{least} 通に満たないときは計算しません。",
        "en": "The percentage is of all mail to the same destination, from {least} mails on.",
    },
    "watch.form.quiet_start": {"ja": "静かな時間の始まり", "en": "Quiet from"},
    "watch.form.quiet_end": {"ja": "静かな時間の終わり", "en": "Quiet until"},
    "watch.form.quiet.note": {
        "ja": "その間に見つかったものは、終わってからお知らせします。平日は月曜から金曜で、祝日は分かりません。"
        "時刻は {offset} ({zone}) です。",
        "en": "What is found meanwhile is told afterwards. Working days are Monday to Friday; public holidays are not "
        "known. Times are in {offset} ({zone}).",
    },
    "watch.form.days": {"ja": "知らせる曜日", "en": "Tell me on"},
    "watch.form.days.all": {"ja": "毎日", "en": "all days"},
    "watch.form.days.working": {
        "ja": "平日のみ",
        "en": "working days only",
    },
    "watch.form.mentions": {"ja": "メンションする相手", "en": "Mention"},
    "watch.form.mentions.note": {
        "ja": "ほかの方を加えるには「変更 {number} メンション @名前」のように入力してください。3 人までです。",
        "en": "To add others, type “edit {number} mention @name”. Three at most.",
    },
    "watch.form.begin": {"ja": "監視を始める", "en": "Begin watching"},
    "watch.form.save": {"ja": "変更を保存", "en": "Save"},
    "watch.form.back": {"ja": "やめる", "en": "Leave as it is"},
    "watch.edit": {"ja": "変更", "en": "Change"},
    "watch.edited": {
        "ja": "監視 {number} を変更しました。",
        "en": "Watch {number} has been changed.",
    },
    "watch.edited.other": {
        "ja": "監視 {number} の条件を変更しました。これから新しく見つかったものからお知らせします。",
        "en": "Watch {number} looks for other mail now, and tells of what is new from now on.",
    },
    "watch.one": {"ja": "監視 {number}", "en": "Watch {number}"},
    "watch.none": {
        "ja": "監視はまだありません。「監視 失敗 宛先 *@partner.com 15分ごと」のように入力するか、検索結果の「監視する」を押してください。",
        "en": "You have no watches yet. Type “watch failed to *@partner.com every 15m”, or tap “Watch this” under a result.",
    },
    "watch.tap": {
        "ja": "押すと、一時停止、変更、終了ができます。",
        "en": "Tap one to pause, change or stop it.",
    },
    "watch.open": {"ja": "この監視を開く", "en": "Open this watch"},
    "watch.every": {"ja": "{every}ごと", "en": "every {every}"},
    "watch.more_than": {
        "ja": "{within}に {n} 件を超えたら",
        "en": "once there is more than {n} within {within}|once there are more than {n} within {within}",
    },
    "watch.percent": {
        "ja": "{within}に同じ宛先への {n}\u00a0% を超えたら ({least} 通以上のとき)",
        "en": "once it is more than {n}\u00a0% of the mail to a destination within {within} (of {least} mails or more)",
    },
    "watch.both": {
        "ja": "{within}に {rows} 件を超え、かつ同じ宛先への {n}\u00a0% を超えたら ({least} 通以上のとき)",
        "en": "once there are more than {rows} within {within}, and more than {n}\u00a0% of the mail to their destination "
        "(of {least} mails or more)",
    },
    "watch.quiet_hours": {
        "ja": "静かな時間 {start}〜{end} ({offset})",
        "en": "quiet from {start} to {end} ({offset})",
    },
    "watch.working_days": {"ja": "平日のみ", "en": "working days only"},
    "watch.working_days.note": {
        "ja": "土日は、お知らせを月曜まで控えます。祝日は分からないため、平日として扱います。",
        "en": "On Saturdays and Sundays alerts wait until Monday. Public holidays are not known here.",
    },
    "watch.mentions": {"ja": "{names} にメンション", "en": "mentions {names}"},
    "watch.mentions.alone": {
        "ja": "1:1 チャットではすべてのお知らせがあなたに届くため、メンションは付けません。",
        "en": "In a 1:1 every alert reaches you anyway, so that it mentions nobody.",
    },
    "watch.place.personal": {"ja": "1:1 チャット", "en": "your 1:1 chat"},
    "watch.place.groupChat": {"ja": "グループ チャット", "en": "a group chat"},
    "watch.place.channel": {"ja": "チャネル", "en": "a channel"},
    "watch.place": {"ja": "お知らせ先: {place}", "en": "tells {place}"},
    "watch.quiet": {"ja": "異常なし", "en": "nothing new"},
    "watch.held": {
        "ja": "静かな時間です。{until} に {n} 件の問題をお知らせします",
        "en": "quiet now; {n} thing to tell at {until}|quiet now; {n} things to tell at {until}",
    },
    "watch.incomplete": {"ja": "一部を読み取れませんでした", "en": "Not everything could be read"},
    "watch.first_digest": {"ja": "最初のレポートは {when}", "en": "the first one comes {when}"},
    "watch.new": {"ja": "まもなく確認を始めます", "en": "about to look for the first time"},
    "watch.troubles": {"ja": "続いている問題 {n} 件", "en": "{n} trouble goes on|{n} troubles go on"},
    "watch.blind": {"ja": "{since} から確認できていません", "en": "cannot see since {since}"},
    "watch.last_run": {"ja": "前回の確認", "en": "Last look"},
    "watch.next_run": {"ja": "次回の確認", "en": "Next look"},
    "watch.cost": {"ja": "使った要求数", "en": "Requests"},
    "watch.cost.value": {
        "ja": "前回 {n} 回、合計 {total} 回",
        "en": "{n} last time, {total} in all|{n} last time, {total} in all",
    },
    "watch.fault": {"ja": "直近の問題", "en": "Last error"},
    "watch.pause": {"ja": "一時停止", "en": "Pause"},
    "watch.resume": {"ja": "再開", "en": "Resume"},
    "watch.hour": {"ja": "1 時間休止", "en": "Snooze an hour"},
    "watch.tomorrow": {"ja": "明日まで休止", "en": "Until tomorrow"},
    "watch.test": {"ja": "試す", "en": "Test now"},
    "watch.stop": {"ja": "監視を終了", "en": "Stop watching"},
    "watch.here": {"ja": "今後はここに知らせる", "en": "Tell me here instead"},
    "watch.moved": {
        "ja": "監視 {number} のお知らせは、今後この 1:1 チャットに届きます。",
        "en": "Watch {number} goes on, and speaks in this chat from now on.",
    },
    "watch.stopped": {"ja": "監視 {number} を終了しました。", "en": "Watch {number} has been stopped."},
    "watch.paused_now": {"ja": "監視 {number} を一時停止しました。", "en": "Watch {number} is paused."},
    "watch.resumed": {
        "ja": "監視 {number} を再開しました。止まっていた間の分も確認します。",
        "en": "Watch {number} goes on, and looks at the time it was paused too.",
    },
    "watch.snoozed": {
        "ja": "監視 {number} は {until} まで休止します。その間の分は、再開後にお知らせします。",
        "en": "Watch {number} sleeps until {until}, and then tells what came meanwhile.",
    },
    "watch.tested": {
        "ja": "監視 {number} のお知らせ先に、テストを送りました。今すぐ 1 回確認します。",
        "en": "A test was sent where watch {number} speaks, and it looks once now.",
    },
    "watch.test.sent": {
        "ja": "監視 {number} のお知らせ先に、テストを送りました。",
        "en": "A test was sent where watch {number} speaks.",
    },
    "watch.test.not_here": {
        "ja": "監視 {number} のお知らせ先は、今は承認されていません。",
        "en": "Where watch {number} speaks is not approved now.",
    },
    "watch.test.refused": {
        "ja": "監視 {number} のお知らせ先に送れませんでした。",
        "en": "Teams did not take the test of watch {number}.",
    },
    "watch.lost": {
        "ja": "読み取れない監視が {n} 件あり、停止しています。",
        "en": "{n} watch cannot be read and is paused.|{n} watches cannot be read and are paused.",
    },
    "watch.lost.delete": {"ja": "読み取れない監視を削除", "en": "Delete an unreadable watch"},
    "watch.lost.deleted": {
        "ja": "読み取れない監視を削除しました。",
        "en": "An unreadable watch was deleted.",
    },
    "watch.no_such": {"ja": "その番号の監視はありません。", "en": "There is no watch of that number."},
    "watch.nowhere": {
        "ja": "ここでは監視を始められません。1:1 チャットか、承認されたチャネルで入力してください。",
        "en": "A watch cannot begin here. Type it in your 1:1 chat with me, or in an approved channel.",
    },
    "watch.too_many": {
        "ja": "監視はお一人 {n} 件までです。どれかを終了してから、もう一度お試しください。",
        "en": "You can have at most {n} watch. Stop one first.|You can have at most {n} watches. Stop one first.",
    },
    "watch.busy": {
        "ja": "ここ、または全体の監視が上限に達しています。不要な監視を終了してください。",
        "en": "There are as many watches here, or in all, as there may be. Stop one that nobody needs.",
    },
    "watch.paused.by_you": {"ja": "一時停止中です", "en": "paused"},
    "watch.paused.left": {
        "ja": "所有者がディレクトリに見つからないため、停止しています。",
        "en": "It rests: its owner is no longer in the directory.",
    },
    "watch.paused.not_allowed": {
        "ja": "この内容を見る権限がなくなったため、停止しています。",
        "en": "It rests: you may no longer see what it looks for.",
    },
    "watch.paused.not_approved": {
        "ja": "お知らせ先が承認されていないため、停止しています。",
        "en": "It rests: where it speaks is not approved for results.",
    },
    "watch.paused.outsiders": {
        "ja": "お知らせ先に社外の方がいるため、停止しています。",
        "en": "It rests: somebody from outside is where it speaks.",
    },
    "watch.paused.place_gone": {
        "ja": "お知らせ先に届かなくなったため、停止しています (チャネルの削除、ボットの削除など)。",
        "en": "It rests: where it speaks cannot be reached any more (deleted, or without me).",
    },
    "alert.started": {"ja": "監視のお知らせ", "en": "New trouble"},
    "alert.grown": {"ja": "増え続けています", "en": "It has grown"},
    "alert.ended": {"ja": "収まりました", "en": "It is over"},
    "alert.line": {
        "ja": "{domain} 宛て {n} 件: {status}",
        "en": "{n} mail to {domain}: {status}|{n} mails to {domain}: {status}",
    },
    "alert.since": {
        "ja": "{first} から · データは {as_of} まで ({offset})",
        "en": "since {first} · data up to {as_of} ({offset})",
    },
    "alert.span": {
        "ja": "{first} から {last} まで · データは {as_of} まで ({offset})",
        "en": "from {first} to {last} · data up to {as_of} ({offset})",
    },
    "alert.part": {
        "ja": "{within}に {domain} 宛て {whole} 通のうち {n} 通 ({percent}\u00a0%)",
        "en": "{n} of {whole} mails to {domain} within {within} ({percent}\u00a0%)",
    },
    "alert.part.began": {
        "ja": "始まり: {within}に {whole} 通のうち {n} 通 ({percent}\u00a0%)",
        "en": "it began with {n} of {whole} mails within {within} ({percent}\u00a0%)",
    },
    "alert.held": {
        "ja": "{since} に見つかりましたが、静かな時間のためお知らせを控えていました",
        "en": "found at {since}, held until now for the quiet hours",
    },
    "alert.of": {"ja": "監視 {number} の条件", "en": "what watch {number} looks for"},
    "alert.more": {"ja": "ほか {n} 件", "en": "and {n} more"},
    "alert.rows": {"ja": "メールを見る", "en": "Show the mails"},
    "alert.acknowledge": {"ja": "対応します", "en": "I am on it"},
    "alert.taken": {"ja": "対応: {name} さん ({at})", "en": "Taken on by {name} ({at})"},
    "alert.again": {
        "ja": "送信中に中断があったため、同じお知らせが二度届いている場合があります。",
        "en": "I was interrupted while sending this; you may have it twice.",
    },
    "alert.blind": {"ja": "監視 {number} は確認できていません", "en": "Watch {number} cannot see"},
    "alert.blind.note": {
        "ja": "{since} から Exchange Online の記録を読めていません。読めるようになったら、その間の分もお知らせします。",
        "en": "I have not been able to read all traces since {since}. Once I can, I tell what came meanwhile.",
    },
    "alert.seeing": {"ja": "監視 {number} は再び確認できています", "en": "Watch {number} sees again"},
    "alert.seeing.note": {
        "ja": "{since} から読めていなかった分も確認しました。",
        "en": "What came since {since} has been looked at too.",
    },
    "alert.stranded": {"ja": "監視 {number} を止めました", "en": "Watch {number} rests"},
    "alert.stranded.todo": {
        "ja": "元の場所で続けるには、そこで使えるようにしてから監視を開いて再開してください。この 1:1 チャットで続けることもできます。",
        "en": "To go on there, put that right, then open the watch and resume it. Or have it speak here, in our 1:1 chat.",
    },
    "alert.test": {"ja": "監視 {number} のテスト", "en": "A test of watch {number}"},
    "alert.test.note": {
        "ja": "お知らせはここに届きます。",
        "en": "Its alerts arrive here.",
    },
    "expected.every": {
        "ja": "間隔は 5 分から 24 時間です。例: 15分ごと",
        "en": "It can look every 5 minutes to every 24 hours: every 15m.",
    },
    "expected.watch_number": {
        "ja": "監視の番号を入れてください。番号は「監視一覧」で分かります。",
        "en": "The number of a watch belongs here; “watches” shows them.",
    },
    "expected.watch_period": {
        "ja": "監視では「期間 1日」のように、今までの長さを指定してください。",
        "en": "A watch looks back from now: last 1d. Days that are past bring nothing new.",
    },
    "expected.threshold": {
        "ja": "件数は「10件超」、割合は「20%超」(99 % まで) のように指定してください。",
        "en": "How many? For example: more than 10 in 15m, or more than 20 % (99 at most).",
    },
    "expected.form_rows": {
        "ja": "10,000 までの整数を入れてください。",
        "en": "A whole number belongs here, 10,000 at most.",
    },
    "expected.form_percent": {
        "ja": "1 から 99 までの整数を入れてください。",
        "en": "A whole number from 1 to 99 belongs here.",
    },
    "expected.form_hours": {
        "ja": "始まりと終わりの両方を、異なる時刻で入れてください。",
        "en": "Both times are needed, and they differ.",
    },
    "expected.quiet": {
        "ja": "「静かな時間 22時〜7時」または「静かな時間 なし」のように入力してください。",
        "en": "From when to when? For example: quiet 22:00-7:00, or quiet off.",
    },
    "expected.mention": {
        "ja": "「自分」か、@ に続けて Teams の一覧から選んだ方を 3 人まで指定してください。",
        "en": "Say me, or type @ and pick people from the list that Teams shows: three at most.",
    },
    "expected.within": {
        "ja": "「1時間」のように、48 時間までの長さを指定してください。",
        "en": "Within how long? For example 1h; 48 hours at most.",
    },
    "expected.percent_of": {
        "ja": "何の割合かを、「失敗」のような状態で指定してください。",
        "en": "Of what is it a part? Name a state: failed.",
    },
    "help.watch": {
        "ja": "新しい失敗を 15 分ごとに確認して知らせる",
        "en": "look for new failures every 15 minutes, and tell me",
    },
    "help.more_than": {
        "ja": "15 分に 10 件を超えたときだけ知らせる",
        "en": "tell me once there are more than 10 in 15 minutes",
    },
    "help.percent": {
        "ja": "宛先ごとに、1 時間のメールの 20 % を超えて失敗したときだけ知らせる",
        "en": "tell me once more than a fifth of an hour's mail to a destination fails",
    },
    "help.quiet": {
        "ja": "夜間と土日に見つかったものは、朝にまとめて知らせる",
        "en": "tell me in the morning of what is found at night, and on weekends",
    },
    "help.mention_me": {
        "ja": "チャネルで、始まったときと急増したときに自分にもメンションする",
        "en": "in a channel, mention me when it starts and when it grows",
    },
    "help.watches": {"ja": "監視の一覧と状態", "en": "my watches, and how they go"},
    "help.unwatch": {"ja": "監視 3 を終了する", "en": "stop watch 3"},
    "help.edit": {
        "ja": "監視 3 を 30 分ごとに変える (「変更 3」だけでフォーム)",
        "en": "have watch 3 look every 30 minutes; “edit 3” alone opens its form",
    },
    "help.pause": {"ja": "監視 3 を一時停止する", "en": "pause watch 3"},
    "help.resume": {"ja": "監視 3 を再開する", "en": "let watch 3 go on"},
    "help.snooze": {"ja": "監視 3 を明日の朝まで休ませる", "en": "let watch 3 sleep until tomorrow morning"},
    "help.test": {"ja": "監視 3 のお知らせが届くか試す", "en": "see whether the alerts of watch 3 arrive"},
}
