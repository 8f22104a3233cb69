"""What became of a mail, in words: for each cause a name, a sentence and what to do next.

`employee` names no server and no setting; `helpdesk` may. Steps stand one a line; a cause that needs nothing
done has none.
"""

from typing import Literal

_Both = dict[Literal["ja", "en"], str]


def _cause(
    name: tuple[str, str],
    employee: tuple[str, str],
    helpdesk: tuple[str, str],
    ask: tuple[str, str] = ("", ""),
    steps: tuple[str, str] = ("", ""),
) -> dict[str, _Both]:
    parts = {"name": name, "employee": employee, "helpdesk": helpdesk, "ask": ask, "steps": steps}
    return {part: {"ja": ja, "en": en} for part, (ja, en) in parts.items()}


_CAUSES: dict[str, dict[str, _Both]] = {
    "delivered": _cause(
        ("受信者のメールボックスに配信されました", "In the recipient's mailbox"),
        (
            "受信者のメールボックスに入りました。受信者側の振り分けルールや既読かどうかは確認できません。",
            "It reached the recipient's mailbox. Inbox rules after that, and whether it was read, cannot be seen.",
        ),
        (
            "メールボックスに配信されました。その後の受信トレイ ルール、削除、既読は追跡ではわかりません。",
            "Delivered to the mailbox. Inbox rules, deletion and reading after that are not traced.",
        ),
        (
            "見当たらない場合は、検索、「その他」タブ、削除済みアイテムを確認してください。",
            "If it cannot be found, look with the search, in Other, and in Deleted Items.",
        ),
        (
            "見当たらない場合は、受信トレイ ルールと代理人のアクセスを確認してください。",
            "If the user cannot find it, check inbox rules and delegates.",
        ),
    ),
    "delivered_junk": _cause(
        ("迷惑メール フォルダーに入りました", "In the Junk Email folder"),
        (
            "迷惑メール フォルダーに配信されました。",
            "It was delivered to the Junk Email folder.",
        ),
        (
            "迷惑メールと判定され、迷惑メール フォルダーに配信されました。",
            "It was judged spam and delivered to the Junk Email folder.",
        ),
        (
            "迷惑メール フォルダーを開き、問題のないメールなら「迷惑メールではない」を選んでください。",
            "Open the Junk Email folder and mark it as not junk if it is wanted.",
        ),
        (
            "受信者に迷惑メール フォルダーを確認してもらってください。\n繰り返す場合は、誤検知として Microsoft に報告し、送信者の SPF と DKIM を確認してください。",
            "Ask the recipient to look in Junk Email.\nIf it goes on, report it to Microsoft as a false positive and check the sender's SPF and DKIM.",
        ),
    ),
    "accepted_remote": _cause(
        ("相手のメールサーバーが受け取りました", "The other side's mail server accepted it"),
        (
            "相手のメールサーバーが受け取りました。受信トレイに入ったかどうかは確認できません。",
            "The other side's mail server accepted it. Whether it is in the inbox there cannot be seen from here.",
        ),
        (
            "相手のメールサーバーが受け取りました。受信トレイに入ったかどうかは確認できません。",
            "The remote server accepted the message. What it did with it afterwards is not traced.",
        ),
        (
            "相手の方に、迷惑メール フォルダーも含めて確認してもらってください。",
            "Ask the other person to look, also in the junk folder.",
        ),
        (
            "相手の管理者に、メッセージ ID と時刻を伝えて確認を依頼してください。",
            "Give the other side's administrator the Message ID and the time.",
        ),
    ),
    "handed_on_premises": _cause(
        ("社内のメール サーバーに引き渡しました", "Handed to the on-premises server"),
        (
            "社内の別のメール システムに引き渡されました。その先は確認できません。",
            "It was handed to another mail system of ours. What happened there cannot be seen from here.",
        ),
        (
            "オンプレミスのサーバーに引き渡されました。その先はオンプレミス側のログで確認します。",
            "Handed to the on-premises server; what happened next is in that server's log.",
        ),
        ("必要ならヘルプデスクに確認を依頼してください。", "Ask the help desk if you need to know more."),
        (
            "オンプレミス側のメッセージ追跡ログで、同じメッセージ ID を検索してください。",
            "Search the on-premises tracking log for the same Message ID.",
        ),
    ),
    "expanded": _cause(
        ("配布グループのメンバーに展開されました", "Expanded to the members of a group"),
        (
            "グループのメンバー全員に 1 通ずつ送られました。",
            "It was sent on to each member of the group.",
        ),
        (
            "配布グループが展開されました。結果はメンバーごとの行にあります。",
            "The distribution group was expanded; each member has a row of their own.",
        ),
        ("", ""),
        (
            "届かないメンバーがいる場合は、そのメンバーのアドレスで追跡してください。",
            "If a member misses it, trace that member's address.",
        ),
    ),
    "redirected": _cause(
        ("別の宛先に転送されました", "Redirected to another recipient"),
        (
            "設定により別の宛先に送られました。",
            "A setting sent it on to another recipient.",
        ),
        (
            "別の宛先に解決または転送されました。結果は転送先の行にあります。",
            "It was resolved or redirected to another recipient, who has a row of their own.",
        ),
        ("", ""),
        (
            "同じメッセージ ID で追跡し、転送先の行を確認してください。",
            "Trace the same Message ID and look at the new recipient's row.",
        ),
    ),
    "recalled": _cause(
        ("送信者が取り消しました", "Recalled by the sender"),
        ("送信者がこのメールを取り消しました。", "The sender recalled this mail."),
        ("送信者の操作でメールが取り消されました。", "The sender recalled the message."),
        ("内容が必要な場合は、送信者に確認してください。", "Ask the sender if you need what it said."),
        ("", ""),
    ),
    "in_progress": _cause(
        ("処理中です", "Still under way"),
        (
            "まだ処理中です。しばらくしてからもう一度確認してください。",
            "It is still under way. Look again in a little while.",
        ),
        (
            "配信の処理中か、状態を取得中です。",
            "Delivery is under way, or its state is still being collected.",
        ),
        ("10 分ほどおいて「更新」を押してください。", "Tap Refresh in about ten minutes."),
        (
            "10 分ほどおいて「更新」を押してください。\n長引く場合はサービス正常性を確認してください。",
            "Tap Refresh in about ten minutes.\nIf it lasts, look at the service health.",
        ),
    ),
    "delayed": _cause(
        ("遅延しています (自動で再送中)", "Delayed, being retried"),
        (
            "まだ届いていません。自動で再送を続けています。再送信の操作は不要です。",
            "It has not arrived yet. It is being retried; there is no need to send it again.",
        ),
        (
            "一時的なエラーで配信が遅れています。Exchange Online が再送を続けています (既定で 24 時間)。",
            "A temporary error delays delivery. Exchange Online keeps retrying, by default for 24 hours.",
        ),
        (
            "急ぎの場合は、電話など別の方法で相手に連絡してください。",
            "If it is urgent, reach the other person another way.",
        ),
        (
            "下の理由と相手のサーバーを確認してください。\n同じ宛先への遅延が続く場合は、相手の管理者に連絡してください。",
            "Look at the reason and the remote server below.\nIf mail to that domain keeps waiting, tell its administrator.",
        ),
    ),
    "blocked_dlp": _cause(
        ("データ損失防止 (DLP) により止められました", "Blocked by data loss prevention"),
        (
            "機密情報が含まれる可能性があるため、会社の規則により送信が止められました。",
            "Company policy stopped it because it may contain sensitive information.",
        ),
        (
            "DLP ポリシーのルールが送信を止めました。",
            "A rule of a DLP policy stopped the message.",
        ),
        (
            "個人情報や機密情報が含まれていないか確認し、取り除いて送り直してください。\n必要な送信であれば、ヘルプデスクに相談してください。",
            "Check for personal or confidential data, remove it and send again.\nIf it must be sent, talk to the help desk.",
        ),
        (
            "ルール名を確認し、Microsoft Purview の DLP アラートで一致した内容を調べてください。\n業務上必要なら、例外または上書きをポリシーの担当者に依頼してください。",
            "Note the rule and look up what matched in the DLP alerts of Microsoft Purview.\nIf it is needed for business, ask the policy's owner for an exception or an override.",
        ),
    ),
    "blocked_rule": _cause(
        ("メール フロー ルールにより止められました", "Blocked by a mail flow rule"),
        (
            "会社のメールの規則により配信されませんでした。",
            "A mail rule of the company stopped it.",
        ),
        (
            "メール フロー ルール (トランスポート ルール) がメッセージを止めました。",
            "A mail flow rule (transport rule) stopped the message.",
        ),
        (
            "内容や添付ファイルを見直し、必要な場合はヘルプデスクに相談してください。",
            "Review the content and attachments, and talk to the help desk if it must be sent.",
        ),
        (
            "Exchange 管理センターの [メール フロー] > [ルール] で、該当ルールの条件を確認してください。\n意図しない一致なら、例外を追加してください。",
            "Look at the rule's conditions in the Exchange admin center, Mail flow > Rules.\nIf it should not have matched, add an exception.",
        ),
    ),
    "blocked_tenant_list": _cause(
        ("テナントの許可/禁止リストにより止められました", "Blocked by the tenant allow/block list"),
        ("会社の禁止リストにより止められました。", "The company's block list stopped it."),
        (
            "テナントの許可/禁止リストの項目に一致しました。",
            "It matched an entry of the Tenant Allow/Block List.",
        ),
        ("必要な場合はヘルプデスクに相談してください。", "Talk to the help desk if it is needed."),
        (
            "Microsoft Defender の [ポリシー] > [テナントの許可/禁止リスト] で項目を確認してください。",
            "Check the entry in Microsoft Defender, Policies > Tenant Allow/Block Lists.",
        ),
    ),
    "blocked_policy": _cause(
        ("組織のポリシーにより止められました", "Blocked by a policy"),
        (
            "組織の規則により配信されませんでした。",
            "The organization's policy did not allow it to be delivered.",
        ),
        (
            "ポリシーにより拒否されました。どのルールかは記録されていません。",
            "A policy refused it; which rule is not recorded.",
        ),
        ("必要な場合はヘルプデスクに相談してください。", "Talk to the help desk if it is needed."),
        (
            "下の理由を確認し、DLP、メール フロー ルール、相手側の制限の順に調べてください。",
            "Read the reason below; check DLP, mail flow rules, then the other side's restrictions.",
        ),
    ),
    "malware": _cause(
        ("マルウェアとして検出されました", "Detected as malware"),
        (
            "有害な添付ファイルまたはリンクが見つかったため、配信されませんでした。",
            "A harmful attachment or link was found, so it was not delivered.",
        ),
        (
            "マルウェア対策が検出し、検疫または削除しました。",
            "Anti-malware detected it and quarantined or removed it.",
        ),
        (
            "送信者に心当たりがあれば、別の方法で確認してください。開かないでください。",
            "If you know the sender, check with them another way. Do not open it.",
        ),
        (
            "Microsoft Defender の検疫で脅威名を確認し、誤検知の場合だけ申請のうえ解放してください。",
            "Look up the threat in the quarantine of Microsoft Defender; release it only if it is a false positive.",
        ),
    ),
    "quarantined": _cause(
        ("迷惑メールまたはフィッシングの疑い", "Suspected spam or phishing"),
        (
            "迷惑メールやフィッシングの疑いで隔離されています。受信トレイには届いていません。",
            "It is held as suspected spam or phishing. It is not in the inbox.",
        ),
        (
            "迷惑メールまたはフィッシングと判定され、検疫に隔離されています。",
            "It was judged spam or phishing and is held in quarantine.",
        ),
        (
            "必要なメールであれば、検疫の通知から解放を申請するか、ヘルプデスクに連絡してください。",
            "If it is wanted, request its release from the quarantine notice, or contact the help desk.",
        ),
        (
            "Microsoft Defender の [確認] > [検疫] で判定の理由を確認してください。\n安全と判断できる場合だけ解放し、誤検知として報告してください。",
            "Check the verdict in Microsoft Defender, Review > Quarantine.\nRelease it only when it is safe, and report the false positive.",
        ),
    ),
    "recipient_not_found": _cause(
        ("受信者が見つかりません", "Recipient not found"),
        (
            "この宛先のアドレスは社内に存在しません。",
            "No such address exists in our organization.",
        ),
        (
            "受信者がディレクトリに見つかりませんでした。",
            "The recipient was not found in the directory.",
        ),
        (
            "アドレスのつづりを確認してください。\nOutlook の古い入力候補を削除し、アドレスを入力し直してください。",
            "Check the spelling of the address.\nDelete the old suggestion in Outlook and type the address again.",
        ),
        (
            "送信者に宛先のつづりを確認してもらってください。\n退職・改名したメールボックスなら、転送や別名アドレスの設定を確認してください。",
            "Ask the sender to check the spelling.\nFor a removed or renamed mailbox, check forwarding and aliases.",
        ),
    ),
    "recipient_not_found_remote": _cause(
        ("相手側に受信者が見つかりません", "Recipient not found at the other side"),
        (
            "相手のメール サーバーが「この宛先は存在しない」と回答しました。",
            "The other side's server says that this address does not exist.",
        ),
        (
            "相手のメール サーバーが受信者不明として拒否しました。",
            "The remote server refused it: no such recipient.",
        ),
        (
            "アドレスのつづりを確認し、別の方法で相手に正しいアドレスを確かめてください。",
            "Check the spelling, and ask the other person for the right address another way.",
        ),
        (
            "送信者に宛先を確認してもらってください。\nアドレスが正しい場合は、相手の管理者に連絡してください。",
            "Ask the sender to check the address.\nIf it is right, tell the other side's administrator.",
        ),
    ),
    "mailbox_full": _cause(
        ("受信者のメールボックスがいっぱいです", "The recipient's mailbox is full"),
        (
            "受信者のメールボックスに空きがないため、届きませんでした。",
            "The recipient's mailbox has no room left.",
        ),
        (
            "受信者のメールボックスが容量の上限に達しています。",
            "The recipient's mailbox is over its quota.",
        ),
        (
            "受信者に連絡し、空きができてから送り直してください。",
            "Tell the recipient, and send it again when there is room.",
        ),
        (
            "メールボックスの使用量を確認し、整理またはアーカイブの有効化を案内してください。",
            "Check the size of the mailbox; ask the user to tidy up, or enable the archive.",
        ),
    ),
    "mailbox_full_remote": _cause(
        ("相手のメールボックスがいっぱいです", "The mailbox at the other side is full"),
        (
            "相手のメールボックスに空きがないため、届きませんでした。",
            "The other person's mailbox has no room left.",
        ),
        (
            "相手のサーバーが、メールボックスの容量超過として拒否しました。",
            "The remote server refused it: the mailbox is over its quota.",
        ),
        (
            "別の方法で相手に知らせ、空きができてから送り直してください。",
            "Let the other person know another way, and send it again later.",
        ),
        (
            "送信者に、相手へ別の方法で連絡するよう案内してください。",
            "Ask the sender to reach the recipient another way.",
        ),
    ),
    "sender_not_allowed": _cause(
        ("この宛先への送信が許可されていません", "The recipient does not accept this sender"),
        (
            "この宛先は、許可された送信者からのメールだけを受け付けます。",
            "This address accepts mail only from people who were allowed to write to it.",
        ),
        (
            "受信者またはグループの受信制限により拒否されました。",
            "Delivery restrictions of the recipient or group refused the sender.",
        ),
        (
            "グループの所有者に、送信の許可を依頼してください。",
            "Ask the owner of the group to let you write to it.",
        ),
        (
            "受信者またはグループの [配信の管理] で、許可された送信者と外部からの受信設定を確認してください。",
            "Check Delivery management of the recipient or group: allowed senders, and mail from outside.",
        ),
    ),
    "sender_authentication": _cause(
        ("送信ドメインの認証に失敗しました", "Sender authentication failed"),
        (
            "差出人が本物であることを確認できなかったため、拒否されました。",
            "It was refused because the sender could not be verified.",
        ),
        (
            "SPF、DKIM、DMARC のいずれかに失敗しました。",
            "SPF, DKIM or DMARC failed.",
        ),
        (
            "送信者に、送信側のメール管理者へ連絡するよう伝えてください。",
            "Ask the sender to tell their mail administrator.",
        ),
        (
            "送信ドメインの SPF、DKIM、DMARC の DNS レコードを確認してください。\n自社のドメインなら、送信に使うサービスを SPF に追加してください。",
            "Check the SPF, DKIM and DMARC records of the sending domain.\nIf it is ours, add the service that sends to SPF.",
        ),
    ),
    "sending_limit": _cause(
        ("送信または受信の上限を超えました", "A sending or receiving limit was exceeded"),
        (
            "短時間に送受信できる件数の上限を超えました。",
            "More mail was sent than is allowed within a short time.",
        ),
        (
            "送信者、受信者またはテナントの流量制限に達しました。",
            "A rate limit of the sender, the recipient or the tenant was reached.",
        ),
        (
            "時間をおいて送り直してください。大量の送信はヘルプデスクに相談してください。",
            "Send it again later. For mass mail, talk to the help desk.",
        ),
        (
            "大量送信に心当たりがなければ、アカウントの侵害を疑い、サインインを確認してください。\n業務上の一斉送信なら、専用の配信サービスを検討してください。",
            "If nobody meant to send that much, suspect a compromised account and check its sign-ins.\nFor wanted bulk mail, use a mailing service.",
        ),
    ),
    "sender_blocked": _cause(
        ("送信者または送信元 IP が拒否されています", "The sender or its IP address is blocked"),
        (
            "送信側が迷惑メールの送信元とみなされたため、拒否されました。",
            "The sending side is on a block list, so it was refused.",
        ),
        (
            "送信者、ドメインまたは送信元 IP がブロックされています。",
            "The sender, its domain or its IP address is blocked.",
        ),
        (
            "ヘルプデスクに連絡してください。",
            "Contact the help desk.",
        ),
        (
            "自社の送信者なら、制限付きエンティティと侵害の有無を確認してください。\n送信元 IP の場合は、解除ポータル (sender.office.com) または相手に解除を依頼してください。",
            "If it is our sender, check Restricted entities and whether the account was compromised.\nFor an IP address, ask for delisting (sender.office.com) or the other side.",
        ),
    ),
    "forwarding_blocked": _cause(
        ("外部への自動転送は許可されていません", "External forwarding is not allowed"),
        (
            "会社の規則により、社外への自動転送は止められます。",
            "Company policy does not allow automatic forwarding to the outside.",
        ),
        (
            "送信スパム フィルターのポリシーが外部への自動転送を止めました。",
            "The outbound spam filter policy does not allow automatic forwarding.",
        ),
        (
            "自動転送の設定を外し、必要な場合はヘルプデスクに相談してください。",
            "Turn the forwarding off, and talk to the help desk if it is needed.",
        ),
        (
            "必要な転送だけを、送信スパム フィルター ポリシーで許可してください。",
            "Allow only the forwarding that is needed, in the outbound spam filter policy.",
        ),
    ),
    "relay_denied": _cause(
        ("中継が拒否されました", "Relaying was denied"),
        (
            "宛先のサーバーが、このドメイン宛てのメールを受け付けませんでした。",
            "The server does not accept mail for that domain.",
        ),
        (
            "宛先ドメインが受け入れられていないか、コネクターの設定で中継が許可されていません。",
            "The domain is not accepted there, or a connector does not allow relaying.",
        ),
        ("アドレスのドメインを確認してください。", "Check the domain of the address."),
        (
            "MX レコード、承認済みドメイン、コネクターの証明書または IP の設定を確認してください。",
            "Check the MX record, the accepted domains, and the connector's certificate or IP setting.",
        ),
    ),
    "routing_loop": _cause(
        ("配送がループしました", "A mail loop"),
        (
            "メールがサーバーの間を回り続けたため、配信が中止されました。",
            "The mail went round in circles between servers and was stopped.",
        ),
        (
            "転送または経路の設定により、メールがループしました。",
            "Forwarding or routing sent the mail in a loop.",
        ),
        ("ヘルプデスクに連絡してください。", "Contact the help desk."),
        (
            "承認済みドメインの種類 (権限あり/内部の中継)、コネクター、相互の転送設定を確認してください。",
            "Check the type of the accepted domain, the connectors, and forwarding in both directions.",
        ),
    ),
    "unreachable": _cause(
        ("相手のサーバーに接続できません", "The destination cannot be reached"),
        (
            "相手のメール サーバーにつながりませんでした。",
            "The other side's mail server could not be reached.",
        ),
        (
            "宛先のサーバーが見つからないか、接続できません。",
            "The destination server was not found or did not accept a connection.",
        ),
        (
            "アドレスのドメインを確認し、時間をおいて送り直してください。",
            "Check the domain of the address, and send it again later.",
        ),
        (
            "宛先ドメインの MX レコードと、相手のサーバーが動いているかを確認してください。",
            "Check the MX record of the domain and whether its server is up.",
        ),
    ),
    "tls_problem": _cause(
        ("暗号化 (TLS) または証明書の問題", "A TLS or certificate problem"),
        (
            "安全な接続ができなかったため、送れませんでした。",
            "A secure connection could not be made.",
        ),
        (
            "TLS、証明書、DANE または MTA-STS の検証に失敗しました。",
            "TLS, a certificate, DANE or MTA-STS did not validate.",
        ),
        ("ヘルプデスクに連絡してください。", "Contact the help desk."),
        (
            "相手のサーバーの証明書の期限と名前、DNS (TLSA、MTA-STS) を確認し、相手の管理者に連絡してください。",
            "Check the remote certificate's dates and name and the DNS records, and tell its administrator.",
        ),
    ),
    "expired": _cause(
        ("再送期限が切れました", "Expired in the queue"),
        (
            "再送を続けましたが、期限までに届けられませんでした。",
            "It was retried until its time ran out.",
        ),
        (
            "再送の期限までに配信できませんでした。",
            "Delivery did not succeed before the message expired.",
        ),
        (
            "相手に別の方法で連絡し、後で送り直してください。",
            "Reach the other person another way, and send it again later.",
        ),
        (
            "期限が切れる前の遅延の理由を確認し、相手のサーバーの状態を調べてください。",
            "Read why it was deferred before, and check the remote server.",
        ),
    ),
    "size_or_format": _cause(
        ("サイズまたは形式が受け付けられません", "Its size or format is not accepted"),
        (
            "大きすぎるか、形式に問題があるため届きませんでした。",
            "It is too large, or its format is not accepted.",
        ),
        (
            "サイズの上限を超えたか、メッセージの形式に誤りがあります。",
            "It exceeds a size limit or breaks the message format.",
        ),
        (
            "添付ファイルを小さくするか、OneDrive のリンクで送ってください。",
            "Make the attachments smaller, or send a OneDrive link.",
        ),
        (
            "送信側と受信側のサイズ上限を確認してください。\n形式の誤りなら、送信元のシステムを修正してもらってください。",
            "Check the size limits of both sides.\nFor a format error, have the sending system fixed.",
        ),
    ),
    "rejected_remote": _cause(
        ("相手のサーバーに拒否されました", "Rejected by the other side"),
        (
            "相手のメール サーバーが受け取りを拒否しました。",
            "The other side's mail server refused it.",
        ),
        (
            "相手のサーバーが拒否しました。理由は相手の応答にあります。",
            "The remote server refused it; its reply says why.",
        ),
        (
            "別の方法で相手に知らせてください。続く場合はヘルプデスクに連絡してください。",
            "Let the other person know another way. If it goes on, contact the help desk.",
        ),
        (
            "下の応答を相手の管理者に伝えてください。",
            "Send the reply below to the other side's administrator.",
        ),
    ),
    "dropped": _cause(
        ("通知なしに破棄されました", "Dropped without a notice"),
        (
            "配信されませんでした。送信者に通知は出ていません。",
            "It was not delivered, and the sender was not told.",
        ),
        (
            "配信不能レポート (NDR) を出さずに破棄されました。",
            "It was dropped without a non-delivery report (NDR).",
        ),
        ("ヘルプデスクに連絡してください。", "Contact the help desk."),
        (
            "イベントの理由を確認し、メール フロー ルールと重複検出を調べてください。",
            "Read the event's reason; check mail flow rules and duplicate detection.",
        ),
    ),
    "other": _cause(
        ("配信されませんでした", "Not delivered"),
        (
            "配信できませんでした。理由はヘルプデスクが確認できます。",
            "It could not be delivered. The help desk can look up why.",
        ),
        (
            "記録された理由は既知の分類に当てはまりません。下の原文を確認してください。",
            "The recorded reason fits no known cause; read the raw text below.",
        ),
        ("ヘルプデスクに連絡してください。", "Contact the help desk."),
        (
            "理由の原文とコードを確認してください。",
            "Read the raw reason and its code.",
        ),
    ),
}

CAUSE_TEXTS: dict[str, _Both] = {
    f"cause.{cause}.{part}": both for cause, parts in _CAUSES.items() for part, both in parts.items()
}
"""`cause.<cause>.<part>` → language → text."""
