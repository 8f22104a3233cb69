"""What is said around a conversation: on arrival, in dialogs, in the compose box. Japanese beside English."""

from typing import Literal

SURFACE_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "welcome.summary": {"ja": "メールの行方を調べるボットです", "en": "I find out what happened to a mail"},
    "welcome.mention": {
        "ja": "ここでは {bot} とメンションしてから話しかけてください。メンションのない投稿は届きません。",
        "en": "Mention {bot} to talk to me here; I never see posts without a mention.",
    },
    "welcome.slash": {
        "ja": "「/」を入力して一覧からコマンドを選ぶと、あなたにだけ見えます。",
        "en": "Type “/” and pick a command: only you see it.",
    },
    "welcome.private": {
        "ja": "結果は質問した方だけに届きます (ヘルプデスクがこの場所での表示を承認した場合を除く)。",
        "en": "Only the person who asked sees the answer, unless the help desk approved this place.",
    },
    "welcome.message": {
        "ja": "メッセージの「…」→「その他の操作」→「このメールを追跡」で、そのメッセージにあるメールを調べられます。",
        "en": "“…” on a message, then “More actions” and “Trace this mail”, looks up the mail it names.",
    },
    "dialog.found": {
        "ja": "メッセージから条件を読み取りました。確認して検索してください。",
        "en": "These conditions were read from the message. Check them, then search.",
    },
    "dialog.nothing": {
        "ja": "メッセージにメッセージ ID やメール アドレスが見つかりませんでした。条件を入力してください。",
        "en": "The message names no Message ID and no address. Fill in what you know.",
    },
    "progress.rows": {
        "ja": "これまでに {n} 件見つかりました。",
        "en": "{n} message found so far.|{n} messages found so far.",
    },
    "progress.parts": {
        "ja": "{total} 区間のうち {done} 区間を調べました",
        "en": "{done} of {total} parts read",
    },
    "progress.note": {
        "ja": "時間がかかる場合は、終わったときに新しいメッセージでお知らせします。",
        "en": "If it takes long, the answer comes as a new message.",
    },
    "progress.below": {
        "ja": "検索が終わりました。結果は下の新しいメッセージです。",
        "en": "Done: the answer is the new message below.",
    },
    "interrupted.stopped": {
        "ja": "検索を中止しました。条件は残っています。",
        "en": "The search was stopped. Your conditions are kept.",
    },
    "notice.not_running": {"ja": "この検索はもう終わっています。", "en": "That search has ended already."},
    "refused.not_running": {"ja": "この検索はもう終わっています。", "en": "That search has ended already."},
    "button.stop": {"ja": "中止", "en": "Stop"},
    "compose.what": {
        "ja": "ここからは検索できません。1:1 チャットで「追跡」と入力するか、メッセージの「このメールを追跡」を使ってください。",
        "en": "Nothing can be searched from here. Type “trace” in our 1:1 chat, or use “Trace this mail” on a message.",
    },
    "action.title": {"ja": "このメールを追跡", "en": "Trace this mail"},
    "action.description": {
        "ja": "メッセージにあるエラーの意味を説明し、そのメールを調べます",
        "en": "Say what a bounce in the message means, and look up the mail it names",
    },
}
