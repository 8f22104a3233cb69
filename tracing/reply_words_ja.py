"""Causes in the Japanese words of an SMTP reply, as servers in Japan write them.

The first cause found counts; every repetition is bounded.
"""

from tracing.causes import Cause

JAPANESE: tuple[tuple[Cause, str], ...] = (
    (Cause.MALWARE, r"(?:ウイルス|ウィルス|マルウェア).{0,20}(?:検出|検知|感染|含)"),
    (Cause.SENDER_AUTHENTICATION, r"なりすまし|逆引き|送信(?:元)?ドメイン.{0,20}認証|(?:SPF|DKIM|DMARC)"),
    (
        Cause.SENDER_NOT_ALLOWED,
        r"受信拒否設定|受信制限|指定受信|受信を許可|受信者の設定|迷惑メール(?:対策)?設定",
    ),
    (Cause.TOO_MANY_RECIPIENTS, r"宛先(?:の?数|件数)?.{0,12}(?:多すぎ|上限|超え)"),
    (Cause.SENDING_LIMIT, r"(?:送信|通数|流量).{0,12}(?:上限|制限)|大量送信"),
    (Cause.MAILBOX_FULL, r"いっぱい|一杯|容量.{0,12}(?:超|オーバー|不足)|空き容量|割り当て.{0,8}超"),
    (
        Cause.CONTENT_REFUSED,
        r"(?:添付|拡張子|パスワード付き|ZIP|本文|内容).{0,30}(?:拒否|禁止|許可され|受け取れ|できません)",
    ),
    (Cause.SIZE_OR_FORMAT, r"サイズ.{0,16}(?:超|大き|制限|上限)|容量が大き"),
    (
        Cause.SENDER_BLOCKED,
        r"ブラックリスト|ブロックリスト|(?:IP|送信元|送信者|差出人).{0,30}(?:拒否|ブロック|禁止)|レピュテーション",
    ),
    (Cause.RELAY_DENIED, r"中継.{0,16}(?:拒否|許可|できません)|転送は許可され"),
    (Cause.ROUTING_LOOP, r"(?<!グ)ループ|転送回数"),
    (
        Cause.TLS_PROBLEM,
        r"証明書|(?:TLS|SSL).{0,30}(?:接続|必要|必須|対応|以上|以降|失敗|エラー|通信)|暗号化.{0,12}(?:必要|必須|失敗)",
    ),
    (
        Cause.RECIPIENT_NOT_FOUND,
        r"(?:宛先|受信者|アドレス|ユーザー?|メールボックス).{0,24}(?:不明|見つかり|存在し|無効|ありません|停止)"
        r"|(?:リスト|ディレクトリー?)にありません|登録されて(?:い)?(?:ません|ない)|解約|退会|なくなりました",
    ),
    (Cause.REJECTED_SPAM, r"迷惑メール|スパム"),
    (
        Cause.UNREACHABLE,
        r"接続(?:でき(?:ません|ない|ず)|に失敗|を拒否|が?タイムアウト)|名前解決|タイムアウト"
        r"|(?:ドメイン|ホスト|サーバー?).{0,12}(?:見つかり|存在し|応答)",
    ),
    (Cause.EXPIRED, r"期限(?:が|を)?(?:切れ|過ぎ|超)|再送.{0,12}(?:断念|中止)"),
    (Cause.DELAYED, r"混雑|一時的に|しばらく(?:して|待って|経って)"),
    (Cause.BLOCKED_POLICY, r"ポリシー"),
)
