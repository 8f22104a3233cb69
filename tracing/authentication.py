"""How the receiving side authenticated a message, from its Authentication-Results.

Comments hold other parties' results (`arc=pass (i=1 spf=pass …)`) and do not count. The topmost field is the
receiving side's own; those below came with the message.
Source: https://www.rfc-editor.org/rfc/rfc8601 and https://www.rfc-editor.org/rfc/rfc8617 (ARC)
"""

import re
from collections.abc import Sequence

_METHODS = ("spf", "dkim", "dmarc", "compauth")
_RESULT = re.compile(
    r"^\s{0,8}(?:[\w.-]{1,255}\s{1,4})?(spf|dkim|dmarc|compauth)\s?=\s?(\w{2,20})", re.IGNORECASE
)
_SIGNER = re.compile(r"\bheader\.(?:d|i)\s?=\s?(?:[^\s;@]{0,64}@)?([\w.-]{1,255})", re.IGNORECASE)
_FROM = re.compile(r"\bheader\.from\s?=\s?([\w.-]{1,255})", re.IGNORECASE)


def results_of(named: Sequence[tuple[str, str]], from_address: str) -> tuple[tuple[str, str], ...]:
    """Method and result of the outermost field in *named*; *from_address* is the message's own From.

    With several signatures, an aligned one that passes decides. Without such a field, the newest of ARC is
    read, and Received-SPF.
    """
    own = [value for name, value in named if name == "authentication-results"]
    carried = [value for name, value in named if name.endswith("authentication-results")]
    results: dict[str, str] = {}
    signatures: list[tuple[str, str]] = []
    sender = from_address.rpartition("@")[2].strip("<> ").lower()
    for value in own[:1] or carried[:1]:
        for part in uncommented(value).split(";"):
            found = _RESULT.match(part)
            if found is None:
                continue
            method, result = found[1].lower(), found[2].lower()
            if method == "dkim":
                signer = _SIGNER.search(part)
                signatures.append((result, signer[1].lower() if signer else ""))
            results.setdefault(method, result)
            told = _FROM.search(part) if method == "dmarc" else None
            sender = told[1].lower() if told else sender
    received = next((value.split() for name, value in named if name == "received-spf"), [])
    if received and not own:
        results.setdefault("spf", received[0].lower()[:20])
    if len(signatures) > 1:
        results["dkim"] = _signed(signatures, sender)
    return tuple((method, results[method]) for method in _METHODS if method in results)


def uncommented(value: str) -> str:
    """*value* without its comments, including nested ones; an unclosed one extends to the end."""
    kept: list[str] = []
    depth = 0
    for piece in re.split(r"([()])", value):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(piece)
    return "".join(kept)


def _signed(signatures: Sequence[tuple[str, str]], sender: str) -> str:
    """The result that counts: an aligned pass, else the first aligned one's, else the first."""
    aligned = [result for result, signer in signatures if _aligned(signer, sender)]
    if "pass" in aligned:
        return "pass"
    return aligned[0] if aligned else signatures[0][0]


def _aligned(signer: str, sender: str) -> bool:
    if not signer or not sender:
        return False
    return signer == sender or sender.endswith(f".{signer}") or signer.endswith(f".{sender}")
