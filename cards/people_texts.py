"""What failed for the sake of its sender or its recipient: the words of each."""

from cards.cause_parts import Causes, cause

PEOPLE: Causes = {
    "recipient_not_found": cause(
        ("受信者が見つかりません", "Recipient not found"),
        (
            "この宛先は見つからないか、もう使われていません。",
            "This address does not exist, or is no longer in use.",
        ),
        (
            "受信者がディレクトリに見つからないか、無効になっています。",
            "The recipient was not found in the directory, or is disabled.",
        ),
        (
            "アドレスのつづりを確認してください。\nOutlook の入力候補を削除し、アドレスを入力し直してください。",
            "Check the spelling of the address.\nDelete the suggestion in Outlook, and type the address again.",
        ),
        (
            "送信者に宛先のつづりを確認してもらってください。\n退職や改姓でなくなったアドレスなら、転送または別名の追加を検討してください。",
            "Ask the sender to check the spelling.\nIf the person has left or changed names, consider forwarding or an alias.",
        ),
    ),
    "recipient_not_found_remote": cause(
        ("宛先が相手のドメインに存在しません", "Recipient doesn't exist at the remote domain"),
        (
            "相手のメール サーバーから、この宛先は存在しないと返されました。",
            "The other side's mail server says that this address does not exist.",
        ),
        (
            "相手のメール サーバーが、受信者不明として拒否しました。",
            "The remote server refused it: no such recipient.",
        ),
        (
            "アドレスのつづりを確認し、電話など別の方法で正しいアドレスを確かめてください。",
            "Check the spelling, and ask the other person for the right address another way.",
        ),
        (
            "送信者に宛先を確認してもらってください。\nアドレスが正しい場合は、相手の管理者に連絡してください。",
            "Ask the sender to check the address.\nIf it is right, tell the other side's administrator.",
        ),
    ),
    "mailbox_full": cause(
        ("受信者のメールボックスがいっぱいです", "The recipient's mailbox is full"),
        (
            "受信者のメールボックスに空きがないため、届きませんでした。",
            "The recipient's mailbox has no room left, so it did not arrive.",
        ),
        ("受信者のメールボックスが容量の上限に達しています。", "The recipient's mailbox is over its quota."),
        (
            "受信者に連絡し、空きができてから送り直してください。",
            "Tell the recipient, and send it again when there is room.",
        ),
        (
            "メールボックスの使用量を確認し、整理を案内するか、アーカイブを有効にしてください。",
            "Check the mailbox's size; ask the user to tidy up, or enable the archive.",
        ),
    ),
    "mailbox_full_remote": cause(
        ("相手のメールボックスがいっぱいです", "The recipient's mailbox at the remote domain is full"),
        (
            "相手のメールボックスに空きがないため、届きませんでした。",
            "The other person's mailbox has no room left, so it did not arrive.",
        ),
        (
            "相手のサーバーが、メールボックスの容量超過として拒否しました。",
            "The remote server refused it: the mailbox is over its quota.",
        ),
        (
            "電話など別の方法で相手に知らせ、空きができてから送り直してください。",
            "Let the other person know another way, and send it again later.",
        ),
        (
            "送信者に、別の方法で相手に連絡するよう案内してください。",
            "Ask the sender to reach the recipient another way.",
        ),
    ),
    "sender_not_allowed": cause(
        ("この宛先への送信が許可されていません", "The recipient does not accept this sender"),
        (
            "この宛先は、許可された人からのメールだけを受け付けています。",
            "This address only takes mail from people who were given permission.",
        ),
        (
            "受信者またはグループの配信制限により、送信者が拒否されました。",
            "Delivery restrictions of the recipient or group refused the sender.",
        ),
        (
            "グループの所有者または受信者に、送信の許可を依頼してください。",
            "Ask the owner of the group, or the recipient, to let you write there.",
        ),
        (
            "受信者またはグループの配信の管理で、許可された送信者と、外部からの受信の設定を確認してください。",
            "Check the delivery settings of the recipient or group: allowed senders, and mail from outside.",
        ),
    ),
    "not_approved": cause(
        ("承認されませんでした", "Not approved"),
        (
            "承認者が却下したか、期限までに承認されなかったため、届きませんでした。",
            "It was declined, or nobody approved it in time, so it was not delivered.",
        ),
        (
            "モデレーターが却下したか、期限までに判断しませんでした。",
            "A moderator rejected it, or did not decide in time.",
        ),
        (
            "グループの所有者に理由を確認し、必要なら送り直してください。",
            "Ask the owner of the group why, and send it again if needed.",
        ),
        (
            "グループまたはルールのモデレーターと、その不在時の扱いを確認してください。",
            "Check who moderates the group or the rule, and who stands in for them.",
        ),
    ),
    "send_as_denied": cause(
        ("この差出人として送信する権限がありません", "Not permitted to send as this sender"),
        (
            "この差出人の名義で送る権限がないため、送信できませんでした。",
            "You are not allowed to send in this sender's name, so it was not sent.",
        ),
        (
            "接続したアカウントに、差出人アドレスの「メールボックス所有者として送信」の権限がありません。",
            "The account that connected has no Send As permission for the From address.",
        ),
        (
            "差出人を自分のアドレスに変えて送るか、ヘルプデスクに権限を依頼してください。",
            "Send it from your own address, or ask the help desk for the permission.",
        ),
        (
            "差出人のメールボックスの委任で、送信の権限を確認してください。\n機器やアプリからの送信なら、設定された差出人とアカウントが一致しているか確認してください。",
            "Check the delegation of the From mailbox.\nIf a device or an app sends, check that its From address belongs to its account.",
        ),
    ),
    "sender_authentication": cause(
        ("送信ドメインの認証に失敗しました", "Sender authentication failed"),
        (
            "差出人が本物であることを確認できなかったため、受け取りを拒否されました。",
            "It could not be verified that the sender is genuine, so it was refused.",
        ),
        (
            "SPF、DKIM、DMARC または逆引き DNS の検証に失敗しました。",
            "SPF, DKIM, DMARC or reverse DNS did not pass.",
        ),
        (
            "社内から送った場合は、ヘルプデスクに連絡してください。\n社外から届かない場合は、送信者に、先方のメール管理者へ連絡するよう伝えてください。",
            "If you sent it, contact the help desk.\nIf you are waiting for it, ask the sender to tell their mail administrator.",
        ),
        (
            "送信ドメインの SPF、DKIM、DMARC の DNS レコードを確認してください。\n自社のドメインなら、実際に送信しているサービスを SPF に追加し、DKIM を有効にしてください。",
            "Check the SPF, DKIM and DMARC records of the sending domain.\nIf it is ours, add the service that really sends to SPF, and turn DKIM on.",
        ),
    ),
    "sending_limit": cause(
        ("送信の上限を超えました", "A sending limit was exceeded"),
        (
            "短い時間に送信できる件数を超えました。",
            "More was sent than is allowed within a short time.",
        ),
        (
            "送信者またはテナントの件数制限に達しました。",
            "A rate limit of the sender or the tenant was reached.",
        ),
        (
            "時間をおいて送り直してください。\n大勢に送る必要がある場合は、ヘルプデスクに相談してください。",
            "Send it again later.\nIf you need to write to many people, talk to the help desk.",
        ),
        (
            "大量送信に心当たりがなければ、アカウントの侵害を疑い、サインインを確認してください。\n業務上の一斉送信なら、専用の配信サービスを検討してください。",
            "If nobody meant to send that much, suspect a compromised account and check its sign-ins.\nFor wanted bulk mail, use a mailing service.",
        ),
    ),
    "sender_blocked": cause(
        ("送信者または送信元 IP がブロックされています", "The sender or its IP address is blocked"),
        (
            "送信側が迷惑メールの送信元とみなされたため、拒否されました。",
            "The sending side is considered a source of spam, so it was refused.",
        ),
        (
            "送信者、ドメインまたは送信元 IP がブロックされています。",
            "The sender, its domain or its IP address is blocked.",
        ),
        ("ヘルプデスクに連絡してください。", "Contact the help desk."),
        (
            "自社の送信者なら、制限付きエンティティと、アカウントの侵害の有無を確認してください。\n送信元 IP の場合は、解除ポータル (sender.office.com) または拒否した相手に解除を依頼してください。",
            "If the sender is ours, check Restricted entities, and whether the account was compromised.\nFor an IP address, ask for delisting (sender.office.com, or whoever refused it).",
        ),
    ),
}
