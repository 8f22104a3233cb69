"""What a status code says, in a phrase."""

from cards.reader import Reader
from tracing.codes import find_code, subject_of
from tracing.vendors import NAMES, Vendor


def code_phrase(code: str, reader: Reader, vendor: Vendor = Vendor.EXCHANGE) -> str:
    """The phrase for a code of Exchange Online; for another vendor's, the vendor with class and subject.

    Returns: "" if it is no code.
    """
    entry = find_code(code) if vendor is Vendor.EXCHANGE else None
    if entry is not None:
        return reader.say(f"code.{entry.codes}")
    phrase = _by_class(code, reader)
    if vendor is Vendor.EXCHANGE or not phrase or not NAMES[vendor]:
        return phrase
    return reader.say("code.of_vendor", vendor=NAMES[vendor], phrase=phrase)


def _by_class(code: str, reader: Reader) -> str:
    if code[:1] not in ("2", "4", "5"):
        return ""
    kind = reader.say(f"code.class.{code[0]}")
    subject = subject_of(code)
    if not subject:
        return kind
    return reader.say("code.unlisted", kind=kind, subject=reader.say(f"code.subject.{subject}"))
