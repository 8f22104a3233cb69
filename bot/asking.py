"""Who asks, and where what stands behind their cards is kept."""

from dataclasses import dataclass
from typing import Protocol

from bot.access import Ground, Person
from bot.record import Who
from bot.store.states import EVERYBODY, CardState
from bot.turns import Author, Place, PlaceKind
from cards.reader import Reader
from tracing.model import Allowance, Spender, Watch
from tracing.quota import EMPLOYEE_QUESTION


@dataclass(frozen=True)
class Asker:
    """Who asks, how they read, and the conversation their answers belong to.

    `asked_in` is where they asked, and `ground` how private that is; `shared`: the answer stands there, for
    everybody to see; `mentioned` are the people named in the question. `place` is the conversation of the
    answers. `locale` and `time_zone` come from the client, for work that outlives the question. `asked`
    identifies the turn, so that a second attempt starts nothing twice.
    """

    aad_object_id: str
    reader: Reader
    conversation_id: str
    name: str = ""
    ground: Ground = Ground.PRIVATE
    asked_in: Place | None = None
    author: Author | None = None
    place: Place | None = None
    locale: str = ""
    time_zone: str = ""
    watch: Watch | None = None
    shared: bool = False
    mentioned: tuple[Author, ...] = ()
    asked: str = ""

    @property
    def keeper(self) -> str:
        """Whose the state behind the answer is."""
        return EVERYBODY if self.shared else self.aad_object_id

    @property
    def who(self) -> Who:
        """The asker as the record names them."""
        place = self.asked_in
        where = place.conversation_id if place else self.conversation_id
        kind = place.kind if place else PlaceKind.PERSONAL
        return Who(self.aad_object_id, self.name, where, kind.value)

    def spends(self, person: Person | None) -> Spender:
        """The account that the requests of one question are charged to; *person* asks it."""
        if person is not None and person.helpdesk:
            return Spender(self.aad_object_id, watch=self.watch)
        allowance = Allowance(EMPLOYEE_QUESTION)
        return Spender(self.aad_object_id, employee=True, watch=self.watch, allowance=allowance)


class States(Protocol):
    """Where the state behind a card is kept."""

    async def save(self, state: CardState, reader: str, conversation_id: str) -> str: ...

    async def find(self, state_id: str, reader: str, conversation_id: str) -> CardState | None: ...
