"""Ten thousand activities and card values that make no sense: what the door answers, and what grows.

python -m bench.door
"""

import asyncio
import gc
import json
import logging
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from demo.company import SATO, TANAKA
from tests.line import Line
from tests.mangling import mangled
from tests.samples import ACTIVITIES, activity

WARM_UP = 12_000
"""Until here memory grows by what is loaded once, and by bounded caches and pools that fill."""

COUNT = WARM_UP + 10_000
"""Of the last ten thousand it is told what grew: what lives on, and the process, which gives little back."""

VERBS = (
    "open",
    "page",
    "again",
    "audit",
    "share",
    "share_to",
    "search",
    "compare",
    "related",
    "x",
    "",
    "run",
)


def noise(rng: random.Random, depth: int = 0) -> object:
    """Any JSON at all."""
    leaf = rng.choice((None, True, -1, 10**30, 1.5, "", "x" * rng.randrange(2_000), "\u202e@x", "\x00"))
    if depth > 3 or rng.random() < 0.5:
        return leaf
    if rng.random() < 0.5:
        return [noise(rng, depth + 1) for _ in range(rng.randrange(4))]
    names = ("state", "at", "page", "only", "place", "kept", "other", "name", "verb")
    return {rng.choice(names): noise(rng, depth + 1) for _ in range(rng.randrange(5))}


def resident() -> float:
    """Megabytes of this process now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def living() -> int:
    """Objects that something holds."""
    gc.collect()
    return len(gc.get_objects())


async def measure() -> int:
    rng = random.Random(20261124)
    answers: Counter[int] = Counter()
    warm, alive = 0.0, 0
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        async with Line(Path(folder), TRACE_MESSAGES_PER_MINUTE="6000") as line:
            for number in range(COUNT):
                name = rng.choice(list(ACTIVITIES))
                sample = activity(name, id=f"mangled-{number}", serviceUrl=line.service_url)
                person = rng.choice((SATO, TANAKA))
                sample["from"] = {"id": person.teams_id, "aadObjectId": person.aad_object_id}
                if number % 2:
                    action = {"type": "Action.Execute", "verb": rng.choice(VERBS), "data": noise(rng)}
                    sample |= {
                        "type": "invoke",
                        "name": "adaptiveCard/action",
                        "value": {"action": action},
                    }
                    body = json.dumps(sample).encode()
                else:
                    body = mangled(sample, rng)
                answers[(await line.knock(body)).status] += 1
                if number % 100 == 0:
                    # What plays Teams and Graph here remembers all it was told; the bot is not to.
                    for kept in (line.connector.calls, line.connector.messages, line.tenant.requests):
                        kept.clear()
                if number == WARM_UP:
                    warm, alive = resident(), living()
            lived = living() - alive
    seconds = time.perf_counter() - begun
    grown = resident() - warm
    print(f"{COUNT:,} bodies in {seconds:.0f} s: {dict(sorted(answers.items()))}")
    print(f"memory after {WARM_UP:,}: {warm:.0f} MB, at the end {grown:+.1f} MB")
    print(f"objects after {WARM_UP:,}: {alive:,}, at the end {lived:+,}")
    return sum(count for status, count in answers.items() if status >= 500)


if __name__ == "__main__":
    # Every refusal at the door has its line.
    logging.disable(logging.CRITICAL)
    print("\n# The door, knocked at with what makes no sense: what it answers, and what grows", flush=True)
    sys.exit(1 if asyncio.run(measure()) else 0)
