"""Measure how much is read right: bounces, notices and routes by source, sentences by style.

A sample is right when its cause, code, outcome and side match a mail expert's; each has its own column.
`first` is the share whose cause is the first that the expert named; a second one is accepted too.
A sentence is right when every condition in it is used and the rest is reported as not understood.
"""

from collections import defaultdict
from collections.abc import Sequence

from tests.readings import ASPECTS, Reading, readings
from tests.samples.sentences import LATER, SENTENCES, Sentence
from tests.spoken import faults


def main() -> None:
    """Print the shares by source and by style, and each misread sample."""
    _corpus()
    _sentences()


def _corpus() -> None:
    by_source: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings():
        by_source[reading.source].append(reading)
    every = [reading for part in by_source.values() for reading in part]
    heads = ("right", *ASPECTS, "first")
    print(f"\n{'source':<16}{'samples':>8}" + "".join(f"{head:>9}" for head in heads))
    for source, part in sorted(by_source.items()):
        _line(source, part)
    _line("all", every)
    for reading in every:
        if reading.wrong:
            print(f"  {reading.name}: {', '.join(reading.wrong)}")


def _line(name: str, part: Sequence[Reading]) -> None:
    aspects = [sum(aspect not in one.wrong for one in part) for aspect in ASPECTS]
    shares = [sum(not one.wrong for one in part), *aspects, sum(one.first for one in part)]
    print(f"{name:<16}{len(part):>8}" + "".join(f"{share / len(part):>9.1%}" for share in shares))


def _sentences() -> None:
    by_style: dict[str, list[Sentence]] = defaultdict(list)
    for row in (*SENTENCES, *LATER):
        by_style[f"{row.language}, {row.style}"].append(row)
    wrong = {row.text: found for row in (*SENTENCES, *LATER) if (found := faults(row))}
    print(f"\n{'sentences':<24}{'typed':>8}{'right':>9}")
    for style, rows in (*sorted(by_style.items()), ("all", [*SENTENCES, *LATER])):
        right = sum(row.text not in wrong for row in rows)
        print(f"{style:<24}{len(rows):>8}{right / len(rows):>9.1%}")
    for text, found in wrong.items():
        print(f"  {text}: {', '.join(found)}")
