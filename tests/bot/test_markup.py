"""What a person meant, out of what Teams made of it."""

import random
from time import process_time

import pytest

from bot.markup import MAX_MARKUP, spoken

NAMES = ("Mail Trace",)
SPAN = '<span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="0">Mail Trace</span>'


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        # Asterisks that became emphasis.
        ("<p>trace <em>@a.com to </em>@b.com</p>", "trace *@a.com to *@b.com"),
        ("<p>trace <strong>@a.com to </strong>@b.com</p>", "trace *@a.com to *@b.com"),
        ("<p>trace <i>@a.com</i> <b>@b.com</b></p>", "trace *@a.com *@b.com"),
        ("<p>trace sender <em>@hoge.com</em></p>", "trace sender *@hoge.com"),
        ("<p>trace <em><strong>@hoge.com</strong></em></p>", "trace *@hoge.com"),
        ("<p>trace john<em>@contoso.co.jp to </em>@b.com</p>", "trace john*@contoso.co.jp to *@b.com"),
        # Emphasis that somebody meant.
        ("<p>trace <strong>a@x.jp</strong></p>", "trace a@x.jp"),
        ("<p><b>trace</b> <i>sender</i> *@hoge.com</p>", "trace sender *@hoge.com"),
        # Angle brackets and entities.
        ("<p>trace &lt;CAF9x7f2@mail.hoge.com&gt;</p>", "trace <CAF9x7f2@mail.hoge.com>"),
        ("<p>trace&nbsp;a@x.jp&#160;&amp;</p>", "trace a@x.jp &"),
        # Addresses behind names.
        ('<p>trace <a href="mailto:suzuki@hoge.com">鈴木 一郎</a></p>', "trace suzuki@hoge.com"),
        ('<p>trace <a href="mailto:s@hoge.com?subject=x">s@hoge.com</a></p>', "trace s@hoge.com"),
        ('<p>trace <a href="MAILTO:s%2Bx@hoge.com">Suzuki</a></p>', "trace s+x@hoge.com"),
        ('<p>trace <a href="mailto:s@hoge.com">Suzuki', "trace s@hoge.com"),
        ('<p>trace <a href="https://x.jp/">a@x.jp</a></p>', "trace a@x.jp"),
        # Lists and lines.
        ("<p>trace</p><ul><li>a@x.jp</li><li>b@x.jp</li></ul>", "trace\n\n\na@x.jp\n\nb@x.jp"),
        ("trace a@x.jp<br>b@x.jp", "trace a@x.jp\nb@x.jp"),
        # Quoted replies are somebody else's words.
        ("<blockquote><p>trace x@y.jp</p></blockquote><p>trace a@x.jp</p>", "trace a@x.jp"),
        ("<blockquote>a<blockquote>b</blockquote>c</blockquote>help", "help"),
        ("help<blockquote>never closed", "help"),
        ("</blockquote>help", "help"),
        # … but for what is asked about them.
        (
            '<blockquote itemtype="http://schema.skype.com/Reply"><p>Sato</p><p><b>550</b> 5.1.1<br>x</p>'
            "</blockquote><p>explain</p>",
            "explain\nSato\n\n550 5.1.1\nx",
        ),
        (
            '<blockquote>to <a href="mailto:a@x.jp">a@x.jp</a></blockquote><p>/説明</p>',
            "/説明\nto a@x.jp",
        ),
        ("<blockquote>550 5.1.1</blockquote><p>explain 5.7.1</p>", "explain 5.7.1"),
        # A pasted bounce keeps its lines.
        ("<p>explain</p><p>&lt;a@x.jp&gt;:</p><p>550 5.1.1</p>", "explain\n\n<a@x.jp>:\n\n550 5.1.1"),
        ("<div>explain</div><pre>a: b\n c: d</pre>", "explain\n\na: b\n c: d"),
        ("<table><tr><td>To:</td></tr><tr><td>a@x.jp</td></tr></table>", "To:\n\na@x.jp"),
        # What nobody sees.
        ("<p>trace a\u200b@x.jp\u202e\u00ad\ufeff</p>", "trace a@x.jp"),
        # What must survive.
        ("<p>subject （株）　ﾃｽﾄ “x”</p>", "subject （株）　ﾃｽﾄ “x”"),
    ],
)
def test_html(markup: str, words: str) -> None:
    """The html still has what the text has lost, and is read first."""
    assert spoken("lost", markup, NAMES) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<at>Mail Trace</at> trace a@x.jp", "trace a@x.jp"),
        ("<at>Mail Trace</at>&nbsp;trace a@x.jp", "trace a@x.jp"),
        ('<at id="0">Mail Trace</at>, help', "help"),
        ("<at>Mail Trace</at>追跡 a@x.jp", "追跡 a@x.jp"),
        ("@Mail Trace：追跡", "追跡"),
        ("trace a@x.jp <at>Mail Trace</at>", "trace a@x.jp"),
        ("trace &lt;x@y.jp&gt;", "trace <x@y.jp>"),
        ("Mail Tracer for you", "Mail Tracer for you"),
        ("trace Mail Trace a@x.jp", "trace Mail Trace a@x.jp"),
        ("<at>Mail Trace</at> <at>Mail Trace</at> help", "Mail Trace help"),
        ("<at>Somebody</at> help", "Somebody help"),
        ("", ""),
        (None, ""),
    ],
)
def test_text(text: str | None, words: str) -> None:
    """Without html the text will do; the bot's own mention is cut once, where it stands first or last."""
    assert spoken(text, None, NAMES) == words


