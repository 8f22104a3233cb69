"""What failed on its way between servers: the words of each."""

from cards.cause_parts import Causes, cause

TRANSPORT: Causes = {
    "relay_denied": cause(
        ("中継が拒否されました", "Relaying was denied"),
        (
            "送り先のサーバーが、この宛先あてのメールを受け付けませんでした。",
            "The server it went to does not take mail for this address.",
        ),
        (
            "宛先ドメインが受け入れられていないか、コネクターの設定で中継が許可されていません。",
            "The domain is not accepted there, or a connector does not allow relaying.",
        ),
        (
            "アドレスの「@」の後ろが正しいか確認してください。\n正しい場合は、ヘルプデスクに連絡してください。",
            "Check the part of the address behind the @.\nIf it is right, contact the help desk.",
        ),
        (
            "MX レコード、承認済みドメイン、コネクターの証明書または IP アドレスの設定を確認してください。",
            "Check the MX record, the accepted domains, and the connector's certificate or IP addresses.",
        ),
    ),
    "routing_loop": cause(
        ("配送がループしました", "A mail loop"),
        (
            "転送などの設定により、メールが同じところを回り続けたため、配信が中止されました。",
            "The settings sent it round in circles, so delivery was stopped.",
        ),
        (
            "転送または経路の設定により、メールがループしました。",
            "Forwarding or routing sent the mail in a loop.",
        ),
        ("ヘルプデスクに連絡してください。", "Contact the help desk."),
        (
            "承認済みドメインの種類 (権限あり/内部の中継)、コネクター、相互の転送設定を確認してください。",
            "Check the type of the accepted domain (authoritative or internal relay), the connectors, and forwarding in both directions.",
        ),
    ),
    "unreachable": cause(
        ("送り先のサーバーに接続できません", "The destination cannot be reached"),
        (
            "送り先のメール サーバーにつながりませんでした。",
            "The mail server it should go to could not be reached.",
        ),
        (
            "宛先のサーバーが見つからないか、接続できません。",
            "The destination server was not found or did not accept a connection.",
        ),
        (
            "アドレスの「@」の後ろが正しいか確認し、時間をおいて送り直してください。",
            "Check the part of the address behind the @, and send it again later.",
        ),
        (
            "宛先ドメインの MX レコードと、相手のサーバーの稼働状況を確認してください。",
            "Check the MX record of the domain and whether its server is up.",
        ),
    ),
    "tls_problem": cause(
        ("暗号化 (TLS) または証明書の問題です", "A TLS or certificate problem"),
        (
            "安全な接続を確立できなかったため、送れませんでした。",
            "A secure connection could not be made, so it was not sent.",
        ),
        (
            "TLS、証明書、DANE または MTA-STS に問題があります。",
            "There is a problem with TLS, a certificate, DANE or MTA-STS.",
        ),
        ("ヘルプデスクに連絡してください。", "Contact the help desk."),
        (
            "相手のサーバーの証明書の期限と名前、DNS レコード (TLSA、MTA-STS) を確認し、相手の管理者に連絡してください。",
            "Check the remote certificate's dates and name and the DNS records (TLSA, MTA-STS), and tell its administrator.",
        ),
    ),
    "expired": cause(
        ("再送の期限が切れました", "Gave up after retrying"),
        (
            "再送を続けましたが、期限までに届けられませんでした。",
            "It was retried until time ran out, without success.",
        ),
        ("再送の期限までに配信できませんでした。", "Delivery did not succeed before the message expired."),
        (
            "別の方法で相手に連絡し、後で送り直してください。",
            "Reach the other person another way, and send it again later.",
        ),
        (
            "期限が切れる前の遅延の理由と、相手のサーバーの状態を確認してください。",
            "Read why it was deferred before that, and check the remote server.",
        ),
    ),
    "size_or_format": cause(
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
            "Make the attachments smaller, or send a OneDrive link instead.",
        ),
        (
            "送信側と受信側のサイズ上限を確認してください。\n形式の誤りなら、送信元のシステムの修正を依頼してください。",
            "Check the size limits of both sides.\nFor a format error, have the sending system fixed.",
        ),
    ),
    "rejected_remote": cause(
        ("相手のサーバーに拒否されました", "Rejected by the remote server"),
        ("相手のメール サーバーが受け取りを拒否しました。", "The other side's mail server refused it."),
        (
            "相手のサーバーが拒否しました。理由は相手の応答にしかありません。",
            "The remote server refused it. Only its reply says why.",
        ),
        (
            "電話など別の方法で相手に知らせてください。\n続く場合は、ヘルプデスクに連絡してください。",
            "Let the other person know another way.\nIf it keeps happening, contact the help desk.",
        ),
        (
            "エラーの原文を相手の管理者に伝え、確認を依頼してください。",
            "Send the error to the other side's administrator, and ask them to look into it.",
        ),
    ),
    "dropped": cause(
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
            "イベントの理由を確認し、メール フロー ルールを調べてください。",
            "Read the event's reason, and check the mail flow rules.",
        ),
    ),
    "other": cause(
        ("配信されませんでした", "Not delivered"),
        (
            "配信できませんでした。理由はヘルプデスクが確認できます。",
            "It could not be delivered. The help desk can find out why.",
        ),
        (
            "エラーの内容が、知られているどの原因にも当てはまりません。",
            "The error fits none of the known causes.",
        ),
        ("ヘルプデスクに連絡してください。", "Contact the help desk."),
        (
            "エラーの原文と相手のサーバーを確認してください。\n相手が拒否した場合は、原文を相手の管理者に伝えてください。",
            "Read the error and note the remote server.\nIf the other side refused it, send them the error.",
        ),
    ),
}
