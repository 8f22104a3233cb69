"""The table of sentences is whole in itself: large, half Japanese, in every style, its periods meaningful."""

from collections import Counter
from dataclasses import fields

import pytest

from tests.samples.sentences import AGAIN, LATER, NEWCOMER, NOW, SENTENCES, Sentence, bounds, duration
from tests.samples.sentences.shape import COMMANDS, STYLES
from tracing.causes import Cause
from tracing.model import DeliveryStatus, Direction

EVERY = (*SENTENCES, *LATER, *NEWCOMER, *AGAIN)
IDS = [one.text for one in EVERY]


def test_the_table_is_large_and_half_japanese() -> None:
    """There are at least 240 sentences, no fewer Japanese ones than English ones, and no one twice."""
    languages = Counter(one.language for one in SENTENCES)

    assert len(SENTENCES) >= 240
    assert languages["ja"] * 2 >= len(SENTENCES)
    assert languages.keys() == {"ja", "en"}
    assert len(set(IDS)) == len(EVERY)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_style_occurs(language: str) -> None:
    """Each style but hiragana occurs in both languages, and more than once."""
    styles = Counter(one.style for one in SENTENCES if one.language == language)

    for style in STYLES - ({"hiragana"} if language == "en" else set()):
        assert styles[style] > 1, style


@pytest.mark.parametrize("one", EVERY, ids=IDS)
def test_a_sentence_speaks_the_tables_words(one: Sentence) -> None:
    """Commands, styles, statuses, causes, directions and times are those that the table explains."""
    assert {one.command, *one.also} <= COMMANDS
    assert one.style in STYLES
    assert set(one.statuses) <= {status.value for status in DeliveryStatus}
    assert one.cause in {"", *(cause.value for cause in Cause)}
    assert one.direction in {"", *(direction.value for direction in Direction)}
    assert one.warning in {"", "weekday", "time"}
    assert set(one.optional) <= {field.name for field in fields(one)}
    if one.every:
        assert duration(one.every)
    if one.period:
        start, end = bounds(one.period)
        assert start < end
        assert end <= NOW or start > NOW


@pytest.mark.parametrize("one", EVERY, ids=IDS)
def test_what_is_unused_stands_in_the_sentence(one: Sentence) -> None:
    """Words that nothing was made of are in the sentence as they were typed."""
    assert all(word in one.text for word in (*one.unused, *one.spare, *one.maybe))


def test_wishes_of_a_watch_are_those_of_watches() -> None:
    """Only a watch or a digest has an interval, a threshold, quiet hours or a time of its own."""
    for one in EVERY:
        if one.every or one.threshold or one.quiet or one.at:
            assert one.command in {"watch", "digest"}, one.text
