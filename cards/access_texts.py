"""Who may see what, and why not: Japanese beside English."""

from typing import Literal

ACCESS_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "status.unchecked": {"ja": "未確認", "en": "Not checked yet"},
    "status.withheld": {"ja": "表示対象外", "en": "Not shown"},
    "results.untold": {"ja": "タップで結果を表示", "en": "tap to see the recipients"},
    "results.withheld_row": {"ja": "宛先は表示できません", "en": "recipients can’t be shown"},
    "results.complete_own": {
        "ja": "この期間のすべてのメール (送信分は、確認できた宛先のみ)",
        "en": "All messages in this time range; for those you sent, confirmed recipients only",
    },
    "results.shortened": {
        "ja": "ご自身のメールは過去 {duration}まで検索できます。期間をそれに合わせて短くしました。",
        "en": "Your own mail can be traced back {duration}, so the time range was shortened.",
    },
    "shortfall.recipients": {
        "ja": "送信したメールの宛先は、少しずつ確認します。「続きを読む」で次の宛先を確認します。",
        "en": "Recipients of messages you sent are checked a few at a time. “Continue” checks the next ones.",
    },
    "shortfall.unchecked_rows": {
        "ja": "送信したメールのうち {n} 件は、結果をまだ確認していません。失敗している可能性もあります。「続きを読む」か行のタップで確認します。",
        "en": "The result of {n} message you sent is not checked yet: it may have failed. “Continue”, or a tap on its row, checks it.|The results of {n} messages you sent are not checked yet: some may have failed. “Continue”, or a tap on a row, checks them.",
    },
    "withheld.title": {"ja": "このメールの宛先は表示できません", "en": "The recipients can’t be shown"},
    "withheld.what": {
        "ja": "このメールは送信されています。あなたが指定した宛先であることを Exchange Online の記録から確認できなかったため、結果は表示していません。詳しくはヘルプデスクにお問い合わせください。",
        "en": "You sent this message. Exchange Online’s events do not confirm that you addressed its recipients yourself, so their results are not shown. The help desk can look them up.",
    },
    "results.narrowed": {
        "ja": "あなたが送信または受信したメールだけを表示しています。送信したメールの受信者は、あなたが宛先に指定したと確認できたものに限ります。",
        "en": "Only mail that you sent or were sent is shown, and of mail you sent only recipients known to be addressed by you.",
    },
    "results.withheld": {
        "ja": "保護対象の方のメール {n} 件は表示していません。見る必要があるときは、条件に「チケット 番号」を付けてください。",
        "en": "{n} message of protected people is withheld. If you need it, add “ticket” and its number.|{n} messages of protected people are withheld. If you need them, add “ticket” and its number.",
    },
    "refused.too_old": {
        "ja": "その期間のメールは、ご自身のものでもここでは確認できません。ヘルプデスクにお問い合わせください。",
        "en": "Your own mail does not go back that far here. Please ask the help desk.",
    },
    "refused.auditors_only": {
        "ja": "利用記録を見られるのは監査担当者だけです。",
        "en": "Only auditors can read the record.",
    },
    "refused.no_mail": {
        "ja": "監査担当者は利用記録だけを確認できます。メールの追跡はできません。",
        "en": "Auditors can read the record, but no mail.",
    },
    "refused.ticket": {
        "ja": "保護対象の方のメールです。条件に「チケット 番号」を付けて、もう一度検索してください。",
        "en": "This is mail of protected people. Search again with “ticket” and its number.",
    },
    "refused.unseen": {
        "ja": "IP アドレスやルールで検索できるのはヘルプデスクだけです。この条件を外してください。",
        "en": "Only the help desk can search by IP address or rule. Please remove that condition.",
    },
    "unseen.title": {
        "ja": "この条件では検索できません",
        "en": "You can't search by this condition",
    },
    "unseen.why": {
        "ja": "検索結果に表示されない項目は条件にできません。使えるのはヘルプデスクだけです: {fields}",
        "en": "Your results don't show this, so only the help desk can search by it: {fields}.",
    },
    "unseen.kept": {"ja": "ほかの条件はそのままです。", "en": "Your other conditions are kept."},
    "unseen.from_ips": {"ja": "元のクライアント IP アドレス", "en": "original client IP address"},
    "unseen.rule": {"ja": "メール フロー ルールの名前", "en": "name of a mail flow rule"},
    "unseen.client_ip": {"ja": "イベント内のクライアント IP アドレス", "en": "client IP address in events"},
    "button.without": {"ja": "この条件なしで検索", "en": "Search without it"},
    "refused.bad_ticket": {
        "ja": "チケットの番号が正しくありません。",
        "en": "That is not a ticket number.",
    },
    "ticket.wrong": {
        "ja": "「{ticket}」はチケットの番号ではありません。",
        "en": "“{ticket}” is not a ticket number.",
    },
    "ticket.plain": {
        "ja": "4 文字以上で、数字を含む番号が必要です。例: INC123",
        "en": "It needs at least 4 characters, one of them a digit, such as INC123.",
    },
    "ticket.pattern": {
        "ja": "番号は次の形式で指定します: {pattern}",
        "en": "Ticket numbers here have this format: {pattern}",
    },
    "ticket.kept": {
        "ja": "ほかの条件はそのままです。「条件を変更」で番号を直してください。",
        "en": "Your other conditions are kept: correct the number under “Change conditions”.",
    },
    "refused.not_a_place": {
        "ja": "これはチャネルまたはグループ チャットで使うコマンドです。そこで私をメンションして入力してください。",
        "en": "This is for channels and group chats: mention me there and type it.",
    },
    "expected.ticket": {
        "ja": "ここにはチケットの番号が必要です。例: INC123",
        "en": "A ticket's number belongs here, such as INC123.",
    },
    "help.approve": {
        "ja": "チャネルやグループ チャットで: 結果をここに表示してよいことにする",
        "en": "In a channel or group chat: results may show here",
    },
    "help.approve_details": {
        "ja": "同じく: 監視のお知らせに差出人・宛先・件名も表示してよいことにする",
        "en": "The same, and alerts may hold sender, recipient and subject",
    },
    "help.revoke": {
        "ja": "チャネルやグループ チャットで: 結果をここに表示しないことにする",
        "en": "In a channel or group chat: results no longer show here",
    },
    "help.audit_lead": {
        "ja": "このボットがだれに何を見せたかを確認できます。メールそのものは追跡できません。",
        "en": "See what this bot showed to whom. Mail itself is not yours to trace.",
    },
    "help.audit_all": {"ja": "この 7 日間の利用記録", "en": "Everything of the past seven days"},
    "help.audit_ticket": {"ja": "あるチケットのために見られたもの", "en": "What was looked at for a ticket"},
    "help.audit": {"ja": "だれが何を調べたか", "en": "Who looked at what"},
    "expected.audit": {
        "ja": "ここには期間、「実行者 名前」または「チケット 番号」が入ります。",
        "en": "A time range, “by” and a name, or “ticket” and its number belong here.",
    },
    "expected.by": {"ja": "ここには名前が必要です。", "en": "A name belongs here."},
    "refused.outsiders": {
        "ja": "この場所にはゲストまたは社外の方がいるか、メンバーを確認できないため、結果を表示できません。",
        "en": "Guests or people from outside are here, or nobody can tell: results cannot show here.",
    },
    "place.approved": {
        "ja": "この場所に検索結果を表示できるようになりました（承認: {name}）。",
        "en": "Results may show here from now on (approved by {name}).",
    },
    "place.approved.note": {
        "ja": "ヘルプデスクがここで検索すると、差出人・宛先・件名を含む結果が、あとから参加する方も含めて、ここにいる全員に表示されます。ゲストや社外の方がいる間は表示されません。自分のメールとチケット付きの検索は、これまでどおり本人だけに届きます。取り消すには「承認取消」と入力してください。",
        "en": "Everyone here, including people who join later, will see what the help desk searches for in this place: sender, recipient and subject. Nothing is shown while guests or people from outside are here. Employees' own mail and ticket searches still go only to the person who asked. Type “revoke” to take it back.",
    },
    "place.details": {
        "ja": "この場所の監視のお知らせに、メールの差出人・宛先・件名も表示します（承認: {name}）。",
        "en": "Alerts here hold sender, recipient and subject from now on (approved by {name}).",
    },
    "place.details.note": {
        "ja": "あとから参加する方も含めて、ここにいる全員に表示されます。ヘルプデスクの検索結果も同じです。ゲストや社外の方がいる間は表示されません。詳細だけを取り消すには「承認取消 詳細」、すべて取り消すには「承認取消」と入力してください。",
        "en": "Everyone here, including people who join later, will see them, and what the help desk searches for here too. Nothing is shown while guests or people from outside are here. Type “revoke details” to take the details back, “revoke” for all of it.",
    },
    "place.details_revoked": {
        "ja": "この場所の監視のお知らせには、件数と宛先のドメインだけを表示します（取り消し: {name}）。",
        "en": "Alerts here hold numbers and domains alone again (revoked by {name}).",
    },
    "place.no_details": {
        "ja": "{name} さん、この場所では詳細の表示は承認されていません。",
        "en": "{name}, details were not approved for this place.",
    },
    "place.revoked": {
        "ja": "この場所には検索結果を表示しません（取り消し: {name}）。",
        "en": "Results no longer show here (revoked by {name}).",
    },
    "place.not_approved": {
        "ja": "{name} さん、この場所はもともと承認されていません。",
        "en": "{name}, this place was not approved.",
    },
    "place.configured": {
        "ja": "{name} さん、この場所は設定 (TRACE_APPROVED_PLACES、TRACE_DETAILED_PLACES) で承認されているため、ここでは取り消せません。",
        "en": "{name}, this place is approved in the settings (TRACE_APPROVED_PLACES, TRACE_DETAILED_PLACES) and cannot be revoked from here.",
    },
    "place.already_configured": {
        "ja": "{name} さん、この場所は設定 (TRACE_APPROVED_PLACES、TRACE_DETAILED_PLACES) ですでに承認されています。取り消しも設定で行います。",
        "en": "{name}, this place is already approved in the settings (TRACE_APPROVED_PLACES, TRACE_DETAILED_PLACES), and can be revoked only there.",
    },
    "place.full": {
        "ja": "{name} さん、承認できる場所の上限に達しているため、この場所は承認されていません。使っていない場所で「承認取消」と入力してください。",
        "en": "{name}, this place was not approved: the limit of approved places is reached. Type “revoke” in a place that is no longer needed.",
    },
    "place.outsiders": {
        "ja": "{name} さん、ゲストまたは社外の方がいるか、メンバーを確認できないため、この場所は承認できません。",
        "en": "{name}, guests or people from outside are here, or nobody can tell: this place cannot be approved.",
    },
    "place.summary": {"ja": "この場所の設定", "en": "About this place"},
    "results.share": {"ja": "チャネルに共有", "en": "Share to a channel"},
    "shared.title": {"ja": "共有された追跡結果", "en": "A trace that was shared"},
    "shared.by": {
        "ja": "{name} さんが共有しました。件名と個人名は伏せています。",
        "en": "Shared by {name}. Subjects and names are masked.",
    },
    "shared.summary": {
        "ja": "追跡結果の共有: {n} 件",
        "en": "A shared trace: {n} message|A shared trace: {n} messages",
    },
    "shared.confirm": {"ja": "チャネルに共有しますか", "en": "Share this to a channel?"},
    "shared.what": {
        "ja": "そこにいる全員に、次の内容が表示されます。",
        "en": "Everybody there will see this:",
    },
    "shared.nowhere": {
        "ja": "共有できる場所がありません。ヘルプデスクがチャネルで「承認」と入力すると、あなたが参加しているそのチャネルに共有できます。",
        "en": "There is nowhere to share to. Once the help desk types “approve” in a channel, you can share to it if you are a member.",
    },
    "shared.here": {"ja": "{name} に共有", "en": "Share to {name}"},
    "shared.done": {"ja": "{name} に共有しました。", "en": "Shared to {name}."},
    "notice.later": {
        "ja": "時間がかかっています。結果は、できしだい、あなただけにお送りします。",
        "en": "This takes a little longer. The answer will come to you alone as soon as it is there.",
    },
    "notice.aside": {
        "ja": "質問した方だけに見えるメッセージでお答えしました。",
        "en": "I answered in a message that only the asker can see.",
    },
    "notice.too_many": {
        "ja": "1 分間に受け付ける操作の上限 ({n} 件) を超えたため、処理していません。{at} ({wait}後) から、もう一度お試しください。",
        "en": "That was not processed: {n} a minute is the limit. Please try again at {at} (in {wait}).",
    },
    "notice.install": {
        "ja": "1:1 チャットに送れませんでした。先にこのアプリを追加してから、もう一度お試しください: {link}",
        "en": "I could not write to you in private. Add this app first, then ask again: {link}",
    },
    "audit.title": {"ja": "利用記録", "en": "Record of use"},
    "audit.count": {"ja": "{n} 件", "en": "{n} entry|{n} entries"},
    "audit.summary": {"ja": "利用記録: {n} 件", "en": "Record of use: {n} entry|Record of use: {n} entries"},
    "audit.nothing": {"ja": "該当する記録はありません。", "en": "The record has nothing of that."},
    "audit.newer": {"ja": "新しい記録", "en": "Newer"},
    "audit.older": {"ja": "前の記録", "en": "Older"},
    "audit.rows": {"ja": "{n} 行", "en": "{n} row|{n} rows"},
    "audit.requests": {"ja": "問い合わせ {n} 回", "en": "{n} request|{n} requests"},
    "audit.in_place": {"ja": "チャネル・グループから", "en": "from a channel or group"},
    "audit.kind.trace": {"ja": "追跡", "en": "Trace"},
    "audit.kind.detail": {"ja": "詳細", "en": "Detail"},
    "audit.kind.report": {"ja": "レポート", "en": "Report"},
    "audit.kind.file": {"ja": "ファイル", "en": "File"},
    "audit.kind.watch": {"ja": "監視", "en": "Watch"},
    "audit.kind.share": {"ja": "共有", "en": "Share"},
    "audit.kind.refusal": {"ja": "拒否", "en": "Refused"},
    "audit.kind.approval": {"ja": "場所の承認", "en": "Place approved"},
    "audit.kind.revocation": {"ja": "承認の取り消し", "en": "Place revoked"},
    "audit.kind.audit": {"ja": "監査", "en": "Audit"},
    "audit.kind.doctor": {"ja": "診断", "en": "Doctor"},
    "condition.ticket": {"ja": "チケット", "en": "Ticket"},
}
