"""A phrase for each documented status code; for undocumented codes, their class and subject.

The entries are those of `tracing.exchange_codes`.
"""

from cards.cause_parts import Both

_CODES: dict[str, tuple[str, str]] = {
    "2.1.5": (
        "Exchange Online が処理を終えた (グループの展開、転送など。正常)",
        "Exchange Online dealt with it: a group expanded, a forwarding (normal)",
    ),
    "4.2.2": ("メールボックスがいっぱい (一時的)", "The mailbox is full for now"),
    "4.3.2": (
        "受信者のメールボックスに短時間でメールが集中している",
        "The recipient's mailbox is getting too much at once",
    ),
    "4.4.1": ("宛先のサーバーが応答しない", "The destination server does not answer"),
    "4.4.2": ("相手が接続を切断した", "The other side dropped the connection"),
    "4.4.7": ("再送の期限が切れた", "It expired in the queue"),
    "4.4.8": ("宛先ドメインの MX が MTA-STS の検証に失敗した", "The domain's MX hosts did not pass MTA-STS"),
    "4.4.312": ("DNS の問い合わせに失敗した (一時的)", "The DNS query failed for now"),
    "4.4.316": ("宛先のサーバーが接続を拒否した", "The destination server refused the connection"),
    "4.4.317": (
        "宛先のサーバーに接続できない (ネットワークまたは TLS)",
        "No connection to the destination (network or TLS)",
    ),
    "4.4.318": ("接続が途中で切れた", "The connection was closed midway"),
    "4.5.3": ("宛先が多すぎる", "Too many recipients"),
    "4.7.0": (
        "送信者または接続が今は受け付けられない (一時的)",
        "The sender or the session is not accepted for now",
    ),
    "4.7.5": ("サーバーの証明書の検証に失敗した", "The server's certificate did not validate"),
    "4.7.66": ("TLS 1.2 以上での接続が必要", "The connection needs TLS 1.2 or later"),
    "4.7.26": ("IPv6 の送信には SPF または DKIM の合格が必要", "Over IPv6, mail has to pass SPF or DKIM"),
    "4.7.320": ("サーバーの証明書の検証に失敗した", "The server's certificate did not validate"),
    "4.7.321": ("宛先のサーバーが TLS に対応していない (DANE)", "The destination does not offer TLS (DANE)"),
    "4.7.322": ("宛先のサーバーの証明書が期限切れ", "The destination's certificate has expired"),
    "4.7.323": ("宛先ドメインが DANE の検証に失敗した", "The domain did not pass DANE"),
    "4.7.324": ("宛先ドメインの DNSSEC レコードが無効", "The domain's DNSSEC records are not valid"),
    "4.7.325": (
        "証明書の名前が宛先のホストと一致しない (DANE)",
        "The certificate is not for that host (DANE)",
    ),
    "4.7.500-699": (
        "送信元 IP の不審な動きにより一時的に制限中",
        "The sending IP is held off for now: it looks suspicious",
    ),
    "4.7.850-899": (
        "送信元 IP の不審な動きにより一時的に制限中",
        "The sending IP is held off for now: it looks suspicious",
    ),
    "5.0.350": ("相手の組織が返した汎用のエラー", "A general error of the recipient's organization"),
    "5.1.0": ("送信者が拒否された", "The sender was denied"),
    "5.1.1": ("宛先のメールボックスが存在しない", "There is no such mailbox"),
    "5.1.2": ("宛先のドメインが見つからない", "The recipient's domain was not found"),
    "5.1.3": ("宛先アドレスの形式が正しくない", "The address is not well formed"),
    "5.1.4": ("宛先アドレスに該当する受信者が複数ある", "The address belongs to more than one recipient"),
    "5.1.6": ("受信者が移動した", "The recipient has moved"),
    "5.1.7": ("送信者アドレスの形式が正しくない", "The sender's address is not well formed"),
    "5.1.8": (
        "迷惑メール送信のため、送信者のアカウントがブロックされている",
        "The sender's account is blocked for sending spam",
    ),
    "5.1.10": ("受信者が見つからない", "The recipient was not found"),
    "5.1.20": ("From に複数のアドレスがあり、Sender がない", "Several From addresses and no Sender"),
    "5.1.90": ("1 日に送信できる宛先数を超えた", "The day's limit of recipients is used up"),
    "5.1.351": ("相手のサーバーが受信者不明と返した", "The remote server knows no such recipient"),
    "5.2.0": (
        "宛先のメールボックスまたは設定に問題がある",
        "Something is wrong with the mailbox or its settings",
    ),
    "5.2.1": ("メールボックスが無効か、受信できない", "The mailbox is disabled or takes no mail"),
    "5.2.2": (
        "メールボックスがいっぱい、または送信の上限を超えた",
        "The mailbox is full, or a submission quota was exceeded",
    ),
    "5.2.3": ("受信者が受け取れるサイズを超えている", "Larger than the recipient takes"),
    "5.2.121": (
        "この送信者から受信者への 1 時間あたりの上限を超えた",
        "The recipient's hourly limit from this sender is used up",
    ),
    "5.2.122": ("受信者の 1 時間あたりの受信上限を超えた", "The recipient's hourly limit is used up"),
    "5.3.4": ("組織のサイズ上限を超えている", "Larger than the organization takes"),
    "5.3.190": ("オンプレミスへのジャーナルは許可されていない", "Journaling to on-premises is not allowed"),
    "5.4.1": (
        "中継が拒否されたか、宛先がその組織で受け付けられない",
        "Relaying denied, or the recipient is not taken there",
    ),
    "5.4.4": ("次の配送先が DNS で見つからない", "DNS knows no next hop"),
    "5.4.6": ("配送のループ", "A routing loop"),
    "5.4.7-20": ("配送のループ", "A routing loop"),
    "5.4.11": ("通知が何重にも生成された", "Notices were generated for notices too often"),
    "5.4.14": ("配送のループ (ホップ数の超過)", "A routing loop (too many hops)"),
    "5.4.300": ("再送の期限が切れた", "It expired before it could be delivered"),
    "5.4.310": ("宛先ドメインが DNS に存在しない", "DNS knows no such domain"),
    "5.4.312": ("DNS の問い合わせに失敗した", "The DNS query failed"),
    "5.4.316": ("接続を拒否され続け、期限が切れた", "It expired: the connection was refused"),
    "5.4.317": ("接続できないまま、期限が切れた", "It expired: no connection could be made"),
    "5.5.0": ("メールボックスを利用できない", "The mailbox is not available"),
    "5.5.3": ("宛先が多すぎる", "Too many recipients"),
    "5.5.6": ("メッセージの内容が正しくない", "The content of the message is not valid"),
    "5.6.0": ("メッセージの形式が正しくない", "The message is not well formed"),
    "5.6.11": (
        "使えない文字 (単独の改行) が含まれている",
        "It holds characters that are not allowed (bare line feeds)",
    ),
    "5.7.0": ("セキュリティ上の理由で拒否された", "Refused for a reason of security"),
    "5.7.1": (
        "許可されていない、中継できない、または認証されていない",
        "Not permitted, no relaying, or not authenticated",
    ),
    "5.7.3": ("クライアントの認証に失敗した", "The client could not authenticate"),
    "5.7.5": ("サーバーの証明書の検証に失敗した", "The server's certificate did not validate"),
    "5.7.8": ("クライアントの認証に失敗した", "The client could not authenticate"),
    "5.7.12": ("組織が認証済みの送信者しか受け付けない", "The organization takes authenticated senders only"),
    "5.7.13": (
        "パブリック フォルダーが認証済みの送信者しか受け付けない",
        "The public folder takes authenticated senders only",
    ),
    "5.7.23": ("SPF の検証に失敗した", "It did not pass SPF"),
    "5.7.25": ("送信元 IPv6 アドレスに逆引き DNS がない", "The sending IPv6 address has no reverse DNS"),
    "5.7.26": ("SPF または DKIM に合格していない", "It passes neither SPF nor DKIM"),
    "5.7.30": ("基本認証での送信は廃止されている", "Sending with basic authentication is retired"),
    "5.7.51": (
        "受信コネクターの制限に合わない送信元から届いた",
        "It came from a source that the inbound connector does not allow",
    ),
    "5.7.54": (
        "承認済みドメインではない宛先には中継できない",
        "No relaying to a domain that is not accepted",
    ),
    "5.7.57": (
        "認証していないクライアントから匿名で送ろうとした",
        "The client did not authenticate and may not send anonymously",
    ),
    "5.7.60": ("この差出人として送信する権限がない", "No permission to send as this sender"),
    "5.7.64": ("テナントを特定できず、中継が拒否された", "The tenant was not recognized, relaying denied"),
    "5.7.68": (
        "組織がダイレクト送信 (Direct Send) を拒否している",
        "The organization rejects Direct Send",
    ),
    "5.7.100": ("送信者がグループの展開を禁止した", "The sender prohibited the group's expansion"),
    "5.7.120-138": ("受信者の配信制限により拒否された", "Refused by the recipient's delivery restrictions"),
    "5.7.124": ("送信者がグループの許可リストにない", "The sender is not among the group's allowed senders"),
    "5.7.133": ("グループが組織外の送信者を受け付けない", "The group takes authenticated senders only"),
    "5.7.134": (
        "メールボックスが組織外の送信者を受け付けない",
        "The mailbox takes authenticated senders only",
    ),
    "5.7.135": (
        "パブリック フォルダーが組織外の送信者を受け付けない",
        "The public folder takes authenticated senders only",
    ),
    "5.7.136": ("受信者が組織外の送信者を受け付けない", "The recipient takes authenticated senders only"),
    "5.7.139": ("SMTP AUTH が無効か、認証に失敗した", "SMTP AUTH is turned off, or authentication failed"),
    "5.7.171": (
        "ポリシー (DLP など) により配信が許可されない",
        "Delivery is not allowed by a policy, such as DLP",
    ),
    "5.7.193": (
        "送信者がチームまたはグループのメンバーではない",
        "The sender is not a member of the team or group",
    ),
    "5.7.227": (
        "情報バリアのポリシーによりやり取りできない",
        "An information barrier keeps the two apart",
    ),
    "5.7.232": (
        "試用テナントの 1 日の外部宛先数を超えた",
        "The trial tenant's daily external recipients are used up",
    ),
    "5.7.233": ("テナントの 1 日の外部宛先数を超えた", "The tenant's daily external recipients are used up"),
    "5.7.236": (
        "onmicrosoft.com ドメインからの 1 日の外部宛先数を超えた",
        "Daily external recipients of onmicrosoft.com domains are used up",
    ),
    "5.7.300": ("送信者が別の宛先への転送を禁止した", "The sender prohibited redirection"),
    "5.7.321": ("宛先のサーバーが TLS に対応していない", "The destination does not offer TLS"),
    "5.7.322": ("宛先のサーバーの証明書が期限切れ", "The destination's certificate has expired"),
    "5.7.323": ("宛先ドメインが DANE の検証に失敗した", "The domain did not pass DANE"),
    "5.7.324": ("宛先ドメインの DNSSEC レコードが無効", "The domain's DNSSEC records are not valid"),
    "5.7.325": (
        "証明書の名前が宛先のホストと一致しない (DANE)",
        "The certificate is not for that host (DANE)",
    ),
    "5.7.367": ("相手のサーバーが中継を許可しない", "The remote server does not allow relaying"),
    "5.7.501": ("迷惑メールの送信が検出された", "Spam abuse was detected"),
    "5.7.502": ("送信者が禁止されている", "The sender is banned"),
    "5.7.503": ("送信者が禁止されている", "The sender is banned"),
    "5.7.504": ("宛先へのアクセスが拒否された", "Access to the recipient is denied"),
    "5.7.505": ("宛先が禁止されている", "The recipient is banned"),
    "5.7.506": ("HELO の名前が正しくない", "The server's HELO name is not accepted"),
    "5.7.507": ("受信者の組織が拒否した", "The recipient's organization rejected it"),
    "5.7.508": ("送信元 IP が上限を超えた (IPv6)", "The sending IP exceeded its limits (IPv6)"),
    "5.7.509": ("送信ドメインが DMARC (拒否) に失敗した", "The domain fails DMARC, whose policy is reject"),
    "5.7.510": ("宛先ドメインが IPv6 のメールを受け付けない", "The domain takes no mail over IPv6"),
    "5.7.511": (
        "送信元 IP が禁止されている (解除はメールで申請)",
        "The sending IP is banned (delisting by mail)",
    ),
    "5.7.512": ("From ヘッダーが RFC 5322 に従っていない", "The From header breaks RFC 5322"),
    "5.7.513": ("受信者の組織の禁止リストに載っている", "It is on the recipient's own block list"),
    "5.7.514": (
        "IPv6 の送信には逆引き DNS と SPF/DKIM が必要",
        "Over IPv6, reverse DNS and SPF or DKIM are needed",
    ),
    "5.7.515": (
        "送信ドメインが求められる認証 (SPF、DKIM、DMARC) を満たさない",
        "The sending domain lacks the required SPF, DKIM and DMARC",
    ),
    "5.7.520": ("外部への自動転送が許可されていない", "External forwarding is not allowed"),
    "5.7.606-649": (
        "送信元 IP が禁止されている (解除ポータルで申請)",
        "The sending IP is banned (delisting portal)",
    ),
    "5.7.700-750": (
        "テナントまたはドメインの送信が制限されている",
        "The tenant or domain is restricted from sending",
    ),
    "5.7.703": ("テナントの許可/禁止リストで禁止されている", "Blocked by the Tenant Allow/Block List"),
    "5.7.705": ("テナントが送信のしきい値を超えた", "The tenant exceeded its sending threshold"),
    "5.7.708": ("この IP からの通信は受け付けられない", "No traffic is accepted from this IP"),
    "5.7.750": ("未登録のドメインからの送信がブロックされた", "Sending from unregistered domains is blocked"),
    "5.7.800": ("送信者が禁止されている", "The sender is banned"),
    "5.7.900-999": (
        "メール フロー ルールが独自のコードで拒否した",
        "A mail flow rule rejected it with a code of its own",
    ),
}

