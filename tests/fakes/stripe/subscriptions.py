"""Subscriptions: begun, changed, ended. What time does to them is `passing.py`."""

from typing import Any

from .cards import find_payment_method
from .clock import HOUR, next_boundary
from .collecting import collect, drop_invoice, refusal_of
from .customers import default_method, find_customer, merge_metadata
from .errors import invalid, missing
from .invoices import draft_invoice, finalize, full_line, subscription_of
from .items import change_items, interval_of, item_list, period_of, read_new_items, with_period
from .paging import is_within, page
from .proration import Change, plan_change
from .routing import route
from .world import Item, World, new_id

ENDED = {"canceled", "incomplete_expired"}
_PENDING_ALLOWS = {
    "items",
    "payment_behavior",
    "proration_behavior",
    "proration_date",
    "billing_cycle_anchor",
    "off_session",
    "expand",
    "trial_end",
}
_NOT_KNOWN = (
    "trial_end",
    "trial_from_plan",
    "trial_period_days",
    "add_invoice_items",
    "discounts",
    "pause_collection",
    "transfer_data",
    "automatic_tax",
)
_NO_DETAILS = {"comment": None, "feedback": None, "feedback_option": None, "reason": None}


@route("POST", "/v1/subscriptions", "SubscriptionCreateParams")
def create_subscription(world: World, params: Item) -> Item:
    refuse_unknown(params)
    customer = find_customer(world, params["customer"], param="customer")
    chosen = params.get("default_payment_method")
    method = find_payment_method(world, chosen, customer=customer) if chosen else default_method(world, customer)
    behaviour = params.get("payment_behavior", "allow_incomplete")
    if method is None and behaviour != "default_incomplete":
        message = "This customer has no attached payment source or default payment method."
        raise invalid(message, code="resource_missing")
    given = {name: params[name] for name in ("cancel_at_period_end", "description") if name in params}
    subscription = new_subscription(
        world, customer, params.get("items", []), metadata=params.get("metadata") or {}, **given
    )
    subscription["default_payment_method"] = chosen and method and method["id"]
    if behaviour != "default_incomplete":
        collect(world, world.items[subscription["latest_invoice"]], method=method)
        if behaviour == "error_if_incomplete" and subscription["status"] != "active":
            refusal = refusal_of(world, world.items[subscription["latest_invoice"]])
            expire_incomplete(world, subscription)
            raise refusal
    return subscription


@route("GET", "/v1/subscriptions/{id}", "SubscriptionRetrieveParams")
def retrieve_subscription(world: World, _params: Item, id_: str) -> Item:
    return world.get("subscription", id_)


@route("GET", "/v1/subscriptions", "SubscriptionListParams")
def list_subscriptions(world: World, params: Item) -> Item:
    status = params.get("status")
    found = (one for one in world.every("subscription") if _has_status(one, status) and _is_in_period(one, params))
    if params.get("price"):
        found = (one for one in found if any(i["price"]["id"] == params["price"] for i in one["items"]["data"]))
    wanted = {"customer": params.get("customer"), "test_clock": params.get("test_clock")}
    return page(found, params, "/v1/subscriptions", **wanted)


@route("POST", "/v1/subscriptions/{id}", "SubscriptionUpdateParams")
def update_subscription(world: World, params: Item, id_: str) -> Item:
    refuse_unknown(params)
    subscription = world.get("subscription", id_)
    _require_changeable(subscription, params)
    fields = _read_fields(world, subscription, params)
    change = read_change(world, subscription, params)
    if change is None:
        return world.change(subscription, "customer.subscription.updated", **fields)
    behaviour = params.get("payment_behavior", "allow_incomplete")
    if subscription["pending_update"]:
        drop_invoice(world, world.items[subscription["_pending"]["invoice"]])
    if change.resets or params.get("proration_behavior") == "always_invoice":
        _change_and_invoice(world, subscription, change, fields, behaviour)
    else:
        subscription["_pending_lines"] += change.lines
        apply_change(world, subscription, change, **fields)
    return subscription


@route("DELETE", "/v1/subscriptions/{id}", "SubscriptionCancelParams")
def cancel_subscription(world: World, params: Item, id_: str) -> Item:
    subscription = world.get("subscription", id_)
    if subscription["status"] in ENDED:
        raise missing("subscription", id_)
    details = {**_NO_DETAILS, **params.get("cancellation_details", {})}
    if params.get("prorate"):
        gone = plan_change(world, subscription, subscription["items"]["data"], at=world.now(subscription), reset=True)
        subscription["_pending_lines"] += [one for one in gone.lines if one["amount"] < 0]
    if params.get("invoice_now") and subscription["_pending_lines"]:
        _invoice_pending(world, subscription)
    return end_subscription(world, subscription, reason="cancellation_requested", details=details)


