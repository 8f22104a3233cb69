"""Read alert wishes from a sentence: whether to alert, from how many on, how often, when not. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import time, timedelta
from itertools import chain

from bot.moments import When
from bot.sentence_text import SentenceText
from bot.spoken_moments import spoken_at
from bot.time_words import WEEKDAY_LETTERS, WEEKDAYS, any_of
from bot.values import read_duration
from bot.watch_commands import ChangeWatch, Numbered, ShowWatches, WatchChange, WatchTrace
from tracing.model import Last, TraceQuery
from tracing.quiet import Quiet
from tracing.threshold import MOST_PERCENT
from tracing.timetable import USUAL_TIME, Timetable
from tracing.watch import LEAST_EVERY, LONGEST_LOOK, MOST_EVERY, USUAL_EVERY, Watch

MOST_ROWS = 10_000
NIGHT = time(22), time(7)
"""Night hours, for `not at night`."""

_CLOCK = r"\d{1,2}(?::\d{2})? ?(?:[ap]\.?m\.?|時(?:半|\d{1,2}分)?)?"
_PART = r"(?:(?:朝|夕方|夜|晩|午前|午後)の? ?)?"
_UNIT = r"(?:minutes?|mins?|hours?|hrs?|days?|[mhd](?![a-z])|分間?|時間|日間?)"
_TELL = re.compile(
    r"(?<![a-z])(?:please )?(?:alert(?: me| us)?(?: when| if)?|notify (?:me|us)(?: when| if| of| about)?"
    r"|let (?:me|us) know (?:when|if|about)"
    r"|tell (?:me|us)(?: when| if|(?= (?:every|each|daily|weekly) ))|ping (?:me|us)(?: when| if| on)?"
    r"|warn (?:me|us)(?: when| if)?|watch(?:ing)?|monitor(?:ing)?|keep an eye on)(?![a-z])"
    r"|(?<![a-z])every \d{1,4} ?(?:minutes?|mins?|hours?)(?![a-z])|\d{1,4} ?(?:分|時間)(?:ごと|おき|毎)|監視"
    r"|見張|みは[っり]|見守|ウォッチ|アラート"
    r"|(?:たら|場合は?|とき[はに]?|ら|になれば) ?(?:すぐに?)?"
    r"(?:メンション|教え|おしえ|知らせ|しらせ|通知|連絡)\w{0,4}|超え?たら|通知して|知らせて|通知$"
)
_NOT_TOLD = re.compile(r"通知しない(?:で|よう)?|通知(?:は)?不要|知らせないで")
_SUMMARY = re.compile(
    r"(?<![a-z])(?:digest|summary|roundup)(?![a-z])|ダイジェスト|まとめ(?:て|を)?|日報|週報|報告(?:して)?"
    r"|メールで(?=送|ほし|欲し|くだ|下さ|お願|$)"
)
_EVERY = re.compile(
    rf"(?:(?P<n>\d{{1,4}}) ?(?P<u>{_UNIT}) ?(?:ごと|おき|毎|間隔)(?:に|で)?)"
    rf"|(?<![a-z])(?:ev?e?ry|each) (?P<n2>\d{{1,4}} ?)?(?P<u2>{_UNIT})(?![a-z])"
)
_MORE = re.compile(
    r"(?:(?P<n>\d{1,5}) ?(?P<u>件|通|%|パーセント)(?:分)?(?:を)? ?"
    r"(?P<o>超え?(?:たら|て)?|以上(?:になったら|に|で)?|より多(?:い|く|かったら)))"
    r"|(?<![a-z])(?P<o2>more than|over|above|exceeds?|at least) (?P<n2>\d{1,5}) ?(?P<u2>%|percent)?"
    r"(?: of(?: all)?)?"
    r"|(?P<n3>\d{1,5}) ?(?P<u3>%|percent)? (?:or more|and more)"
)
_WITHIN = re.compile(
    rf"(?P<n>\d{{1,4}}) ?(?P<u>{_UNIT}) ?(?:以内に?|の間に|間に|あたり|に|で)(?= ?[^。]{{0,8}}[\d件%\x00])"
    rf"|(?<![a-z])(?:in|within|per|during|an?) (?P<n2>\d{{1,4}}|an?|one|the)? ?(?P<u2>{_UNIT})(?![a-z])"
)
_HOURS = re.compile(
    rf"(?:(?:be |keep |stay )?quiet |silent )?(?:from |between )?(?P<a>{_CLOCK}) ?"
    rf"(?:から|-|–|〜|~|to|and|until) ?(?P<b>{_CLOCK})(?:まで)?(?:の間)? ?"
    rf"(?P<quiet>は? ?(?:静か|通知し?な|鳴らさな|黙)\w*)?"
)
_NIGHT = re.compile(
    r"(?:but )?(?:not|except|quiet|never|silent)(?: at| during)?(?: the)? nights?(?:time)?"
    r"|夜(?:間|中)?(?:に)?は? ?(?:静か|鳴らさな|黙|[^。\n]{0,4}\x00|なし|除|以外)\w*|夜間?以外"
)
_WORKING = re.compile(
    r"(?:only )?(?:on )?(?:working days|workdays|weekdays|business days)(?: only)?|平日(?:だけ|のみ|に)?"
    r"|営業日(?:だけ|のみ)?|(?:土日祝?|週末|休日)(?:以外|は|には?)"
    r"(?=に|だけ|、| |[^。\n]{0,3}(?:通知|鳴ら|知らせ|除|静か|\x00))"
)
_MENTION = re.compile(
    r"(?:and )?mention (?P<a>me|@?[^\s,、]{1,60})"
    r"|(?P<b>自分|私|@[^\s@]{1,60}?)(?:に|を)(?:も)?メンション(?:して)?|(?P<c>メンションして)"
)
_TIMES = re.compile(
    rf"(?:(?P<daily>毎朝|毎日|毎晩)|毎週(?:の)?(?P<day>{any_of(WEEKDAY_LETTERS)})曜日?|(?P<weekly>毎週))"
    rf"(?:の|に|、)? ?(?P<t>{_PART}{_CLOCK})?(?:に)?"
    rf"|(?<![a-z])(?:(?P<daily2>daily(?: summary| digest| report)?|(?:every|each) (?:day|morning))"
    rf"|(?:every|each|weekly on) (?P<day2>{any_of(WEEKDAYS)})"
    rf"|(?P<weekly2>weekly(?: summary| digest| report)?|every week))(?![a-z])(?: at| on)? ?(?P<t2>{_CLOCK})?"
)
_LIST = re.compile(
    r"(?:list|show|what(?:'s| am i| are we| do i)?)[^.]{0,12} (?:watch(?:es|ing)|monitoring)(?![a-z])"
    r"|(?:動いている|今の|登録した|私の|自分の)監視|監視(?:の|中の)?(?:一覧|リスト|状況)"
    r"|監視を?(?:解除|停止|終了|削除|やめ|止め)"
    r"|(?:通知|アラート)[がはを]?(?:うるさ|多すぎ|止め|停止|とめ|やめ)"
    r"|(?:stop|too many|end|turn off|cancel) (?:the |my |these |all )*"
    r"(?:watch(?:es|ing)|monitoring|alerts?|notifications?)(?![a-z])"
)


def _change(english: str, japanese: str) -> re.Pattern[str]:
    """A pattern for a change to a watch by its number: a verb before it, 監視3を停止, 監視を停止して3."""
    return re.compile(
        rf"(?<![a-z])(?:{english}) ?(?:number |no\.? ?|#)?(\d{{1,4}})"
        rf"|監視(?:の)? ?(\d{{1,4}})(?:番)? ?を?(?:{japanese})|(\d{{1,4}})番?の監視を?(?:{japanese})"
        rf"|監視を?(?:{japanese})(?:て|たい|する|し)*(?:ください)? ?(\d{{1,4}})(?!\d|[分時日件%])"
    )


_CHANGES = (
    (
        WatchChange.STOP,
        _change(
            r"(?:stop|end|remove|delete|cancel) (?:the |my )?watch|unwatch",
            "止め?|停止|解除|終了|やめ|削除",
        ),
    ),
    (WatchChange.PAUSE, _change(r"pause (?:the |my )?watch", "一時停止")),
    (WatchChange.RESUME, _change(r"(?:resume|restart) (?:the |my )?watch", "再開")),
)
_ASKS_BEFORE = re.compile(
    r"(?:please|pls|kindly|(?:can|could|would|will) you|i want to|i'd like to|すぐに?|では|もう|今"
    r"|[ \x00,、。!])*"
)
_ASKS_AFTER = re.compile(
    r"(?:め|さ|し|す|る|て|たい|せて|おいて|を|下さい|ください|ほしい|欲しい|もらえますか|くれますか"
    r"|いただけますか|いただけませんか|お?願いします|です"
    r"|please|pls|now|for me|thanks|thank you|right away|[ \x00,、。.!?])*"
)
"""Words allowed around a request; with any others the sentence is not taken as one."""


@dataclass(frozen=True)
class Told:
    """The alert options in a sentence."""

    every: timedelta | None = None
    more_than: int = 0
    percent: int = 0
    within: timedelta | None = None
    hours: tuple[time, time] | None = None
    working_days: bool = False
    timetable: Timetable | None = None
    mentions: tuple[str, ...] = ()

    def watch(self, query: TraceQuery, *, mine: bool, zone: str) -> WatchTrace:
        """The watch of *query* with these options."""
        every = self.every or USUAL_EVERY
        if self.timetable is not None:
            query = replace(query, period=Last(timedelta(days=self.timetable.days)))
        more, percent = (0, 0) if self.timetable else (self.more_than, self.percent)
        watch = Watch(
            query, every, mine, more, self.within or every, percent if query.statuses else 0, self.timetable
        )
        start, end = self.hours or (time(), time())
        return WatchTrace(watch, Quiet(start, end, self.working_days, zone), self.mentions)


def take_change(said: SentenceText) -> ShowWatches | ChangeWatch | None:
    """Read a change to an existing watch: `stop watch 3`, 監視の一覧."""
    for change, pattern in _CHANGES:
        match = pattern.search(said.plain)
        if match is not None:
            before, after = said.plain[: match.start()], said.plain[match.end() :]
            if not (_ASKS_BEFORE.fullmatch(before) and _ASKS_AFTER.fullmatch(after)):
                # The sentence only mentions it, or negates it: show the list with its buttons.
                return ShowWatches()
            said.take(*match.span())
            return ChangeWatch(Numbered(int(next(filter(None, match.groups())))), change)
    return ShowWatches() if _LIST.search(said.plain) else None


def take_told(said: SentenceText, when: When, names: tuple[str, ...]) -> Told | None:
    """The alert options of *said*, removed from it; None if it asks for no alert."""
    summary = _SUMMARY.search(said.plain)
    times = _TIMES.search(said.plain) if summary or _TELL.search(said.plain) else None
    if not _TELL.search(said.plain) and not (summary and times):
        return None
    quiet_words = said.take_all(_NOT_TOLD)
    mentions = _mentions(said, names)
    working = bool(said.take_all(_WORKING))
    timetable = None
    if times is not None and (summary is not None or times["t"] or times["t2"] or times["daily"]):
        timetable = _timetable(times, when)
        said.take(*times.span())
    if summary is not None:
        said.take(*summary.span())
    every = _every(said)
    more, percent = _threshold(said)
    within = _within(said) if more or percent else None
    hours = _hours(said, when, asked=bool(quiet_words))
    said.take_all(_TELL)
    return Told(every, more, percent, within, hours, working, timetable, mentions)


def _mentions(said: SentenceText, names: tuple[str, ...]) -> tuple[str, ...]:
    """The people to mention: "" for the asker, otherwise names as typed."""
    asked = said.take_all(_MENTION)
    me = [""] if any((m["a"] or m["b"] or "me") in ("me", "自分", "私") for m in asked) else []
    others = [name for name in names if asked and name.casefold() in said.whole]
    return tuple(chain(me, others))


def _timetable(match: re.Match[str], when: When) -> Timetable:
    clock = (match["t"] or match["t2"] or "").strip()
    at = _clock(f"夜{clock}" if match["daily"] == "毎晩" else clock, when) if clock else None
    day = match["day"] or match["day2"]
    weekday = {**WEEKDAYS, **WEEKDAY_LETTERS}[day] if day else None
    if weekday is None and (match["weekly"] or match["weekly2"]):
        weekday = 0
    return Timetable(at or USUAL_TIME, when.zone.key, weekday)


def _every(said: SentenceText) -> timedelta | None:
    for match in said.take_all(_EVERY):
        length = _length(match["n"] or match["n2"] or "1", match["u"] or match["u2"])
        if length is not None:
            return min(max(length, LEAST_EVERY), MOST_EVERY)
    return None


def _threshold(said: SentenceText) -> tuple[int, int]:
    """The threshold: more than a number, or than a percentage of all."""
    for match in said.take_all(_MORE):
        number = int(match["n"] or match["n2"] or match["n3"])
        at_least = (
            bool(match["n3"]) or (match["o2"] or "") == "at least" or (match["o"] or "").startswith("以上")
        )
        number -= at_least
        if (match["u"] or match["u2"] or match["u3"] or "件") in ("件", "通"):
            return min(number, MOST_ROWS), 0
        return 0, min(number, MOST_PERCENT)
    return 0, 0


def _within(said: SentenceText) -> timedelta | None:
    for match in said.take_all(_WITHIN):
        n = match["n"] or match["n2"] or "1"
        length = _length(n.strip() if n.strip().isdecimal() else "1", match["u"] or match["u2"])
        if length is not None:
            return min(length, LONGEST_LOOK)
    return None


def _length(number: str, unit: str) -> timedelta | None:
    return read_duration(f"{number.strip()} {unit}" if unit.isascii() else f"{number}{unit}")


def _hours(said: SentenceText, when: When, *, asked: bool) -> tuple[time, time] | None:
    if said.take_all(_NIGHT):
        return NIGHT
    for match in _HOURS.finditer(said.plain):
        if not (match["quiet"] or "quiet" in match[0] or "silent" in match[0] or asked):
            continue
        clocks = [_clock(match[name], when) for name in ("a", "b")]
        if clocks[0] is not None and clocks[1] is not None and clocks[0] != clocks[1]:
            said.take(*match.span())
            return clocks[0], clocks[1]
    return None


def _clock(words: str, when: When) -> time | None:
    plain = words.strip()
    found = spoken_at(f"{plain}:00" if plain.isdecimal() else plain, 0, when)
    return found[0].time if found is not None and found[0] is not None else None
