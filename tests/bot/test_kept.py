"""What is said of searches that cannot be kept, or no longer are."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.asking import Asker
from bot.commands import AskName, EditKept, Kept, KeptCommand, Named, RenameKept, SaveSearch, ShowSaved
from bot.kept import Keeping
from bot.store.kept import MAX_SAVED, KeptSearch, NameTaken, Question, TooManySaved
from bot.store.states import CardState
from cards.reader import reader_of
from tests.test_surface import said
from tracing.model import TraceQuery

READER = reader_of("en-US", "Asia/Tokyo", ZoneInfo("UTC"))
ASKER = Asker("someone", READER, "here")
RECENT = KeptSearch("r", "", Question(TraceQuery(ticket="INC1"), mine=False))
SAVED = KeptSearch("s", "mine", Question(TraceQuery(), mine=True))


class Full:
    """A store that has one recent search, one saved one, and room for no more; `remembered` is what came."""

    def __init__(self) -> None:
        self.remembered: list[Question] = []

    async def remember(self, owner: str, question: Question) -> None:
        self.remembered.append(question)

    async def save(self, owner: str, name: str, question: Question) -> bool:
        raise TooManySaved

    async def rename(self, owner: str, kept_id: str, name: str) -> None:
        raise NameTaken

    async def forget(self, owner: str, kept_id: str) -> None: ...

    async def find(self, owner: str, kept_id: str) -> KeptSearch | None:
        return next((one for one in (RECENT, SAVED) if one.id == kept_id), None)

    async def find_named(self, owner: str, name: str) -> KeptSearch | None:
        return SAVED if name == SAVED.name else None

    async def saved(self, owner: str) -> Sequence[KeptSearch]:
        return [SAVED] * 25

    async def unreadable(self, owner: str) -> Sequence[str]:
        return []

    async def recent(self, owner: str) -> Sequence[KeptSearch]:
        return [RECENT]


class NoStates:
    """Nothing is behind any card any more."""

    async def save(self, state: CardState, reader: str, conversation_id: str) -> str:
        return ""

    async def find(self, state_id: str, reader: str, conversation_id: str) -> CardState | None:
        return None


async def answer(command: KeptCommand) -> str:
    card = await Keeping(Full(), NoStates()).answer(command, ASKER)
    return said(card.content)


async def test_too_many() -> None:
    """Who has saved as many as there may be is told so, whichever way they save."""
    for command in (SaveSearch("x"), RenameKept(Kept("r"), "x")):
        assert READER.say("kept.too_many", n=MAX_SAVED) in await answer(command)


async def test_taken() -> None:
    """A name that is in use is said beside the input, which keeps it."""
    assert READER.say("expected.other_name") in await answer(RenameKept(Named("mine"), "theirs"))


async def test_expired_card() -> None:
    """From a card that has nothing behind it any more, nothing can be saved."""
    for command in (AskName("x"), SaveSearch("x", "x")):
        assert READER.say("refused.expired") in await answer(command)


async def test_no_form_for_own_mail() -> None:
    """One's own mail is not asked for by the form, so that its conditions are not changed there."""
    assert READER.say("button.refine") not in await answer(EditKept(Kept("s")))
    assert READER.say("button.refine") in await answer(EditKept(Kept("r")))


async def test_pages() -> None:
    """Ten a page, and a page beyond the last is the last."""
    first, last = await answer(ShowSaved()), await answer(ShowSaved(9))

    assert (READER.say("results.next") in first, READER.say("results.previous") in first) == (True, False)
    assert (READER.say("results.next") in last, READER.say("results.previous") in last) == (False, True)


async def test_no_ticket_is_kept() -> None:
    """A ticket says why somebody looks this once: it is not kept with the search."""
    store = Full()
    await Keeping(store, NoStates()).remember(RECENT.question, ASKER)

    assert store.remembered == [Question(TraceQuery(), mine=False)]
