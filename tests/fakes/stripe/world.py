"""Everything the fake knows: objects by id, events, and the ways to make and change them.

Objects are plain dicts as Stripe would answer them. Keys that begin with `_` are the fake's own and never shown.
"""

import copy
import secrets
import string
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import stripe

from .clock import HOUR, Clock
from .errors import missing
from .shapes import complete

Item = dict[str, Any]
_LETTERS = string.ascii_letters + string.digits
NAMES = {"checkout.session": "checkout session", "test_helpers.test_clock": "test clock"}


@dataclass
class Rules:
    """What an account at Stripe sets in its dashboard."""

    draft_seconds: int = HOUR  # how long a renewal's invoice stays a draft
    retry_days: tuple[int, ...] = (3, 5, 7)  # after the first failure, each counted from the one before
    after_retries: str = "cancel"  # or "unpaid", "past_due"
    settle_seconds: int = 20  # how long a bank debit takes
    decide_seconds: int = 7 * 24 * HOUR  # unused by itself: disputes are decided by control


@dataclass
class World:
    """One account at Stripe. Whoever changes it holds `lock`."""

    base_url: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)
    clock: Clock = field(default_factory=Clock)
    rules: Rules = field(default_factory=Rules)
    items: dict[str, Item] = field(default_factory=dict)
    listeners: list[Callable[[Item], None]] = field(default_factory=list)
    request: Item = field(default_factory=lambda: {"id": None, "idempotency_key": None})
    changed: bool = False

    def now(self, owner: Item | None = None) -> int:
        """The time of `owner` (a customer, or something of one): its test clock's, or the fake's."""
        frozen = self.items.get(self.clock_of(owner) or "")
        return int(frozen["frozen_time"]) if frozen else self.clock.now()

    def clock_of(self, owner: Item | None) -> str | None:
        """The id of the test clock that `owner` lives by."""
        if owner is None:
            return None
        if owner.get("test_clock") or owner["object"] == "customer":
            return owner.get("test_clock")
        customer = self.items.get(owner.get("customer") or "")
        return customer.get("test_clock") if customer else None

    def new(self, kind: str, prefix: str, *, owner: Item | None = None, **fields: Any) -> Item:
        """Make and keep an object."""
        id_ = fields.pop("id", None) or new_id(prefix)
        item = {"id": id_, "object": kind, "created": self.now(owner), "livemode": False, "metadata": {}, **fields}
        self.items[id_] = complete(item)
        self.changed = True
        return item

    def get(self, kind: str, id_: str, *, param: str = "id") -> Item:
        item = self.items.get(id_)
        if item is None or item["object"] != kind:
            raise missing(NAMES.get(kind, kind), id_, param=param)
        return item

    def every(self, kind: str, **wanted: Any) -> Iterator[Item]:
        """All of a kind with these values, oldest first."""
        for item in list(self.items.values()):
            if item["object"] == kind and all(item.get(name) == value for name, value in wanted.items()):
                yield item

    def forget(self, item: Item) -> None:
        del self.items[item["id"]]
        self.changed = True

    def change(self, item: Item, event: str | None = None, **fields: Any) -> Item:
        """Set fields, and say so by an event that tells the former values. No event when nothing changed."""
        former = {name: copy.deepcopy(item.get(name)) for name in fields if item.get(name) != fields[name]}
        item.update(fields)
        self.changed = self.changed or bool(former)
        shown = {name: value for name, value in former.items() if not name.startswith("_")}
        if event and shown:
            self.emit(event, item, former=shown)
        return item

    def emit(self, event: str, item: Item, *, former: Item | None = None) -> Item:
        """Remember that something happened, and tell whoever listens (the webhooks)."""
        data: Item = {"object": show(item)}
        if former is not None:
            data["previous_attributes"] = former
        made = self.new(
            "event", "evt", owner=item, type=event, data=data, api_version=stripe.api_version, pending_webhooks=0,
            request=dict(self.request),
        )  # fmt: skip
        for listener in self.listeners:
            listener(made)
        return made


def new_id(prefix: str) -> str:
    return f"{prefix}_{''.join(secrets.choice(_LETTERS) for _ in range(24))}"


def show(item: Any) -> Any:
    """A copy without the fake's own keys."""
    if isinstance(item, dict):
        return {name: show(value) for name, value in item.items() if not str(name).startswith("_")}
    if isinstance(item, list):
        return [show(one) for one in item]
    return item


def as_list(data: list[Item], url: str) -> Item:
    return {"object": "list", "data": data, "has_more": False, "url": url}


def cents(value: int, part: int, whole: int) -> int:
    """`value * part / whole` to the nearest cent, half away from zero."""
    top, bottom = value * part, whole
    sign = -1 if (top < 0) != (bottom < 0) else 1
    top, bottom = abs(top), abs(bottom)
    return sign * ((2 * top + bottom) // (2 * bottom))
