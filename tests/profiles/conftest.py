"""What tests of creators share: the real payloads, and sources that answer on loopback."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.apify import FakeApify
from tests.fakes.decodo import FakeDecodo
from tests.support.demanding import demand_data


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real payloads."""
    return demand_data()


@pytest.fixture(scope="session")
def payload(data) -> Callable[[str], Any]:
    """`payload("decodo/envelope_x.json")`: a real payload, read anew."""

    def read(name: str) -> Any:
        return json.loads((data / name).read_text())

    return read


@pytest.fixture
def quick_sources(settings) -> None:
    """Retries without waits."""
    settings.SOURCE_RETRY_WAIT_SECONDS = 0.0
    settings.APIFY_POLL_SECONDS = 0.0


@pytest.fixture
def decodo(settings, quick_sources) -> Iterator[FakeDecodo]:
    """Decodo is the only source, and this is it."""
    with FakeDecodo() as fake:
        settings.PROFILE_SOURCES = ["decodo"]
        settings.DECODO_BASE_URL = fake.base_url
        settings.DECODO_API_KEY = "dXNlcjpwYXNz"
        yield fake


@pytest.fixture
def apify(settings, quick_sources) -> Iterator[FakeApify]:
    """Apify is the only source, and this is it."""
    with FakeApify() as fake:
        settings.PROFILE_SOURCES = ["apify"]
        settings.APIFY_BASE_URL = fake.base_url
        settings.APIFY_TOKEN = "token"
        yield fake
