"""Text → Command.

    command   = ["/"] ( trace | mine | kept | report | explain | watch | watches | help | doctor
              | audit | place ) | condition…
                                                                        nothing at all is help
    trace     = ("trace" | "find" | "search" | "追跡" | "メッセージ追跡" | "トレース" | "検索")
                [noun] [mine | default | condition…]                   alone: the form
    default   = sent [all] | received [all] | pending | quarantined | failed
              | 送信済み [すべて] | 受信済み [すべて] | 保留中 | 検疫済み | 失敗
    mine      = ("mine" | "my mail" | "自分のメール" | "自分") [condition…]
    kept      = saved | 保存した検索                                 the searches one saved
              | recent | 最近の検索 | 最近 | 履歴                      the last ones one asked
              | save | 保存 [name]                                  what was asked last, under a name
              | run | 実行, forget | 削除 [name]
              | rename | 名前変更 name ("to" | "→" | "を") name
    report    = ("report" | "レポート") [kind [mine | condition…]] | ("増補要約レポート" | "包括的レポート") …
    kind      = "enhanced" ["summary"] | "増補要約" | "増補" | "extended" | "包括的" | "包括"
    explain   = ("explain" | "説明" | "解説") anything; a bounce, headers or a code need no word before them
    watch     = ("watch" | "監視") [mine] condition… option…                             alone: the list
    option    = ("every" | 間隔 | 毎) length | length ごと | more
              | ("quiet" | 静かな時間) ( time "-" time | "off" | なし )
              | ("mention" | "メンション") ( "me" | 自分 | @somebody | "nobody" | なし )…       three at most
              | "working" "days" | 平日のみ | "all" "days" | 毎日
              | ("watch" | "digest" | "監視") [mine] condition… times                 one message at set times
    times     = ("daily" | "every day" | 毎日 | ("weekly" | 毎週) [weekday] | "every" weekday) ["at"] [time]
    more      = "more" "than" number ["%"] ["in" length] | [length に] number ( 件超 | %超 ) [length]
    watches   = "watches" | 監視一覧 | ("unwatch" | 監視解除 | "pause" | 一時停止 | "resume" | 再開
              | "test" | テスト) number | ("edit" | 変更) number [condition…] option…
              | ("snooze" | 休止) number ["tomorrow" | 明日]
    help      = ("help" | "ヘルプ" | "使い方" | "?") [more | 詳細]
    doctor    = "doctor" | "診断"
    audit     = ("audit" | "監査" | "利用記録") [period] [("by" | "実行者") name] [ticket]
    place     = ("approve" | "承認" | "revoke" | "承認取消") ["details" | 詳細]    in a channel or group chat
    condition = field value… | address | "<" message-id ">" | trace-id | status | noun
              | period                                              as in `periods`
    noun      = mail | message | メール …                                 says nothing
    field     = sender | from | 送信者 | 差出人 | 送信元
              | recipient | to | 受信者 | 宛先
              | subject | 件名 [contains | starts | ends | is]
                       or behind it: [を含む | で始まる | で終わる | と一致]
              | status | 状態 | 配信状態
              | id | message-id | メッセージID
              | ip | 送信元IP                                       an address, a range, blank | 空
              | client-ip | クライアントIP
              | direction | 方向
              | cause | 原因                                        what `sentence_words.CAUSES` names
              | rule | ルール                                       a mail flow rule by its name
              | last | 期間 | 過去 | 直近 | 時間の範囲                   a length of time, or a period
              | ticket | チケット                                    what the help desk looks for
              | since | from | 開始, until | to | 終了                moments as in `moments`
    value     = word | '"' … '"' | 「…」                              lists with "," "、" ";" or spaces

Case, full-width forms and the slash do not matter; both languages work in any client. A bare address means:
sent by it or sent to it. No command is needed before a condition, and dashes may stand before a field. A
subject without quotation marks takes all words that nothing else accepts. A sentence is not run: the search
it may mean is offered (`sentences`), with the words that were not understood. `@hoge.com` and `hoge.com` mean
`*@hoge.com`. The words are in `vocabulary`.
"""

from collections.abc import Sequence
from typing import cast

