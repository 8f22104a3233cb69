"""What words of a sentence mean, English and Japanese: states, directions, causes, what says nothing. Pure tables."""

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
        rf"{_A}(?:fail(?:ed|ing|ures?|s)?|bounc(?:ed?|es|ing)|returned|reject(?:ed|s|ion)?|refused|undeliver(?:ed|able)"
        rf"|errors?|mailer-daemon|can(?:'?t|not) send|couldn'?t send|came back){_Z}",
        r"失敗|しっぱい|エラー|不達|配信不能|拒否|はじかれ|弾かれ|リジェクト|バウンス|差し?戻|メーラー ?デーモン|戻(?:って|され)|返って"
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
"""How a state is named; whether mail arrived is a question, and no state."""

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
        rf"{_A}(?:unreachable|connection (?:refused|timed out|timeouts?)|timed out|time-?outs?|dns(?: (?:errors?|failures?))?){_Z}",
        r"(?:相手(?:先)?の?)?サーバー?(?:に|へ)(?:接続|つなが|繋が)\w{0,5}|接続(?:エラー|できな|不可)|タイムアウト|(?<![a-z])dns(?![a-z])",
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
        r"(?:宛先|あて先|ユーザー?|受信者|アドレス)不明|(?:宛先|受信者|アドレス|ユーザー?)が(?:存在しな|見つから|な)い"
        r"|(?:存在しない|間違った|無効な)(?:メール)?(?:アドレス|宛先|受信者)|(?:アドレス|宛先)(?:の)?(?:間違い|誤り|ミス)",
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
"""Words that name why a message did not arrive."""


def read_cause(word: str) -> Cause | None:
    """The cause that *word* names: one of CAUSES, or the value of any."""
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

_ENGLISH = """
a about above across actually address addressed after again ago ah all already also always am an and any anybody anyone
anything appreciate are around as ask asked asking at aware back be because been before being best better between bit bot but by
bye came can cannot case cause caused causing check checked checking cheers come comes coming command confirm could
couldn couldnt current currently cc day days date dear did didn didnt display do does doesn doesnt doing domain domains don done dont down due during
each either else end ended ends even ever every everybody everyone everything exactly fetch figure find finding fine for forward found from full
get gets getting give given go goes going gone good got great had happen happened happening happens has hasn hasnt have haven having
he hear heard hello help her here hey hi him his hm hold hope how however i id if im in incoming info information into investigate is isn isnt issue issues
it its just keep keeps kind kindly know known last later latest let letter letters like list listed little ll log logs long look looked looking looks lost lot lots
made mail mailed mailbox mailing mails email emails emailed mainly make many matter may maybe me mind mean meaning means message messages might mine minutes missed missing moment more morning most much must my myself
name named need needed needs never new news next nice no nobody none nor not nothing now of off ok okay old on once one ones only onto open or other others our out outside over own part past people perhaps
person place please plz pls possible possibly pretty problem problems properly pull question questions quick quickly quite rather re reach reached reaching really reason received receive receives receiving recipient recipients recently regarding regards related
reply result results right said same saw say saying says search see seem seems seen send sender senders sending sends sent set she should show showing shown shows side since sincerely so some somebody someone something sometimes somewhere sorry
soon sort start starts starting started state status statuses still stop stopped stops stuff subject sure t take taken tell than thank thanks that the their them then there these they thing things think this those though through time times titled title to today
told too took toward towards trace traced traces tracing track tried tries trouble try trying two turn type under understand until up upon us use used user users using usually ve very via view waht want wanted wants was wasn wasnt watch way ways we
well went were weren what whatever when where whether which while who whole whom whose why will wish with within without won wont work worked working works would wouldn write wrong wrote yes yet you your yours s d m y
kept blocked block quota delivered cant failed bounced code error errors came arrive arrived arrives arriving deliver delivers delivery ending ended up over nothing hasn't late lately recent wondering wonder able advise advice assist assistance
ccd cc bcc saying list lookup inbox folder junk anyway ahead delivering happen stuck waiting wait waited goes passing pass passed hours hour week weeks month months today's ndr tenant team account network ip trans transport flow
"""
STOP_ENGLISH = frozenset(_ENGLISH.split())
"""Words that say nothing of which mail is meant."""

