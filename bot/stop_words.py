"""Filler words, which do not describe the mail that is meant, English and Japanese. Pure tables."""

import re

_ENGLISH = """
a able about above account across actually address addressed advice advise after again ago ah ahead all
already also always am an and any anybody anyone anything anyway appreciate are around arrive arrived
arrives arriving as ask asked asking assist assistance at aware back bcc be because been before being best
better between bit block blocked bot bounced but by bye came can cannot cant case cause caused causing cc
ccd check checked checking cheers code come comes coming command confirm could couldn couldnt current
currently d date day days dear deliver delivered delivering delivers delivery did didn didnt display do does
doesn doesnt doing domain domains don done dont down due during each either else email emailed emails end
ended ending ends error errors even ever every everybody everyone everything exactly failed fetch figure
find finding fine flow folder for forward found from full get gets getting give given go goes going gone
good got great had happen happened happening happens has hasn hasn't hasnt have haven having he hear heard
hello help her here hey hi him his hm hold hope hour hours how however i id if im in inbox incoming info
information into investigate ip is isn isnt issue issues it its junk just keep keeps kept kind kindly know
known last late lately later latest let letter letters like list listed little ll log logs long look looked
looking looks lookup lost lot lots m made mail mailbox mailed mailing mails mainly make many matter may
maybe me mean meaning means message messages might mind mine minutes missed missing moment month months more
morning most much must my myself name named ndr need needed needs network never new news next nice no nobody
none nor not nothing now of off ok okay old on once one ones only onto open or other others our out outside
over own part pass passed passing past people perhaps person place please pls plz possible possibly pretty
problem problems properly pull question questions quick quickly quite quota rather re reach reached reaching
really reason receive received receives receiving recent recently recipient recipients regarding regards
related reply result results right s said same saw say saying says search see seem seems seen send sender
senders sending sends sent set she should show showing shown shows side since sincerely so some somebody
someone something sometimes somewhere soon sorry sort start started starting starts state status statuses
still stop stopped stops stuck stuff subject sure t take taken team tell tenant than thank thanks that the
their them then there these they thing things think this those though through time times title titled to
today today's told too took toward towards trace traced traces tracing track trans transport tried tries
trouble try trying turn two type under understand until up upon us use used user users using usually ve very
via view waht wait waited waiting want wanted wants was wasn wasnt watch way ways we week weeks well went
were weren what whatever when where whether which while who whole whom whose why will wish with within
without won wonder wondering wont work worked working works would wouldn write wrong wrote y yes yet you
your yours
"""
STOP_ENGLISH = frozenset(_ENGLISH.split())
"""Filler words between spaces."""

_JAPANESE = """
メールアドレス メールボックス メッセージ フォルダー アドレス ドメイン ボックス フォルダ お疲れ様 トレース
チェック ブロック アラート メール 受信箱 送信者 差出人 受信者 取引先 得意先 恐れ入 先ほど 本日中 リスト
データ エラー ボット メエル めーる 不具合 相手先 ヘルプ 受信 送信 配信 配達 発信 状況 状態 確認 調査 検索
追跡 表示 一覧 教示 連絡 対応 案内 質問 相談 問題 件名 自分 我々 弊社 当社 全部 全件 全て 場合 可能 今回
以下 以上 結果 理由 原因 見当 宛先 件数 情報 詳細 内容 有無 必要 一応 一度 再度 至急 様子 有難 出来 返事
返信 上記 下記 前述 前回 今後 本件 当該 履歴 世話 手数 手間 恐縮 失礼 挨拶 日中 現在 最近 先程 やつ モノ
コト ログ 当て 経由 経緯 付き 件目 出力 抽出 対象 条件 指定 期間 時間 範囲 日時 宛て 届出 監視 通知 追積
取得 ミス 見方 不明 発生 見守 見張 検知 禁止 制限 自動 障害 影響 先日 以前 以降 希望 依頼 確任 拝見 用意
提供 提示 参照 出先 戻り 相手 先方 社内 件 方 様 私 僕 俺 何 誰 今 中 宛 人 者 分 物 所 時 間 際 後 前 上 下
内 外 側 他 等 急 無 有 御 願 致 頂 存 申 見 送 届 来 出 調 探 教 入 止 行 思 知 言 聞 戻 返 取 遅 待 使 失
起 困 伺 恐 疲 忙 早 朝 夜 昼 日 付 全 毎 約 通 番 号 回 用 的 化 性 欲 添 関 対 皆 客 社
"""
STOP_JAPANESE = re.compile("|".join(sorted(_JAPANESE.split(), key=len, reverse=True)))
"""Filler words inside a run of kanji or katakana, the longest first."""

GREETING = re.compile(
    r"good (?:morning|afternoon|evening|night|day)|(?:best|kind|warm) regards|thanks a lot|many thanks"
    r"|service desk|help ?desk|not at all"
    r"|おはよう(?:ございます)?|こんにちは|こんばんは|お疲れ様です|お疲れさまです|お世話になって(?:おります|います)"
    r"|よろしくお願い(?:いた)?します"
)
"""Filler phrases, removed first."""
