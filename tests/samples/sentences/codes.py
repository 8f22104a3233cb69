"""Sentences that ask what a code or an error means."""

from functools import partial

from tests.samples.sentences.shape import Sentence

ja = partial(Sentence, "ja")
en = partial(Sentence, "en")

SENTENCES: tuple[Sentence, ...] = (
    ja("plain", "5.7.520とは", "explain", code="5.7.520"),
    ja("plain", "エラー 5.7.1", "explain", code="5.7.1"),
    ja("plain", "エラー 550 5.7.1 の意味は?", "explain", code="5.7.1"),
    ja("blunt", "550 5.1.10 なに", "explain", code="5.1.10"),
    ja("polite", "5.1.10というエラーの意味を教えていただけますか。", "explain", code="5.1.10"),
    ja("plain", "5.2.2って何ですか", "explain", code="5.2.2"),
    ja("plain", "NDRに5.4.14と書いてありました", "explain", code="5.4.14"),
    ja("plain", "不達通知に「550 5.7.23」と出ています", "explain", code="5.7.23"),
    ja("fullwidth", "エラー　５．７．１", "explain", code="5.7.1"),
    ja("fullwidth", "５．７．５２０とは何ですか？", "explain", code="5.7.520"),
    ja("hiragana", "5.1.1ってどういういみ", "explain", code="5.1.1"),
    ja("plain", "エラーコード550の意味", "explain", code="550"),
    ja("plain", "#5.7.133# で戻ってきました", "explain", code="5.7.133"),
    ja("plain", "コード4.4.7が出たんですけどどうすればいい?", "explain", code="4.4.7"),
    ja("misspelt", "エラ 5.7.64 てなに", "explain", code="5.7.64", spare=("エラ",)),
    ja("half-finished", "5.7.", "explain", also=("help",), note="no code yet: an example of one helps"),
    ja(
        "plain",
        "suzuki@hoge.comに送ったら550 5.1.1で返ってきた",
        "explain",
        code="5.1.1",
        recipients=("suzuki@hoge.com",),
        also=("trace",),
    ),
    en("plain", "what does 5.7.520 mean", "explain", code="5.7.520"),
    en("plain", "error 5.7.1", "explain", code="5.7.1"),
    en("polite", "Hi, could you tell me what error 550 5.1.10 means please?", "explain", code="5.1.10"),
    en("blunt", "5.2.2??", "explain", code="5.2.2"),
    en("plain", "I got a bounce with code 5.4.1, what should I do?", "explain", code="5.4.1"),
    en("plain", "meaning of 550 5.7.23", "explain", code="5.7.23"),
    en("plain", "got an NDR saying 5.7.133, why?", "explain", code="5.7.133"),
    en("plain", "what's error code 554", "explain", code="554"),
    en("misspelt", "waht is 5.7.708", "explain", code="5.7.708", spare=("waht",)),
    en("half-finished", "ndr 5.1.", "explain", also=("help",), note="no code yet: an example of one helps"),
    en(
        "plain",
        "mail to suzuki@hoge.com bounced with 550 5.1.1",
        "explain",
        code="5.1.1",
        recipients=("suzuki@hoge.com",),
        also=("trace",),
    ),
)
