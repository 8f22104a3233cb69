"""Texts for what Exchange handles by itself as configured, without a failure."""

from cards.cause_parts import Causes, cause

BY_DESIGN: Causes = {
    "forwarded_without_copy": cause(
        ("転送されました (コピーは残りません)", "Forwarded, no copy kept"),
        (
            "設定された転送先に送られました。この宛先のメールボックスにコピーは残りません。失われてはいません。",
            "It was sent on to the forwarding address. No copy stays in this mailbox; nothing is lost.",
        ),
        (
            "転送の設定により、コピーを残さずに転送先へ送られました。配信の失敗ではありません。",
            "Forwarding is set up without keeping a copy, so only the forwarding address got it. Nothing failed.",
        ),
        (
            "転送先のメールボックスを確認してください。転送に心当たりがない場合は、ヘルプデスクに連絡してください。",
            "Look in the mailbox it is forwarded to. If you did not set that up, contact the help desk.",
        ),
        (
            "転送先の行で、届いたかどうかを確認してください。\nコピーも必要なら、メールボックスの転送設定で「コピーを残す」を有効にしてください。",
            "Check the row of the forwarding address to see whether it arrived.\nIf a copy is wanted, turn on “keep a copy” in the mailbox's forwarding.",
        ),
    ),
    "auto_forward_stopped": cause(
        ("社外への自動転送は止められました", "Automatic forwarding to the outside was stopped"),
        (
            "社外への自動転送は許可されていないため、転送されませんでした。元のメールは届いています。",
            "Automatic forwarding to the outside is not allowed, so no copy left. The original message is not affected.",
        ),
        (
            "リモート ドメインの設定により、自動転送されたメールは社外へ送られませんでした。",
            "The remote domain's settings do not let automatically forwarded messages out.",
        ),
        (
            "自動転送の設定を外してください。業務上必要な場合は、ヘルプデスクに相談してください。",
            "Turn the forwarding off. If you need it for work, talk to the help desk.",
        ),
        (
            "必要な転送だけを、リモート ドメインと送信スパム フィルター ポリシーで許可してください。\n本人に覚えのない転送なら、アカウントの侵害を疑ってください。",
            "Allow only the forwarding that is needed, in the remote domain and the outbound spam filter policy.\nIf the user did not set it up, suspect a compromised account.",
        ),
    ),
    "auto_reply_suppressed": cause(
        ("自動応答は送られませんでした (正常)", "The automatic reply was not sent (normal)"),
        (
            "不在通知などの自動応答です。設定により、この相手には送られません。",
            "This is an automatic reply, such as an out-of-office notice. The settings keep it from being sent to this recipient.",
        ),
        (
            "自動応答には社内用と社外用があり、相手に合わない方は Exchange Online が破棄します。エラーではありません。",
            "Automatic replies come in one form for inside and one for outside; Exchange Online drops the one that does not apply. This is no error.",
        ),
        ("", ""),
        (
            "社外にも送りたい場合は、本人の自動応答の設定と、リモート ドメインの設定を確認してください。",
            "If outsiders should get it, check the user's automatic replies and the remote domain's settings.",
        ),
    ),
    "notice_suppressed": cause(
        ("この種類のメッセージは送られません (正常)", "This kind of message is not sent (normal)"),
        (
            "配信の通知など、システムのメッセージです。設定により送られません。",
            "This is a system message, such as a delivery notice. The settings keep it from being sent.",
        ),
        (
            "開封・配信の通知などの種類は、設定によりこの宛先へ送られません。Exchange Online が処理を終えました。",
            "The settings keep notices of this kind from being sent to this recipient. Exchange Online is done with it.",
        ),
        ("", ""),
        (
            "送る必要がある場合は、リモート ドメインまたはグループの設定を確認してください。",
            "If it should be sent, check the remote domain's or the group's settings.",
        ),
    ),
    "handled": cause(
        ("Exchange Online が処理を終えました", "Dealt with by Exchange Online"),
        (
            "メール システムが設定どおりに処理を終えました。失敗ではありません。",
            "The mail system dealt with it as it is set up. Nothing failed.",
        ),
        (
            "Exchange Online が成功のコード (2.1.x) で処理を終えました。理由はエラーの原文にあります。",
            "Exchange Online finished it with a success code (2.1.x). The original text says why.",
        ),
        ("", ""),
        (
            "宛先に届くはずのメールなら、原文の語で Microsoft の資料を検索してください。",
            "If it should have arrived, look for the words of the original text in Microsoft's documents.",
        ),
    ),
    "duplicate": cause(
        ("重複していたため 1 通にまとめられました", "A duplicate, merged into one copy"),
        (
            "同じ宛先が重複していたため、1 通だけが届けられます。",
            "The recipient was named more than once; one copy is delivered.",
        ),
        (
            "宛先が重複していたため、この分は破棄されました。もう 1 通の行に結果があります。",
            "The recipient was already among those addressed, so this copy was dropped. The other copy's row has the result.",
        ),
        ("", ""),
        (
            "同じメッセージ ID で追跡し、もう 1 通の結果を確認してください。",
            "Trace the same Message ID and look at the result of the other copy.",
        ),
    ),
    "discarded_by_limit": cause(
        ("グループの制限により破棄されました", "Discarded by a group's limits"),
        (
            "グループの制限により、この宛先には送られませんでした。",
            "Because of a group's limits it was not sent to this recipient.",
        ),
        (
            "配布グループの制限 (サイズまたは宛先数) を満たさないため、この宛先の分が破棄されました。",
            "The distribution group's limits (size or number of recipients) were not met, so this recipient's copy was discarded.",
        ),
        (
            "少人数に分けて送るか、ヘルプデスクに相談してください。",
            "Send it to fewer people at a time, or talk to the help desk.",
        ),
        (
            "グループのサイズ上限と、展開後の宛先数を確認してください。",
            "Check the group's size limit and how many recipients it expands to.",
        ),
    ),
}
