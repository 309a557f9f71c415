"""A real browser against a real server of this process, with a worker thread that does the published jobs."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, expect, sync_playwright

from apps.accounts.models import User
from tests.browser.inspecting import AXE, PATIENCE_MS, Inspector, inspect
from tests.support.demanding import demand
from tests.support.queue import run_published_jobs

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
expect.set_options(timeout=PATIENCE_MS)
DIST = Path(settings.STATIC_DIST) / "manifest.json"

Visit = Callable[..., AbstractContextManager[Inspector]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def find_chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    demand(path, "Chromium")
    demand(DIST.exists(), "The built front end (npm run build)")
    demand(AXE.exists(), "axe-core (npm ci)")
    # Playwright's sync API keeps an event loop in this thread, which Django takes for an async context.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


class Worker(threading.Thread):
    """Does what is published, as a worker process would; `pause` lets a test look at work that waits."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._ended = threading.Event()
        self._free = threading.Event()
        self._free.set()

    def run(self) -> None:
        try:
            while not self._ended.wait(0.05):
                if self._free.is_set():
                    run_published_jobs()
        finally:
            connection.close()

    @contextmanager
    def pause(self) -> Iterator[None]:
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    def end(self) -> None:
        self._ended.set()
        self.join(timeout=30)


@pytest.fixture
def worker(committed_db) -> Iterator[Worker]:
    thread = Worker()
    thread.start()
    yield thread
    thread.end()


@pytest.fixture
def visit(browser, live_server) -> Visit:
    """`with visit("name", user=…, width=380, theme="dark") as page:`; paths are `page.open("/t/…")`."""

    def open_visit(name: str, *, user: User | None = None, **look: object) -> AbstractContextManager[Inspector]:
        return inspect(browser, name, base=live_server.url, cookies=_sign_in(user, live_server.url), **look)

    return open_visit


def _sign_in(user: User | None, url: str) -> list[dict]:
    if user is None:
        return []
    client = Client()
    client.force_login(user)
    return [
        {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": url}
    ]
