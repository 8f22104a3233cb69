"""Where the card renderer comes from."""

import json
import sys
from pathlib import Path

import pytest

from demo import renderer


def test_lock_names_no_registry() -> None:
    """The lock holds versions and hashes only: it works from whatever registry the machine uses."""
    lock = json.loads((renderer.PAGE / "package-lock.json").read_text("utf-8"))

    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


@pytest.mark.parametrize("file", renderer.FILES, ids=lambda file: file.name)
def test_pins_agree(file: renderer.RendererFile) -> None:
    """Package, lock and the content network's address name the same version."""
    wanted = json.loads((renderer.PAGE / "package.json").read_text("utf-8"))["dependencies"]
    lock = json.loads((renderer.PAGE / "package-lock.json").read_text("utf-8"))["packages"]

    assert wanted[file.package] == file.version
    assert lock[f"node_modules/{file.package}"]["version"] == file.version
    assert file.far_url == f"https://cdn.jsdelivr.net/npm/{file.package}@{file.version}/{file.path}"


def test_installed_files_are_the_pinned_ones() -> None:
    """What npm brings is what browsers would accept from the content network."""
    found = renderer.install()

    assert found == renderer.locate()
    assert {path.name for path in found.values()} == {file.name for file in renderer.FILES}


def test_changed_file_is_not_served(tmp_path: Path) -> None:
    """One byte off, and the renderer counts as not installed."""
    for file in renderer.FILES:
        path = tmp_path / "node_modules" / file.package / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(renderer.install()[file.name].read_bytes())
    assert renderer.locate(tmp_path)
    path.write_bytes(path.read_bytes() + b" ")

    assert renderer.locate(tmp_path) is None


def test_wheel_stands_in_for_npm() -> None:
    """Without npm on the machine, the Node from PyPI runs its own."""
    node, npm = renderer.npm_command("/nowhere") or ("", "")

    assert Path(node).is_file()
    assert Path(npm).name == "npm-cli.js"
    assert Path(npm).is_file()


@pytest.mark.parametrize(
    ("program", "complaint"),
    [
        ("import sys; sys.exit('registry is away')", "npm failed: registry is away"),
        ("", "npm brought other files"),
    ],
)
def test_failed_install_says_why(tmp_path: Path, program: str, complaint: str) -> None:
    """An npm that fails, or brings something else, ends in one line of reason."""
    with pytest.raises(renderer.RendererError, match=complaint):
        renderer.install(tmp_path, [sys.executable, "-c", program])


def test_missing_npm_says_why(tmp_path: Path) -> None:
    """A command that is not there is told, not thrown through."""
    with pytest.raises(renderer.RendererError, match="npm did not run"):
        renderer.install(tmp_path, [str(tmp_path / "npm")])
