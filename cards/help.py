"""What a person can type; only what they may do."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    "help.report": "📄",
    "help.mine": "📬",
    "help.explain": "📖",
    "help.help": "❓",
    "help.calendar": "📅",
    "help.range": "⏱️",
    "help.starts": "🔤",
    "help.ip": "🌐",
    "help.client_ip": "💻",
    "help.all_domains": "🏢",
    "help.recent": "🕘",
    "help.save": "💾",
    "help.saved": "🗂️",
    "help.run": "▶️",
    "help.rename": "✏️",
    "help.forget": "🗑️",
    "help.more": "❓",
    "help.watch": "👁️",
    "help.more_than": "🔢",
    "help.percent": "📊",
    "help.quiet": "🌙",
    "help.digest": "📊",
    "help.mention_me": "📣",
    "help.watches": "🗒️",
    "help.unwatch": "🛑",
    "help.edit": "✏️",
    "help.pause": "⏸️",
    "help.resume": "▶️",
    "help.snooze": "💤",
    "help.test": "🔔",
    "help.doctor": "🩺",
    "help.approve": "✅",
    "help.approve_details": "✅",
    "help.revoke": "↩️",
    "help.audit": "🧾",
    "help.audit_all": "🧾",
    "help.audit_ticket": "🎫",
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
    (
        "help.report",
        "レポート 増補要約 送信者 *@hoge.com 期間 7日",
        "report enhanced sender *@hoge.com last 7d",
    ),
    (
        "help.watch",
        "監視 失敗 宛先 *@partner.com 15分ごと",
        "watch failed to *@partner.com every 15m",
    ),
    ("help.mine", "自分のメール", "mine"),
    ("help.explain", "説明 550 5.7.1", "explain 550 5.7.1"),
    ("help.help", "ヘルプ", "help"),
)
"""What it does, how it is typed in Japanese, and in English."""

MORE: tuple[tuple[str, str, str], ...] = (
    ("help.calendar", "追跡 送信者 *@hoge.com 先週", "trace from *@hoge.com last week"),
    (
        "help.range",
        "追跡 送信者 *@hoge.com 昨日 9時〜12時",
        "trace from *@hoge.com yesterday 9:00-12:00",
    ),
    ("help.starts", "追跡 件名 請求書 で始まる", "trace subject starts with invoice"),
    ("help.ip", "追跡 ip 203.0.113.0/24", "trace ip 203.0.113.0/24"),
    (
        "help.client_ip",
        "追跡 送信者 *@contoso.co.jp クライアントIP 198.51.100.7",
        "trace from *@contoso.co.jp client-ip 198.51.100.7",
    ),
    ("help.all_domains", "追跡 送信済み すべて", "trace sent all"),
    ("help.recent", "最近の検索", "recent"),
    ("help.save", "保存 hogeからの失敗", "save failures from hoge"),
    ("help.saved", "保存した検索", "saved"),
    ("help.run", "実行 hogeからの失敗", "run failures from hoge"),
    ("help.rename", "名前変更 hogeからの失敗 → hoge", "rename failures from hoge to hoge"),
    ("help.forget", "削除 hoge", "forget hoge"),
    (
        "help.more_than",
        "監視 失敗 方向 送信 10件超",
        "watch failed direction outbound more than 10 in 15m",
    ),
    (
        "help.percent",
        "監視 失敗 宛先 *@partner.com 20%超 1時間",
        "watch failed to *@partner.com more than 20 % in 1h",
    ),
    (
        "help.quiet",
        "監視 失敗 宛先 *@partner.com 静かな時間 22時〜7時 平日のみ",
        "watch failed to *@partner.com quiet 22:00-7:00 working days",
    ),
    ("help.digest", "監視 失敗 毎日 9時", "watch failed daily at 9:00"),
    (
        "help.mention_me",
        "監視 失敗 宛先 *@partner.com メンション 自分",
        "watch failed to *@partner.com mention me",
    ),
    ("help.watches", "監視一覧", "watches"),
    ("help.unwatch", "監視解除 3", "unwatch 3"),
    ("help.edit", "変更 3 30分ごと", "edit 3 every 30m"),
    ("help.pause", "一時停止 3", "pause 3"),
    ("help.resume", "再開 3", "resume 3"),
    ("help.snooze", "休止 3 明日まで", "snooze 3 until tomorrow"),
    ("help.test", "テスト 3", "test 3"),
    ("help.more", "ヘルプ 詳細", "help more"),
    ("help.doctor", "診断", "doctor"),
    ("help.approve", "承認", "approve"),
    ("help.approve_details", "承認 詳細", "approve details"),
    ("help.revoke", "承認取消", "revoke"),
    ("help.audit", "監査 期間 7日 実行者 佐藤", "audit last 7d by sato"),
)
"""The same, of what is asked less often: the second card."""

FOR_AUDITORS: tuple[tuple[str, str, str], ...] = (
    ("help.audit_all", "監査 期間 7日", "audit last 7d"),
    ("help.audit", "監査 期間 7日 実行者 佐藤", "audit last 7d by sato"),
    ("help.audit_ticket", "監査 チケット INC123", "audit ticket INC123"),
    ("help.explain", "説明 550 5.7.1", "explain 550 5.7.1"),
    ("help.help", "ヘルプ", "help"),
)
"""All that those may ask who read the record and no mail."""

HELPDESK_ONLY = frozenset(
    {"help.ip", "help.client_ip", "help.doctor", "help.approve", "help.approve_details", "help.revoke"}
)
AUDITORS_ONLY = frozenset({"help.audit"})
"""Examples that nobody else is shown."""


@dataclass(frozen=True)
class Help:
    """`helpdesk` people see help about all mail, others about their own. *title* is a text's key.

    `shown_here`: it was asked in a place that shows the help desk's results to everyone.
    `presets`: the last part of its name's key → what its button asks.
    """

    bot_name: str
    helpdesk: bool
    title: str
    presets: Sequence[tuple[str, Press]]
    mine: Press
    form: Press
    saved: Press
    more: Press
    shown_here: bool = False


def render(view: Help, reader: Reader) -> Card:
    """The help card: what is asked most."""
    body: list[BareObject] = [
        text(f"📮 {reader.say(view.title)}", size="Large", weight="Bolder"),
        text(reader.say("help.lead"), spacing="Small"),
    ]
    if not view.helpdesk:
        body.append(text(reader.say("help.own_only"), spacing="Small"))
    body += _examples(EXAMPLES, reader)
    body.append(preset_buttons(view.presets, reader))
    mention = reader.say(_mention(view), bot=f"@{clean(view.bot_name, 60)}")
    body.append(text(mention, isSubtle=True, size="Small"))
    taps = (
        (view.form, "button.form"),
        (view.mine, "button.mine"),
        (view.saved, "kept.saved"),
        (view.more, "button.more"),
    )
    buttons = [execute(press, reader.say(key)) for press, key in taps]
    return finish(body, reader.say("help.summary"), reader.language, buttons)


def _mention(view: Help) -> str:
    """The key of the sentence about who sees results in this place."""
    if view.shown_here:
        return "help.mention.here" if view.helpdesk else "help.mention.others_here"
    return "help.mention.helpdesk" if view.helpdesk else "help.mention"


def render_for_auditors(title: str, reader: Reader) -> Card:
    """The help card of those who read the record and no mail."""
    body = [
        text(f"📮 {reader.say(title)}", size="Large", weight="Bolder"),
        text(reader.say("help.audit_lead"), spacing="Small"),
        *_examples(FOR_AUDITORS, reader),
    ]
    return finish(body, reader.say("help.summary"), reader.language)


def render_more(back: Press, reader: Reader, *, helpdesk: bool, auditor: bool) -> Card:
    """The second card: what else can be typed."""
    hidden = (frozenset() if helpdesk else HELPDESK_ONLY) | (frozenset() if auditor else AUDITORS_ONLY)
    examples = [one for one in MORE if one[0] not in hidden]
    body = [
        text(f"📮 {reader.say('help.more_title')}", size="Large", weight="Bolder"),
        *_examples(examples, reader),
    ]
    buttons = [execute(back, reader.say("button.help"))]
    return finish(body, reader.say("help.summary"), reader.language, buttons)


def _examples(examples: Sequence[tuple[str, str, str]], reader: Reader) -> Sequence[BareObject]:
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
        for key, ja, en in examples
    ]
