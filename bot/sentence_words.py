"""Tables of what words of a sentence mean, in both languages: states, directions, causes, commands. Pure."""

import re
import unicodedata
from collections.abc import Mapping

from tracing.causes import Cause
from tracing.model import DeliveryStatus, Direction

_A, _Z = r"(?<![a-z])", r"(?![a-z])"


def _either(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_ASKED = r"(?:か|の\?|かな|かどうか|でしょう|$|\?)"
STATES: Mapping[DeliveryStatus, re.Pattern[str]] = {
    DeliveryStatus.FAILED: _either(
        rf"{_A}(?:fail(?:ed|ing|ures?|s)?|bounc(?:ed?|es|ing)|returned|reject(?:ed|s|ion)?|refused"
        rf"|undeliver(?:ed|able)"
        rf"|errors?|mailer-daemon|can(?:'?t|not) send|couldn'?t send|came back){_Z}",
        r"失敗|しっぱい|エラー|不達|配信不能|拒否|はじかれ|弾かれ|リジェクト|バウンス|差し?戻"
        r"|メーラー ?デーモン|戻(?:って|され)|返って"
        r"|(?:送れ|送信でき|おくれ|届けられ)(?:な|ま)",
    ),
    DeliveryStatus.PENDING: _either(
        rf"{_A}(?:pending|stuck|delay(?:ed|s)?|queued|held up|still waiting){_Z}",
        r"保留(?:中)?|ほりゅう(?:ちゅう)?|遅延|滞留|配信中|配送中|遅れて",
    ),
    DeliveryStatus.QUARANTINED: _either(rf"{_A}quarantin(?:ed?|ing){_Z}", r"検疫(?:済み?)?|けんえき|隔離"),
    DeliveryStatus.FILTERED_AS_SPAM: _either(
        rf"{_A}(?:filtered as spam|spam|junk(?: (?:mail|folder))?){_Z}",
        r"迷惑メール|めいわくメール|スパム|ジャンク(?:メール)?",
    ),
    DeliveryStatus.RECALLED: _either(rf"{_A}recalled{_Z}", r"取り?消し済み"),
    DeliveryStatus.EXPANDED: _either(rf"{_A}expanded{_Z}", r"展開済み?"),
    DeliveryStatus.DELIVERED: _either(
        rf"(?<!not )(?<!n't )(?<!was )(?<!were )(?<!been ){_A}delivered{_Z}(?! or)",
        rf"配信済み?|配達済み|(?:(?<!から)(?<!\x00)(?<!\x00に)届いた|配信された)(?!{_ASKED}|はず)",
    ),
}
"""Names of states. “Did it arrive” is a question about a message and names no state."""

DIRECTIONS: Mapping[Direction, re.Pattern[str]] = {
    Direction.INBOUND: _either(
        rf"{_A}(?:inbound|incoming|from (?:the )?outside|from external){_Z}",
        r"(?:外部|社外)から(?:の?受信(?:した)?)?|受信方向",
    ),
    Direction.OUTBOUND: _either(
        rf"{_A}(?:outbound|outgoing|to (?:the )?outside|to external){_Z}",
        r"(?:外部|社外)(?:への?|宛て?)(?:の?送信)?|送信方向|送信の(?=失敗|エラー|保留)",
    ),
    Direction.INTERNAL: _either(rf"{_A}internal{_Z}", r"社内(?:の|間の?|(?=メール))|組織内の?"),
}

CAUSES: Mapping[Cause, re.Pattern[str]] = {
    Cause.BLOCKED_DLP: _either(
        rf"{_A}(?:dlp|data loss prevention)(?: (?:policy|rule))?{_Z}", r"情報漏え?い(?:防止)?"
    ),
    Cause.DELETED_BY_RULE: _either(
        rf"{_A}(?:deleted|removed|dropped) by (?:a |the |our )?(?:mail flow )?rules?{_Z}",
        r"ルール(?:で|により|によって|に)(?:削除|破棄)",
    ),
    Cause.QUARANTINED_BY_RULE: _either(
        rf"{_A}quarantined by (?:a |the |our )?(?:mail flow )?rules?{_Z}",
        r"ルール(?:で|により|によって|に)(?=検疫|隔離)",
    ),
    Cause.BLOCKED_RULE: _either(
        rf"{_A}(?:(?:mail flow|transport|which|a|by|our) )?rules?{_Z}",
        r"(?:メール ?フロー|トランスポート)? ?ルール",
    ),
    Cause.SENDER_AUTHENTICATION: _either(
        rf"{_A}(?:spf|dkim|dmarc|sender authentication){_Z}", r"送信(?:者|ドメイン)認証"
    ),
    Cause.AWAITING_APPROVAL: _either(
        rf"{_A}(?:(?:awaiting|waiting for) (?:approval|moderation)|pending approval){_Z}",
        r"承認(?:待ち|まち|中)",
    ),
    Cause.NOT_APPROVED: _either(
        rf"{_A}(?:(?:rejected|denied) by (?:the )?moderators?|not approved){_Z}",
        r"承認(?:されな|されず|が(?:得|下り|降り))|モデレーター?(?:に|が)(?:拒否|却下)",
    ),
    Cause.SEND_AS_DENIED: _either(
        rf"{_A}send[ -](?:as|on behalf)(?: (?:denied|permission|rights?)){_Z}",
        r"(?:代理送信|送信者として送信)(?:の)?(?:権限|拒否|エラー)?",
    ),
    Cause.RELAY_DENIED: _either(
        rf"{_A}(?:relay(?:ing)?(?: (?:access )?(?:denied|not permitted))?|open relay){_Z}",
        r"(?:不正)?中継(?:拒否|禁止)?|リレー",
    ),
    Cause.UNREACHABLE: _either(
        rf"{_A}(?:unreachable|connection (?:refused|timed out|timeouts?)|timed out|time-?outs?"
        rf"|dns(?: (?:errors?|failures?))?){_Z}",
        r"(?:相手(?:先)?の?)?サーバー?(?:に|へ)(?:接続|つなが|繋が)\w{0,5}|接続(?:エラー|できな|不可)"
        r"|タイムアウト|(?<![a-z])dns(?![a-z])",
    ),
    Cause.EXPIRED: _either(rf"{_A}(?:expired|gave up retrying){_Z}", r"(?:有効)?期限切れ|再送(?:期限|切れ)"),
    Cause.MAILBOX_FULL: _either(
        rf"{_A}(?:mailbox (?:is |was |being )?full|full mailbox|over quota|quota exceeded){_Z}",
        r"(?:メール ?ボックス|受信箱|容量)(?:が|の)?(?:いっぱい|一杯|満杯|満タン)|容量(?:超過|オーバー|不足)",
    ),
    Cause.MALWARE: _either(rf"{_A}(?:malware|virus(?:es)?){_Z}", r"ウイルス|ウィルス|マルウェア"),
    Cause.RECIPIENT_NOT_FOUND: _either(
        rf"{_A}(?:(?:unknown|wrong|invalid|nonexistent) (?:recipients?|address(?:es)?|users?)"
        rf"|(?:recipient|address|user) (?:not found|unknown|does(?:n'?t| not) exist)){_Z}",
        r"(?:宛先|あて先|ユーザー?|受信者|アドレス)不明"
        r"|(?:宛先|受信者|アドレス|ユーザー?)が(?:存在しな|見つから|な)い"
        r"|(?:存在しない|間違った|無効な)(?:メール)?(?:アドレス|宛先|受信者)"
        r"|(?:アドレス|宛先)(?:の)?(?:間違い|誤り|ミス)",
    ),
    Cause.TLS_PROBLEM: _either(
        rf"{_A}(?:tls|certificates?|starttls)(?: (?:problems?|errors?|failures?))?{_Z}", r"証明書"
    ),
    Cause.SIZE_OR_FORMAT: _either(
        rf"{_A}(?:too (?:large|big)|message size|size limit|oversized?){_Z}",
        r"サイズ(?:超過|オーバー|制限|が大き)|大きすぎ",
    ),
    Cause.SENDING_LIMIT: _either(
        rf"{_A}(?:sending limits?|rate limits?|too many (?:messages|recipients)){_Z}",
        r"送信(?:数|量|レート)?(?:制限|上限)|レート制限|流量制限",
    ),
    Cause.FORWARDING_BLOCKED: _either(
        rf"{_A}(?:auto(?:matic)?-?(?:ally)? ?forward(?:ing|ed)?){_Z}", r"自動転送"
    ),
    Cause.ROUTING_LOOP: _either(rf"{_A}(?:mail )?loops?{_Z}", r"ループ"),
}
"""Words for causes of failed delivery."""


def read_cause(word: str) -> Cause | None:
    """The cause that *word* names: one of CAUSES, or any cause by its value."""
    plain = unicodedata.normalize("NFKC", word).casefold().strip()
    if plain in list(Cause):
        return Cause(plain)
    return next((cause for cause, pattern in CAUSES.items() if pattern.fullmatch(plain)), None)


MAIL = _either(
    rf"{_A}(?:e-?mails?|mails?|mial|messages?|inbox|mailbox|ndr){_Z}",
    r"メール|めーる|メエル|メッセージ|受信箱",
)
DELIVERY = _either(
    r"届|とど|来な|来て|来た|来ま|きて|きま|こな|着い|送|おく|(?:受信|受け取|うけと)(?:でき|れ)",
    rf"{_A}(?:arriv\w*|sent|send|receiv\w*|deliver\w*|got|get){_Z}",
)

REPORT = _either(rf"{_A}(?:csv|exports?|excel|spreadsheet|reports?){_Z}", r"レポート|エクセル|ファイルで")
EXTENDED = _either(rf"{_A}extended{_Z}", r"包括的|包括")
HELP = _either(
    rf"{_A}(?:what can you do|how (?:do|can|to) (?:i |you |we )?(?:use|work)|help){_Z}",
    r"使い方|つかいかた|何ができ|なにができ|ヘルプ(?!デスク)",
)
FORM = _either(rf"{_A}form{_Z}", r"フォーム")
DOCTOR = _either(rf"{_A}diagnos\w*{_Z}", r"診断")
