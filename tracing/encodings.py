"""Decode a message's source into text: transfer encodings, Japanese character sets, HTML.

Pasted text was often decoded wrongly or not at all. Each step takes linear time.
"""

import html
import quopri
import re
from base64 import b64decode
from binascii import Error as BrokenBase64
from email.message import Message

_JAPANESE = ("iso2022_jp_ext", "utf-8", "cp932", "euc_jp")
_ALIASES = {
    "iso-2022-jp": "iso2022_jp_ext",
    "cp50221": "iso2022_jp_ext",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
}
_ESCAPED = re.compile(r"\x1b?\$[@B]([!-~]{2,200}?)\x1b?\([BJ]")
"""A run of ISO-2022-JP; clients drop the escape character."""

_KANA = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_HIGH = re.compile(r"[\u0080-\u00ff]")
_SOFT = re.compile(r"=[0-9A-F]{2}")
_SOFT_BREAK = re.compile(r"=[ \t]{0,8}\n")
_TAG = re.compile(r"<(/?)([a-zA-Z!?][^\s<>/]{0,20})[^<>]{0,2000}>")
_MARKUP = re.compile(r"</?(?:html|body|div|table|td|span|font|br|p)\b[^<>]{0,500}>", re.IGNORECASE)
_BREAKS = frozenset(
    {"br", "p", "div", "tr", "table", "li", "ul", "h1", "h2", "h3", "h4", "pre", "hr", "blockquote"}
)
_SILENT = frozenset({"style", "script", "title"})


def text_of(part: Message) -> str:
    """The text of a part without subparts, as a mail client shows it."""
    held = part.get_payload()
    body = held if isinstance(held, str) else ""
    charset = (part.get_content_charset() or "utf-8").lower()
    transfer = str(part.get("content-transfer-encoding", "")).strip().lower()
    if transfer == "quoted-printable":
        text = decoded_bytes(quopri.decodestring(body.encode("utf-8", "replace")), charset)
    elif transfer == "base64":
        text = decoded_bytes(_from_base64(body), charset)
    else:
        text = readable(body, charset)
    return words_of_html(text) if part.get_content_type() == "text/html" else text


def decoded_bytes(body: bytes, charset: str) -> str:
    """*body* in *charset*, or in the first that fits; undecodable bytes are replaced."""
    for name in (_ALIASES.get(charset, charset), *_JAPANESE):
        try:
            return body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("utf-8", "replace")


def readable(text: str, charset: str = "") -> str:
    """*text* with ISO-2022-JP decoded, and with bytes decoded again that were misread as Latin letters."""
    if "$B" in text or "$@" in text:
        text = _ESCAPED.sub(_of_jis, text)
    if len(_HIGH.findall(text)) < 4 or _KANA.search(text):
        return text
    body = _bytes_of(text)
    again = decoded_bytes(body, charset or "utf-8") if body is not None else ""
    return again if _KANA.search(again) else text


def unquoted(text: str) -> str:
    """*text* decoded from quoted-printable if it clearly is; otherwise unchanged."""
    marks = len(_SOFT.findall(text))
    if marks < 4 or (not _SOFT_BREAK.search(text) and "=20" not in text and "=3D" not in text):
        return text if marks < 12 else decoded_bytes(quopri.decodestring(text.encode("utf-8", "replace")), "")
    return decoded_bytes(quopri.decodestring(text.encode("utf-8", "replace")), "")


def is_html(text: str) -> bool:
    """Whether *text* is HTML, and not just about it."""
    return len(_MARKUP.findall(text[:20_000])) >= 2


def words_of_html(text: str) -> str:
    """The text between the tags of *text*, one line for each block."""
    out: list[str] = []
    at, silent, kept = 0, "", False
    for tag in _TAG.finditer(text):
        if not silent:
            out.append(_line(text[at : tag.start()], kept=kept))
        at = tag.end()
        name = tag[2].lower()
        if silent:
            silent = "" if tag[1] and name == silent else silent
            continue
        kept = (name == "pre" and not tag[1]) or (kept and name != "pre")
        if name in _SILENT and not tag[1]:
            silent = name
        elif name in _BREAKS:
            out.append("\n")
    out.append("" if silent else _line(text[at:], kept=kept))
    return html.unescape("".join(out))


def _line(text: str, *, kept: bool) -> str:
    return text if kept else re.sub(r"\s+", " ", text)


def _from_base64(body: str) -> bytes:
    plain = re.sub(r"[^A-Za-z0-9+/]", "", body)
    try:
        return b64decode(plain + "=" * (-len(plain) % 4))
    except BrokenBase64:
        return b""


def _of_jis(found: re.Match[str]) -> str:
    try:
        return (b"\x1b$B" + found[1].encode("ascii") + b"\x1b(B").decode("iso2022_jp_ext")
    except UnicodeDecodeError:
        return found[0]


def _bytes_of(text: str) -> bytes | None:
    """The bytes that *text* had before it was misread as Latin-1 or Windows-1252; None if it was not."""
    held = bytearray()
    for letter in text:
        if ord(letter) < 256:
            held.append(ord(letter))
            continue
        try:
            held += letter.encode("cp1252")
        except UnicodeEncodeError:
            return None
    return bytes(held)
