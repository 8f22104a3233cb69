"""What a rule, a policy or a filter held back: the words of each."""

from cards.cause_parts import Causes, cause

POLICIES: Causes = {
    "blocked_dlp": cause(
        ("データ損失防止 (DLP) により止められました", "Blocked by data loss prevention (DLP)"),
        (
            "機密情報が含まれている可能性があるため、会社の規則により止められました。",
            "It may contain sensitive information, so company policy stopped it.",
        ),
        ("DLP ポリシーのルールが送信を止めました。", "A rule of a DLP policy stopped the message."),
        (
            "個人情報や機密情報が含まれていないか確認し、取り除いて送り直してください。\n業務上必要な場合は、ヘルプデスクに相談してください。",
            "Check it for personal or confidential data, remove that, and send it again.\nIf it has to be sent as it is, talk to the help desk.",
        ),
        (
            "ルール名を控え、DLP アラートで一致した内容を確認してください。\n業務上必要なら、例外または上書きの可否をポリシーの担当者に確認してください。",
            "Note the rule, and look up what matched in the DLP alerts.\nIf the business needs it, ask the policy's owner for an exception or an override.",
        ),
    ),
    "blocked_rule": cause(
        ("メール フロー ルールにより拒否されました", "Rejected by a mail flow rule"),
        (
            "組織のメールの規則により、配信されませんでした。",
            "A mail rule of the organization did not let it through.",
        ),
        (
            "メール フロー ルール (トランスポート ルール) がメッセージを拒否しました。",
            "A mail flow rule (transport rule) rejected the message.",
        ),
        (
            "送信した方は、内容や添付ファイルを見直してください。\n必要なメールの場合は、ヘルプデスクに相談してください。",
            "If you sent it, review the content and the attachments.\nIf it is needed, talk to the help desk.",
        ),
        (
            "該当ルールの条件を確認してください。\n意図しない一致なら、条件を直すか例外を追加してください。",
            "Look at the rule's conditions.\nIf it should not have matched, correct them or add an exception.",
        ),
    ),
    "deleted_by_rule": cause(
        ("メール フロー ルールにより削除されました", "Deleted by a mail flow rule"),
        (
            "組織のメールの規則により、配信されずに削除されました。送信者に通知は出ていません。",
            "A mail rule of the organization deleted it before delivery. The sender was not told.",
        ),
        (
            "メール フロー ルールが、通知 (NDR) を出さずにメッセージを削除しました。元には戻せません。",
            "A mail flow rule deleted the message without a notice (NDR). It cannot be restored.",
        ),
        (
            "必要なメールだった場合は、ヘルプデスクに連絡してから送り直しを依頼してください。",
            "If you needed it, contact the help desk first, then ask for it to be sent again.",
        ),
        (
            "該当ルールの条件を確認し、意図しない一致なら例外を追加してください。\nその後、送信者に送り直しを依頼してください。",
            "Look at the rule's conditions, and add an exception if it should not have matched.\nThen ask the sender to send it again.",
        ),
    ),
    "quarantined_by_rule": cause(
        ("メール フロー ルールにより検疫されました", "Quarantined by a mail flow rule"),
        (
            "組織のメールの規則により、隔離されています。受信トレイには届いていません。",
            "A mail rule of the organization is holding it back. It is not in the inbox.",
        ),
        (
            "メール フロー ルールがメッセージを検疫に送りました。",
            "A mail flow rule sent the message to quarantine.",
        ),
        (
            "必要なメールであれば、ヘルプデスクに解放を依頼してください。",
            "If you need it, ask the help desk to release it.",
        ),
        (
            "検疫で内容を確認し、問題がなければ解放してください。\n意図しない一致なら、ルールの条件を見直してください。",
            "Check the message in quarantine, and release it if it is harmless.\nIf the rule should not have matched, review its conditions.",
        ),
    ),
    "blocked_tenant_list": cause(
        ("テナントの許可/禁止リストにより止められました", "Blocked by the Tenant Allow/Block List"),
        (
            "会社の禁止リストに載っているため、止められました。",
            "It is on the company's block list, so it was stopped.",
        ),
        (
            "テナントの許可/禁止リストの禁止エントリに一致しました。",
            "It matched a block entry of the Tenant Allow/Block List.",
        ),
        ("必要な場合は、ヘルプデスクに相談してください。", "If you need it, talk to the help desk."),
        (
            "送信者、ドメイン、URL、ファイルのどのエントリに一致したか確認してください。\n不要なエントリであれば削除してください。",
            "Find the entry that matched: sender, domain, URL or file.\nRemove it if it is no longer wanted.",
        ),
    ),
    "blocked_policy": cause(
        ("許可されていないため拒否されました", "Refused: not permitted"),
        ("許可されていない送信として、配信されませんでした。", "It was refused as not permitted."),
        (
            "許可されていないため拒否されました。どのルールかはコードだけではわかりません。",
            "It was refused as not permitted. The code alone does not tell which rule.",
        ),
        ("必要な場合は、ヘルプデスクに相談してください。", "If it must be sent, talk to the help desk."),
        (
            "エラーの原文の続き (コードの後ろの文) を確認してください。\nメールを追跡すると、どの機能が止めたかが分かります。",
            "Read the rest of the error, behind the code.\nTrace the message to see what stopped it.",
        ),
    ),
    "malware": cause(
        ("マルウェアとして検出されました", "Detected as malware"),
        (
            "危険な添付ファイルまたはリンクが見つかったため、配信されませんでした。",
            "A harmful attachment or link was found in it, so it was not delivered.",
        ),
        (
            "マルウェア対策が検出し、検疫または削除しました。",
            "Anti-malware detected it and quarantined or removed it.",
        ),
        (
            "受け取った覚えのある相手なら、電話など別の方法で確認してください。\n同じファイルを別の経路で受け取っても、開かないでください。",
            "If you know the sender, check with them another way.\nDo not open the same file if it reaches you by another route.",
        ),
        (
            "検疫で脅威の名前を確認してください。\n誤検知と確認できた場合だけ、Microsoft に申請のうえ解放してください。",
            "Look up the threat in quarantine.\nRelease it only if it is a proven false positive, and report it to Microsoft.",
        ),
    ),
    "quarantined": cause(
        ("迷惑メールまたはフィッシングの疑い", "Suspected spam or phishing"),
        (
            "迷惑メールまたはフィッシングの疑いで隔離されています。受信トレイには届いていません。",
            "It is held back as suspected spam or phishing. It is not in the inbox.",
        ),
        (
            "迷惑メールまたはフィッシングと判定され、検疫されています。",
            "It was judged spam or phishing and is held in quarantine.",
        ),
        (
            "必要なメールであれば、検疫の通知から解放を依頼するか、ヘルプデスクに連絡してください。",
            "If you need it, request its release from the quarantine notice, or contact the help desk.",
        ),
        (
            "検疫で判定の理由を確認してください。\n安全と判断できる場合だけ解放し、誤検知として報告してください。",
            "Check the verdict in quarantine.\nRelease it only when it is safe, and report the false positive.",
        ),
    ),
    "forwarding_blocked": cause(
        ("社外への自動転送は許可されていません", "External forwarding is not allowed"),
        (
            "会社の規則により、社外への自動転送は止められます。元のメールは届いています。",
            "Company policy does not allow automatic forwarding to the outside. The original message is not affected.",
        ),
        (
            "送信スパム フィルター ポリシーが、外部への自動転送を止めました。",
            "The outbound spam filter policy does not allow automatic forwarding.",
        ),
        (
            "自動転送の設定を外してください。業務上必要な場合は、ヘルプデスクに相談してください。",
            "Turn the forwarding off. If you need it for work, talk to the help desk.",
        ),
        (
            "必要な転送だけを、送信スパム フィルター ポリシーで許可してください。\n本人に覚えのない転送なら、アカウントの侵害を疑ってください。",
            "Allow only the forwarding that is needed, in the outbound spam filter policy.\nIf the user did not set it up, suspect a compromised account.",
        ),
    ),
}