_KINDS: dict[str, tuple[str, str]] = {
    "class.2": ("成功", "Success"),
    "class.4": ("一時的なエラー", "A passing error"),
    "class.5": ("恒久的なエラー", "A permanent error"),
    "subject.0": ("内容は不明", "of no particular kind"),
    "subject.1": ("アドレスに関するもの", "about an address"),
    "subject.2": ("メールボックスに関するもの", "about a mailbox"),
    "subject.3": ("受信側のメール システムに関するもの", "about the receiving mail system"),
    "subject.4": ("ネットワークまたは経路に関するもの", "about the network or the route"),
    "subject.5": ("通信の手順に関するもの", "about the protocol"),
    "subject.6": ("メッセージの内容または形式に関するもの", "about the content or its format"),
    "subject.7": ("セキュリティまたはポリシーに関するもの", "about security or policy"),
    "of_vendor": ("{vendor} のコード: {phrase}", "{vendor}: {phrase}"),
    "unlisted": ("{kind} ({subject})", "{kind}, {subject}"),
}

CODE_TEXTS: dict[str, Both] = {
    f"code.{key}": {"ja": ja, "en": en} for key, (ja, en) in (_CODES | _KINDS).items()
}
"""`code.<code>`, `code.class.<c>`, `code.subject.<s>` → language → phrase."""
