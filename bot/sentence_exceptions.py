"""Read what a sentence excludes. No search can exclude, so it is removed and reported. Pure, in linear time.

hoge.com以外から    迷惑メールを除いて    失敗していないもの
not from hoge.com    everything except spam    did not fail
"""

import re

from bot.sentence_text import SentenceText

_MEMBER = r"[^\s、。,をがのはで\x00]{1,64}"
_STATE = r"(?:fail(?:ed)?|bounced?|quarantined?|rejected|delayed|pending|spam|junk|marked as spam)"
_JAPANESE = re.compile(
    rf"{_MEMBER}(?:以外|(?:を|は)?除(?:く|き|いて|いた|外(?:して)?)|抜き)"
    rf"|(?<!\w)除く ?:? {_MEMBER}"
    r"|(?:失敗|検疫|隔離|保留|遅延|拒否|エラー|迷惑メール|スパム)(?:扱い)?[にと]?(?:し|され|なっ|入っ)て"
    r"(?:い)?(?:ない|ません)"
    r"(?=もの|メール|やつ|分|の[をがはも])"
)
_ENGLISH = re.compile(
    r"(?<![a-z])(?:(?:except|excluding|other than|apart from"
    r"|(?:everything|everybody|everyone|anything|anybody|anyone|all|any) but)"
    r"(?: for| those| the ones| (?:e-?)?mails?| messages?)*(?: from| to| by)? [^\s,\x00]{1,64}"
    r"|not (?:from|to|by|sent (?:by|to)) [^\s,\x00]{1,64}"
    rf"|(?:did|do|does|were|was|are|is|have|has)(?: not|n['’]?t) (?:been |be )?{_STATE}(?![a-z])"
    rf"|not {_STATE}(?![a-z]))"
)


def take_exceptions(said: SentenceText) -> tuple[str, ...]:
    """The exclusions in *said*, as typed, removed from it."""
    found = said.take_all(_JAPANESE) + said.take_all(_ENGLISH)
    return tuple(
        said.original(*match.span()).strip() for match in sorted(found, key=lambda match: match.start())
    )