STOP_JAPANESE = re.compile(
    "|".join(
        sorted(
            [
                "メールアドレス",
                "メールボックス",
                "メール",
                "メッセージ",
                "アドレス",
                "ドメイン",
                "ボックス",
                "受信箱",
                "受信",
                "送信者",
                "送信",
                "配信",
                "配達",
                "発信",
                "状況",
                "状態",
                "確認",
                "調査",
                "検索",
                "追跡",
                "表示",
                "一覧",
                "教示",
                "連絡",
                "対応",
                "案内",
                "質問",
                "相談",
                "問題",
                "件名",
                "件",
                "方",
                "様",
                "自分",
                "私",
                "僕",
                "俺",
                "我々",
                "弊社",
                "当社",
                "全部",
                "全件",
                "全て",
                "場合",
                "可能",
                "今回",
                "以下",
                "以上",
                "結果",
                "理由",
                "原因",
                "見当",
                "何",
                "誰",
                "今",
                "中",
                "宛先",
                "宛",
                "差出人",
                "受信者",
                "人",
                "者",
                "分",
                "物",
                "所",
                "時",
                "間",
                "際",
                "後",
                "前",
                "上",
                "下",
                "内",
                "外",
                "側",
                "他",
                "等",
                "件数",
                "情報",
                "詳細",
                "内容",
                "有無",
                "必要",
                "一応",
                "一度",
                "再度",
                "至急",
                "急",
                "無",
                "有",
                "様子",
                "有難",
                "御",
                "願",
                "致",
                "頂",
                "下",
                "存",
                "申",
                "出来",
                "見",
                "送",
                "届",
                "来",
                "出",
                "調",
                "探",
                "教",
                "入",
                "止",
                "行",
                "思",
                "知",
                "言",
                "聞",
                "戻",
                "返",
                "返事",
                "返信",
                "取引先",
                "得意先",
                "フォルダ",
                "フォルダー",
                "上記",
                "下記",
                "前述",
                "前回",
                "今後",
                "本件",
                "当該",
                "履歴",
                "取",
                "遅",
                "待",
                "使",
                "失",
                "起",
                "困",
                "伺",
                "恐",
                "入",
                "疲",
                "世話",
                "手数",
                "手間",
                "忙",
                "早",
                "お疲れ様",
                "恐縮",
                "恐れ入",
                "失礼",
                "挨拶",
                "朝",
                "夜",
                "昼",
                "日",
                "日中",
                "現在",
                "最近",
                "先程",
                "先ほど",
                "本日中",
                "トレース",
                "リスト",
                "データ",
                "やつ",
                "モノ",
                "コト",
                "エラー",
                "ログ",
                "ボット",
                "チェック",
                "当て",
                "経由",
                "経緯",
                "付",
                "付き",
                "全",
                "毎",
                "約",
                "件目",
                "通",
                "番",
                "号",
                "回",
                "用",
                "的",
                "化",
                "性",
                "出力",
                "抽出",
                "欲",
                "添",
                "関",
                "対",
                "対象",
                "条件",
                "指定",
                "期間",
                "時間",
                "範囲",
                "日時",
                "宛て",
                "届出",
                "メエル",
                "めーる",
                "監視",
                "通知",
                "ブロック",
                "アラート",
                "追積",
                "取得",
                "ミス",
                "見方",
                "不明",
                "発生",
                "見守",
                "見張",
                "検知",
                "皆",
                "客",
                "禁止",
                "制限",
                "自動",
                "不具合",
                "障害",
                "影響",
                "先日",
                "以前",
                "以降",
                "希望",
                "依頼",
                "確任",
                "拝見",
                "用意",
                "提供",
                "提示",
                "参照",
                "出先",
                "戻り",
                "相手",
                "相手先",
                "先方",
                "社",
                "社内",
                "ヘルプ",
            ],
            key=lambda word: -len(word),
        )
    )
)
"""The same of Japanese, inside a run of kanji or katakana."""

GREETING = re.compile(
    r"good (?:morning|afternoon|evening|night|day)|おはよう(?:ございます)?|こんにちは|こんばんは|お疲れ様です|お疲れさまです|お世話になって(?:おります|います)"
    r"|よろしくお願い(?:いた)?します|(?:best|kind|warm) regards|thanks a lot|many thanks|service desk|help ?desk|not at all"
)
