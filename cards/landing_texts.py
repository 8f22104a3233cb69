"""“Tell me when it lands”, in words."""

from typing import Literal

LANDING_TEXTS: dict[str, dict[Literal["ja", "en"], str]] = {
    "landing.button": {"ja": "結果が出たら知らせる", "en": "Tell me when it lands"},
    "landing.stop": {"ja": "通知をやめる", "en": "Stop watching"},
    "landing.open": {"ja": "詳細を開く", "en": "Open the details"},
    "landing.watching.title": {"ja": "結果が出たらお知らせします", "en": "I will tell you when it lands"},
    "landing.watching.note": {
        "ja": "配信状態が確定したら、このチャットに新しいメッセージでお知らせします (最長 {duration})。",
        "en": "As soon as its state is final, a new message comes to this chat (for up to {duration}).",
    },
    "landing.watching.summary": {"ja": "結果が出たらお知らせします", "en": "I will tell you when it lands"},
    "landing.landed": {"ja": "お待ちのメールの結果が出ました", "en": "The mail you are waiting for"},
    "landing.landed.summary": {
        "ja": "お待ちのメール: {status}",
        "en": "The mail you are waiting for: {status}",
    },
    "landing.late.title": {"ja": "まだ結果が出ていません", "en": "Still no final state"},
    "landing.late.note": {
        "ja": "{duration}待ちましたが、状態は「{status}」のままです。お知らせを終了します。必要なら、詳細を開いて確認してください。",
        "en": "After {duration} it is still “{status}”, so I have stopped watching. Open the details to see where it is held up.",
    },
    "landing.late.summary": {
        "ja": "お待ちのメールはまだ確定していません",
        "en": "The mail you are waiting for has no final state yet",
    },
    "landing.gone.note": {
        "ja": "このメールは追跡の記録に見当たらなくなりました。お知らせを終了します。",
        "en": "The mail is no longer in the trace, so I have stopped watching.",
    },
    "landing.failed.note": {
        "ja": "何度か確認しましたが、Exchange Online から状態を取得できませんでした。お知らせを終了します。(番号 {id})",
        "en": "Its state could not be read from Exchange Online, after several attempts; I have stopped watching. (Reference {id})",
    },
    "landing.stopped": {"ja": "お知らせをやめました", "en": "I have stopped watching"},
    "landing.stopped.note": {
        "ja": "このメールについては、もうお知らせしません。",
        "en": "You will hear no more of this mail.",
    },
    "landing.already": {
        "ja": "このメールはすでに確認を続けています。結果が出たら、このチャットでお知らせします (最長 {duration})。",
        "en": "This mail is being watched already; you will hear of it in this chat (for up to {duration}).",
    },
    "landing.too_many": {
        "ja": "一度にお待ちできるのは {n} 通までです。ほかのお知らせをやめてから、もう一度お試しください。",
        "en": "At most {n} mail can be watched at a time. Stop watching another first.|At most {n} mails can be watched at a time. Stop watching another first.",
    },
    "landing.busy": {
        "ja": "いま結果待ちのメールが多すぎます。しばらくしてからもう一度お試しください。",
        "en": "Too many mails are being watched just now. Please try again later.",
    },
    "landing.settled": {
        "ja": "このメールの結果はもう出ています。",
        "en": "This mail has its final state already.",
    },
}
