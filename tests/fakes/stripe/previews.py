"""`invoices.create_preview`: what a change would cost now, or what the next invoice will say."""

from .clock import next_boundary
from .customers import find_customer
from .errors import Refusal, invalid
from .invoices import compose_invoice, full_line
from .items import interval_of, period_of
from .proration import Change
from .routing import route
from .schedules import end_of_phase
from .subscriptions import ENDED, read_change
from .world import Item, World, new_id, show

_KNOWN = {"items", "proration_behavior", "proration_date", "billing_cycle_anchor", "cancel_at_period_end", "metadata"}


@route("POST", "/v1/invoices/create_preview", "InvoiceCreatePreviewParams")
def create_preview(world: World, params: Item) -> Item:
    subscription = _subscription_of(world, params)
    details = params.get("subscription_details", {})
    for name in sorted(set(details) - _KNOWN):
        raise invalid(
            f"The fake does not know `{name}`.", param=f"subscription_details[{name}]", code="fake_unsupported"
        )
    change = read_change(world, subscription, details)
    at_once = change and (change.resets or details.get("proration_behavior") == "always_invoice")
    if change and at_once:
        lines = change.lines + subscription["_pending_lines"]
        return _preview(
            world, subscription, lines or [_nothing(world, subscription, change)], params, "subscription_update"
        )
    stops = details.get("cancel_at_period_end", subscription["cancel_at"] is not None)
    if stops and not (change and change.lines):
        raise _none_upcoming(subscription)
    lines = list(change.lines if change else []) + subscription["_pending_lines"]
    if not stops:
        lines = _next_period(world, subscription, change) + lines
    return _preview(world, subscription, lines, params, "upcoming")


def _preview(world: World, subscription: Item, lines: list[Item], params: Item, reason: str) -> Item:
    customer = world.items[subscription["customer"]]
    invoice = compose_invoice(world, customer, lines, reason=reason, subscription=subscription)
    invoice["id"] = new_id("upcoming_in")
    given = params.get("subscription_details", {})
    moment = given.get("proration_date", world.now(subscription)) if "items" in given else None
    invoice["parent"]["subscription_details"]["subscription_proration_date"] = moment
    if reason == "upcoming":
        start, end = period_of(subscription)
        invoice.update(period_start=start, period_end=end, next_payment_attempt=end + world.rules.draft_seconds)
    for line in invoice["lines"]["data"]:
        line["invoice"] = invoice["id"]
    return dict(show(invoice))


def _next_period(world: World, subscription: Item, change: Change | None) -> list[Item]:
    """The whole next period, of the items as they will be then (a schedule may change them)."""
    items = change.items if change else subscription["items"]["data"]
    start = period_of(subscription)[1]
    anchor = subscription["billing_cycle_anchor"]
    schedule = world.items.get(subscription["schedule"] or "")
    if schedule and not change and end_of_phase(schedule) == start:
        following = next((one for one in schedule["phases"] if one["start_date"] >= start), None)
        if following:
            prices = [(world.items[one["price"]], one["quantity"]) for one in following["items"]]
            items = [{"id": new_id("si"), "price": price, "quantity": quantity} for price, quantity in prices]
            anchor = start if interval_of(items)[:2] != interval_of(subscription["items"]["data"])[:2] else anchor
    interval, count, _currency = interval_of(items)
    end = next_boundary(anchor, interval, count, after=start)
    return [full_line(world, subscription, one, start, end) for one in items]


def _nothing(world: World, subscription: Item, change: Change) -> Item:
    """A change that costs nothing still has an invoice to show."""
    return {**full_line(world, subscription, change.items[0], change.start, change.end), "amount": 0, "subtotal": 0}


def _subscription_of(world: World, params: Item) -> Item:
    if "subscription" in params:
        subscription = world.get("subscription", params["subscription"], param="subscription")
        if params.get("customer", subscription["customer"]) != subscription["customer"]:
            raise invalid("The subscription belongs to another customer.", param="subscription")
    elif "customer" in params:
        customer = find_customer(world, params["customer"])
        live = [one for one in world.every("subscription", customer=customer["id"]) if one["status"] not in ENDED]
        if not live:
            raise Refusal(
                404, "invalid_request_error", "No upcoming invoices for customer.", code="invoice_upcoming_none"
            )
        subscription = live[0]
    else:
        raise invalid("You must pass `customer` or `subscription`.", param="customer", code="parameter_missing")
    if subscription["status"] in ENDED:
        raise _none_upcoming(subscription)
    return subscription


def _none_upcoming(subscription: Item) -> Refusal:
    message = f"No upcoming invoices for customer: {subscription['customer']}"
    return Refusal(404, "invalid_request_error", message, code="invoice_upcoming_none")
