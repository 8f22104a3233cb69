"""How much one person may ask in a minute; of many people, the least recent are forgotten."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from enum import StrEnum

WINDOW = timedelta(minutes=1)
A_MINUTE = 60
MAX_PEOPLE = 10_000


class Taken(StrEnum):
    """Whether a message is worked: not, and that is to be said; or not, and it was said already."""

    YES = "yes"
    SAY_NO = "say_no"
    NO = "no"


class Limits:
    """What each person sent of late; `most` within any minute."""

    def __init__(self, most: int = A_MINUTE, people: int = MAX_PEOPLE) -> None:
        self._most = most
        self._people = people
        self._sent: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._told: dict[str, datetime] = {}

    def __len__(self) -> int:
        return len(self._sent)

    def take(self, person: str, now: datetime) -> Taken:
        """Count one message of *person* at *now*, unless it is one too many."""
        sent = self._sent.setdefault(person, deque())
        self._sent.move_to_end(person)
        while len(self._sent) > self._people:
            gone, _ = self._sent.popitem(last=False)
            self._told.pop(gone, None)
        while sent and sent[0] <= now - WINDOW:
            sent.popleft()
        if len(sent) < self._most:
            sent.append(now)
            self._told.pop(person, None)
            return Taken.YES
        told = self._told.get(person)
        if told is not None and now - told < WINDOW:
            return Taken.NO
        self._told[person] = now
        return Taken.SAY_NO
