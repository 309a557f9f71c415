"""One request to the API, from the raw form to the answer."""

import sys
import threading
import traceback
from dataclasses import dataclass, field
from typing import Any

from . import catalogue, checkout, clocks, customers, disputes, events, portal, previews, refunds  # noqa: F401
from .checking import check_params
from .errors import Refusal, invalid, unauthorised, unknown_route
from .expanding import expand
from .forms import read_form
from .idempotency import Keys
from .routing import find_route
from .world import Item, World, new_id


@dataclass
class Api:
    """Stripe's API over a world. `key` is the only secret key that is let in; empty: any test key."""

    world: World
    key: str = ""
    keys: Keys = field(default_factory=Keys)
    pause: threading.Event | None = None  # a test may hold requests while they are being executed

    def answer(
        self, method: str, path: str, query: str, form: str, headers: dict[str, str]
    ) -> tuple[int, Item, dict[str, str]]:
        """Status, body and headers."""
        given = {name.lower(): value for name, value in headers.items()}
        request_id = new_id("req")
        extra = {"Request-Id": request_id, "Stripe-Version": given.get("stripe-version", "")}
        try:
            self._let_in(given.get("authorization", ""))
            status, body, more = self._answer_once(method, path, read_form(form or query), given, request_id)
        except Refusal as refusal:
            return refusal.status, refusal.body, extra
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            message = f"The fake failed: {type(error).__name__}: {error}"
            return 500, {"error": {"type": "api_error", "message": message}}, {**extra, "Stripe-Should-Retry": "false"}
        return status, body, {**extra, **more}

    def _answer_once(
        self, method: str, path: str, params: Item, headers: dict[str, str], request_id: str
    ) -> tuple[int, Item, dict[str, str]]:
        key = headers.get("idempotency-key", "") if method == "POST" else ""
        if not key:
            return (*self._act(method, path, params, request_id), {})
        (status, body), repeated = self.keys.answer_once(
            key, [method, path, params], lambda: self._act(method, path, params, request_id, key)
        )
        self.world.changed = True
        return status, body, {"Idempotency-Key": key, **({"Idempotent-Replayed": "true"} if repeated else {})}

    def _let_in(self, authorization: str) -> None:
        key = authorization.removeprefix("Bearer ")
        if not key.startswith("sk_test_") or (self.key and key != self.key):
            raise unauthorised()

    def _act(self, method: str, path: str, params: Item, request_id: str, key: str = "") -> tuple[int, Item]:
        found = find_route(method, path)
        if found is None:
            raise unknown_route(method, path)
        one, ids = found
        checked = check_params(one.params, params)
        paths = checked.get("expand", [])
        with self.world.lock:
            if self.pause:
                self.pause.wait(10)
            self.world.request = {"id": request_id, "idempotency_key": key or None}
            try:
                answer: Any = one.handler(self.world, checked, *ids)
                return 200, expand(self.world, answer, self._paths(answer, paths))
            except Refusal as refusal:
                refusal.error = expand(self.world, refusal.error, [])
                raise
            finally:
                self.world.request = {"id": None, "idempotency_key": None}

    @staticmethod
    def _paths(answer: Item, paths: list[str]) -> list[str]:
        if answer.get("object") == "list" and any(not path.startswith("data.") for path in paths):
            raise invalid("On a list, `expand` begins with `data.`.", param="expand", keep=False)
        return paths
