"""An account at the fake, and a client of the real SDK that talks to it."""

from collections.abc import Iterator

import pytest

from tests.fakes.stripe import FakeStripe

from .shop import Shop


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    with FakeStripe() as running:
        yield running


@pytest.fixture
def shop(fake) -> Shop:
    """Sells Standard and Premium by month and Standard by year."""
    return Shop(fake)
