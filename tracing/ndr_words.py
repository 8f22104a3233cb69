"""How mail systems word and lay out their reports, as patterns; each takes time in proportion to its text.

Every repetition is bounded: what is pasted may be made to tire them.
"""

import re

_ADDRESS = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z][\w-]{1,62}"
ADDRESS = re.compile(_ADDRESS, re.ASCII)
MACHINE = re.compile(
    r"^(?:postmaster|mailer-daemon|mail-daemon|microsoftexchange[0-9a-f]{10,})@", re.IGNORECASE
)

REPORTER = re.compile(
    r"mailer-?daemon|mail-?daemon|postmaster|mail delivery (?:sub)?system"
    r"|microsoftexchange[0-9a-f]{10,}|Microsoft Outlook",
    re.IGNORECASE,
)
REPORT_TITLE = re.compile(
    r"undeliver|delivery (?:status|failure|notification|delayed|incomplete)|returned mail"
    r"|failure notice|mail (?:delivery )?(?:failed|failure)"
    r"|not delivered|mail system error|delivery has failed|配信不能|配信の?遅延|エラー通知"
    r"|送信できませんでした"
    r"|配信できませんでした",
    re.IGNORECASE,
)
"""Subjects used only by reports of mail systems."""

_MORE = r"[^\n]{0,500}(?:\n(?!\s*\n)(?![^\n]{0,40}<[^\s<>]{1,200}@)[^\n]{1,300}){0,4}"
REPLIES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"remote server returned\s{0,4}[:'\"“‘<]{0,3}\s{0,4}([^\n]{3,500})",
        r"(?:リモート サーバー|Remote Server)[^\n]{0,80}?['\"“‘「]([45]\d\d[^\n]{3,500})",
        rf"\b(?:said|replied|reason|returned|responded):?\s{{0,4}}[:'\"]?\s{{0,4}}([45]\d\d{_MORE})",
        rf"SMTP error from remote mail(?:er"
        rf"| server)[^\n]{{0,200}}\n\s{{0,12}}(?:host [^\n]{{1,200}}?:\s{{1,8}})?([45]\d\d{_MORE})",
        rf"SMTP error from remote mail(?:er| server)[^\n]{{0,200}}?:\s{{0,8}}([45]\d\d{_MORE})",
        r"(?:response|reason|message|理由|応答|エラー"
        r"|error)[^\n]{0,60}[:：]\s{0,4}\n{0,3}\s{0,8}([45]\d\d[^\n]{0,500})",
        r"^\s{0,4}<<< ([45]\d\d[^\n]{1,400})",
        rf"<{_ADDRESS}>[^\n]{{0,20}}:\s{{0,4}}\n{{0,2}}\s{{0,8}}([45]\d\d{_MORE})",
    )
)
REPLY_LINES = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^[^\n]{0,200}?(?<![\d.])#?([45]\d\d[ -]#?[245]\.\d{1,3}\.\d{1,3}\b[^\n]{0,400})",
        r"^\W{0,8}([245]\.\d{1,3}\.\d{1,3} [^\n]{3,400})",
        r"^[ \t]{0,8}([45][0-5]\d[ -][A-Za-z<\"'(][^\n]{5,400})",
    )
)
TRANSCRIPT = re.compile(r"^\s{0,8}(?:<<< |\(reason: )([45]\d\d[^\n]{1,400})", re.MULTILINE)
"""Sendmail: the other side's reply, which the summary below does not repeat."""

HASH_CODE = re.compile(r"^([^\n]{0,300}\(?#[45]\.\d{1,3}\.\d{1,3}\)?[^\n]{0,100})", re.MULTILINE)
"""qmail and IronPort: words first, then the code after a hash."""

INDENTED = re.compile(
    rf"^\s{{0,8}}<?{_ADDRESS}>?[^\n]{{0,80}}\n((?:[ \t]{{2,12}}\S[^\n]{{0,300}}\n?){{1,6}})",
    re.MULTILINE | re.ASCII,
)
"""Exim: the reply of a server or of Exim, indented after the address."""

BEHIND_ADDRESS = re.compile(
    rf"^\W{{0,4}}<?{_ADDRESS}>?(?::|\.\.\.)\s{{1,8}}([^\s\d][^\n]{{4,300}})", re.MULTILINE | re.ASCII
)
"""Postfix and Sendmail: their own words on the address's line."""

