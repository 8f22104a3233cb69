"""Texts for pasted headers: the filter's verdict, what to do, and the route the message took."""

from cards.cause_parts import Both

_JUDGED: dict[str, tuple[tuple[str, str], tuple[str, str], tuple[str, str], tuple[str, str]]] = {
    # Judged → name, why, what an employee does, what the help desk does; one step a line.
    "malware": (
        ("マルウェアと判定されました", "Judged malware"),
        ("添付ファイルまたはリンクが危険と判定されました。", "An attachment or a link was judged harmful."),
        ("添付ファイルやリンクを開かないでください。", "Do not open its attachments or links."),
        (
            "検疫で脅威の名前を確認してください。\n開いた人がいないか確認してください。",
            "Look up the threat in quarantine.\nFind out whether anybody opened it.",
        ),
    ),
    "phish": (
        ("フィッシングと判定されました", "Judged phishing"),
        (
            "本物を装って情報を盗むメールと判定されました。",
            "It was judged to pose as somebody to steal information.",
        ),
        (
            "リンクを開かず、返信しないでください。開いた場合は、すぐにヘルプデスクに連絡してください。",
            "Do not open its links or answer it. If you did, contact the help desk at once.",
        ),
        (
            "リンクを開いた人がいないか確認してください。\n誤検知なら、Microsoft に報告してください。",
            "Find out whether anybody opened its links.\nIf it is a false positive, report it to Microsoft.",
        ),
    ),
    "spoof": (
        ("なりすましと判定されました", "Judged spoofed"),
        (
            "差出人のドメインが、実際の送信元と一致しません。",
            "The sender's domain is not the one that really sent it.",
        ),
        (
            "差出人に、電話など別の方法で確認してください。",
            "Check with the sender another way.",
        ),
        (
            "正当な送信元なら、差出人のドメインの SPF、DKIM、DMARC を直してもらってください。\nそれまでの間は、スプーフィング インテリジェンスで許可できます。",
            "If the source is legitimate, have SPF, DKIM and DMARC of the From domain corrected.\nUntil then, allow it in spoof intelligence.",
        ),
    ),
    "impersonation": (
        ("知っている人や会社のふりをしています", "It poses as somebody you know"),
        (
            "差出人の名前またはドメインが、保護されている人や会社によく似ています。",
            "The sender's name or domain looks like that of a protected person or company.",
        ),
        (
            "返信せず、本人に別の方法で確認してください。",
            "Do not answer it; check with the person another way.",
        ),
        (
            "正当な差出人なら、フィッシング対策ポリシーの信頼できる差出人に追加してください。",
            "If the sender is legitimate, add them to the trusted senders of the anti-phishing policy.",
        ),
    ),
    "high_spam": (
        ("迷惑メールと判定されました (高い確度)", "Judged spam, with high confidence"),
        (
            "内容または送信元が、迷惑メールと強く疑われました。",
            "Its content or source strongly looks like spam.",
        ),
        ("必要なメールなら、ヘルプデスクに連絡してください。", "If you need it, contact the help desk."),
        (
            "誤検知なら、Microsoft に報告してください。\n繰り返す場合は、許可/禁止リストに期限付きで許可を追加してください。",
            "If it is a false positive, report it to Microsoft.\nIf it repeats, add a temporary allow entry to the Allow/Block List.",
        ),
    ),
    "bulk": (
        ("大量送信メールと判定されました", "Judged bulk mail"),
        (
            "ニュースレターなどの一斉配信と判定されました。",
            "It was judged a mass mailing, such as a newsletter.",
        ),
        ("不要なら、配信の停止を申し込んでください。", "Unsubscribe if you do not want it."),
        (
            "必要な配信なら、スパム対策ポリシーの大量メールのしきい値 (BCL) を確認してください。",
            "If it is wanted, check the bulk threshold (BCL) of the anti-spam policy.",
        ),
    ),
    "spam": (
        ("迷惑メールと判定されました", "Judged spam"),
        ("内容または送信元が、迷惑メールと判定されました。", "Its content or source was judged spam."),
        (
            "必要なメールなら、迷惑メール フォルダーで「迷惑メールではない」を選んでください。",
            "If you need it, choose “Not junk” in Junk Email.",
        ),
        (
            "誤検知なら、Microsoft に報告し、送信ドメインの SPF、DKIM、DMARC を確認してください。",
            "If it is a false positive, report it to Microsoft and check SPF, DKIM and DMARC of the sending domain.",
        ),
    ),
    "marked_spam": (
        ("ルールにより迷惑メールとされました", "Marked as spam by a rule"),
        (
            "フィルターより前に、メール フロー ルールが迷惑メールとしました。",
            "A mail flow rule marked it as spam before the filter saw it.",
        ),
        ("必要なメールなら、ヘルプデスクに連絡してください。", "If you need it, contact the help desk."),
        (
            "SCL を設定しているメール フロー ルールを確認してください。",
            "Look for the mail flow rule that sets the SCL.",
        ),
    ),
    "blocked": (
        ("禁止リストにより迷惑メールとされました", "Treated as spam by a block list"),
        (
            "受信者または組織の禁止リストに、差出人が載っています。",
            "The sender is on a block list of the recipient or the organization.",
        ),
        (
            "Outlook の「受信拒否リスト」に差出人がないか確認してください。",
            "Look for the sender among Outlook's blocked senders.",
        ),
        (
            "SFV が BLK なら受信者の受信拒否リスト、SKB ならスパム対策ポリシーの禁止リストを確認してください。",
            "For SFV BLK check the recipient's blocked senders, for SKB the block list of the anti-spam policy.",
        ),
    ),
    "outbound_spam": (
        ("送信メールが迷惑メールと判定されました", "Judged spam on its way out"),
        ("自社から送ったメールが、迷惑メールと疑われました。", "A message sent from here looks like spam."),
        (
            "心当たりがない場合は、すぐにヘルプデスクに連絡してください。",
            "If you did not send it, contact the help desk at once.",
        ),
        (
            "アカウントの侵害がないか、サインインと送信数を確認してください。",
            "Check the account's sign-ins and how much it sends: it may be compromised.",
        ),
    ),
    "released": (
        ("検疫から解放されたメールです", "Released from quarantine"),
        (
            "いったん検疫されましたが、解放されて届きました。",
            "It was quarantined first, then released and delivered.",
        ),
        ("", ""),
        ("", ""),
    ),
    "allowed": (
        ("許可リストによりフィルターを通過しました", "Let through by an allow list"),
        (
            "差出人が許可されているため、迷惑メールの検査を受けずに届きました。",
            "The sender is allowed, so it was not filtered for spam.",
        ),
        ("", ""),
        (
            "不審なメールなら、許可の設定 (信頼できる差出人、ポリシー、ルール、コネクター) を見直してください。",
            "If it is suspicious, review what allows it: safe senders, policies, rules, connectors.",
        ),
    ),
    "clean": (
        ("迷惑メールではないと判定されました", "Not judged spam"),
        ("フィルターは、このメールに問題を見つけませんでした。", "The filter found nothing wrong with it."),
        ("", ""),
        ("", ""),
    ),
    "unauthenticated": (
        ("差出人を確認できませんでした", "The sender could not be verified"),
        (
            "差出人のドメインの認証に合格していません。",
            "It does not pass the authentication of the sender's domain.",
        ),
        ("差出人に、電話など別の方法で確認してください。", "Check with the sender another way."),
        (
            "SPF、DKIM、DMARC のうち失敗したものを、差出人のドメインの管理者に伝えてください。",
            "Tell the administrator of the sender's domain which of SPF, DKIM and DMARC failed.",
        ),
    ),
    "authenticated": (
        ("差出人のドメインは本物です", "The sender's domain is genuine"),
        ("差出人のドメインの認証に合格しています。", "It passes the authentication of the sender's domain."),
        ("", ""),
        ("", ""),
    ),
}

