"""The recipients of a bounce, from its delivery-status fields and the addresses in its text.

Source: https://www.rfc-editor.org/rfc/rfc3464#section-2.3
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from tracing.ndr_words import ADDRESS, ADDRESS_LINE, BEFORE_ADDRESSES, END_OF_ADDRESSES, MACHINE
from tracing.pasted import fields
from tracing.replies import code_of

MAX_RECIPIENTS = 50

_PERSON = re.compile(rf"^[ \t]{{0,8}}<?({ADDRESS.pattern})>?(?=[\s:.(]|$)", re.MULTILINE | re.ASCII)
_SAID = re.compile(r"(?<![\d.\[:])([45][0-5]\d[ -][^\n]{3,300}(?:\n[ \t]{1,8}[^\s<][^\n]{1,200}){0,3})")
_MAX_SAID = 1_500
"""Characters after a recipient's address in which its own reply is searched."""

_ARRIVED = ("delivered", "relayed", "expanded")


@dataclass(frozen=True)
class Record:
    """The fields of one recipient; `action` in lower case, `code` the status with its dots."""

    address: str = ""
    action: str = ""
    code: str = ""
    diagnostic: str = ""


def records_of(text: str) -> tuple[Record, ...]:
    """The records of failed recipients; the fields before the first recipient form one too."""
    found: list[dict[str, str]] = [{}]
    for name, value in fields(text):
        if name in ("final-recipient", "original-recipient"):
            if found[-1].keys() & {"action", "status", "final-recipient"} and name not in found[-1]:
                if name == "final-recipient" or "action" in found[-1]:
                    found.append({})
            elif name in found[-1]:
                found.append({})
        if name in ("final-recipient", "original-recipient", "action", "status", "diagnostic-code"):
            found[-1].setdefault(name, value)
        elif name == "x-supplementary-info" and "diagnostic-code" not in found[-1]:
            found[-1]["diagnostic-code"] = value
    records = (_record(one) for one in found)
    return tuple(one for one in records if one != Record() and one.action not in _ARRIVED)


def spoken_of(words: str) -> tuple[Record, ...]:
    """The text after each recipient's address on its own line, for reports without fields."""
    told: dict[str, Record] = {}
    starts = list(_PERSON.finditer(words))[: 2 * MAX_RECIPIENTS]
    for this, following in zip_longest(starts, starts[1:]):
        end = this.end() + _MAX_SAID
        said = _SAID.search(words, this.end(), min(end, following.start()) if following else end)
        if said is not None:
            told[this[1].lower()] = Record(this[1], diagnostic=" ".join(said[1].split()))
    return tuple(told.values())


def people_of(head: str, words: str, records: Sequence[Record]) -> tuple[str, ...]:
    """The failed recipients: from fields, from beginnings of lines, or from text after a phrase of
    failure."""
    failed = [one.address for one in records if one.address]
    named = [
        a for name, value in fields(head) if name == "x-failed-recipients" for a in ADDRESS.findall(value)
    ]
    for found in (named + failed, ADDRESS_LINE.findall(words), _behind_phrases(words)):
        people = _people(found)
        if people:
            return people
    own = {
        a.lower() for name, value in fields(head) if name in ("from", "to") for a in ADDRESS.findall(value)
    }
    return _people(a for a in ADDRESS.findall(words) if a.lower() not in own)[:1]


def _record(told: dict[str, str]) -> Record:
    address = told.get("final-recipient", "") or told.get("original-recipient", "")
    action = told.get("action", "").split()
    code = code_of(told.get("status", ""))
    return Record(
        next(iter(ADDRESS.findall(address)), ""),
        action[0].lower().strip(";,") if action else "",
        code if "." in code else "",
        told.get("diagnostic-code", ""),
    )


def _behind_phrases(text: str) -> list[str]:
    """The addresses on the line of a phrase of failure and on the lines right after it."""
    found: dict[str, None] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if len(found) >= MAX_RECIPIENTS:
            break
        if BEFORE_ADDRESSES.search(line) is None:
            continue
        own = ADDRESS.findall(line)
        found |= dict.fromkeys(own)
        for following in () if own else lines[number + 1 : number + 12]:
            if END_OF_ADDRESSES.match(following):
                break
            found |= dict.fromkeys(ADDRESS.findall(following))
    return list(found)


def _people(addresses: Iterable[str]) -> tuple[str, ...]:
    """*addresses* without duplicates, ignoring case, and without those of reporting systems."""
    once = {address.lower(): address for address in reversed(list(addresses))}
    return tuple(a for key, a in reversed(once.items()) if not MACHINE.match(key))[:MAX_RECIPIENTS]
