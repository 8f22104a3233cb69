"""How mail systems word and lay out their reports, as patterns; each takes time in proportion to its text.

Every repetition is bounded: what is pasted may be made to tire them.
"""

import re

_ADDRESS = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z][\w-]{1,62}"
ADDRESS = re.compile(_ADDRESS, re.ASCII)
MACHINE = re.compile(
    r"^(?:postmaster|mailer-daemon|mail-daemon|microsoftexchange[0-9a-f]{10,})@", re.IGNORECASE
)

REPLIES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"remote server returned\s{0,4}[:'\"“‘<]{0,3}\s{0,4}([^\n]{3,500})",
        r"(?:リモート サーバー|Remote Server)[^\n]{0,40}?['\"“‘「]([45]\d\d[^\n]{3,500})",
        r"\b(?:said|replied|reason):\s{0,4}([45]\d\d[^\n]{0,500}(?:\n(?!\s*\n)[^\n]{1,300}){0,4})",
        r"(?:response|応答|エラー)[^\n]{0,60}[:：]\s{0,4}\n{0,3}\s{0,8}([45]\d\d[^\n]{0,500})",
        rf"<{_ADDRESS}>:\s{{0,4}}\n{{0,2}}\s{{0,8}}([45]\d\d[^\n]{{0,500}}(?:\n(?!\s*\n)[^\n]{{1,300}}){{0,4}})",
    )
)
REPLY_LINE = re.compile(r"^[^\n]{0,200}?\b([45]\d\d[ -][245]\.\d{1,3}\.\d{1,3}\b[^\n]{0,400})", re.MULTILINE)
BARE_REPLY = re.compile(
    r"^\W{0,8}((?:[245]\d\d[ #-]{1,3})?[245]\.\d{1,3}\.\d{1,3}\b[^\n]{0,400}|[45][0-5]\d\b[^\n]{0,400})"
)

BEFORE_ADDRESSES = re.compile(
    r"delivery has failed to these recipients|couldn.?t be delivered|could not be delivered|wasn.?t delivered"
    r"|was not delivered|unable to deliver|not able to deliver|wasn.?t able to deliver"
    r"|rejected your message to|failed to deliver|delivery to the following recipient"
    r"|delivery status notification \((?:failure|delay)\)|address(?:es)? failed|undeliverable"
    r"|failed recipient|delivery .{0,30}delayed|permanent (?:fatal )?errors"
    r"|への配信に失敗|配信できませんでした|配信されませんでした|配信不能|お届けできません|届けることができません"
    r"|送信できませんでした|配信が遅れ|配達できません|届きませんでした",
    re.IGNORECASE,
)
END_OF_ADDRESSES = re.compile(
    r"^\W{0,4}(?:diagnostic|generating server|original message|remote server|reporting-mta|元のメッセージ"
    r"|診断情報|生成サーバー|the response|----)",
    re.IGNORECASE,
)
ADDRESS_LINE = re.compile(rf"^\W{{0,4}}<({_ADDRESS})>\s?[:(]", re.MULTILINE | re.ASCII)
ORIGINAL_TITLE = re.compile(
    r"^\W{0,8}(?:original message(?: headers)?|元のメッセージ(?:の| )?ヘッダー|--- ?below this line is a copy"
    r"|-{2,} ?original|-{2,} ?the header and|-{2,} ?message header)",
    re.IGNORECASE | re.MULTILINE,
)
SERVERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"remote-mta:\s{0,4}dns;\s{0,4}([\w.-]{3,255})",
        r"\bhost ([\w.-]{3,255})\s?\[[0-9a-fA-F.:]{3,45}\]",
        r"\b([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})\s{0,2}\n?\s{0,4}remote server returned",
        r"^([\w-]{1,63}(?:\.[\w-]{1,63}){1,8}) (?:rejected your|gave this)",
        r"\bby ([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})\.? ?\[[0-9a-fA-F.:]{3,45}\]",
    )
)
