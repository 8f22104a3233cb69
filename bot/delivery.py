"""A finished file on its way to its owner: offered, consented to, put into their OneDrive in fragments.

Consent is asked in the owner's 1:1, once; the putting is an errand, which a restart takes up where it was.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from pydantic import TypeAdapter

from bot import forms
from bot.access import Person
from bot.commands import OfferFile
from bot.directory import Directory
from bot.errands import Again, Done, Errand, Next
from bot.jobs import Slot
from bot.record import Entry, Kind, Record, Who
from bot.store.reports import Report
from bot.turns import Consented, Drive, FileGiven, FileOffer, Notifier, Place, PlaceKind, Upload
from cards import report as cards
from cards.elements import Card, clean
from cards.reader import Reader

FRAGMENT = 10 * 320 * 1024
"""Bytes of one step: OneDrive takes multiples of 320 KiB.
https://learn.microsoft.com/graph/api/driveitem-createuploadsession"""

MAX_UPLOADS = 10
"""Files that one person may have on their way."""


class Files(Protocol):
    """Where finished files are; `bot.store.reports.Reports`."""

    async def find(self, report_id: str, owner: str) -> Report | None: ...

    async def offer(self, report_id: str) -> str: ...

    async def offered(self, report_id: str, activity_id: str) -> None: ...

    async def take_offer(self, offer: str, owner: str) -> Report | None: ...

    async def read(self, report_id: str, start: int, length: int) -> bytes: ...

    async def drop(self, report_id: str) -> None: ...


class Errands(Protocol):
    """Where errands begin; `bot.store.errands.Errands`."""

    async def add(self, errand: Errand, *, own: int) -> bool: ...

    async def show(self, errand_id: str, activity_id: str) -> None: ...


@dataclass(frozen=True)
class Sending:
    """An upload under way: `sent` bytes are there."""

    report_id: str
    upload: Upload
    sent: int = 0


_SENDING = TypeAdapter(Sending)


class Delivery:
    """Offers files and puts them where their owners allow; meets `bot.errands.Work` for the putting.

    *reader* makes a reader of a locale and a time zone, *begun* is called when there is something to do.
    """

    kind = "upload"

    def __init__(
        self,
        files: Files,
        errands: Errands,
        directory: Directory,
        record: Record,
        notifier: Notifier,
        drive: Drive,
        reader: Callable[[str, str], Reader],
        begun: Callable[[], None],
    ) -> None:
        self._files = files
        self._errands = errands
        self._directory = directory
        self._record = record
        self._notifier = notifier
        self._drive = drive
        self._reader = reader
        self._begun = begun

    async def offer(self, report: Report, place: Place, reader: Reader) -> None:
        """Ask the owner, in a message of its own, whether they want *report*; what asked before is void."""
        offer = await self._files.offer(report.id)
        kind = reader.say(f"report.{report.kind}")
        description = reader.say("report.consent.description", kind=kind, n=report.rows)
        asking = FileOffer(report.name, description, report.size, offer, reader.say("report.consent.summary"))
        await self._files.offered(report.id, await self._notifier.send(place, asking))

    async def offer_again(self, report_id: str, person: Person, place: Place, reader: Reader) -> Card:
        """Ask anew; the card for the place where that was wished for."""
        report = await self._files.find(report_id, person.aad_object_id)
        if report is None or not report.ready:
            return cards.gone(reader)
        if not may_have(person, report):
            await self._files.drop(report.id)
            return cards.changed(reader)
        await self.offer(report, place, reader)
        return cards.ready(shown(report), forms.press(OfferFile(report.id)), reader)

    async def consent(self, consented: Consented, reader: Reader) -> None:
        """Do as the owner says; whoever else says so, or too late, is told so. Raises: GraphError."""
        place, owner = consented.place, consented.author.aad_object_id
        person = await self._directory.who(owner)
        report = None
        if place.kind is PlaceKind.PERSONAL and person is not None:
            report = await self._files.take_offer(consented.offer, owner)
        if report is None or person is None:
            await self._notifier.send(place, cards.gone(reader))
        elif not may_have(person, report):
            await self._files.drop(report.id)
            await self._put_up(place, report.activity_id, cards.changed(reader))
        elif consented.upload is None:
            card = cards.declined(shown(report), forms.press(OfferFile(report.id)), reader)
            await self._put_up(place, report.activity_id, card)
        else:
            who = Who(owner, person.name, place.conversation_id, place.kind.value)
            # Before it leaves: what cannot be recorded is not handed out.
            await self._record.note(Entry(Kind.FILE, who, report.name, rows=report.rows))
            await self._begin(consented, report, consented.upload, reader)

    async def step(self, errand: Errand) -> Next:
        """Put the next fragment; after the last one show the file, and forget our own."""
        sending = _SENDING.validate_json(errand.payload)
        reader = self._reader(errand.locale, errand.time_zone)
        report = await self._files.find(sending.report_id, errand.owner)
        person = await self._directory.who(errand.owner)
        if report is None or person is None or not may_have(person, report):
            return Done(then=lambda: self._put_up(errand.place, errand.activity_id, cards.gone(reader)))
        if sending.sent >= report.size:
            given = replace(sending.upload, name=sending.upload.name or report.name)
            await self._notifier.send(errand.place, FileGiven(given, reader.say("report.saved.summary")))
            await self._files.drop(report.id)
            saved = cards.saved(report.name, reader)
            return Done(then=lambda: self._put_up(errand.place, errand.activity_id, saved))
        data = await self._files.read(report.id, sending.sent, FRAGMENT)
        sent = await self._drive.put(sending.upload.upload_url, data, sending.sent, report.size)
        return Again(_SENDING.dump_json(replace(sending, sent=sent)).decode())

    async def give_up(self, errand: Errand, fault: Exception, reference: str) -> Next:
        """Say so, and keep the file for another try."""
        sending = _SENDING.validate_json(errand.payload)
        reader = self._reader(errand.locale, errand.time_zone)
        report = await self._files.find(sending.report_id, errand.owner)
        card = cards.gone(reader) if report is None else self._unsaved(report, reference, reader)
        return Done(then=lambda: self._put_up(errand.place, errand.activity_id, card))

    async def _begin(self, consented: Consented, report: Report, upload: Upload, reader: Reader) -> None:
        place = consented.place
        if not self._drive.accepts(upload.upload_url):
            await self._put_up(place, report.activity_id, self._unsaved(report, "", reader))
            return
        payload = _SENDING.dump_json(Sending(report.id, upload)).decode()
        errand = Errand(
            consented.offer, self.kind, report.owner, place, consented.locale, consented.time_zone, payload
        )
        await self._errands.add(errand, own=MAX_UPLOADS)
        activity_id = await self._put_up(place, report.activity_id, cards.saving(report.name, reader))
        await self._errands.show(errand.id, activity_id)
        self._begun()

    def _unsaved(self, report: Report, reference: str, reader: Reader) -> Card:
        return cards.unsaved(report.name, reference, forms.press(OfferFile(report.id)), reader)

    async def _put_up(self, place: Place, activity_id: str, card: Card) -> str:
        """Show *card* in place of the message *activity_id*; the message it stands in."""
        slot = Slot(self._notifier, place, activity_id or None)
        await slot.finish(card)
        return slot.activity_id or ""


def may_have(person: Person, report: Report) -> bool:
    """Whether *person*, its owner, may still see what is in *report*."""
    return not person.guest and (person.helpdesk or not report.full)


def shown(report: Report) -> cards.File:
    """What a card shows of *report*."""
    return cards.File(clean(report.name, 120), report.rows, report.size, report.expires_at)
