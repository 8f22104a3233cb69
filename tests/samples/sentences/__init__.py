"""Sentences as people type them to the bot, each with what it asks. Made by us; people and domains are made up.

Written from the product's words alone, before the code that reads them and without looking at it.
"""

from tests.samples.sentences import asking, asking_more, codes, english, english_more, times, watches
from tests.samples.sentences.later import LATER
from tests.samples.sentences.newcomer import AGAIN, NEWCOMER
from tests.samples.sentences.shape import NOW, RECENT_DOMAINS, ZONE, Sentence, bounds, duration

__all__ = [
    "AGAIN",
    "LATER",
    "NEWCOMER",
    "NOW",
    "RECENT_DOMAINS",
    "SENTENCES",
    "ZONE",
    "Sentence",
    "bounds",
    "duration",
]

SENTENCES: tuple[Sentence, ...] = (
    *asking.SENTENCES,
    *asking_more.SENTENCES,
    *times.SENTENCES,
    *watches.SENTENCES,
    *codes.SENTENCES,
    *english.SENTENCES,
    *english_more.SENTENCES,
)
