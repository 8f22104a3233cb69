"""Who may see what, and why not: Japanese beside English."""

from typing import Literal

ACCESS_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "status.sent": {"ja": "送信済み", "en": "Sent"},
    "results.untold": {"ja": "宛先はタップで確認", "en": "tap to see the recipients"},
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
    "refused.not_a_place": {
        "ja": "これはチャネルまたはグループ チャットで使うコマンドです。そこで私をメンションして入力してください。",
        "en": "This is for channels and group chats: mention me there and type it.",
    },
    "expected.ticket": {
        "ja": "ここにはチケットの番号が必要です。例: INC123",
        "en": "A ticket's number belongs here, such as INC123.",
    },
    "condition.ticket": {"ja": "チケット", "en": "Ticket"},
}