@route("GET", "/v1/subscription_items", "SubscriptionItemListParams")
def list_subscription_items(world: World, params: Item) -> Item:
    return dict(world.get("subscription", params["subscription"], param="subscription")["items"])


def new_subscription(world: World, customer: Item, given: list[Item], **fields: Any) -> Item:
    """An incomplete subscription with its first invoice, open: it lives when that is paid."""
    if not given:
        raise invalid("Missing required param: items.", param="items", code="parameter_missing")
    now, id_ = world.now(customer), new_id("sub")
    items = read_new_items(world, id_, given, created=now)
    interval, count, currency = interval_of(items)
    items = with_period(items, now, next_boundary(now, interval, count, after=now))
    subscription = world.new(
        "subscription", "sub", id=id_, owner=customer, customer=customer["id"], items=item_list(id_, items),
        billing_cycle_anchor=now, start_date=now, currency=currency, status="incomplete",
        collection_method="charge_automatically",
        test_clock=customer.get("test_clock"),
        automatic_tax={"enabled": False, "disabled_reason": None, "liability": None},
        billing_mode={"type": "classic", "flexible": None, "updated_at": None}, billing_schedules=[],
        cancellation_details=dict(_NO_DETAILS), default_tax_rates=[], discounts=[],
        invoice_settings={"account_tax_ids": None, "issuer": {"type": "self"}, "custom_fields": None,
            "description": None, "footer": None},
        payment_settings={"payment_method_options": None, "payment_method_types": None,
            "save_default_payment_method": "off"},
        trial_settings={"end_behavior": {"missing_payment_method": "create_invoice", "billing_cycle_anchor": None}},
        **{"cancel_at_period_end": False, **fields}, _pending_lines=[], _pending=None,
    )  # fmt: skip
    start, end = period_of(subscription)
    if subscription["cancel_at_period_end"]:
        subscription.update(cancel_at=end, canceled_at=now)
    customer["currency"] = currency
    lines = [full_line(world, subscription, one, start, end) for one in items]
    world.emit("customer.subscription.created", subscription)
    finalize(world, draft_invoice(world, customer, lines, reason="subscription_create", subscription=subscription))
    return subscription


def read_change(world: World, subscription: Item, params: Item) -> Change | None:
    """What the request does to the items and the period; None when nothing."""
    reset = params.get("billing_cycle_anchor") == "now"
    if "items" not in params and not reset:
        return None
    now = world.now(subscription)
    start, end = period_of(subscription)
    at = params.get("proration_date", now)
    if not start <= at <= end:
        message = "Invalid proration_date: it must be within the current period."
        raise invalid(message, param="proration_date")
    items = change_items(world, subscription, params.get("items", []), created=now)
    prorate = params.get("proration_behavior", "create_prorations") != "none"
    return plan_change(world, subscription, items, at=at, prorate=prorate, reset=reset)


def apply_change(world: World, subscription: Item, change: Change, **fields: Any) -> Item:
    items = item_list(subscription["id"], change.items)
    return world.change(
        subscription, "customer.subscription.updated", items=items, billing_cycle_anchor=change.anchor, **fields
    )


def end_subscription(world: World, subscription: Item, *, reason: str, details: Item | None = None) -> Item:
    """Over, now. A schedule that led it ends with it."""
    now = world.now(subscription)
    schedule = world.items.get(subscription["schedule"] or "")
    if schedule and schedule["status"] == "active":
        world.change(schedule, "subscription_schedule.canceled", status="canceled", canceled_at=now, current_phase=None)
    if subscription["pending_update"]:
        drop_invoice(world, world.items[subscription["_pending"]["invoice"]])
    subscription.update(
        ended_at=now, canceled_at=subscription["canceled_at"] or now, schedule=None,
        cancellation_details={**_NO_DETAILS, **(details or {}), "reason": reason},
    )  # fmt: skip
    world.change(subscription, status="canceled")
    for one in world.every("invoice", customer=subscription["customer"]):
        if subscription_of(one) == subscription["id"] and one["status"] in {"draft", "open"}:
            one.update(auto_advance=False, next_payment_attempt=None)
    world.emit("customer.subscription.deleted", subscription)
    return subscription


def expire_incomplete(world: World, subscription: Item) -> None:
    """Never paid: the first invoice is void."""
    drop_invoice(world, world.items[subscription["latest_invoice"]])
    subscription["ended_at"] = world.now(subscription)
    world.change(subscription, "customer.subscription.updated", status="incomplete_expired")


