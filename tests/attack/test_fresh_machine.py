"""A machine on which nothing was done: one command sets it up, or says in one line what to type."""

import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.browser import Machine, by_hand, find, set_up

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Fresh:
    """A machine with nothing but what is put on it; `done` is what was run there."""

    folder: Path
    machine: Machine

    def put(self, name: str, does: str = "exit 0", where: str = "bin") -> Path:
        """A program that leaves its name and arguments behind, and then *does* something."""
        path = self.folder / where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/sh\necho {name} "$@" >> {self.folder}/done\n{does}\n')
        path.chmod(0o755)
        return path

    def installs(self, name: str) -> str:
        """What a package manager does that brings the program *name*."""
        target = self.folder / "bin" / name
        return f'case "$*" in *install*) printf "#!/bin/sh\\n" > {target}; /bin/chmod 755 {target};; esac'

    @property
    def done(self) -> list[str]:
        file = self.folder / "done"
        return file.read_text().splitlines() if file.exists() else []

    def set_up(self) -> tuple[bool, list[str]]:
        said: list[str] = []
        return set_up(self.machine, said.append), said


@pytest.fixture
def fresh(tmp_path: Path) -> Fresh:
    machine = Machine(
        path=str(tmp_path / "bin"),
        places=(str(tmp_path / "Applications/Google Chrome"),),
        caches=(str(tmp_path / "cache"),),
        download=(str(tmp_path / "bin/download"),),
        root=False,
    )
    found = Fresh(tmp_path, machine)
    found.put("download", "exit 1")
    return found


@pytest.mark.parametrize(
    "name",
    ["chromium", "chromium-browser", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable"],
)
def test_a_browser_of_the_system(fresh: Fresh, name: str) -> None:
    """Chromium, Chrome or Edge on the search path will do; nothing is downloaded."""
    path = fresh.put(name)

    assert fresh.set_up() == (True, [])
    assert find(fresh.machine) == str(path)
    assert set(fresh.done) == {f"{name} --version"}


def test_an_application(fresh: Fresh) -> None:
    """So will one that stands where applications do."""
    path = fresh.put("Google Chrome", where="Applications")

    assert find(fresh.machine) == str(path)


@pytest.mark.parametrize(
    "where", ["chromium-1255/chrome-linux64", "chromium-9/chrome-mac-arm64/Chromium.app/Contents/MacOS"]
)
def test_playwrights_own(fresh: Fresh, where: str) -> None:
    """So will one that Playwright has downloaded before."""
    path = fresh.put("chrome", where=f"cache/{where}")

    assert find(fresh.machine) == str(path)


def test_one_that_does_not_start(fresh: Fresh) -> None:
    """A name that only hints at a package, or lacks a library, is passed over for one that starts."""
    fresh.put("chromium-browser", "exit 1")
    fresh.put("chromium").chmod(0o644)
    path = fresh.put("microsoft-edge")

    assert find(fresh.machine) == str(path)


def test_downloaded(fresh: Fresh) -> None:
    """Without a browser, Playwright's is downloaded."""
    own = fresh.put("chrome", where="cache/chromium-1255/chrome-linux64")
    own.rename(own.with_name("later"))
    fresh.put("download", f"/bin/mv {own.with_name('later')} {own}")
    fresh.put("apt-get")

    good, said = fresh.set_up()
    assert good
    assert len(said) == 1
    assert not [line for line in fresh.done if line.startswith("apt-get")]


@pytest.mark.parametrize("root", [True, False])
def test_installed(fresh: Fresh, root: bool) -> None:
    """Where nothing can be downloaded, Debian's is installed, and fonts that are missing: by root or sudo."""
    fresh.machine = replace(fresh.machine, root=root)
    emoji = fresh.folder / "emoji.ttf"
    fresh.put("fc-list", f'case "$1" in *ja*) echo a.ttc;; *) [ ! -e {emoji} ] || echo b.ttf;; esac')
    fresh.put("apt-get", f"{fresh.installs('chromium')}; : > {emoji}")
    fresh.put("sudo", 'shift; case "$1" in true) ;; *) exec "$@";; esac')

    good, _ = fresh.set_up()
    installed = [line for line in fresh.done if line.startswith("apt-get") and "install" in line]
    assert good
    assert installed == ["apt-get install --yes -qq --no-install-recommends chromium fonts-noto-color-emoji"]
    assert any(line.startswith("sudo") for line in fresh.done) is not root


@pytest.mark.parametrize("sudo", [None, "exit 1"])
def test_nothing_can_be_done(fresh: Fresh, sudo: str | None) -> None:
    """Who may not install is told in one line what to type; nobody is asked for a password."""
    fresh.put("apt-get", fresh.installs("chromium"))
    if sudo is not None:
        fresh.put("sudo", sudo)

    good, said = fresh.set_up()
    assert not good
    assert said[-1].endswith("sudo apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji")
    assert not [line for line in fresh.done if line.startswith("apt-get")]
    assert all(line.split()[1] == "-n" for line in fresh.done if line.startswith("sudo"))


def test_fonts_are_missing(fresh: Fresh) -> None:
    """A browser without the fonts measures other cards than people see: that stops the tests, too."""
    fresh.put("chromium")
    fresh.put("fc-list", "exit 0")

    good, said = fresh.set_up()
    assert not good
    assert len(said) == 1
    assert "fonts-noto-cjk fonts-noto-color-emoji: " in said[0]


def test_installed_in_vain(fresh: Fresh) -> None:
    """A package that brings no browser that starts, as Ubuntu's without snap, is said, too."""
    fresh.machine = replace(fresh.machine, root=True)
    fresh.put("apt-get")

    assert not fresh.set_up()[0]


@pytest.mark.parametrize(
    ("tool", "line"), [("brew", "brew install"), ("dnf", "sudo dnf"), ("true", "playwright")]
)
def test_by_hand(fresh: Fresh, tool: str, line: str) -> None:
    """What to type is what the system understands."""
    fresh.put(tool)

    assert line in by_hand(fresh.machine)


def test_no_test_begins(tmp_path: Path) -> None:
    """`make test` looks for a browser before anything that takes long, and `.ci/run` is `make test`."""
    make = (ROOT / "Makefile").read_text("utf-8")
    ways = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    nothing = "Machine(path='', places=(), caches=(), download=('no',))"
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from tests.browser import Machine, set_up; raise SystemExit(not set_up({nothing}, print))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert "\ntest: browser check " in make
    assert "-m tests.browser" in make.partition("\nbrowser:")[2].partition("\n\n")[0]
    assert ways[-1] == "exec make test"
    assert "apt" not in "".join(ways)
    assert (ended.returncode, ended.stdout.count("The tests need chromium: ")) == (1, 1)


def test_the_demo_says_what_it_does() -> None:
    """Each step of a first `make demo` that takes long says what it is, before it begins."""
    steps = subprocess.run(
        ["make", "--dry-run", "--always-make", "demo", "RUN=true"], cwd=ROOT, capture_output=True, text=True
    ).stdout.splitlines()
    slow = [at for at, step in enumerate(steps) if " venv" in step or "pip install" in step]

    assert slow
    assert all(steps[at - 1].startswith("echo ") for at in slow)
