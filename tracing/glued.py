"""Give text back the line breaks that a client lost: `…contoso.co.jpThe email…` are two lines."""

import re

_LONG = 160
"""A line longer than this, in text of few lines, has lost breaks."""

_NAMES = (
    r"(?:From|To|Cc|Subject|Date|Message-ID|Received|Return-Path|MIME-Version|Content-Type"
    r"|Final-Recipient|Original-Recipient"
    r"|Action|Status|Remote-MTA|Reporting-MTA|Diagnostic-Code|Last-Attempt-Date|Will-Retry-Until"
    r"|Arrival-Date)"
)
_PHRASES = (
    r"Remote [Ss]erver returned|Diagnostic information for administrators|Generating server:"
    r"|Original [Mm]essage [Hh]eaders"
    r"|Delivery has failed to|Delivery is delayed|The email address you|Your message to|Reporting-MTA:"
    r"|管理者用の診断情報|管理者向けの診断情報|生成サーバー:|元のメッセージ ?ヘッダー|リモート サーバー"
)
_BEFORE_PHRASE = re.compile(rf"(?<=\S)(?=(?:{_PHRASES}))")
_BEFORE_NAME = re.compile(rf"(?<=[a-z0-9>)\]);。])(?={_NAMES}: ?\S)")
_BEHIND_ADDRESS = re.compile(
    r"(@[\w-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.[a-z]{2,12})(?=[A-Z][a-z]|[^\x00-\x7f])"
)
_BEHIND_SERVER = re.compile(r"(\.outlook\.com)(?=[\w.+-]{1,64}@)")


def parted(text: str) -> str:
    """*text* with the breaks that its phrases, field names and addresses show to be lost."""
    lines = text.split("\n")
    return "\n".join(_part(line) if len(line) > _LONG else _behind(line) for line in lines)


def _behind(line: str) -> str:
    return _BEHIND_ADDRESS.sub(r"\1\n", line) if "@" in line else line


def _part(line: str) -> str:
    line = _BEFORE_PHRASE.sub("\n", line)
    line = _BEFORE_NAME.sub("\n", line)
    return _BEHIND_SERVER.sub(r"\1\n", _behind(line))
