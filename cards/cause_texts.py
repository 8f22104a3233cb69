"""User-facing texts by cause; the sentences are in six files beside this one."""

from cards.arrival_texts import ARRIVALS
from cards.cause_parts import Both
from cards.design_texts import BY_DESIGN
from cards.people_texts import PEOPLE
from cards.policy_texts import POLICIES
from cards.refusal_texts import REFUSALS
from cards.transport_texts import TRANSPORT

CAUSE_TEXTS: dict[str, Both] = {
    f"cause.{cause}.{part}": both
    for cause, parts in (ARRIVALS | BY_DESIGN | POLICIES | PEOPLE | REFUSALS | TRANSPORT).items()
    for part, both in parts.items()
}
"""`cause.<cause>.<part>` → language → text."""
