"""The browser that tests draw with: one of the system's, Playwright's own, or else Debian's.

`make test` runs `python -m tests.browser` before anything else. It asks nobody: where there is no browser and
none can be had, it says what to type, and no test begins.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
)
"""What browsers that Playwright can drive are called on a search path."""

PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "~/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/opt/google/chrome/chrome",
    "/opt/microsoft/msedge/msedge",
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
)
"""Where they are beside it."""

CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
_OWN = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium_headless_shell-*/*/*headless*shell",
)
"""Playwright's own, below a cache."""

FONTS = {":lang=ja": "fonts-noto-cjk", ":lang=und-zsye": "fonts-noto-color-emoji"}
"""What fontconfig is asked for → the package of Debian's that has it."""

BY_HAND = {
    "apt-get": "sudo apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji",
    "dnf": "sudo dnf install chromium google-noto-sans-cjk-fonts google-noto-color-emoji-fonts",
    "brew": "brew install --cask google-chrome",
}
"""What to type, by the tool that is there."""

STARTS_WITHIN = 60.0
DOWNLOADS_WITHIN = 600.0
CONNECTS_WITHIN = 5
"""Seconds: who has no network is to know soon."""


@dataclass(frozen=True)
class Machine:
    """Where to look, and what may be run."""

    path: str = field(default_factory=lambda: os.environ.get("PATH", ""))
    places: Sequence[str] = PLACES
    caches: Sequence[str] = tuple(filter(None, (os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), *CACHES)))
    download: Sequence[str] = (sys.executable, "-m", "playwright", "install", "chromium")
    root: bool = hasattr(os, "geteuid") and os.geteuid() == 0

    def which(self, name: str) -> str | None:
        return shutil.which(name, path=self.path)

    def run(self, command: Sequence[str], within: float, **more: str) -> bool:
        """Whether *command* ran and ended well; its progress shows, but not why it failed."""
        environment: Mapping[str, str] = os.environ | {"PATH": self.path} | more
        try:
            done = subprocess.run(command, env=environment, stderr=subprocess.DEVNULL, timeout=within)
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0


HERE = Machine()


def find(machine: Machine = HERE) -> str | None:
    """The first browser that starts: one may lack a library, or be but a hint to install it."""
    return next((one for one in _candidates(machine) if _starts(one)), None)


def _candidates(machine: Machine) -> Iterator[str]:
    yield from filter(None, map(machine.which, NAMES))
    for place in machine.places:
        yield from filter(os.path.isfile, [os.path.expanduser(place)])
    for cache in machine.caches:
        folder = Path(cache).expanduser()
        for pattern in _OWN:
            # The newest first.
            yield from map(str, sorted(folder.glob(pattern), reverse=True))


def _starts(browser: str) -> bool:
    try:
        done = subprocess.run([browser, "--version"], capture_output=True, timeout=STARTS_WITHIN)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def set_up(machine: Machine, say: Callable[[str], object]) -> bool:
    """Have a browser, and fonts for what pictures show; whether all are there. *say* is told what is done."""
    browser = find(machine)
    if browser is None:
        say("No browser here; Playwright downloads its own.")
        timeout = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": str(CONNECTS_WITHIN * 1_000)}
        machine.run(machine.download, DOWNLOADS_WITHIN, **timeout)
        browser = find(machine)
    if (missing := _missing(machine, browser)) and (as_root := _apt(machine)) is not None:
        say(f"Installing {' '.join(missing)}.")
        quietly = {"DEBIAN_FRONTEND": "noninteractive"}
        machine.run([*as_root, "update", "-qq"], DOWNLOADS_WITHIN, **quietly)
        command = [*as_root, "install", "--yes", "-qq", "--no-install-recommends", *missing]
        machine.run(command, DOWNLOADS_WITHIN, **quietly)
        missing = _missing(machine, browser or find(machine))
    if missing:
        say(f"The tests need {' '.join(missing)}: {by_hand(machine)}")
    return not missing


def by_hand(machine: Machine = HERE) -> str:
    """What to type where nobody can be asked."""
    known = (line for tool, line in BY_HAND.items() if machine.which(tool))
    return next(known, f"{sys.executable} -m playwright install --with-deps chromium")


def _missing(machine: Machine, browser: str | None) -> list[str]:
    """Debian's packages for what is not there; of fonts none where fontconfig is not what finds them."""
    missing = [] if browser else ["chromium"]
    if (asked := machine.which("fc-list")) is not None:
        for fonts, package in FONTS.items():
            if not subprocess.run([asked, fonts, "file"], capture_output=True).stdout.strip():
                missing.append(package)
    return missing


def _apt(machine: Machine) -> list[str] | None:
    """How packages are installed without a question, None where they are not."""
    apt = machine.which("apt-get")
    if apt is None:
        return None
    if machine.root:
        return [apt]
    sudo = machine.which("sudo")
    return [sudo, "-n", apt] if sudo and machine.run([sudo, "-n", "true"], STARTS_WITHIN) else None


def main() -> int:
    """Set up; the exit code."""
    return 0 if set_up(HERE, lambda line: sys.stderr.write(f"{line}\n")) else 1


if __name__ == "__main__":
    sys.exit(main())
