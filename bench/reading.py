"""How much of the corpus is read right: bounces, notices and routes, by who wrote them.

A sample is right when its cause, code and fate are what a mail expert says; the columns tell each on its own.
"""

from collections import defaultdict
from collections.abc import Sequence

from tests.readings import ASPECTS, Reading, readings


def main() -> None:
    """Print the shares by source, and what was misread."""
    by_source: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings():
        by_source[reading.source].append(reading)
    every = [reading for part in by_source.values() for reading in part]
    print(f"\n{'source':<16}{'samples':>8}{'right':>9}" + "".join(f"{aspect:>9}" for aspect in ASPECTS))
    for source, part in sorted(by_source.items()):
        _line(source, part)
    _line("all", every)
    for reading in every:
        if reading.wrong:
            print(f"  {reading.name}: {', '.join(reading.wrong)}")


def _line(name: str, part: Sequence[Reading]) -> None:
    shares = [sum(not one.wrong for one in part), *(sum(a not in one.wrong for one in part) for a in ASPECTS)]
    print(f"{name:<16}{len(part):>8}" + "".join(f"{share / len(part):>9.1%}" for share in shares))
