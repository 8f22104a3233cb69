"""The words of the grammar, English and Japanese; both work whatever the language of the client."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from bot.slips import Slips
from cards.report_file import ReportKind
from tracing.model import DeliveryStatus, Direction, SubjectMode

_T = TypeVar("_T")

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "trace": ("trace", "find", "search", "追跡", "メッセージ追跡", "トレース", "検索"),
    "mine": ("mine", "my mail", "my mails", "my emails", "my messages", "自分のメール", "自分", "マイメール"),
    "saved": ("saved", "保存した検索", "保存済み検索"),
    "recent": ("recent", "history", "最近の検索", "最近", "履歴"),
    "save": ("save", "保存"),
    "run": ("run", "実行"),
    "rename": ("rename", "名前変更", "名前の変更"),
    "forget": ("forget", "削除"),
    "report": ("report", "レポート", "増補要約レポート", "包括的レポート"),
    "explain": ("explain", "説明", "解説"),
    "watch": ("watch", "監視", "見張り", "digest", "ダイジェスト"),
    "watches": ("watches", "監視一覧", "監視の一覧"),
    "edit": ("edit", "変更", "編集"),
    "unwatch": ("unwatch", "監視解除", "監視終了"),
    "pause": ("pause", "一時停止"),
    "resume": ("resume", "再開"),
    "snooze": ("snooze", "休止"),
    "test": ("test", "テスト"),
    "help": (
        *("help", "ヘルプ", "使い方", "?"),
        *("hello", "hi", "hey", "こんにちは", "こんばんは", "おはよう", "おはようございます"),
    ),
    "doctor": ("doctor", "診断"),
    "audit": ("audit", "監査", "利用記録"),
    "approve": ("approve", "承認"),
    "revoke": ("revoke", "承認取消", "承認取り消し", "承認の取り消し"),
}

DETAILS = ("details", "detail", "詳細", "詳細表示")
"""Behind `approve` and `revoke`: what alerts hold."""

BY = ("by", "実行者")
"""Behind `audit`: who did it."""

EVERY = ("every", "間隔", "毎")
"""In a watch: how often it looks."""

EVERY_ENDINGS = ("ごと", "毎", "おき", "間隔")
"""The same as Japanese says it: 15分ごと."""

QUIET = ("quiet", "静かな時間", "静音")
WORKING_DAYS = ("workdays", "weekdays", "平日", "平日のみ", "平日だけ")
MENTION = ("mention", "メンション")
ME = ("me", "myself", "自分", "私")
THRESHOLD = ("threshold", "しきい値", "閾値")
ALL_DAYS = ("alldays", "毎日", "全日", "曜日を問わず")
NONE = ("off", "none", "nobody", "なし", "解除")
"""In a watch: when it is quiet; and without any of that."""

TOMORROW = ("tomorrow", "明日")
"""Behind `snooze`, where it may also be a length of time."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "sender": ("sender", "from", "送信者", "差出人", "送信元", "発信者", "発信元"),
    "recipient": ("recipient", "to", "受信者", "宛先", "送信先", "あて先"),
    "subject": ("subject", "件名", "題名", "タイトル"),
    "status": ("status", "状態", "配信状態"),
    "message_id": ("id", "message-id", "messageid", "message id", "メッセージid", "メッセージ id"),
    "from_ip": (
        "ip",
        "from-ip",
        "fromip",
        "送信元ip",
        "送信元 ip",
        "元のクライアントip",
        "元のクライアント ip",
    ),
    "client_ip": ("client-ip", "clientip", "client ip", "クライアントip", "クライアント ip"),
    "direction": ("direction", "方向"),
    "cause": ("cause", "原因"),
    "rule": ("rule", "ルール"),
    "duration": ("last", "期間", "過去", "直近", "時間の範囲"),
    "ticket": ("ticket", "チケット"),
    "since": ("since", "開始", "開始日"),
    "until": ("until", "終了", "終了日"),
}

REPORTS: Mapping[ReportKind, tuple[str, ...]] = {
    ReportKind.ENHANCED: ("enhanced", "増補要約", "増補", "増補要約レポート"),
    ReportKind.EXTENDED: ("extended", "包括的", "包括", "包括的レポート"),
}
"""The reports that are files; the word behind `report`, or in Japanese the whole of it."""