from bot.audit_words import read_audit
from bot.commands import (
    MINE_PERIOD,
    Approve,
    Audit,
    Command,
    Examine,
    Help,
    Mine,
    Preset,
    Report,
    Revoke,
    ShowForm,
    Trace,
)
from bot.conditions import begin_with, read_conditions
from bot.cursor import MAX_VALUES, ParseError
from bot.kept_words import KEPT_COMMANDS, read_kept
from bot.meanings import read_explain
from bot.moments import When
from bot.sentence_addresses import with_plain_addresses
from bot.sentences import Sentence, read_sentence
from bot.tokens import Token, join_phrases, tokenize
from bot.vocabulary import (
    ALL_DOMAINS,
    COMMANDS,
    DETAILS,
    MORE,
    NOUNS,
    OF_ALL_DOMAINS,
    PHRASES,
    PRESETS,
    REPORTS,
    find,
    nearest,
)
from bot.watch_words import WATCH_COMMANDS, read_watch
from cards.report_file import ReportKind
from tracing.model import DEFAULT_PERIOD

__all__ = ["MAX_TEXT", "MAX_VALUES", "SENTENCE", "ParseError", "parse"]

SENTENCE = "sentence"
"""What is expected of a text that is no command, but names mail: `understood` is the trace it may ask for."""

MAX_TEXT = 2_000
"""Characters of a command; of a pasted bounce `tracing.pasted.MAX_PASTED` are read."""

MAX_WORDS = 200
"""The most words read as a command; a list of fifty values has that many."""

MOST_GREETED = 2
"""The most words of a greeting that count as a request for help; a longer text is a sentence unless it begins
with _HELP."""
_HELP = ("help", "ヘルプ", "使い方", "?")

_NO_SENTENCE = frozenset({"report_kind", "quote", "fewer", "range", "future", "every", "quiet", "mention"})
"""Errors that only a command can have."""


def parse(text: str, when: When, names: Sequence[str] = ()) -> Command:
    """Parse *text* into a command; *names* are the people it mentions. Takes time bounded by the length.

    Raises: ParseError: with the place and what was expected there, or with the `sentence` that *text* is.
    """
    pasted = read_explain(text)
    if pasted is not None:
        return pasted
    if len(text) > MAX_TEXT:
        raise ParseError(text[:MAX_TEXT], 0, MAX_TEXT, "shorter")
    try:
        return _command(text, when, names)
    except ParseError as wrong:
        sentence = None if wrong.expected in _NO_SENTENCE else read_sentence(text, when, names)
        if sentence is None or not _is_meant(sentence, wrong, text):
            raise
        if sentence.sure:
            return sentence.command
        raise _of_sentence(sentence, text) from None


def _is_meant(sentence: Sentence, wrong: ParseError, text: str) -> bool:
    """Whether *sentence* serves better than the error *wrong*: always when there was no command."""
    if wrong.expected in ("command", SENTENCE, "words"):
        return True
    mistyped = wrong.expected == "address" and (not wrong.length or with_plain_addresses(text) != text)
    in_words = wrong.expected in ("field", "date_time") or mistyped or bool(sentence.people)
    return in_words and not sentence.sure and sentence.is_whole and (bool(sentence.people) or sentence.asks)


def _is_slip(wrong: ParseError) -> bool:
    return wrong.expected == "field" and bool(wrong.suggestion)


def _of_sentence(sentence: Sentence, text: str) -> ParseError:
    """The error that marks *text* as a sentence."""
    fault = ParseError(text, 0, len(text), SENTENCE)
    fault.sentence, fault.understood = sentence, sentence.query
    return fault


