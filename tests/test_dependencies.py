"""The table of dependencies is true of what is pinned and installed, and something uses each."""

import ast
import json
import re
from importlib.metadata import metadata, packages_distributions

import pytest

from tests.pages import ROOT, rows, section, sources

DEPENDENCIES = (ROOT / "docs/dependencies.md").read_text("utf-8")
UNIMPORTED = {
    "psycopg": "a driver that SQLAlchemy loads by the URL's name",
    "tzdata": "data that zoneinfo finds by itself",
}


def pinned(name: str) -> dict[str, str]:
    """What a file of requirements holds: package → version."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return dict(re.sub(r"\[.*?\]", "", line).split("==") for line in lines if "==" in line)


def imported() -> set[str]:
    """The packages, by the names they are installed by, that the program imports."""
    modules: set[str] = set()
    for _, text in sources("bot", "cards", "tracing", "demo"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    providers = packages_distributions()
    return {name.lower() for module in modules for name in providers.get(module, ())}


LICENCES = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "PSFL": "PSF-2.0",
}
"""What packages say of themselves → the name that SPDX has for it."""


def licence_of(package: str) -> str:
    """The licence that the installed *package* names; where it holds the whole text, its classifier does."""
    said = metadata(package)
    words = [*said.get_all("License-Expression", []), *said.get_all("License", [])]
    classes = (each.rpartition(" :: ")[2] for each in said.get_all("Classifier", []) if "License" in each)
    word = next((word for word in words if "\n" not in word), "") or next(classes)
    return LICENCES.get(word, word)


@pytest.mark.parametrize(
    ("heading", "file"),
    [("What the bot runs on", "requirements.txt"), ("For development", "requirements-dev.txt")],
)
def test_packages_are_described(heading: str, file: str) -> None:
    """Each package has its reason, its licence, its version as pinned, and the day of its release."""
    described = rows(section(DEPENDENCIES, heading))
    looked_at = re.findall(r"newest on (\d{4}-\d\d-\d\d)", DEPENDENCIES)[0]

    assert {name: cells[2] for name, cells in described.items()} == pinned(file)
    assert {name: cells[1] for name, cells in described.items()} == {n: licence_of(n) for n in described}
    assert all(reason and kept_up for reason, _, _, _, kept_up in described.values())
    assert all("2020-01-01" < cells[3] <= looked_at for cells in described.values())


def test_packages_from_npm_are_described() -> None:
    """So has each package from npm, its licence as npm wrote it down."""
    described = {n: tuple(cells[1:3]) for n, cells in rows(section(DEPENDENCIES, "From npm")).items()}
    found = {}
    for folder in ("demo/page", "tests/manifest"):
        lock = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))["packages"]
        for name in lock[""]["dependencies"]:
            installed = lock[f"node_modules/{name}"]
            found[name] = (installed["license"], installed["version"])

    assert described == found


def test_packages_are_used() -> None:
    """Something imports each package that the bot runs on, or loads it by a name that is no import."""
    used = imported()

    assert {n for n in pinned("requirements.txt") if n.lower() not in used} == set(UNIMPORTED)
