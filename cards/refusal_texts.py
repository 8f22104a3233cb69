"""Texts for refusals because of content, volume, or the way of submission."""

from cards.cause_parts import Causes, cause

REFUSALS: Causes = {
    "rejected_spam": cause(
        ("迷惑メールと判定され、拒否されました", "Rejected as spam"),
        (
            "受け取る側で迷惑メールと判定され、届きませんでした。",
            "The receiving side judged it spam, so it did not arrive.",
        ),
        (
            "受信側のフィルターが、内容を迷惑メールと判定して拒否しました。",
            "The receiving filter judged the content spam and refused it.",
        ),
        (
            "リンクや添付を減らすか、別の方法で相手に知らせてください。",
            "Send it with fewer links and attachments, or reach the other person another way.",
        ),
        (
            "送信者の大量送信や侵害がないか確認してください。\n誤検知なら、エラーの原文を添えて、拒否した側に解除を依頼してください。",
            "Check the sender for bulk mail or a compromise.\nFor a false positive, send the error to the side that refused it, and ask for a review.",
        ),
    ),
    "content_refused": cause(
        ("内容または添付ファイルが拒否されました", "Its content or an attachment was refused"),
        (
            "添付ファイルの種類や内容が、受け取る側で許可されていません。",
            "The receiving side does not accept this kind of attachment or content.",
        ),
        (
            "受信側が、添付ファイルの種類または内容を理由に拒否しました。",
            "The receiving side refused it for the kind of an attachment or for its content.",
        ),
        (
            "添付を外し、OneDrive などの共有リンクで送ってください。",
            "Remove the attachment and send a sharing link instead.",
        ),
        (
            "エラーの原文で、どの添付または内容かを確認してください。",
            "Read in the error which attachment or content it is about.",
        ),
    ),
    "recipient_limit": cause(
        ("受信者が受け取れる件数を超えました", "The recipient is getting too much mail"),
        (
            "受信者のメールボックスに、短い時間に多くのメールが届いています。",
            "The recipient's mailbox is getting too many messages within a short time.",
        ),
        (
            "受信者側の件数の上限に達しました。送信者側の制限ではありません。",
            "A limit on the recipient's side was reached; it is not the sender's.",
        ),
        ("時間をおいて送り直してください。", "Send it again later."),
        (
            "一斉通知や転送のループで、同じ宛先に集中していないか確認してください。",
            "Check whether notifications or a forwarding loop flood this recipient.",
        ),
    ),
    "too_many_recipients": cause(
        ("1 通あたりの宛先が多すぎます", "Too many recipients in one message"),
        (
            "1 通に指定できる宛先の数を超えたため、届きませんでした。",
            "It names more recipients than one message may have, so it was not delivered.",
        ),
        (
            "1 通あたりの宛先数の上限を超えました。",
            "The limit of recipients per message was exceeded.",
        ),
        ("宛先を分けて送り直してください。", "Send it again to fewer recipients at a time."),
        (
            "宛先を分けるか、配布グループを使うよう案内してください。",
            "Suggest smaller batches, or a distribution group.",
        ),
    ),
    "direct_send_refused": cause(
        ("ダイレクト送信 (Direct Send) が拒否されました", "Direct Send was refused"),
        (
            "プリンターやアプリが認証なしで送ったため、拒否されました。",
            "A printer or an app sent it without signing in, so it was refused.",
        ),
        (
            "組織がダイレクト送信を拒否する設定です。機器やアプリは、コネクターまたは認証を使う必要があります。",
            "The organization rejects Direct Send. The device or app needs a connector or has to authenticate.",
        ),
        ("ヘルプデスクに連絡してください。", "Contact the help desk."),
        (
            "送信元の機器やアプリを、送信元 IP で特定してください。\nコネクター (IP または証明書) を作成するか、SMTP AUTH など認証のある方法に切り替えてください。\n心当たりがなければ、なりすましです。",
            "Find the device or app by its IP address.\nCreate an inbound connector for its IP address or certificate, or have it authenticate.\nIf nobody knows it, the sender is forged.",
        ),
    ),
    "sign_in_refused": cause(
        ("送信時の認証に失敗しました", "The sending client could not sign in"),
        (
            "送信するプリンターやアプリがサインインできず、送れませんでした。",
            "The printer or app that sends could not sign in, so nothing was sent.",
        ),
        (
            "送信クライアントの認証 (SMTP AUTH) が拒否されたか、無効になっています。",
            "The client's authentication (SMTP AUTH) was refused, or is turned off.",
        ),
        ("ヘルプデスクに連絡してください。", "Contact the help desk."),
        (
            "アカウントのパスワードと、SMTP AUTH が有効かどうかを確認してください。\n基本認証は廃止されています。OAuth またはコネクターに切り替えてください。",
            "Check the account's password and whether SMTP AUTH is enabled for it.\nBasic authentication is retired: use OAuth or a connector.",
        ),
    ),
}
