"""A text read piece by piece: understood parts are removed, so that the rest can be reported. Pure."""

import re
import unicodedata
from collections.abc import Iterator

from bot.stop_words import STOP_ENGLISH, STOP_JAPANESE

TAKEN = "\x00"
"""Replaces each removed character."""

_CLUSTER = re.compile(r".[\uff9e\uff9f\u3099\u309a]?", re.DOTALL)
_RUN = re.compile(
    r"[A-Za-z][\w'’.-]*|[0-9][\w.:/%-]*|[\u4e00-\u9fff々〆\u30a1-\u30faー]+[A-Za-z0-9]*", re.ASCII
)
_KANJI = re.compile(r"[\u4e00-\u9fff々〆]")
_HIRAGANA = re.compile(r"[\u3041-\u3096]")
_SUFFIXES = re.compile(r"(?:付き?|など|等|的|用|様|さん)$")
_KATAKANA = re.compile(r"[\u30a1-\u30faー]")
_BEGINNING = "送届来出調探教入止行思知言聞戻返取遅待使失起困伺恐疲早見付添関対受発先有無全毎今客社"
_ENDING = "日時月年後前間社員者先"
"""Kanji with no meaning of their own here, but part of a longer word."""

_PLACES = "中上下内外前後今方"
"""The same next to a single kanji: 田中, 村上, 内田."""

_PARTICLES = "のがをにはとでもへやか"
MAX_UNUSED = 20


class SentenceText:
    """*text* in the form used for matching: lower case, NFKC. Removed parts are replaced by TAKEN."""

    def __init__(self, text: str) -> None:
        self.text = text
        shown: list[str] = []
        self._origin: list[int] = []
        for cluster in _CLUSTER.finditer(text):
            normal = unicodedata.normalize("NFKC", cluster[0])
            shown.append(normal)
            self._origin += [cluster.start()] * len(normal)
        self._origin.append(len(text))
        self._shown = "".join(shown)
        self.plain = "".join(
            " " if c.isspace() and c != "\n" else c.lower() if len(c.lower()) == 1 else c for c in self._shown
        )
        self.whole = self.plain

    def original(self, start: int, end: int) -> str:
        """That part as it was typed."""
        return self.text[self._origin[start] : self._origin[end]]

    def take(self, start: int, end: int) -> None:
        """Remove that part."""
        self.plain = self.plain[:start] + TAKEN * (end - start) + self.plain[end:]

    def take_all(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Remove and return every match of *pattern*."""
        found = list(pattern.finditer(self.plain))
        for match in found:
            self.take(match.start(), match.end())
        return found

    def unused(self) -> Iterator[tuple[int, str]]:
        """The remaining meaningful words as typed, with their positions."""
        for run in _RUN.finditer(self.plain):
            for start, end in self._contents(run):
                yield start, self.original(start, end)

    def _contents(self, run: re.Match[str]) -> Iterator[tuple[int, int]]:
        word = run[0]
        if word[0].isascii():
            bare = word.strip(".'’:-/%").removesuffix("'s")
            if bare and bare.replace("'", "") not in STOP_ENGLISH and (len(bare) > 1 or bare.isdigit()):
                yield run.start(), run.start() + len(bare)
            return
        left = STOP_JAPANESE.sub(lambda match: TAKEN * len(match[0]), word)
        for part in re.finditer(rf"[^{TAKEN}]+", left):
            start, end = _whole_word(word, left, part.start(), part.end())
            text = word[start : part.start()] + _SUFFIXES.sub("", word[part.start() : end])
            behind = self.plain[run.end() : run.end() + 1] if end == len(word) else ""
            # One kanji before kana is a verb, and so is the end of a longer run.
            is_verb = _HIRAGANA.match(behind) and behind not in _PARTICLES and _KANJI.match(text[-1:])
            alone = len(word) == 1 and behind and not _HIRAGANA.match(behind)
            if (len(text) > 1) or (len(text) == 1 and alone and not is_verb):
                yield run.start() + start, run.start() + start + len(text)


def _whole_word(word: str, left: str, start: int, end: int) -> tuple[int, int]:
    """The full word around a remainder of *word*: 取引先, though 取 alone means nothing; ブラックリスト."""
    while start and (
        left[start - 1] != TAKEN
        or word[start - 1] in _BEGINNING
        or (_KATAKANA.match(word[start - 1]) and _KATAKANA.match(word[start]))
    ):
        start -= 1
    if end - start == 1 and start and word[start - 1] in _PLACES:
        start -= 1
    if end - start == 1 and end < len(word) and word[end] in _PLACES:
        end += 1
    while end < len(word) and (
        word[end] in _ENDING or (_KATAKANA.match(word[end]) and _KATAKANA.match(word[end - 1]))
    ):
        end += 1
    return start, end
