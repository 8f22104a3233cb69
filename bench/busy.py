"""The tests on a machine that has other work: `python -m bench.busy [arguments of pytest]`.

Without arguments it is every test, as `make test` runs them, with four busy loops beside. What hangs on how
fast the machine is fails here first. Ends with pytest's own code.
"""

import multiprocessing
import subprocess
import sys
from time import monotonic

LOOPS = 4
EVERY_TEST = ("--numprocesses", "auto", "--maxprocesses", "4", "--dist", "worksteal")


def spin() -> None:
    """Keep a processor busy until killed."""
    while True:
        pass


def main() -> int:
    """Run, say how long it took; the exit code."""
    loops = [multiprocessing.Process(target=spin, daemon=True) for _ in range(LOOPS)]
    for loop in loops:
        loop.start()
    began = monotonic()
    arguments = sys.argv[1:] or EVERY_TEST
    try:
        code = subprocess.run([sys.executable, "-m", "pytest", *arguments]).returncode
    finally:
        for loop in loops:
            loop.kill()
    print(f"{LOOPS} busy loops beside: ended with {code} after {monotonic() - began:.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main())
