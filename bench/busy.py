"""Run the tests on a busy machine: `python -m bench.busy [arguments of pytest]`.

Four busy loops run beside pytest. Without arguments every test runs, as in `make test`. A test that depends
on the machine's speed fails here first. The exit code is pytest's.
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
    """Run pytest and print how long it took; return its exit code."""
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
