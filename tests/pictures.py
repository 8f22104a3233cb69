"""Cards as Microsoft's own renderer draws them in a browser, to be measured and photographed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from demo import renderer
from tests.browser import HERE, Machine, by_hand, find

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_PAGE = Path(__file__).with_name("pictures.js")


class NoBrowser(Exception):
    """There is nothing to draw with; says what to install."""


@dataclass(frozen=True)
class Pictures:
    """One page of one browser, with the renderer and the chat page's colours loaded."""

    page: Page

    def measure(self, content: Mapping[str, Any], looks: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
        """Draw one card in each of *looks*, theme and width; what is wrong, its tags and its words."""
        found: list[dict[str, Any]] = self.page.evaluate(
            "([content, looks]) => looks.map(([theme, width]) => window.measure(content, theme, width))",
            [json.loads(json.dumps(content)), [list(look) for look in looks]],
        )
        return found

    def photograph(
        self, columns: Sequence[Sequence[Mapping[str, Any]]], theme: str, width: int, path: Path
    ) -> None:
        """Draw *columns* of cards side by side, and save the picture."""
        drawn = json.loads(json.dumps(columns))
        self.page.evaluate(
            "([columns, theme, width]) => window.lay(columns, theme, width)", [drawn, theme, width]
        )
        # A JPEG, where a sheet is large, is a quarter of the PNG.
        quality = 60 if path.suffix == ".jpg" else None
        self.page.locator("#sheet").screenshot(path=path, animations="disabled", quality=quality)


@contextmanager
def pictures(scale: float = 1, machine: Machine = HERE) -> Iterator[Pictures]:
    """A browser that lives as long as the block, of *scale* pixels for one of the page. Raises: NoBrowser."""
    chromium = find(machine)
    if chromium is None:
        raise NoBrowser(f"no browser here: {by_hand(machine)}")
    files = renderer.install()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        try:
            page = browser.new_page(viewport={"width": 1_560, "height": 900}, device_scale_factor=scale)
            page.set_content("<!doctype html><html><body></body></html>")
            for name, path in files.items():
                if name.endswith(".css"):
                    page.add_style_tag(path=path)
                else:
                    page.add_script_tag(path=path)
            page.add_style_tag(path=renderer.PAGE / "chat.css")
            hosts = {
                theme: json.loads((renderer.PAGE / f"host-{theme}.json").read_text("utf-8"))
                for theme in ("light", "dark")
            }
            page.evaluate("(hosts) => { window.hosts = hosts }", hosts)
            page.add_script_tag(path=_PAGE)
            yield Pictures(page)
        finally:
            browser.close()
