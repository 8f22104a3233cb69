"""What a person can type; only what they may do."""

from collections.abc import Sequence

from adaptivecards.baseobject import BareObject

from cards.elements import Card, Press, clean, column, columns, execute, finish, rich, run, text
from cards.presets import preset_buttons
from cards.reader import Reader

_SIGNS = {
    "help.form": "📝",
    "help.sender": "📤",
    "help.recipient": "📥",
    "help.status": "❌",
    "help.subject": "🔤",
    "help.failed": "🚨",
    "help.address": "👤",
    "help.message_id": "✉️",
    "help.mine": "📬",
    "help.help": "❓",
    "help.doctor": "🩺",
}

EXAMPLES: tuple[tuple[str, str, str], ...] = (
    ("help.form", "追跡", "trace"),
    ("help.sender", "追跡 送信者 *@hoge.com", "trace sender *@hoge.com"),
    ("help.recipient", "追跡 宛先 info@with-wit.com 期間 2日", "trace to info@with-wit.com last 2d"),
    (
        "help.status",
        "追跡 送信者 suzuki@hoge.com 状態 失敗 期間 7日",
        "trace from suzuki@hoge.com status failed last 7d",
    ),
    (
        "help.subject",
        "追跡 件名 請求書 方向 受信 期間 24時間",
        "trace subject invoice direction inbound last 24h",
    ),
    ("help.failed", "追跡 失敗", "trace failed"),
    ("help.address", "追跡 tanaka@contoso.co.jp", "trace tanaka@contoso.co.jp"),
    ("help.message_id", "追跡 <CAF9x7f2@mail.hoge.com>", "trace <CAF9x7f2@mail.hoge.com>"),
    ("help.mine", "自分のメール", "mine"),
    ("help.help", "ヘルプ", "help"),
    ("help.doctor", "診断", "doctor"),
)
"""What it does, how it is typed in Japanese, and in English."""

HELPDESK_ONLY = frozenset({"help.doctor"})


def render(
    bot_name: str,
    helpdesk: bool,
    mine: Press,
    presets: Sequence[tuple[str, Press]],
    reader: Reader,
    title: str = "help.title",
) -> Card:
    """The help card; *helpdesk* people read of everybody's mail, others of their own."""
    body: list[BareObject] = [
        text(f"📮 {reader.say(title)}", size="Large", weight="Bolder"),
        text(reader.say("help.lead"), spacing="Small"),
    ]
    if not helpdesk:
        body.append(text(reader.say("help.own_only"), spacing="Small"))
    body += _examples(helpdesk, reader)
    body.append(preset_buttons(presets, reader))
    body.append(text(reader.say("help.mention", bot=f"@{clean(bot_name, 60)}"), isSubtle=True, size="Small"))
    return finish(
        body, reader.say("help.summary"), reader.language, [execute(mine, reader.say("button.mine"))]
    )


def _examples(helpdesk: bool, reader: Reader) -> Sequence[BareObject]:
    return [
        columns(
            column([text(_SIGNS[key], wrap=False)], "28px"),
            column(
                [
                    rich(run(ja if reader.language == "ja" else en, fontType="Monospace", weight="Bolder")),
                    text(reader.say(key), isSubtle=True, size="Small", spacing="None"),
                ],
                "stretch",
                spacing="Small",
            ),
            separator=True,
            spacing="Small",
        )
        for key, ja, en in EXAMPLES
        if helpdesk or key not in HELPDESK_ONLY
    ]
