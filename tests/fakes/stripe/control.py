"""`/_control/<what>` with a JSON body: what tests and scripts may do to a running fake."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.fakes.serving import Reply

from .errors import invalid
from .refunds import fail_refund
from .world import show

if TYPE_CHECKING:
    from .server import FakeStripe


def run_control(fake: "FakeStripe", what: str, body: Any) -> Reply:
    """Runs under the world's lock."""
    if what == "health":
        return Reply({"ok": True})
    act = _ACTS.get(what)
    if act is None:
        raise invalid(f"There is no control {what!r}; there are: {', '.join(sorted(_ACTS))}.")
    given = body if isinstance(body, dict) else {}
    return Reply({"ok": True, "result": show(act(fake, given))})


def _advance(fake: "FakeStripe", given: dict[str, Any]) -> Any:
    fake.advance(days=given.get("days", 0), to=given.get("to"))
    return fake.world.clock.now()


def _resend(fake: "FakeStripe", given: dict[str, Any]) -> None:
    fake.delivery.resend(fake.world.get("event", given["event"]), times=given.get("times", 1))


def _rules(fake: "FakeStripe", given: dict[str, Any]) -> None:
    for name, value in given.items():
        setattr(fake.world.rules, name, tuple(value) if isinstance(value, list) else value)


_ACTS: dict[str, Callable[["FakeStripe", dict[str, Any]], Any]] = {
    "advance": _advance,
    "clear-trouble": lambda fake, _given: fake.trouble.clear(),
    "decide": lambda fake, given: fake.decide(given["dispute"], won=given["won"]),
    "dispute": lambda fake, given: fake.dispute(given["payment_intent"]),
    "fail-refund": lambda fake, given: fail_refund(fake.world, fake.world.get("refund", given["refund"])),
    "pay": lambda fake, given: fake.pay(given["session"], given.get("card", "good")),
    "resend": _resend,
    "rules": _rules,
    "trouble": lambda fake, given: fake.trouble.plan(**given),
    "weather": lambda fake, given: fake.delivery.set_weather(**given),
}
