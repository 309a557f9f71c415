"""The fake on loopback: API, pages and controls behind one port, webhooks and the passing of time beside it."""

import threading
import time
import urllib.parse
from pathlib import Path
from typing import Any, Self

from tests.fakes.serving import Asked, FakeServer, Reply

from .checkout import pay_session
from .clock import DAY
from .control import run_control
from .delivery import Delivery, sign
from .disputes import close_dispute, open_dispute
from .errors import Refusal
from .events import new_endpoint
from .pages import show_page
from .passing import let_pass
from .requests import Api
from .statefile import StateFile
from .trouble import Trouble
from .world import Item, Rules, World, show

SECRET_KEY = "sk_test_fake_0000000000000000"
WEBHOOK_SECRET = "whsec_fake_0000000000000000"


class FakeStripe(FakeServer):
    """`with FakeStripe() as stripe:` is a whole account. `ticks`: time passes by itself; off, only by `advance`.

    `webhooks_to` registers an endpoint. Without one, `take_events` gives what would have been sent, and `signed` the
    body and headers to post it with.
    """

    def __init__(
        self, port: int = 0, *, state: Path | None = None, webhooks_to: str = "", key: str = SECRET_KEY,
        webhook_secret: str = WEBHOOK_SECRET, rules: Rules | None = None, ticks: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(port)
        self.key, self.webhook_secret = key, webhook_secret
        self.world = World(base_url=self.base_url, rules=rules or Rules())
        self.api = Api(self.world, key=key)
        self.delivery = Delivery(self.world)
        self.trouble = Trouble()
        self._state = StateFile(state, self.world, self.api.keys)
        self._taken = 0
        self._ticks = ticks
        self._stop = threading.Event()
        self._state.load()
        self._register(webhooks_to)

    def __enter__(self) -> Self:
        super().__enter__()
        self.start()
        return self

    def __exit__(self, *details: object) -> None:
        self.stop()
        super().__exit__(*details)

    def start(self) -> None:
        """Webhooks and time; the server itself is started by `with` or `serve_forever`."""
        self.delivery.start()
        self.delivery.take_up()
        if self._ticks:
            threading.Thread(target=self._tick, daemon=True).start()

    def stop(self) -> None:
        self._stop.set()
        self.delivery.stop()
        with self.world.lock:
            self._state.save()

    def answer(self, asked: Asked) -> Reply:
        path, _, query = asked.path.partition("?")
        if path.startswith("/v1/"):
            return self._answer_api(asked, path, query)
        with self.world.lock:
            try:
                if path.startswith("/_control/"):
                    return run_control(self, path.removeprefix("/_control/"), asked.body)
                return show_page(self.world, asked.method, path, query, asked.raw.decode())
            except Refusal as refusal:
                return Reply(refusal.body, status=refusal.status)
            finally:
                self._state.save()

    def pay(self, session_id: str, card: str = "good", **details: Any) -> bool:
        """What the customer does on the pay page."""
        with self.world.lock:
            return pay_session(self.world, self.world.get("checkout.session", session_id), card, details)

    def advance(self, *, days: float = 0, to: int | None = None) -> None:
        """Let time pass for everybody without a test clock, doing all that falls due."""
        with self.world.lock:
            until = to if to is not None else self.world.clock.now() + int(days * DAY)
            let_pass(self.world, until)
            self.world.clock.run_from(until)
            self._state.save()

    def dispute(self, payment_intent: str) -> Item:
        """The customer's bank takes the money back. The dispute; `decide` ends it."""
        with self.world.lock:
            intent = self.world.get("payment_intent", payment_intent)
            return dict(show(open_dispute(self.world, self.world.items[intent["latest_charge"]])))

    def decide(self, dispute_id: str, *, won: bool) -> Item:
        with self.world.lock:
            return dict(show(close_dispute(self.world, self.world.get("dispute", dispute_id), won=won)))

    @property
    def events(self) -> list[Item]:
        """All that happened, oldest first."""
        with self.world.lock:
            return [dict(show(one)) for one in self.world.every("event")]

    def take_events(self, *types: str) -> list[Item]:
        """What happened since the last call (of these types, if any are given)."""
        found = self.events
        fresh, self._taken = found[self._taken :], len(found)
        return [one for one in fresh if not types or one["type"] in types]

    def signed(self, event: Item) -> tuple[str, str]:
        """Body and `Stripe-Signature` as Stripe would post this event now."""
        return sign(event, self.webhook_secret)

    def _register(self, url: str) -> None:
        """The endpoint of the product; after a restart at another address it moves."""
        if not url:
            return
        with self.world.lock:
            known = next(self.world.every("webhook_endpoint", _own=True), None)
            if known:
                self.world.change(known, url=url, secret=self.webhook_secret)
            else:
                new_endpoint(self.world, url=url, enabled_events=["*"], secret=self.webhook_secret, _own=True)

    def _answer_api(self, asked: Asked, path: str, query: str) -> Reply:
        trouble = self.trouble.find(asked.method, path)
        if trouble and not trouble.after:
            return trouble.reply
        status, body, headers = self.api.answer(asked.method, path, query, asked.raw.decode(), asked.headers)
        if self._state.path:
            with self.world.lock:
                self._state.save()
        return trouble.reply if trouble else Reply(body, status=status, headers=headers)

    def _tick(self) -> None:
        while not self._stop.wait(1.0):
            with self.world.lock:
                self._catch_up()
                self._state.save()

    def _catch_up(self) -> None:
        """Do what fell due since the last time, however long ago that was."""
        clock = self.world.clock
        now = clock.now()
        clock.stand(clock.seen)
        let_pass(self.world, now)
        clock.seen, clock.standing = now, None


def text_of(body: Any) -> str:
    """A form as text, whatever the base made of it."""
    if isinstance(body, bytes):
        return body.decode()
    return "" if body is None else str(body)


def parse_form(body: Any) -> dict[str, str]:
    return dict(urllib.parse.parse_qsl(text_of(body), keep_blank_values=True))


def wait_until(condition: Any, timeout: float = 10.0) -> bool:
    """Poll a condition: for tests that watch webhooks arrive."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
