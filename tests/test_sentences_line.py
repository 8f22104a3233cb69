"""Sentences from the chat to the card and one tap on: asked first, everything used, the rest told."""

from pathlib import Path

from demo.company import SATO, TANAKA
from tests.line import JAPANESE, Line, buttons


async def test_a_sentence_with_unused_words(tmp_path: Path) -> None:
    """The card asks, shows every condition and the words it has no use for; one tap runs it, none before."""
    async with Line(tmp_path) as line:
        card = await line.ask(SATO, "営業部の件で、hoge.comからの失敗メールを確認したい", client=JAPANESE)
        before = [one for one in line.tenant.requests if one.path.endswith("messageTraces")]
        found = await line.tap(SATO, card, "検索")

    assert before == []
    assert "次の条件で検索しますか?" in card.words
    assert "*@hoge.com" in card.words
    assert "失敗" in card.words
    assert "読み取れなかった語: 営業部" in card.words
    assert "Message trace" in found.words or "メッセージ追跡" in found.words


async def test_a_watch_from_a_sentence(tmp_path: Path) -> None:
    """The watch that is asked for is offered whole; a tap begins it, and a second tap begins no other."""
    async with Line(tmp_path) as line:
        said = "alert me when more than 5 mails to partner.com fail in an hour, but not at night"
        card = await line.ask(SATO, said)
        await line.tap(SATO, card, "Start watching")
        again = await line.tap(SATO, card, "Start watching")
        watches = await line.ask(SATO, "watches")

    assert "Watch for this?" in card.words
    assert "*@partner.com" in card.words
    assert "more than 5" in card.words
    assert "22:00" in card.words
    assert watches.words.replace("\u200b", "").count("*@partner.com") == 1
    assert "Watch 1" in again.words
    assert "Watch 2" not in again.words


async def test_a_watch_over_nothing(tmp_path: Path) -> None:
    """Who speaks of watches and of no mail sees theirs, and is offered no search."""
    async with Line(tmp_path) as line:
        await line.ask(SATO, "watch failed to *@partner.com")
        cards = [
            await line.ask(SATO, "監視を全部止めて", client=JAPANESE),
            await line.ask(SATO, "alert me"),
            await line.ask(SATO, "why did you stop watch 1?"),
        ]

    for card in cards:
        assert "*@partner.com" in card.words.replace("\u200b", "")
        assert "検索しますか" not in card.words
        assert "Search for this?" not in card.words


async def test_names_to_pick_from(tmp_path: Path) -> None:
    """A name is looked up; several whom it may mean are offered, a single one is filled in."""
    async with Line(tmp_path) as line:
        several = await line.ask(SATO, "trace to John last 7d")
        found = await line.tap(SATO, several, "John Smith")
        one = await line.ask(TANAKA, "追跡 宛先 田中さん", client=JAPANESE)
        nobody = await line.ask(SATO, "mail from Zaphod Beeblebrox")

    assert "Who do you mean?" in several.words
    assert {"john.smith@contoso.co.jp", "john.doe@contoso.co.jp"} <= {
        part.strip("()") for tap in buttons(several.card) for part in tap.get("title", "").split()
    }
    assert "john.smith@contoso" in found.words.replace("\u200b", "")
    assert "tanaka@contoso" in one.words.replace("\u200b", "")
    assert "“Zaphod Beeblebrox” was not found" in nobody.words


async def test_one_s_own_mail(tmp_path: Path) -> None:
    """A sentence that names nobody is about one's own mail, one tap away."""
    async with Line(tmp_path) as line:
        card = await line.ask(TANAKA, "メールが届かない", client=JAPANESE)
        found = await line.tap(TANAKA, card, "自分のメールを検索", client=JAPANESE)

    assert "ご自分のメール" in card.words
    assert "自分のメール" in found.words


async def test_times_that_are_wrong(tmp_path: Path) -> None:
    """A weekday that is not the date's is told, and a time that is none is called a time."""
    async with Line(tmp_path) as line:
        odd = await line.ask(SATO, "10/12(火)のhoge.comからのメール", client=JAPANESE)
        bad = await line.ask(SATO, "hoge.comからのメール 昨日の45時", client=JAPANESE)
        typed = await line.ask(SATO, "追跡 送信者 *@hoge.com 10月45日", client=JAPANESE)

    assert "は月曜日です" in odd.words
    assert "「昨日の45時」は日時として読めませんでした" in bad.words
    assert "「10月45日」は日時として読めませんでした" in typed.words


async def test_a_cause_is_a_condition(tmp_path: Path) -> None:
    """Rows are looked into for the cause, and the header says how many were; the form keeps it."""
    async with Line(tmp_path) as line:
        card = await line.ask(SATO, "trace failed because of SPF last 7d")
        found = await line.tap(SATO, card, "Search")
        form = await line.tap(SATO, card, "Open the form")

    assert "Sender authentication failed" in card.words
    assert "messages were checked" in found.words
    assert "sender_authentication" in str(form.card)


async def test_a_domain_that_is_a_slip_away(tmp_path: Path) -> None:
    """An empty list of a domain near one of recent mail asks whether that was meant, and runs none."""
    async with Line(tmp_path) as line:
        empty = await line.ask(SATO, "trace sender *@hgoe.com")
        found = await line.tap(SATO, empty, "Did you mean hoge.com?")
        said = await line.ask(SATO, "hgoe.comからのメールが届かない", client=JAPANESE)
        stranger = await line.ask(TANAKA, "trace from *@hgoe.com")

    assert "Did you mean hoge.com?" in empty.words
    assert "*@hoge.com" in found.words
    assert "もしかして: hoge.com" in said.words
    assert "hoge.com?" not in stranger.words


async def test_more_than_a_search_holds(tmp_path: Path) -> None:
    """Of listed names four are looked up, the primary addresses first; whoever is beyond is told."""
    async with Line(tmp_path) as line:
        people = await line.ask(SATO, "田中、佐藤、木村、遠藤、青木宛のメール", client=JAPANESE)
        either = await line.ask(SATO, "a@x.jp b@x.jp c@x.jp のメール、どうなりましたか", client=JAPANESE)

    shown = people.words.replace("\u200b", "")
    assert "tanaka@contoso.co.jp または sato@contoso.co.jp または kimura@contoso.co.jp" in shown
    assert "読み取れなかった語: 青木" in shown
    assert "読み取れなかった語: c@x.jp" in either.words


async def test_nothing_that_was_understood(tmp_path: Path) -> None:
    """Of what asks for nothing, one's own mail is one tap away."""
    async with Line(tmp_path) as line:
        card = await line.ask(TANAKA, "添付ファイルが開けない", client=JAPANESE)
        found = await line.tap(TANAKA, card, "自分のメール", client=JAPANESE)

    assert "どのメールを調べるかがわかりませんでした" in card.words
    assert "自分のメール" in found.words