def _command(text: str, when: When, names: Sequence[str]) -> Command:
    tokens, unclosed = tokenize(text)
    if not tokens and unclosed is None:
        return Help()
    if len(tokens) > MAX_WORDS:
        beyond = tokens[MAX_WORDS]
        raise ParseError(text, beyond.position, len(text) - beyond.position, "words")
    if tokens:
        tokens = join_phrases([_unslashed(tokens[0]), *tokens[1:]], PHRASES, text)
    command = find(COMMANDS, tokens[0].key) if tokens else None
    if command is None and not (tokens and begin_with(tokens[0])):
        wrong = tokens[0] if tokens else cast(Token, unclosed)
        raise ParseError(text, wrong.position, wrong.length, "command", nearest(COMMANDS, wrong.key))
    rest = tokens if command is None else tokens[1:]
    if command in (None, "trace"):
        command, rest = _of_trace(rest)
    if command == "help":
        if len(tokens) > MOST_GREETED and tokens[0].key not in _HELP:
            raise ParseError(text, tokens[1].position, tokens[1].length, SENTENCE)
        return Help(more=bool(rest) and rest[0].key in MORE)
    if command == "doctor":
        return Examine()
    if command == "approve":
        return Approve(details=bool(rest) and rest[0].key in DETAILS)
    if command == "revoke":
        return Revoke(details=bool(rest) and rest[0].key in DETAILS)
    if command == "audit" and unclosed is None:
        return Audit(read_audit(text, rest, when))
    if command in KEPT_COMMANDS:
        if unclosed is not None:
            raise ParseError(text, unclosed.position, unclosed.length, "quote")
        return read_kept(command, text, tokens[0], rest)
    if command in WATCH_COMMANDS:
        return read_watch(command, text, tokens[0], rest, unclosed, when, names)
    if command == "report" and not rest and unclosed is None and find(REPORTS, tokens[0].key) is None:
        return ShowForm(ReportKind.ENHANCED)
    if command == "report":
        return _report(text, tokens[0], rest, unclosed, when)
    if command == "trace" and unclosed is None:
        if not rest:
            return ShowForm()
        if len(rest) == 1 and find(COMMANDS, rest[0].key) == "help":
            return Help()
        preset = _preset(rest)
        if preset is not None:
            return preset
    period = MINE_PERIOD if command == "mine" else DEFAULT_PERIOD
    try:
        query = read_conditions(text, rest, unclosed, when, period)
    except ParseError as fault:
        if rest is tokens and fault.expected not in _NO_SENTENCE and not _is_slip(fault):
            # The text is not necessarily a command.
            fault.expected = SENTENCE if read_sentence(text, when, names) else fault.expected
        raise
    return Mine(query) if command == "mine" else Trace(query)


def _of_trace(words: list[Token]) -> tuple[str, list[Token]]:
    """What *words* behind `trace` are conditions of: of any mail, or `trace my mail …`."""
    while words and words[0].key in NOUNS:
        words = words[1:]
    mine = bool(words) and find(COMMANDS, words[0].key) == "mine"
    return ("mine", words[1:]) if mine else ("trace", words)


def _report(text: str, first: Token, rest: list[Token], unclosed: Token | None, when: When) -> Report:
    """What *rest*, behind the command's *first* word, asks for as a file."""
    kind = find(REPORTS, first.key)
    if kind is None:
        word = rest[0] if rest else Token("", first.end, 0)
        kind = find(REPORTS, word.key)
        if kind is None:
            near = nearest(REPORTS, word.key)
            raise ParseError(text, word.position, word.length, "report_kind", near)
        also = kind is ReportKind.ENHANCED and len(rest) > 1 and rest[1].key == "summary"
        rest = rest[2:] if also else rest[1:]
    mine = bool(rest) and find(COMMANDS, rest[0].key) == "mine"
    period = MINE_PERIOD if mine else DEFAULT_PERIOD
    try:
        query = read_conditions(text, rest[1:] if mine else rest, unclosed, when, period)
    except ParseError as wrong:
        wrong.report = kind.value
        raise
    return Report(kind, query, mine)


def _preset(words: list[Token]) -> Preset | None:
    """The default query that *words* name and nothing besides."""
    name = find(PRESETS, words[0].key)
    if name is None or len(words) > 2:
        return None
    if len(words) == 1:
        return Preset(name)
    return Preset(name, all_domains=True) if name in OF_ALL_DOMAINS and words[1].key in ALL_DOMAINS else None


def _unslashed(token: Token) -> Token:
    if token.quoted or token.text[:1] not in ("/", "／") or token.length == 1:
        return token
    return Token(token.text[1:], token.position + 1, token.length - 1)
