"""A watch as it stands between two steps: what it has to tell, where its threads are, how it goes. Pure.

The payload of an errand of kind `watch`. The rows it knows are in tables of their own.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from pydantic import TypeAdapter

from bot.errands import Errand
from bot.outbox import Glimpse, Telling, hold, queue
from bot.turns import PlaceKind
from cards.mention import Mention
from tracing.digest import Digest
from tracing.quiet import Quiet
from tracing.watch import Advance, Memory, News, Trouble, Watch, due

AGAIN = timedelta(minutes=5)
"""How long a watch that could not look waits at most."""

BLIND = timedelta(minutes=15)
"""A watch that sees nothing for so long, or for two of its runs, says so."""

INCOMPLETE = "Incomplete"
"""What a look met that could not read all it should."""

PLACE_GONE = "place_gone"
"""Why a watch rests whose place cannot be reached, as the last part of a text's key."""

MAX_THREADS = 60
"""Troubles whose messages are known: the open ones, and the last that ended."""


_MOST_DAYS_OFF = 3


@dataclass(frozen=True)
class Thread:
    """The messages of one trouble: its first one, and the conversation in which others follow.

    `rows_state` is the state behind the button that shows its mails, `reply_id` the last of its replies;
    `held_since` is from when on it was held for the quiet hours before it was said. `glimpses` may be shown
    where details are approved at that moment.
    """

    trouble: Trouble
    as_of: datetime
    conversation_id: str
    activity_id: str
    rows_state: str
    ended: bool = False
    reply_id: str = ""
    glimpses: tuple[Glimpse, ...] = ()
    held_since: datetime | None = None

    @property
    def event(self) -> str:
        """How its first message speaks of it."""
        return "ended" if self.ended else "started"


@dataclass(frozen=True)
class Standing:
    """A watch; `number` counts its owner's. `paused` is the reason for a pause, "" while it runs.

    `last_run`, `last_cost` and `cost` say when it looked last, with how many requests, and with how many in
    all. `fault` names what its last look met, "" when it saw; `blind_since` is when that began, and
    `blind_told` whether that was said. `unsure`: the first of the outbox may have been said already.
    `leaving` is why it is to rest at its next step, "" while it is not. Teams tells `mentions` of troubles.
    Before `known_from` the watch did not look.
    `digest` is to be sent; `digested` was the last one sent, as `digest_id`. `asked` is the turn that
    started it.
    """

    number: int
    watch: Watch
    begun_at: datetime
    owner_teams_id: str
    place_name: str = ""
    troubles: tuple[Trouble, ...] = ()
    numbers: int = 0
    outbox: tuple[Telling, ...] = ()
    threads: tuple[Thread, ...] = ()
    last_run: datetime | None = None
    last_cost: int = 0
    cost: int = 0
    fault: str = ""
    blind_since: datetime | None = None
    blind_told: bool = False
    paused: str = ""
    unsure: bool = False
    quiet: Quiet = field(default_factory=Quiet)
    mentions: tuple[Mention, ...] = ()
    known_from: datetime | None = None
    leaving: str = ""
    digest: Digest | None = None
    digested: Digest | None = None
    digest_id: str = ""
    asked: str = ""

    def holds(self, activity_id: str) -> bool:
        """Whether it is known that this message was sent."""
        return any(activity_id in (thread.activity_id, thread.reply_id) for thread in self.threads)

    def thread_of(self, number: int) -> Thread | None:
        """The thread of the trouble with that number."""
        return next((thread for thread in self.threads if thread.trouble.number == number), None)


_ADAPTER = TypeAdapter(Standing)


def read_standing(payload: str) -> Standing:
    """What `write_standing` wrote."""
    return _ADAPTER.validate_json(payload)


def named(errand: Errand) -> str:
    """The name of an unreadable watch in the log."""
    return f"watch {errand.id}"


def write_standing(standing: Standing) -> str:
    return _ADAPTER.dump_json(standing, exclude_defaults=True).decode()


def leaving(errand: Errand) -> str:
    """The payload of a watch whose place was left: it rests once its owner was told, where they can be."""
    standing = read_standing(errand.payload)
    if errand.place.kind is PlaceKind.PERSONAL:
        return write_standing(replace(standing, paused=PLACE_GONE))
    return write_standing(replace(standing, leaving=PLACE_GONE))


def moved(standing: Standing) -> Standing:
    """*standing* as it goes on in its owner's 1:1: its threads stay where they are."""
    return replace(standing, place_name="", threads=(), paused="", leaving="", unsure=False)


