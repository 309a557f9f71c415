"""Webhooks on their way: signed, posted by threads, tried again, and made unreliable on demand."""

import heapq
import http.client
import itertools
import json
import random
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import stripe

from .events import matches
from .world import Item, World, show

SENDERS = 4
TRIES = 12


@dataclass
class Weather:
    """How bad the way is. Seconds are real ones. `drop` are types of events, or a share of all as a number."""

    duplicates: int = 0
    delay: float = 0.0
    shuffle: float = 0.0  # each waits a random time up to this, so that later ones overtake
    drop: tuple[str, ...] | float = ()
    paused: bool = False


@dataclass(order=True)
class Parcel:
    """One event on its way to one endpoint."""

    due: float
    number: int
    event: Item = field(compare=False)
    endpoint: str = field(compare=False)
    tries: int = field(compare=False, default=0)


class Delivery:
    """The senders. `retry_seconds` is the first wait after a failure; it doubles."""

    def __init__(self, world: World, *, retry_seconds: float = 0.2, seed: int = 1) -> None:
        self.world = world
        self.weather = Weather()
        self.retry_seconds = retry_seconds
        self.sent: list[tuple[str, str, int]] = []  # id, type, status: what arrived where
        self._random = random.Random(seed)
        self._numbers = itertools.count()
        self._heap: list[Parcel] = []
        self._busy = 0
        self._stopped = False
        self._news = threading.Condition()
        self._threads: list[threading.Thread] = []
        world.listeners.append(self.accept)

    def start(self) -> None:
        self._threads = [threading.Thread(target=self._send_all, daemon=True) for _ in range(SENDERS)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        with self._news:
            self._stopped = True
            self._news.notify_all()

    def accept(self, event: Item) -> None:
        """Called under the world's lock for every new event."""
        wanted = [
            one for one in self.world.every("webhook_endpoint", status="enabled")
            if any(matches(kind, event["type"]) for kind in one["enabled_events"])
        ]  # fmt: skip
        wanted = [] if self._is_dropped(event) else wanted
        event["pending_webhooks"] = len(wanted)
        event["_waiting"] = [one["id"] for one in wanted]
        copies = [one["id"] for one in wanted for _ in range(1 + self.weather.duplicates)]
        self._post(Parcel(self._due(), next(self._numbers), event, id_) for id_ in copies)

    def take_up(self) -> None:
        """After a restart: what had not arrived sets out again."""
        for event in list(self.world.every("event")):
            self._post(Parcel(time.monotonic(), next(self._numbers), event, id_) for id_ in event.get("_waiting", []))

    def resend(self, event: Item, *, times: int = 1) -> None:
        ids = [one["id"] for one in self.world.every("webhook_endpoint", status="enabled")]
        self._post(Parcel(self._due(), next(self._numbers), event, id_) for id_ in ids for _ in range(times))

    def flush(self, timeout: float = 15.0) -> bool:
        """Wait until everything that is on its way has arrived (or was given up); no matter what is paused, no."""
        with self._news:
            return self._news.wait_for(lambda: not self._heap and not self._busy, timeout=timeout)

    def set_weather(self, **fields: Any) -> None:
        with self._news:
            self.weather = Weather(**fields)
            self._news.notify_all()

    def _post(self, parcels: Iterable[Parcel]) -> None:
        with self._news:
            for one in parcels:
                heapq.heappush(self._heap, one)
            self._news.notify_all()

    def _due(self) -> float:
        return time.monotonic() + self.weather.delay + self._random.uniform(0, self.weather.shuffle)

    def _is_dropped(self, event: Item) -> bool:
        drop = self.weather.drop
        return self._random.random() < drop if isinstance(drop, (int, float)) else event["type"] in drop

    def _send_all(self) -> None:
        while (parcel := self._take()) is not None:
            arrived = self._send(parcel)
            with self._news:
                self._busy -= 1
                if not arrived and parcel.tries + 1 < TRIES:
                    wait = min(self.retry_seconds * 2**parcel.tries, 60.0)
                    heapq.heappush(
                        self._heap,
                        Parcel(time.monotonic() + wait, parcel.number, parcel.event, parcel.endpoint, parcel.tries + 1),
                    )
                self._news.notify_all()

    def _take(self) -> Parcel | None:
        with self._news:
            while not self._stopped:
                if self._heap and not self.weather.paused:
                    wait = self._heap[0].due - time.monotonic()
                    if wait <= 0:
                        self._busy += 1
                        return heapq.heappop(self._heap)
                    self._news.wait(wait)
                else:
                    self._news.wait()
        return None

    def _send(self, parcel: Parcel) -> bool:
        with self.world.lock:
            endpoint = self.world.items.get(parcel.endpoint)
            if endpoint is None:
                return True
            url, (body, signature) = endpoint["url"], sign(parcel.event, endpoint["secret"])
        status = _guarded(lambda: post(url, body, signature))
        with self.world.lock:
            self.sent.append((parcel.event["id"], parcel.event["type"], status))
            if 200 <= status < 300 and parcel.endpoint in parcel.event["_waiting"]:
                parcel.event["_waiting"].remove(parcel.endpoint)
                parcel.event["pending_webhooks"] = len(parcel.event["_waiting"])
                self.world.changed = True
        return 200 <= status < 300


def sign(event: Item, secret: str) -> tuple[str, str]:
    """The body and the header as they go out now."""
    body = json.dumps(show(event), indent=2)
    return body, stripe.WebhookSignature.generate_signature_header(body, secret)


def post(url: str, body: str, signature: str, *, timeout: float = 20.0) -> int:
    """The status of the answer."""
    parts = urllib.parse.urlsplit(url)
    cls = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    link = cls(parts.hostname or "", parts.port, timeout=timeout)
    try:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature,
            "User-Agent": "Stripe/1.0",
        }
        link.request("POST", parts.path or "/", body.encode(), headers)
        return link.getresponse().status
    finally:
        link.close()


def _guarded(call: Callable[[], int]) -> int:
    """0 when nobody answers."""
    with suppress(OSError, http.client.HTTPException):
        return call()
    return 0
