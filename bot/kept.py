"""Searches that a person keeps: saved ones by their name, the last ten by themselves.

What is kept is the question before any narrowing, its period as it was spoken; each run is decided anew.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, assert_never

from bot import forms
from bot.asking import Asker, States
from bot.commands import (
    AskName,
    EditKept,
    ForgetKept,
    Kept,
    KeptCommand,
    KeptRef,
    Named,
    RefineKept,
    RenameKept,
    RunKept,
    SaveSearch,
    ShowForm,
    ShowRecent,
    ShowSaved,
)
from bot.denials import refused
from bot.store.database import DatabaseUnusable
from bot.store.kept import MAX_SAVED, KeptSearch, NameTaken, Question, TooManySaved
from bot.values import read_name
from cards import kept
from cards.elements import Card, Press
from cards.reader import Reader

BUTTONS_ON_FORM = 5


class KeptStore(Protocol):
    """Where the searches of people are kept; see `bot.store.kept`."""

    async def remember(self, owner: str, question: Question) -> None: ...

    async def save(self, owner: str, name: str, question: Question) -> bool: ...

    async def rename(self, owner: str, kept_id: str, name: str) -> None: ...

    async def forget(self, owner: str, kept_id: str) -> None: ...

    async def find(self, owner: str, kept_id: str) -> KeptSearch | None: ...

    async def find_named(self, owner: str, name: str) -> KeptSearch | None: ...

    async def saved(self, owner: str) -> Sequence[KeptSearch]: ...

    async def recent(self, owner: str) -> Sequence[KeptSearch]: ...

    async def unreadable(self, owner: str) -> Sequence[str]: ...


class Keeping:
    """Answers what is asked of the kept searches; everybody has only their own."""

    def __init__(self, store: KeptStore, states: States) -> None:
        self._store = store
        self._states = states

    async def remember(self, question: Question, asker: Asker) -> None:
        """Keep *question* among the last ten."""
        await self._store.remember(asker.aad_object_id, _without_reason(question))

    async def find(self, search: KeptRef, asker: Asker) -> KeptSearch | None:
        """The search that is meant, None when the asker keeps none such."""
        match search:
            case Named(name):
                return await self._store.find_named(asker.aad_object_id, name)
            case Kept(kept_id):
                return await self._store.find(asker.aad_object_id, kept_id)
            case _:
                assert_never(search)

    async def buttons(self, asker: Asker) -> Sequence[tuple[str, Press]]:
        """The first saved searches, by name, as buttons of the form."""
        try:
            saved = await self._store.saved(asker.aad_object_id)
        except DatabaseUnusable:
            # A form without them is still a form.
            return []
        return [(one.name, forms.press(RunKept(Kept(one.id)))) for one in saved[:BUTTONS_ON_FORM]]

    async def answer(self, command: KeptCommand, asker: Asker) -> Card:
        """The card that answers *command*."""
        match command:
            case ShowSaved(page):
                return await self._list_saved(asker, page)
            case ShowRecent():
                recent = await self._store.recent(asker.aad_object_id)
                lost = await self._store.unreadable(asker.aad_object_id)
                return _listed("recent", recent, 0, "", lost, asker.reader)
            case AskName(state_id):
                return await self._ask_name(state_id, asker)
            case SaveSearch(name, state_id):
                return await self._save(name, state_id, asker)
            case EditKept(search) | RenameKept(search) | ForgetKept(search):
                found = await self.find(search, asker)
                if found is None and isinstance(command, ForgetKept) and isinstance(search, Kept):
                    # An unreadable one can still be deleted.
                    await self._store.forget(asker.aad_object_id, search.kept_id)
                if found is None:
                    return await self.missing(search, asker)
                return await self._change(command, found, asker)
            case _:
                assert_never(command)

    async def missing(self, search: KeptRef, asker: Asker) -> Card:
        """There is no such search; those there are."""
        name = search.name if isinstance(search, Named) else ""
        said = asker.reader.say("kept.no_such", name=name) if name else asker.reader.say("kept.gone")
        return await self._list_saved(asker, 0, said)

    async def _list_saved(self, asker: Asker, page: int = 0, note: str = "") -> Card:
        saved = await self._store.saved(asker.aad_object_id)
        lost = await self._store.unreadable(asker.aad_object_id)
        return _listed("saved", saved, page, note, lost, asker.reader)

    async def _ask_name(self, state_id: str, asker: Asker, name: str = "", fault: str = "") -> Card:
        question = await self._question(state_id, asker)
        if question is None:
            return self._nothing(state_id, asker)
        save = forms.press(SaveSearch("", state_id))
        view = kept.Naming(question.query, question.mine, name, fault, save, forms.press(ShowSaved()))
        return kept.render_naming(view, asker.reader)

    async def _save(self, typed: str, state_id: str, asker: Asker) -> Card:
        name = read_name(typed)
        if name is None:
            return await self._ask_name(state_id, asker, typed, "name")
        question = await self._question(state_id, asker)
        if question is None:
            return self._nothing(state_id, asker)
        try:
            replaced = await self._store.save(asker.aad_object_id, name, _without_reason(question))
        except TooManySaved:
            said = asker.reader.say("kept.too_many", n=MAX_SAVED)
        else:
            said = asker.reader.say("kept.replaced" if replaced else "kept.done", name=name)
        return await self._list_saved(asker, 0, said)

    async def _change(
        self, command: EditKept | RenameKept | ForgetKept, found: KeptSearch, asker: Asker
    ) -> Card:
        owner, say = asker.aad_object_id, asker.reader.say
        match command:
            case EditKept():
                return self._edited(found, asker, found.name)
            case ForgetKept():
                await self._store.forget(owner, found.id)
                said = say("kept.forgotten", name=found.name) if found.name else say("kept.forgotten_recent")
                return await self._list_saved(asker, 0, said)
            case RenameKept(_, typed):
                name = read_name(typed)
                if name is None:
                    return self._edited(found, asker, typed, "name")
                return await self._rename(found, name, asker)
            case _:
                assert_never(command)

    async def _rename(self, found: KeptSearch, name: str, asker: Asker) -> Card:
        owner, say = asker.aad_object_id, asker.reader.say
        try:
            if found.name:
                await self._store.rename(owner, found.id, name)
            else:
                await self._store.save(owner, name, found.question)
        except NameTaken:
            return self._edited(found, asker, name, "other_name")
        except TooManySaved:
            return await self._list_saved(asker, 0, say("kept.too_many", n=MAX_SAVED))
        said = say("kept.renamed", old=found.name, name=name) if found.name else say("kept.done", name=name)
        return await self._list_saved(asker, 0, said)

    def _edited(self, found: KeptSearch, asker: Asker, name: str, fault: str = "") -> Card:
        search = Kept(found.id)
        view = kept.Editing(
            found.question.query,
            found.question.mine,
            found.name,
            name,
            fault,
            run=forms.press(RunKept(search)),
            refine=None if found.question.mine else forms.press(RefineKept(search)),
            rename=forms.press(RenameKept(search, "")),
            forget=forms.press(ForgetKept(search)),
            back=forms.press(ShowSaved() if found.name else ShowRecent()),
        )
        return kept.render_editing(view, asker.reader)

    async def _question(self, state_id: str, asker: Asker) -> Question | None:
        """What the card of *state_id* asked, or what was asked last."""
        if not state_id:
            recent = await self._store.recent(asker.aad_object_id)
            return recent[0].question if recent else None
        state = await self._states.find(state_id, asker.aad_object_id, asker.conversation_id)
        return Question(state.query, state.mine) if state else None

    def _nothing(self, state_id: str, asker: Asker) -> Card:
        reason = "expired" if state_id else "nothing_asked"
        return refused(reason, asker.reader)


def _without_reason(question: Question) -> Question:
    """A ticket says why somebody looks this once; who looks again says so again."""
    return replace(question, query=replace(question.query, ticket=""))


def _listed(
    kind: str, searches: Sequence[KeptSearch], page: int, note: str, lost: Sequence[str], reader: Reader
) -> Card:
    entries = [
        kept.Entry(
            one.name,
            one.question.query,
            one.question.mine,
            forms.press(RunKept(Kept(one.id))),
            forms.press(EditKept(Kept(one.id))),
        )
        for one in searches
    ]
    other = ShowRecent() if kind == "saved" else ShowSaved()
    view = kept.Listing(
        kind,
        entries,
        min(page, max(0, (len(entries) - 1) // kept.PAGE_ENTRIES)),
        note,
        show=lambda number: forms.press(ShowSaved(number)),
        other=forms.press(other),
        form=forms.press(ShowForm()),
        lost=[forms.press(ForgetKept(Kept(one))) for one in lost],
    )
    return kept.render_list(view, reader)