def refuse_unknown(params: Item) -> None:
    """What Stripe has and this fake has not: better refused than ignored."""
    for name in _NOT_KNOWN:
        if params.get(name) not in (None, "", [], {"enabled": False}):
            raise invalid(f"The fake does not know `{name}`.", param=name, code="fake_unsupported")


def _change_and_invoice(world: World, subscription: Item, change: Change, fields: Item, behaviour: str) -> None:
    """Invoice the change at once. With `pending_if_incomplete` it is applied only when that is paid."""
    customer = world.items[subscription["customer"]]
    lines = change.lines + subscription["_pending_lines"]
    if not lines:
        apply_change(world, subscription, change, **fields)
        return
    if behaviour == "allow_incomplete":
        apply_change(world, subscription, change, **fields)
    former = subscription["latest_invoice"]
    invoice = draft_invoice(world, customer, lines, reason="subscription_update", subscription=subscription)
    subscription["_pending_lines"] = []
    finalize(world, invoice)
    if behaviour == "allow_incomplete":
        collect(world, invoice)
        return
    _wait_for(world, subscription, change, invoice)
    if not collect(world, invoice) and behaviour == "error_if_incomplete":
        refusal = refusal_of(world, invoice)
        drop_invoice(world, invoice)
        subscription["latest_invoice"] = former
        raise refusal
    if subscription["pending_update"]:
        world.emit("customer.subscription.updated", subscription, former={"pending_update": None})


def _wait_for(world: World, subscription: Item, change: Change, invoice: Item) -> None:
    """The change waits for the invoice, for 23 hours."""
    subscription["_pending"] = {"items": change.items, "anchor": change.anchor, "invoice": invoice["id"]}
    subscription["pending_update"] = {
        "billing_cycle_anchor": change.anchor if change.resets else None, "cancel_at_period_end": None,
        "discount": None, "discounts": None, "expires_at": world.now(subscription) + 23 * HOUR, "metadata": None,
        "subscription_items": change.items, "trial_end": None, "trial_from_plan": None,
    }  # fmt: skip


def _invoice_pending(world: World, subscription: Item) -> None:
    customer, lines = world.items[subscription["customer"]], subscription["_pending_lines"]
    invoice = draft_invoice(world, customer, lines, reason="manual", subscription=subscription)
    subscription["_pending_lines"] = []
    collect(world, finalize(world, invoice))


def _require_changeable(subscription: Item, params: Item) -> None:
    if subscription["status"] in ENDED and set(params) - {"metadata", "cancellation_details", "expand"}:
        message = "A canceled subscription can only update its cancellation_details and metadata."
        raise invalid(message)
    cancels = {"cancel_at_period_end", "cancel_at"} & set(params)
    if subscription["schedule"] and cancels:
        message = (
            f"The subscription is managed by the subscription schedule `{subscription['schedule']}`, and updating "
        )
        message += "any cancelation behavior directly is not allowed. Please update the schedule instead."
        raise invalid(message, param=min(cancels))
    others = sorted(set(params) - _PENDING_ALLOWS)
    if params.get("payment_behavior") == "pending_if_incomplete" and others:
        message = f"Passing `{others[0]}` is not supported with `payment_behavior` set to `pending_if_incomplete`."
        raise invalid(message, param=others[0])


def _read_fields(world: World, subscription: Item, params: Item) -> Item:
    fields: Item = {}
    now, (_start, end) = world.now(subscription), period_of(subscription)
    if "metadata" in params:
        fields["metadata"] = merge_metadata(subscription["metadata"], params["metadata"])
    if "description" in params:
        fields["description"] = params["description"] or None
    if params.get("default_payment_method"):
        customer = world.items[subscription["customer"]]
        fields["default_payment_method"] = find_payment_method(
            world, params["default_payment_method"], customer=customer
        )["id"]
    if "cancel_at_period_end" in params:
        stops = params["cancel_at_period_end"]
        reason = "cancellation_requested" if stops else None
        fields |= {
            "cancel_at_period_end": stops,
            "cancel_at": end if stops else None,
            "canceled_at": now if stops else None,
        }
        fields["cancellation_details"] = {**_NO_DETAILS, **params.get("cancellation_details", {}), "reason": reason}
    if "cancel_at" in params:
        moment = params["cancel_at"] or None
        fields |= {"cancel_at": moment, "canceled_at": now if moment else None, "cancel_at_period_end": False}
    return fields


def _has_status(subscription: Item, status: str | None) -> bool:
    if status == "all":
        return True
    if status == "ended":
        return subscription["status"] in ENDED
    return subscription["status"] == status if status else subscription["status"] not in ENDED


def _is_in_period(subscription: Item, params: Item) -> bool:
    start, end = period_of(subscription)
    return is_within(start, params.get("current_period_start")) and is_within(end, params.get("current_period_end"))