def test_a_bot_called_like_a_command() -> None:
    """A bot whose name is a command's, or part of an address, loses the mention and nothing else."""
    assert spoken("<at>trace</at> trace a@trace.com", None, ("trace",)) == "trace a@trace.com"


@pytest.mark.parametrize("markup", ["", "  ", "<p></p>", "<p>&nbsp;</p>", "<img src='x'>", "\u200b"])
def test_empty_html(markup: str) -> None:
    """Html without a word does not hide the text."""
    assert spoken("help", markup, NAMES) == "help"


def test_only_a_quote() -> None:
    """A reply that only quotes says nothing, whatever the text repeats of it."""
    assert spoken("trace x@y.jp", "<blockquote>trace x@y.jp</blockquote>", NAMES) == ""


def test_the_mention_in_html() -> None:
    """Teams' own mention markup is cut like any other."""
    assert spoken(None, f"<p>{SPAN}&nbsp;trace sender *@hoge.com</p>", NAMES) == "trace sender *@hoge.com"


BROKEN = (
    "<",
    "<a ",
    "<a href='mailto:",
    "<a b='>",
    "<a b=c ",
    "<!--",
    "<![",
    "</",
    "</a ",
    "<?",
    "&",
    "&#",
    "<a =",
)


@pytest.mark.parametrize(
    "piece", [*BROKEN, "<em>@", "*@", "</p>", "<blockquote>", "<at ", "<at>", "<a\t", '<a b="']
)
def test_bounded(piece: str) -> None:
    """However long and broken the markup is, reading it takes a moment: everybody else waits meanwhile."""
    began = process_time()
    read = spoken(piece * 50_000, piece * 50_000, NAMES)

    assert process_time() - began < 2
    assert len(read) <= 4 * MAX_MARKUP


def test_any_markup() -> None:
    """No markup trips the reader, and nothing it says holds what cannot be seen or stored."""
    rng = random.Random(7)
    pieces = (
        "<",
        ">",
        "</",
        "em",
        "a ",
        "href='mailto:",
        "x@y.jp",
        "&#0;",
        "&#xD800;",
        "\x00",
        "\ue000",
        "'",
        "=",
    )
    for _ in range(2_000):
        markup = "".join(rng.choices(pieces, k=rng.randrange(1, 40)))
        words = spoken(markup, markup, NAMES)

        assert not set(words) & {"\x00", "\ue000", "\u200b"}