PRESETS: Mapping[str, tuple[str, ...]] = {
    "sent": ("sent", "送信済み"),
    "received": ("received", "受信済み"),
    "pending": ("pending", "保留中", "保留"),
    "quarantined": ("quarantined", "検疫済み", "検疫"),
    "failed": ("failed", "失敗"),
}
"""The admin center's five default queries; the word alone behind `trace`."""

OF_ALL_DOMAINS = ("sent", "received")
ALL_DOMAINS = ("all", "all domains", "全ドメイン", "すべてのドメイン", "すべて", "全て")
"""Behind `trace sent` and `trace received`: of all our domains, not of the primary one alone."""

STATUSES: Mapping[DeliveryStatus, tuple[str, ...]] = {
    DeliveryStatus.DELIVERED: ("delivered", "配信済み", "配信済"),
    DeliveryStatus.EXPANDED: ("expanded", "展開済み", "展開済"),
    DeliveryStatus.FAILED: (
        "failed",
        "fail",
        "bounced",
        "undelivered",
        "失敗",
        "配信失敗",
        "不達",
        "配信不能",
        "エラー",
    ),
    DeliveryStatus.PENDING: ("pending", "保留中", "保留", "配信中"),
    DeliveryStatus.QUARANTINED: ("quarantined", "quarantine", "検疫済み", "検疫済", "検疫"),
    DeliveryStatus.FILTERED_AS_SPAM: (
        "filteredasspam",
        "filtered as spam",
        "spam",
        "迷惑メール",
        "迷惑メールとしてフィルター処理",
    ),
    DeliveryStatus.GETTING_STATUS: ("gettingstatus", "getting status", "取得中", "状態を取得しています"),
    DeliveryStatus.RECALLED: ("recalled", "取り消し済み", "取消済み", "取り消し"),
}

DIRECTIONS: Mapping[Direction, tuple[str, ...]] = {
    Direction.INBOUND: ("inbound", "incoming", "in", "受信"),
    Direction.OUTBOUND: ("outbound", "outgoing", "out", "送信"),
    Direction.INTERNAL: ("internal", "組織内", "内部", "社内"),
}

SUBJECT_MODES: Mapping[SubjectMode, tuple[str, ...]] = {
    SubjectMode.CONTAINS: ("contains", "含む", "部分一致"),
    SubjectMode.STARTS_WITH: ("starts", "starts with", "startswith", "先頭", "前方一致"),
    SubjectMode.ENDS_WITH: ("ends", "ends with", "endswith", "末尾", "後方一致"),
    SubjectMode.EQUALS: ("equals", "is", "一致", "完全一致"),
}

SUBJECT_ENDINGS: Mapping[SubjectMode, tuple[str, ...]] = {
    SubjectMode.CONTAINS: ("を含む", "が含まれる"),
    SubjectMode.STARTS_WITH: ("で始まる", "から始まる"),
    SubjectMode.ENDS_WITH: ("で終わる",),
    SubjectMode.EQUALS: ("と一致する", "と一致", "と同じ"),
}
"""The same as Japanese says it, behind the words of the subject: 件名 請求書 で始まる."""

_PERIODS = ("this week", "last week", "this month", "last month")

PHRASES = frozenset(
    form
    for table in (COMMANDS, FIELDS, STATUSES, SUBJECT_MODES)
    for forms in table.values()
    for form in forms
    if " " in form
) | {*_PERIODS, *(form for form in ALL_DOMAINS if " " in form)}
"""What is one word of the grammar though it is written with a space."""

NOUNS = (
    "mail",
    "mails",
    "email",
    "emails",
    "e-mail",
    "e-mails",
    "message",
    "messages",
    "メール",
    "メッセージ",
)
"""What every trace is of: `trace mail from …` is `trace from …`."""

MORE = ("more", "all", "詳細", "詳しく", "すべて")
"""Behind `help`: what else there is."""

RENAMED_TO = ("to", "→", "->", "を", "から")
"""What stands between a saved search's name and its new one."""


def key_of(word: str) -> str:
    """How words are compared: full-width forms and case do not matter."""
    return unicodedata.normalize("NFKC", word).casefold()


def find(words: Mapping[_T, tuple[str, ...]], key: str) -> _T | None:
    """What *key* names among *words*, None when nothing."""
    return next((name for name, forms in words.items() if key in forms), None)


def nearest(words: Mapping[_T, tuple[str, ...]], key: str) -> str:
    """The form of *words* that *key* is a slip of, or ""."""
    return _slips(tuple(form for forms in words.values() for form in forms)).meant(key)


@cache
def _slips(forms: tuple[str, ...]) -> Slips:
    return Slips(forms)
