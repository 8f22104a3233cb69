"""What Teams' app store and its menus say of the bot, Japanese beside English."""

from typing import Literal

APP_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "app.full": {"ja": "あのメール、どうなった?", "en": "what happened to that mail?"},
    "app.short": {
        "ja": "メールが届いたか、なぜ届かないかを調べます。",
        "en": "Find out whether a mail arrived, and if not, why.",
    },
    "app.description": {
        "ja": "メールの行方を Exchange Online のメッセージ追跡で調べ、届いたか、なぜ届かないか、次に何をすればよいかを、わかる言葉でお答えします。自分のメールは誰でも、組織全体のメールはヘルプデスクの方が調べられます。結果は質問した方だけに届きます (承認された場所を除く)。メールの本文を読むことはありません。",
        "en": "Looks up what became of a mail in Exchange Online's message trace, and says in plain words whether it arrived, why not, and what to do next. Everybody can look up their own mail, the help desk everybody's. Only the person who asked sees the answer, except in places that were approved. The content of a mail is never read.",
    },
}
