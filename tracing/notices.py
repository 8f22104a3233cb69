"""Is a report final, or does a mail system say that it goes on trying, and until when?

A failure with a passing code is as final as any other; a notice of delay that quotes 4.4.7 is not.
"""

import re
from collections.abc import Collection
from datetime import timedelta

_FINAL = re.compile(
    r"has failed to these|couldn.?t be delivered|could not be delivered to|wasn.?t delivered"
    r"|was not delivered|undeliverable"
    r"|permanent (?:fatal )?(?:error|failure)|failed permanently|delivery (?:has )?failed|giving up"
    r"|given up|(?:no|not be) (?:further|any more|retried)"
    r"|(?:retry|delivery) time ?out exceeded|returned to (?:sender|you)"
    r"|delivery status notification \(failure\)|could not be delivered\."
    r"|(?:stop|quit) trying|unable to deliver|been too long|too long|期限(?:が)?切れ|配信に失敗"
    r"|配信できませんでした"
    r"|配信されませんでした|お届けできません|配信不能",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"(?:is|has been|was|been|being) delayed|delivery .{0,30}delayed|message delayed|\(delay(?:ed)?\)"
    r"|delivery incomplete"
    r"|has ?n.?t been delivered yet|not (?:yet )?been delivered|not yet delivered|still (?:undelivered"
    r"|being retried|trying|in the queue)|temporary problem delivering"
    r"|(?:will|shall) (?:keep|continue|be) (?:trying|attempt\w*|retr\w+|to (?:be )?(?:attempt\w*|try"
    r"|retry|deliver))|continue to be attempted"
    r"|will (?:be )?retr\w+|(?:is|just) a warning|warning message only|no action is required"
    r"|do not need to resend"
    r"|遅れて|遅延し|遅延して|遅延が|配信が遅れ|まだ(?:配信|届)|再試行(?:し|を続け|され)|再送(?:し|を続け|を試み|され)|引き続き",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:will|shall) (?:keep|continue)|will (?:be )?retr\w+|continue to be attempted"
    r"|warning message only|need to resend"
    r"|has ?n.?t been delivered yet|not yet been delivered|delivery incomplete|temporary problem delivering"
    r"|再試行(?:し|を続け|され)|再送(?:し|を続け|を試み|され)|引き続き",
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
    """Whether what is reported is still being tried; None when neither fields nor words say."""
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
    """How much longer it is tried, as the notice says; None where it does not."""
    for line in words.split("\n"):
        found = _LENGTH.search(line) if _GOES_ON.search(line) else None
        if found is not None:
            parts = _PART.findall(found[1])
            return timedelta(minutes=sum(int(number) * _UNITS[unit.lower()] for number, unit in parts))
    return None
