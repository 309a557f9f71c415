"""A stateful Stripe on loopback, for tests and for `make run` without a key."""

from .cards import CARDS
from .server import SECRET_KEY, WEBHOOK_SECRET, FakeStripe
from .world import Rules

__all__ = ["CARDS", "SECRET_KEY", "WEBHOOK_SECRET", "FakeStripe", "Rules"]
