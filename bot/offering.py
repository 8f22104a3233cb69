"""Answer a text that is no command with a card that helps: the error marked, or a search to confirm."""

from dataclasses import dataclass, replace

from bot import forms
from bot.access import permit
from bot.asking import Asker
from bot.commands import Help, Mine, Refine, Report, RunAgain, Trace
from bot.directory import Directory
from bot.domain_slips import DomainSlips
from bot.listing import Listing
from bot.moments import When
from bot.naming import Naming
from bot.parse import ParseError, parse
from bot.sentences import Sentence
from bot.store.states import CardState
from bot.watch_commands import WatchResults, WatchTrace
from bot.watches import mentions_of
from cards import notes, sentence
from cards.elements import Card, Press
from cards.watch_options import spelt
from tracing.model import Clock


@dataclass(frozen=True)
class Offering:
    """Answers texts that are no command; what was understood is kept behind the card."""

    directory: Directory
    listing: Listing
    naming: Naming
    slips: DomainSlips
    clock: Clock

    async def card(self, wrong: ParseError, asker: Asker) -> Card:
        """The card for the fault *wrong*. Raises: GraphError."""
        if wrong.sentence is not None:
            return await self._offer(wrong.sentence, asker)
        kept = CardState(wrong.understood, mine=False, report=wrong.report)
        state_id = await self.listing.keep(kept, asker)
        start, end = wrong.position, wrong.position + wrong.length
        corrected = None
        if wrong.suggestion:
            text = wrong.text[:start] + wrong.suggestion + wrong.text[end:]
            corrected = await self._corrected(text, asker)
        elif wrong.expected == "command":
            corrected = asker.reader.say("button.mine"), forms.press(Mine())
        return notes.not_understood(
            wrong.text[:start],
            wrong.text[start:end],
            wrong.text[end:],
            wrong.expected,
            wrong.suggestion,
            forms.press(Help()),
            asker.reader,
            refine=forms.press(Refine(state_id)),
            corrected=corrected,
        )

    async def _offer(self, said: Sentence, asker: Asker) -> Card:
        """The search that *said* may mean; names are looked up in the directory."""
        person = await self.directory.who(asker.aad_object_id)
        may = permit(person, asker.ground, Trace(said.query)) is None
        meant = await self.naming.meant(said, person) if may and said.people else ((), ())
        choices, unknown = meant
        state = _state_of(said, asker)
        if len(choices) == 1:
            state, choices = choices[0].on(state), ()
        state_id = await self.listing.keep(state, asker)
        picks = [
            sentence.Pick(
                one.name, one.shown, forms.press(_run(await self.listing.keep(one.on(state), asker), state))
            )
            for one in choices
        ]
        slips = [
            sentence.Slip(typed, meant, forms.press(_run(await self.listing.keep(one, asker), one)))
            for typed, meant, one in (await self.slips.known(state, person, asker) if may else ())
        ]
        everybody = None
        if state.mine and state.watch is None and person is not None and person.helpdesk and not state.report:
            everybody = forms.press(RunAgain(await self.listing.keep(replace(state, mine=False), asker)))
        offer = sentence.Offer(
            _kind(state),
            state.query,
            None if picks else forms.press(_run(state_id, state)),
            forms.press(Refine(state_id) if state.watch is None else WatchResults(state_id)),
            forms.press(Help()),
            self._options(state, asker),
            said.unused,
            said.bad_times,
            said.odd_days,
            unknown,
            picks,
            slips,
            everybody=everybody,
        )
        return sentence.render(offer, asker.reader)

    def _options(self, state: CardState, asker: Asker) -> str:
        if state.watch is None or state.quiet is None:
            return ""
        return spelt(state.watch, state.quiet, state.mentions, None, self.clock.now(), asker.reader)

    async def _corrected(self, text: str, asker: Asker) -> tuple[str, Press] | None:
        """*text* as a button, if it is a readable trace."""
        try:
            command = parse(text, When(self.clock.now(), asker.reader.zone))
        except ParseError:
            return None
        match command:
            case Trace(query) | Mine(query):
                state = CardState(query, mine=isinstance(command, Mine))
            case Report(kind, query, mine):
                state = CardState(query, mine, report=kind)
            case _:
                return None
        return text, forms.press(RunAgain(await self.listing.keep(state, asker)))


def _state_of(said: Sentence, asker: Asker) -> CardState:
    """The state kept for *said*."""
    match said.command:
        case WatchTrace(watch, quiet, names):
            return CardState(
                watch.query, watch.mine, watch=watch, quiet=quiet, mentions=mentions_of(names, asker)
            )
        case Report(kind, query, mine):
            return CardState(query, mine, report=kind)
        case command:
            return CardState(said.query, mine=isinstance(command, Mine))


def _run(state_id: str, state: CardState) -> RunAgain | WatchResults:
    return RunAgain(state_id) if state.watch is None else WatchResults(state_id, begin=True)


def _kind(state: CardState) -> str:
    if state.watch is not None:
        return "watch"
    return "report" if state.report else "mine" if state.mine else "trace"
