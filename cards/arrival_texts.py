"""What arrived, is on its way, or was taken back: the words of each."""

from cards.cause_parts import Causes, cause

ARRIVALS: Causes = {
    "delivered": cause(
        ("受信者のメールボックスに届いています", "In the recipient's mailbox"),
        (
            "受信者のメールボックスに届いています。その後の振り分け、削除、既読かどうかは、ここからは分かりません。",
            "It reached the recipient's mailbox. Whether it was moved, deleted or read after that cannot be seen from here.",
        ),
        (
            "メールボックスに配信されました。その後の受信トレイ ルール、削除、既読は追跡に残りません。",
            "Delivered to the mailbox. Inbox rules, later removal and reading are not traced.",
        ),
        (
            "見当たらない場合は、Outlook の検索、「その他」タブ、迷惑メール、削除済みアイテムを確認してください。",
            "If it cannot be found, use the search in Outlook, and look in Other, Junk Email and Deleted Items.",
        ),
        (
            "見当たらない場合は、受信トレイ ルール、自動転送、代理人のアクセスを確認してください。",
            "If the user cannot find it, check inbox rules, forwarding and delegates.",
        ),
    ),
    "delivered_junk": cause(
        ("迷惑メール フォルダーに入りました", "In the Junk Email folder"),
        (
            "迷惑メール フォルダーに届いています。その後に移動や削除をしたかどうかは、ここからは分かりません。",
            "It is in the Junk Email folder. Whether it was moved or deleted after that cannot be seen from here.",
        ),
        (
            "迷惑メールと判定され、迷惑メール フォルダーに配信されました。その後の移動や削除は追跡に残りません。",
            "It was judged spam and delivered to the Junk Email folder. What was done with it there is not traced.",
        ),
        (
            "迷惑メール フォルダーを開き、問題のないメールなら「迷惑メールではない」を選んでください。",
            "Open Junk Email, and choose “Not junk” if you want the message.",
        ),
        (
            "受信者に迷惑メール フォルダーを確認してもらってください。\n繰り返す場合は、誤検知として Microsoft に報告し、送信ドメインの SPF と DKIM を確認してください。",
            "Ask the recipient to look in Junk Email.\nIf it keeps happening, report a false positive to Microsoft and check SPF and DKIM of the sending domain.",
        ),
    ),
    "accepted_remote": cause(
        ("相手のメール サーバーが受け取りました", "Accepted by the remote mail server"),
        (
            "相手のメール サーバーが受け取りました。相手の受信トレイに入ったかどうかは、ここからは分かりません。",
            "The other side's mail server accepted it. Whether it is in the inbox there cannot be seen from here.",
        ),
        (
            "相手のメール サーバーが受け取りました。その後の振り分けや削除は、当社の追跡には残りません。",
            "The remote server accepted the message. What it did with it afterwards is not in our trace.",
        ),
        (
            "相手の方に、迷惑メール フォルダーも含めて確認してもらってください。",
            "Ask the other person to look for it, in the junk folder too.",
        ),
        (
            "相手の管理者に、メッセージ ID と時刻を伝えて確認を依頼してください。",
            "Give the other side's administrator the Message ID and the time.",
        ),
    ),
    "handed_on_premises": cause(
        ("社内の別のメール サーバーに引き渡しました", "Handed to our on-premises server"),
        (
            "社内の別のメール システムに引き渡されました。その先は、ここからは分かりません。",
            "It was handed to another mail system of ours. What happened there cannot be seen from here.",
        ),
        (
            "オンプレミスのサーバーに引き渡されました。その先はオンプレミス側のログに残ります。",
            "Handed to the on-premises server; what happened next is in that server's log.",
        ),
        (
            "届いていない場合は、ヘルプデスクに確認を依頼してください。",
            "If it did not arrive, ask the help desk to look further.",
        ),
        (
            "オンプレミス側のメッセージ追跡ログで、同じメッセージ ID を検索してください。",
            "Search the on-premises tracking log for the same Message ID.",
        ),
    ),
    "expanded": cause(
        ("配布グループのメンバーに展開されました", "Expanded to the members of a group"),
        (
            "グループのメンバー全員に 1 通ずつ送られました。各メンバーに届いたかどうかは、この行からは分かりません。",
            "It was sent on to each member of the group. Whether it reached each of them is not told in this row.",
        ),
        (
            "配布グループが展開されました。届いたかどうかは、メンバーごとの行で確認します。",
            "The distribution group was expanded; whether it arrived is told in each member's own row.",
        ),
        ("", ""),
        (
            "届かないメンバーがいる場合は、そのメンバーのアドレスで追跡してください。",
            "If a member misses it, trace that member's address.",
        ),
    ),
    "redirected": cause(
        ("別の宛先に転送されました", "Redirected to another recipient"),
        (
            "設定により、別の宛先に送られました。届いたかどうかは、この行からは分かりません。",
            "A setting sent it on to another recipient. Whether it arrived there is not told in this row.",
        ),
        (
            "別の宛先に解決または転送されました。届いたかどうかは、転送先の行で確認します。",
            "It was resolved or redirected to another recipient, whose own row tells whether it arrived.",
        ),
        (
            "心当たりがない場合は、ヘルプデスクに確認してください。",
            "If you did not expect this, ask the help desk.",
        ),
        (
            "同じメッセージ ID で追跡し、転送先の行を確認してください。",
            "Trace the same Message ID and look at the new recipient's row.",
        ),
    ),
    "recalled": cause(
        ("送信者が取り消しました", "Recalled by the sender"),
        ("送信者がこのメールを取り消しました。", "The sender recalled this message."),
        (
            "送信者がメールを取り消しました。取り消しの前に読まれたかどうかは追跡に残りません。",
            "The sender recalled the message. Whether it was read before that is not traced.",
        ),
        ("内容が必要な場合は、送信者に確認してください。", "If you need what it said, ask the sender."),
        ("", ""),
    ),
    "removed_later": cause(
        ("配信後に取り除かれました", "Removed after delivery"),
        (
            "いったん届きましたが、迷惑メールまたは危険なメールと後から分かったため、受信トレイから取り除かれました。",
            "It did arrive, but was later found to be junk or harmful and was taken out of the inbox.",
        ),
        (
            "配信後の再判定 (ゼロ時間自動消去、ZAP) により、検疫または迷惑メール フォルダーに移されました。移動の前に読まれたかどうかは追跡に残りません。",
            "Judged again after delivery (zero-hour auto purge, ZAP) and moved to quarantine or Junk Email. Whether it was read before that is not traced.",
        ),
        (
            "必要なメールであれば、迷惑メール フォルダーを確認し、なければヘルプデスクに連絡してください。\nリンクや添付ファイルを開いていた場合は、すぐにヘルプデスクに連絡してください。",
            "If you need it, look in Junk Email; if it is not there, contact the help desk.\nIf you opened a link or an attachment in it, contact the help desk at once.",
        ),
        (
            "検疫で判定の理由を確認し、安全と判断できる場合だけ解放してください。\n受信者がリンクや添付ファイルを開いていないか確認してください。",
            "Check the verdict in quarantine, and release it only when it is safe.\nFind out whether the recipient opened a link or an attachment.",
        ),
    ),
    "in_progress": cause(
        ("処理中です", "Still on its way"),
        (
            "まだ処理中です。しばらくしてからもう一度確認してください。",
            "It is still on its way. Look again in a little while.",
        ),
        (
            "配信の途中か、状態を取得しています。",
            "Delivery is under way, or its state is still being collected.",
        ),
        ("10 分ほどおいて「更新」を押してください。", "Tap Refresh in about ten minutes."),
        (
            "10 分ほどおいて「更新」を押してください。\n長引く場合は、サービス正常性を確認してください。",
            "Tap Refresh in about ten minutes.\nIf it takes much longer, check the service health.",
        ),
    ),
    "awaiting_approval": cause(
        ("承認を待っています", "Waiting for approval"),
        (
            "承認者の確認を待っています。承認されると届きます。",
            "Somebody has to approve it first. It is delivered once they do.",
        ),
        (
            "モデレーターの承認待ちです。承認または却下されるまで配信されません。",
            "It is held for a moderator; it is delivered when the moderator approves it.",
        ),
        (
            "急ぎの場合は、グループの所有者に承認を依頼してください。",
            "If it is urgent, ask the owner of the group to approve it.",
        ),
        (
            "グループまたはルールのモデレーターを確認し、承認を依頼してください。",
            "Find the moderators of the group or the rule, and ask one of them to decide.",
        ),
    ),
    "delayed": cause(
        ("遅れています (自動で再送中)", "Delayed, being retried"),
        (
            "まだ届いていません。自動で再送を続けていますので、送り直す必要はありません。",
            "It has not arrived yet. It is being retried automatically; there is no need to send it again.",
        ),
        (
            "一時的なエラーで遅れています。Exchange Online が再送を続けます (既定で 24 時間)。",
            "A temporary error is holding it up. Exchange Online keeps retrying, by default for 24 hours.",
        ),
        (
            "急ぎの場合は、電話など別の方法で相手に連絡してください。",
            "If it is urgent, reach the other person another way.",
        ),
        (
            "エラーの原文と相手のサーバーを確認してください。\n同じ宛先への遅延が続く場合は、相手の管理者に連絡してください。",
            "Read the error and note the remote server.\nIf mail to that domain keeps waiting, tell its administrator.",
        ),
    ),
}
