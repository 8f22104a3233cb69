"""How much one person may ask in a minute; of many people, the least recent are forgotten."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=1)
A_MINUTE = 60
MAX_PEOPLE = 10_000


@dataclass(frozen=True)
class TooMany:
    """A message refused because *most* were accepted within a minute; *until* is when the next one is
    accepted."""

    until: datetime
    most: int


@dataclass
class _Person:
    """The times of accepted messages, and of notices about refused ones."""

    sent: deque[datetime] = field(default_factory=deque)
    told: deque[datetime] = field(default_factory=deque)


class Limits:
    """Counts each person's recent messages; accepts *most* within any minute."""

    def __init__(self, most: int = A_MINUTE, people: int = MAX_PEOPLE) -> None:
        self._most = most
        self._people = people
        self._known: OrderedDict[str, _Person] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def take(self, person: str, now: datetime) -> TooMany | None:
        """Count a message of *person* at *now*; return why it is refused, or None."""
        sent = self._of(person).sent
        if self._counted(sent, now):
            return None
        return TooMany(sent[0] + WINDOW, self._most)

    def tell(self, person: str, now: datetime) -> bool:
        """Whether *person* may be sent another notice about refused messages: as many a minute as are
        accepted."""
        return self._counted(self._of(person).told, now)

    def _of(self, person: str) -> _Person:
        found = self._known.setdefault(person, _Person())
        self._known.move_to_end(person)
        while len(self._known) > self._people:
            self._known.popitem(last=False)
        return found

    def _counted(self, moments: deque[datetime], now: datetime) -> bool:
        # Times in the future were noted before the clock was set back.
        while moments and not now - WINDOW < moments[0] <= now:
            moments.popleft()
        if len(moments) >= self._most:
            return False
        moments.append(now)
        return True
