"""What a status code says, in a phrase."""

from cards.reader import Reader
from tracing.codes import find_code, subject_of


def code_phrase(code: str, reader: Reader) -> str:
    """The phrase of a listed code; of another, what its class and subject say; "" when it is none."""
    entry = find_code(code)
    if entry is not None:
        return reader.say(f"code.{entry.codes}")
    if code[:1] not in ("2", "4", "5"):
        return ""
    kind = reader.say(f"code.class.{code[0]}")
    subject = subject_of(code)
    if not subject:
        return kind
    return reader.say("code.unlisted", kind=kind, subject=reader.say(f"code.subject.{subject}"))
