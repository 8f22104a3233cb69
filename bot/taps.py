"""A tap waits for its answer as long as Teams does: on the tapper's own card, or on one all can see."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot import forms
from bot.answering import Answering, Work
from bot.commands import Command
from bot.debts import Debts
from bot.progress import Pace
from bot.turns import Notice, Post, Tapped
from cards import notes
from cards.elements import Card


class Taps:
    """Works taps as jobs, each under the key of its activity.

    *late* sends what came too late to be the answer of a tap on a card that everybody sees.
    """

    def __init__(
        self,
        answering: Answering,
        debts: Debts,
        late: Callable[[Card, Tapped, Work], Awaitable[None]],
        pace: Pace,
    ) -> None:
        self._answering = answering
        self._debts = debts
        self._late = late
        self._pace = pace

    async def on_own_card(self, tapped: Tapped, command: Command, work: Work) -> Post:
        """The answer, or a progress card that the answer replaces. Raises: Busy."""
        answer: asyncio.Future[Card] = asyncio.get_running_loop().create_future()

        async def finish(card: Card) -> None:
            if answer.done():
                await self._answering.end(card, work)
            else:
                answer.set_result(card)

        async def answered() -> None:
            card = await self._answering.card_of(command, work)
            await finish(self._answering.told(card, work))
            await self._answering.go_on(work)

        self._start(tapped, answered, finish, work)
        await asyncio.wait({answer}, timeout=self._pace.tap.total_seconds())
        if answer.done():
            return answer.result()
        answer.cancel()
        await self._answering.owe(work, work.state_id or forms.state_of(command))
        return notes.looking(work.query, work.asker.reader)

    async def on_shared_card(self, tapped: Tapped, command: Command, work: Work) -> Post:
        """The answer for the tapper only; the shared card stays as it is.

        Raises: Busy.
        """
        answer: asyncio.Future[Card] = asyncio.get_running_loop().create_future()

        async def finish(card: Card) -> None:
            if answer.done():
                await self._late(card, tapped, work)
            else:
                answer.set_result(card)

        async def answered() -> None:
            card = await self._answering.card_of(command, work)
            await finish(self._answering.told(card, work))

        self._start(tapped, answered, finish, work)
        await asyncio.wait({answer}, timeout=self._pace.in_place.total_seconds())
        if answer.done():
            return answer.result()
        answer.cancel()
        return Notice(work.asker.reader.say("notice.later"))

    def _start(
        self,
        tapped: Tapped,
        answered: Callable[[], Coroutine[Any, Any, None]],
        finish: Callable[[Card], Awaitable[None]],
        work: Work,
    ) -> None:
        """Start the job that answers. Raises: Busy."""

        async def failed(fault: Exception, reference: str) -> None:
            await finish(await self._answering.failed(fault, work, reference))

        self._debts.start(tapped, answered, failed)
