"""Decide whether a report is final or delivery is still being tried, and until when.

A failure with a 4xx code is final like any other; a delay notice that quotes 4.4.7 is not.
"""

import re
from collections.abc import Collection
from datetime import timedelta

_FINAL = re.compile(
    r"has\sfailed\sto\sthese|couldn.?t\sbe\sdelivered|could\snot\sbe\sdelivered\sto|wasn.?t\sdelivered"
    r"|was\snot\sdelivered|undeliverable"
    r"|permanent\s(?:fatal\s)?(?:error|failure)|failed\spermanently|delivery\s(?:has\s)?failed|giving\sup"
    r"|given\sup|(?:no|not\sbe)\s(?:further|any\smore|retried)"
    r"|(?:retry|delivery)\stime\s?out\sexceeded|returned\sto\s(?:sender|you)"
    r"|delivery\sstatus\snotification\s\(failure\)|could\snot\sbe\sdelivered\."
    r"|(?:stop|quit)\strying|unable\sto\sdeliver|been\stoo\slong|too\slong|期限(?:が)?切れ|断念|配信できなかった|配信に失敗|送信できませんでした"
    r"|送信に失敗|お届けできませんでした"
    r"|配信できませんでした"
    r"|配信されませんでした|お届けできません|配信不能",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"(?:is|has\sbeen|was|been|being)\sdelayed|delivery\s.{0,30}delayed|message\sdelayed|\(delay(?:ed)?\)"
    r"|delivery\sincomplete"
    r"|has\s?n.?t\sbeen\sdelivered\syet|not\s(?:yet\s)?been\sdelivered|not\syet\sdelivered|yet\sto\sbe\sdelivered"
    r"|still\s(?:undelivered"
    r"|being\sretried|trying|in\sthe\squeue)|temporary\sproblem\sdelivering"
    r"|(?:will|shall)\s(?:keep|continue|be)\s(?:trying|attempt\w*|retr\w+|to\s(?:be\s)?(?:attempt\w*|try"
    r"|retry|deliver))|continue\sto\sbe\sattempted"
    r"|will\s(?:be\s)?retr\w+|(?:is|just)\sa\swarning|warning\smessage\sonly|no\saction\sis\srequired"
    r"|do\snot\sneed\sto\sresend"
    r"|遅れて|遅延し|遅延して|遅延が|配信が遅れ|まだ(?:配信|届)|再(?:試行|送)(?:し|を続け|を試み|され)(?!(?:まし)?た[がも]|続けた|続けました)|引き続き",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:will|shall)\s(?:keep|continue)|will\s(?:be\s)?retr\w+|continue\sto\sbe\sattempted"
    r"|warning\smessage\sonly|need\sto\sresend"
    r"|has\s?n.?t\sbeen\sdelivered\syet|not\syet\sbeen\sdelivered|delivery\sincomplete"
    r"|temporary\sproblem\sdelivering"
    r"|再(?:試行|送)(?:し|を続け|を試み|され)(?!(?:まし)?た[がも]|続けた|続けました)|引き続き",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"(?:for|next|within|up to|last|after|次の|あと|今後|最大|残り)[^\d\n]{0,30}"
    r"((?:\d{1,3}\s?(?:more )?(?:days?"
    r"|hours?|minutes?|日間?|時間|分)[,、\s]{0,3}(?:and |と)?){1,3})",
    re.IGNORECASE,
)
_PART = re.compile(r"(\d{1,3})\s?(?:more )?(day|hour|minute|日|時間|分)", re.IGNORECASE)
_UNITS = {"day": 1_440, "hour": 60, "minute": 1, "日": 1_440, "時間": 60, "分": 1}


def goes_on(actions: Collection[str], words: str) -> bool | None:
    """Whether delivery is still being tried; None if neither fields nor words say so."""
    if "failed" in actions:
        return False
    if "delayed" in actions:
        return True
    if _GOES_ON.search(words):
        return True
    if _FINAL.search(words):
        return False
    return True if _DELAYED.search(words) else None


def tried_for(words: str) -> timedelta | None:
    """How much longer delivery is tried, according to the notice; None if it does not say."""
    for line in words.split("\n"):
        found = _LENGTH.search(line) if _GOES_ON.search(line) else None
        if found is not None:
            parts = _PART.findall(found[1])
            return timedelta(minutes=sum(int(number) * _UNITS[unit.lower()] for number, unit in parts))
    return None