_VERDICTS: dict[str, Both] = {
    f"judged.{judged}.{part}": {"ja": ja, "en": en}
    for judged, told in _JUDGED.items()
    for part, (ja, en) in zip(("name", "why", "ask", "steps"), told, strict=True)
}
_WAY: dict[str, Both] = {
    "journey.handed_in": {"ja": "送信元サーバー", "en": "Sending server"},
    "journey.title": {"ja": "メールが通った経路", "en": "The way this message took"},
    "journey.took": {
        "ja": "届くまで {duration}、{n} 台のサーバーを通りました。",
        "en": "It took {duration} over {n} server.|It took {duration} over {n} servers.",
    },
    "journey.slow": {
        "ja": "最も時間がかかったのは {n} 台目までの {duration} です。",
        "en": "Most of it, {duration}, went by before server {n}.|Most of it, {duration}, went by before server {n}.",
    },
    "journey.hops": {"ja": "経路 (古い順)", "en": "Hops, oldest first"},
    "journey.hop": {"ja": "{n} 台目のサーバー", "en": "Server {n}|Server {n}"},
    "journey.slowest": {"ja": "ここで時間がかかっています", "en": "the slow one"},
    "journey.skewed": {"ja": "サーバーの時計がずれています", "en": "its clock is off"},
    "journey.more": {"ja": "ほか {n} 台", "en": "and {n} more|and {n} more"},
    "journey.authentication": {"ja": "送信者の認証", "en": "Authentication"},
}
HEADER_TEXTS = _VERDICTS | _WAY
"""`judged.<judged>.<part>` and `journey.<part>` → language → text."""
