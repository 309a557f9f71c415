"""Looks at a page as a visitor would: pictures of it, and everything that is wrong with it."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

ROOT = Path(__file__).resolve().parents[2]
SHOTS = Path(os.environ.get("SCREENSHOTS", ROOT / "var" / "screenshots"))
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1280, 380)
THEMES = ("light", "dark")
# A machine may be busy with other work; a page that is right does not take longer for it.
PATIENCE_MS = 60_000
TALLEST = 7000
BAD_IMPACTS = {"serious", "critical"}


@dataclass
class Inspector:
    """One page at one width in one theme; collects problems, and `verdict` is what a test asserts to be empty."""

    page: Page
    name: str
    base: str = ""
    expected_statuses: set[int] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.problems.append(f"{self.name}: page error: {error}"))
        self.page.on("response", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        refused = re.search(r"status of (\d{3})", message.text)
        if refused and int(refused.group(1)) in self.expected_statuses:
            return
        self.problems.append(f"{self.name}: console {message.type}: {message.text[:300]}")

    def _see(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.problems.append(f"{self.name}: HTTP {response.status} {response.url}")

    def open(self, path: str, *, status: int = 200) -> None:
        """Go to a path of the site, which must answer with this status."""
        self.expected_statuses |= {status} - {200}
        response = self.page.goto(self.base + path)
        if response is None or response.status != status:
            self.problems.append(f"{self.name}: {path} answered {response and response.status}, not {status}")

    def settle(self) -> None:
        """Until fonts, htmx requests and lazy charts are done."""
        self.page.wait_for_load_state("load")
        self.page.evaluate("() => document.fonts.ready.then(() => true)")
        self.page.wait_for_function(
            "() => !document.querySelector('.htmx-request')"
            " && [...document.querySelectorAll('[data-chart-on]')].every(el => 'chartReady' in el.dataset"
            " || el.getBoundingClientRect().top > innerHeight + 150 || el.getBoundingClientRect().bottom < -150)"
        )
        self.page.wait_for_timeout(120)

    def shoot(self, part: str = "", *, whole: bool = True) -> None:
        """A picture under var/screenshots, then overflow and axe on what it shows."""
        size = self.page.viewport_size or {"width": 1280, "height": 860}
        name = f"{self.name}-{part}" if part else self.name
        self.settle()
        overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            self.problems.append(f"{name}: {overflow}px wider than the window: {self._find_wide()}")
        if whole:
            height = self.page.evaluate("document.documentElement.scrollHeight")
            self.page.set_viewport_size({"width": size["width"], "height": min(max(height, size["height"]), TALLEST)})
            self.settle()
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}-{size['width']}-{self._theme()}.png")
        self._check_access(name)
        if whole:
            self.page.set_viewport_size(size)

    def _theme(self) -> str:
        return "dark" if self.page.evaluate("document.documentElement.classList.contains('dark')") else "light"

    def _find_wide(self) -> str:
        return str(
            self.page.evaluate(
                "() => [...document.querySelectorAll('body *')]"
                ".filter(el => el.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
                ".slice(0, 3).map(el => el.outerHTML.slice(0, 120))"
            )
        )

    def _check_access(self, name: str) -> None:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text())  # add_script_tag would be refused by the page's CSP
        result = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        for violation in result["violations"]:
            if violation["impact"] in BAD_IMPACTS:
                node = violation["nodes"][0]
                self.problems.append(
                    f"{name}: axe {violation['id']} ({violation['impact']}) x{len(violation['nodes'])}:"
                    f" {node['html'][:160]} | {node.get('failureSummary', '')[:240]}"
                )

    @property
    def verdict(self) -> list[str]:
        return self.problems


@contextmanager
def inspect(
    browser: Browser,
    name: str,
    *,
    base: str = "",
    width: int = 1280,
    theme: str = "light",
    cookies: Iterable[dict] = (),
) -> Iterator[Inspector]:
    """A fresh visitor (with the given cookies) at this width in this theme."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": 860}, color_scheme=theme, reduced_motion="reduce", locale="en-GB"
    )
    context.add_cookies(list(cookies))
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield Inspector(page=context.new_page(), name=name, base=base)
    finally:
        context.close()
