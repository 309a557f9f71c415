"""What time does: renewals, retries of failed payments, phases of schedules, and everything that expires.

Everything due is done in its order, with the clock standing at its moment, so a leap over months leaves the same
traces as the months would have.
"""

from collections.abc import Callable, Iterator

from .checkout import expire_session, settle_session
from .clock import HOUR, next_boundary
from .collecting import collect, drop_invoice, fail, mark_paid
from .invoices import draft_invoice, finalize, full_line
from .items import interval_of, item_list, period_of, with_period
from .payments import settle_payment
from .schedules import end_of_phase, enter_next_phase
from .subscriptions import end_subscription, expire_incomplete
from .world import Item, World

Due = tuple[int, int, Callable[[], object]]
_RENEWING = {"active", "past_due"}


def let_pass(world: World, until: int, *, clock: Item | None = None) -> None:
    """Do all that is due until then, for those who live by `clock` (a test clock) or by the fake's own."""
    scope = clock["id"] if clock else None
    while True:
        due = min(_list_due(world, scope), key=lambda one: one[:2], default=None)
        if due is None or due[0] > until:
            break
        _stand(world, clock, max(due[0], _now(world, clock)))
        due[2]()
        world.changed = True
    _stand(world, clock, max(until, _now(world, clock)))


def _now(world: World, clock: Item | None) -> int:
    return int(clock["frozen_time"]) if clock else world.clock.now()


def _stand(world: World, clock: Item | None, moment: int) -> None:
    if clock:
        clock["frozen_time"] = moment
    else:
        world.clock.stand(moment)


def _list_due(world: World, scope: str | None) -> Iterator[Due]:
    for item in list(world.items.values()):
        find = _FINDERS.get(item["object"])
        if find and world.clock_of(item) == scope:
            yield from find(world, item)


def _of_session(world: World, session: Item) -> Iterator[Due]:
    if session["status"] == "open":
        yield session["expires_at"], 0, lambda: expire_session(world, session)


def _of_intent(world: World, intent: Item) -> Iterator[Due]:
    if intent.get("_settles_at"):
        yield intent["_settles_at"], 0, lambda: _settle(world, intent)


def _of_schedule(world: World, schedule: Item) -> Iterator[Due]:
    moment = end_of_phase(schedule)
    if moment is not None:
        yield moment, 1, lambda: enter_next_phase(world, schedule)


def _of_subscription(world: World, subscription: Item) -> Iterator[Due]:
    if subscription["pending_update"]:
        invoice = world.items[subscription["_pending"]["invoice"]]
        yield subscription["pending_update"]["expires_at"], 0, lambda: drop_invoice(world, invoice)
    if subscription["status"] == "incomplete":
        yield subscription["created"] + 23 * HOUR, 0, lambda: expire_incomplete(world, subscription)
    if subscription["status"] in _RENEWING:
        end = period_of(subscription)[1]
        stop = subscription["cancel_at"]
        if stop is not None and stop <= end:
            yield (
                stop,
                2,
                lambda: end_subscription(
                    world, subscription, reason="cancellation_requested", details=subscription["cancellation_details"]
                ),
            )
        else:
            yield end, 3, lambda: renew(world, subscription)


def _of_invoice(world: World, invoice: Item) -> Iterator[Due]:
    if invoice["status"] == "draft" and invoice["auto_advance"] and invoice["automatically_finalizes_at"]:
        yield invoice["automatically_finalizes_at"], 4, lambda: collect(world, finalize(world, invoice))
    if invoice["status"] == "open" and invoice["next_payment_attempt"]:
        yield invoice["next_payment_attempt"], 4, lambda: collect(world, invoice)


_FINDERS: dict[str, Callable[[World, Item], Iterator[Due]]] = {
    "checkout.session": _of_session,
    "payment_intent": _of_intent,
    "subscription_schedule": _of_schedule,
    "subscription": _of_subscription,
    "invoice": _of_invoice,
}


def renew(world: World, subscription: Item) -> None:
    """The next period begins; its invoice stays a draft for an hour, as at Stripe."""
    if subscription["pending_update"]:
        drop_invoice(world, world.items[subscription["_pending"]["invoice"]])
    former, start = period_of(subscription)
    items = subscription["items"]["data"]
    interval, count, _currency = interval_of(items)
    end = next_boundary(subscription["billing_cycle_anchor"], interval, count, after=start)
    items = with_period(items, start, end)
    lines = [full_line(world, subscription, one, start, end) for one in items] + subscription["_pending_lines"]
    subscription["_pending_lines"] = []
    customer = world.items[subscription["customer"]]
    invoice = draft_invoice(
        world, customer, lines, reason="subscription_cycle", subscription=subscription, period_start=former,
        period_end=start, automatically_finalizes_at=start + world.rules.draft_seconds,
    )  # fmt: skip
    world.change(subscription, "customer.subscription.updated", items=item_list(subscription["id"], items))
    if not world.rules.draft_seconds:
        collect(world, finalize(world, invoice))


def _settle(world: World, intent: Item) -> None:
    arrived = settle_payment(world, intent)
    if intent.get("_session"):
        settle_session(world, intent, arrived=arrived)
    elif intent.get("_invoice"):
        invoice = world.items[intent["_invoice"]]
        mark_paid(world, invoice) if arrived else fail(world, invoice)
