"""Ask for known vulnerabilities of what the bot runs on: `python -m tests.advisories`.

A vulnerability that is known fails. Where nobody answers nothing is known, which is said and passes: the
checks have to run without a network too.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PATIENCE = 60
_AUDIT = ("--no-deps", "--disable-pip", "--progress-spinner", "off", "--timeout", "5", "--format", "json")


def judge(packages: Sequence[Mapping[str, Any]] | None) -> tuple[bool, str]:
    """Whether *packages*, as pip-audit tells of them (None: nobody answered), may be used; and a line."""
    if packages is None:
        return True, "nobody could be asked; known vulnerabilities are not looked for"
    found = [f"{one['name']} {one['version']}: {v['id']}" for one in packages for v in one.get("vulns", ())]
    if found:
        return False, "known vulnerabilities: " + ", ".join(found)
    unknown = sum("skip_reason" in one for one in packages)
    return True, f"no known vulnerabilities in {len(packages) - unknown} packages; of {unknown} nobody knows"


def ask() -> Sequence[Mapping[str, Any]] | None:
    """What pip-audit tells of the packages in requirements.txt; None when it could not ask."""
    with TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        command = (sys.executable, "-m", "pip_audit", *_AUDIT, "-r", "requirements.txt", "-o", str(told))
        try:
            subprocess.run(command, timeout=PATIENCE, capture_output=True, check=False)
            packages = json.loads(told.read_text("utf-8"))["dependencies"]
        except (subprocess.TimeoutExpired, OSError, ValueError, KeyError):
            return None
    return packages if isinstance(packages, list) else None


def main() -> int:
    """Ask, say what is known; the exit code."""
    good, line = judge(ask())
    sys.stdout.write(f"pip-audit: {line}\n")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
