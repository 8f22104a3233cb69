"""People whom a card mentions, whatever their names hold."""

from hypothesis import given
from hypothesis import strategies as st

from cards.mention import Mention, entities


def test_each_once() -> None:
    """Who is told stands beside the body once, with the very text that is in it; others by name alone."""
    sato, gone = Mention("佐藤 美咲", "29:1"), Mention("Gone")

    assert (sato.shown, gone.shown) == ("<at>佐藤 美咲</at>", "Gone")
    assert entities([sato, gone, sato]) == [
        {"type": "mention", "text": "<at>佐藤 美咲</at>", "mentioned": {"id": "29:1", "name": "佐藤 美咲"}}
    ]


@given(st.text(max_size=80))
def test_hostile_names(name: str) -> None:
    """No name is read as markup, or as another person's mention."""
    shown = Mention(name, "29:1").shown.removeprefix("<at>").removesuffix("</at>")

    assert shown
    assert not set("<>*_[]`&#") & set(shown)