def saw(standing: Standing, step: Advance, requests: int, as_of: datetime, *, whole: bool) -> Standing:
    """*standing* after a look at *as_of* that brought *step* for so many requests; *whole*: it saw all.

    Whoever cannot tell how much of all mail a trouble is has not seen all either.
    """
    whole = whole and all(one.weighed for one in step.memory.troubles)
    news = [Telling(one.event, as_of, one.trouble) for one in step.news if _is_tellable(standing, one)]
    if whole and standing.blind_told:
        news.insert(0, Telling("seeing", as_of, since=standing.blind_since))
    after = replace(
        standing,
        troubles=step.memory.troubles,
        numbers=step.memory.numbers,
        outbox=_queued(standing, news, as_of),
        last_run=as_of,
        last_cost=requests,
        cost=standing.cost + requests,
    )
    if not whole:
        return saw_nothing(after, INCOMPLETE, as_of)
    return replace(after, fault="", blind_since=None, blind_told=False)


def saw_nothing(standing: Standing, fault: str, now: datetime) -> Standing:
    """*standing* after a look that met *fault*; once that has lasted, it is to be said."""
    since = standing.blind_since or now
    told = standing.blind_told
    outbox = standing.outbox
    if not told and now - since >= max(BLIND, 2 * standing.watch.every):
        outbox, told = _queued(standing, [Telling("blind", now, since=since)], now), True
    return replace(standing, outbox=outbox, fault=fault, blind_since=since, blind_told=told)


def told(standing: Standing, thread: Thread | None) -> Standing:
    """*standing* once the first of its outbox was said, in *thread* if it was of a trouble."""
    after = replace(standing, outbox=standing.outbox[1:], unsure=False)
    if thread is None:
        return after
    others = [one for one in standing.threads if one.trouble.number != thread.trouble.number]
    open_ones = {one.number for one in standing.troubles}
    ended = [one for one in others if one.trouble.number not in open_ones]
    spare = max(0, len(others) + 1 - MAX_THREADS)
    dropped = {one.trouble.number for one in ended[:spare]}
    kept = tuple(one for one in others if one.trouble.number not in dropped)
    return replace(after, threads=(*kept, thread))


def rest(standing: Standing, now: datetime) -> timedelta:
    """How long until *standing* has something to do."""
    silent = standing.quiet.until(now) - now
    if standing.outbox and not silent:
        return timedelta(0)
    return min(_next_look(standing, now), silent) if standing.outbox else _next_look(standing, now)


def held(standing: Standing, now: datetime, *, again: bool) -> Standing:
    """*standing* as it says nothing now; *again*: a step was cut short and may have said the first."""
    on_its_way = bool(standing.outbox) and standing.outbox[0].held_since is None
    unsure = standing.unsure or (again and on_its_way)
    return replace(standing, outbox=hold(standing.outbox, now), unsure=unsure)


def _next_look(standing: Standing, now: datetime) -> timedelta:
    if standing.blind_since is not None and standing.fault != INCOMPLETE:
        return min(standing.watch.every, AGAIN)
    return due(standing.watch, standing.last_run, now)


def memory_of(standing: Standing, memory: Memory) -> Memory:
    """*memory*, the rows of a watch, with its troubles."""
    known_from = standing.known_from
    return replace(memory, troubles=standing.troubles, numbers=standing.numbers, known_from=known_from)


def _queued(standing: Standing, news: list[Telling], now: datetime) -> tuple[Telling, ...]:
    outbox = queue(standing.outbox, news)
    return hold(outbox, now) if standing.quiet.covers(now) else outbox


def next_due(standing: Standing) -> datetime:
    """When the next digest of *standing* is due: on no day off, if it is to have any."""
    timetable = standing.watch.timetable
    assert timetable is not None
    first = timetable.after(standing.last_run or standing.begun_at)
    days_off = replace(standing.quiet, start=time(), end=time())
    due_at = first
    for _ in range(_MOST_DAYS_OFF):
        if not days_off.covers(due_at):
            return due_at
        due_at = timetable.after(due_at)
    # Whoever wants it each Sunday wants it on that day off.
    return first


def _is_tellable(standing: Standing, news: News) -> bool:
    """A count in between is edited into the first message: only where there is one, or will be."""
    number = news.trouble.number
    waits = any(one.trouble is not None and one.trouble.number == number for one in standing.outbox)
    return news.event != "counted" or waits or standing.thread_of(number) is not None
