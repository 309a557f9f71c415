"""Valkey servers of our own, which a test may stop."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from config.embedded.valkey import Valkey


@contextmanager
def own_valkey(folder: Path) -> Iterator[Valkey]:
    server = Valkey(folder, mark=folder, environment=os.environ, lasting=False, preferred_port=0)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def valkey(tmp_path: Path, settings: Any) -> Iterator[Valkey]:
    """A server for this test alone, which the caches (and so the breakers) use, with less patience than ever."""
    with own_valkey(tmp_path / "valkey") as server:
        settings.CACHES = {
            alias: {**cache, "LOCATION": server.url, "OPTIONS": {**cache["OPTIONS"], "SOCKET_TIMEOUT": 0.6}}
            for alias, cache in settings.CACHES.items()
        }
        yield server