BARE_REPLY = re.compile(
    r"^\W{0,8}((?:[245]\d\d[ #-]{1,3})?[245]\.\d{1,3}\.\d{1,3}\b[^\n]{0,400}|[45][0-5]\d\b[^\n]{0,400})"
)
ASKED_CODE = re.compile(r"(?:[245]\d\d[ #-]{1,3})?[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
"""A code in a short question: `エラー 550 5.7.1 の意味は?`"""

BEFORE_ADDRESSES = re.compile(
    r"delivery\s(?:has|is|to)\s.{0,10}(?:failed|delayed)?\s?to\sthese\srecipients|couldn.?t\sbe\sdelivered"
    r"|could\snot\sbe\sdelivered|wasn.?t\sdelivered"
    r"|was\snot\sdelivered|unable\sto\sdeliver|not\sable\sto\sdeliver|wasn.?t\sable\sto\sdeliver"
    r"|has\s?n.?t\sbeen\sdelivered|not\sbeen\sdelivered"
    r"|rejected\syour\smessage\sto|failed\sto\sdeliver|delivery\sto\sthe\sfollowing\s(?:recipient|address)"
    r"|delivery\sstatus\snotification\s\((?:failure|delay)\)|address(?:es)?\s(?:failed|ha[ds]|have)"
    r"|undeliver(?:able|ed)"
    r"|failed\srecipient|delivery\s.{0,30}(?:delayed|failed|incomplete|aborted)"
    r"|permanent\s(?:fatal\s)?errors|temporary\sproblem\sdelivering"
    r"|problem\sdelivering|could\snot\sdeliver|cannot\sbe\sdelivered|can.?t\sbe\sdelivered|did\snot\sreach"
    r"|not\sdelivered\sto|following\s(?:list\sof\s)?(?:recipient|address)|(?:error|trouble)\sdelivering\syour"
    r"|yet\sto\sbe\sdelivered"
    r"|your\smessage\sto\s\S{3,320}\shas\sbeen\sblocked|がブロックされました|への配信に失敗|配信できませんでした|配信されませんでした|配信不能|お届けできません|届けることができません"
    r"|送信できませんでした|配信が遅れ|配達できません|届きませんでした|配信(?:は|が)?(?:遅延|遅れ)|届けられません|配送できません|配送エラー|送信エラー"
    r"|配信できていません|まだ(?:配信|届)|配信エラー|宛先不明|配信で一時的な問題|配信が完了していません|failure\sreasons|yet\sbeen\sdelivered"
    r"|戻ってきました|返送",
    re.IGNORECASE,
)
EXCHANGE_REPORT = re.compile(
    r"generating server:|生成サーバー:|diagnostic information for admin|more info for email admins"
    r"|original message details|管理者(?:用|向け)の診断情報",
    re.IGNORECASE,
)
"""Phrases only in Exchange's reports; one without another server's name reports Exchange's own finding."""

END_OF_ADDRESSES = re.compile(
    r"^\W{0,4}(?:diagnostic|generating server|original message|remote server|reporting-mta|元のメッセージ"
    r"|診断情報|管理者|生成サーバー|the response|----)",
    re.IGNORECASE,
)
ADDRESS_LINE = re.compile(rf"^\W{{0,4}}<({_ADDRESS})>\s?[:(]", re.MULTILINE | re.ASCII)
ORIGINAL_TITLE = re.compile(
    r"^\W{0,8}(?:original message(?! details)(?: headers)?|元のメッセージ(?:の| )?ヘッダー|(?:--- ?)?(?:below"
    r"|enclosed) (?:this line )?is a copy"
    r"|-{2,} ?(?:this is a copy|below this line|original|the header|message header|returned|unsent"
    r"|undelivered|the original)"
    r"|-{3,} ?(?:forwarded|transcript of the original))",
    re.IGNORECASE | re.MULTILINE,
)
REPORTED = re.compile(
    rf"(?<![\d.])[245]\.\d{{1,3}}\.\d{{1,3}}(?![\d.])|\b[45][0-5]\d[ -]|{_ADDRESS}", re.ASCII
)
"""What a report contains before it quotes the message: a code, or the failed recipients."""

SERVERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"remote-mta:\s{0,4}(?:dns;)?\s{0,4}([\w.-]{3,255})",
        r"\bhost ([\w.-]{3,255})\s?\[[0-9a-fA-F.:]{3,45}\]",
        r"(?<![@\w.-])([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(?: \([0-9a-fA-F.:]{3,45}\))?"
        r"\s{0,2}\n?\s{0,4}remote server returned",
        r"remote server at ([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})",
        r"^([\w-]{1,63}(?:\.[\w-]{1,63}){1,8}) (?:rejected your|gave this)",
        r"\bby ([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})\.? ?\[[0-9a-fA-F.:]{3,45}\]",
        r"message rejected by:\s{0,4}([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})",
        r"while talking to ([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})",
    )
)
SUBJECT_OF_REPORT = re.compile(
    r"^(?:undeliverable|undelivered(?: mail)?|delivery delayed|delayed|配信不能|配信の遅延"
    r"|配信されませんでした|未配信"
    r"|失敗通知)\s{0,2}[:：]\s{0,4}(?=\S)",
    re.IGNORECASE,
)
"""The prefix before the original subject in the subject of an Exchange report."""
