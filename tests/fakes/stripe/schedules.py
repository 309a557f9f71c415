"""Subscription schedules: what a subscription becomes at the end of a period."""

from .clock import add_interval, next_boundary
from .customers import merge_metadata
from .errors import invalid
from .items import interval_of, item_list, period_of, read_new_items, with_period
from .paging import page
from .routing import route
from .subscriptions import ENDED, end_subscription
from .world import Item, World

_LIVE = {"active", "not_started"}


@route("POST", "/v1/subscription_schedules", "SubscriptionScheduleCreateParams")
def create_schedule(world: World, params: Item) -> Item:
    if "from_subscription" not in params:
        raise invalid("The fake knows schedules `from_subscription` only.", param="from_subscription")
    others = set(params) - {"from_subscription", "metadata", "expand"}
    if {"phases", "end_behavior", "default_settings"} & others:
        raise invalid("You cannot set `phases` if `from_subscription` is set.", param=min(others))
    subscription = world.get("subscription", params["from_subscription"], param="from_subscription")
    if subscription["schedule"]:
        message = (
            f"You cannot migrate a subscription that is already attached to a schedule: `{subscription['schedule']}`."
        )
        raise invalid(message, param="from_subscription")
    if subscription["status"] in ENDED:
        raise invalid("You cannot migrate a subscription that is canceled.", param="from_subscription")
    start, end = period_of(subscription)
    items = [_phase_item(one) for one in subscription["items"]["data"]]
    schedule = world.new(
        "subscription_schedule", "sub_sched", owner=subscription, customer=subscription["customer"],
        subscription=subscription["id"], status="active",
        end_behavior="cancel" if subscription["cancel_at"] else "release",
        phases=[_phase(subscription, items, start, end)], current_phase={"start_date": start, "end_date": end},
        billing_mode=subscription["billing_mode"], pause_schedules=[], test_clock=subscription["test_clock"],
        metadata=params.get("metadata") or {}, default_settings=_default_settings(),
    )  # fmt: skip
    subscription["schedule"] = schedule["id"]
    world.emit("subscription_schedule.created", schedule)
    world.emit("customer.subscription.updated", subscription, former={"schedule": None})
    return schedule


@route("GET", "/v1/subscription_schedules/{id}", "SubscriptionScheduleRetrieveParams")
def retrieve_schedule(world: World, _params: Item, id_: str) -> Item:
    return world.get("subscription_schedule", id_)


@route("GET", "/v1/subscription_schedules", "SubscriptionScheduleListParams")
def list_schedules(world: World, params: Item) -> Item:
    return page(
        world.every("subscription_schedule"), params, "/v1/subscription_schedules", customer=params.get("customer")
    )


@route("POST", "/v1/subscription_schedules/{id}", "SubscriptionScheduleUpdateParams")
def update_schedule(world: World, params: Item, id_: str) -> Item:
    schedule = _require_live(world.get("subscription_schedule", id_))
    subscription = world.items[schedule["subscription"]]
    fields: Item = {name: params[name] for name in ("end_behavior",) if name in params}
    if "metadata" in params:
        fields["metadata"] = merge_metadata(schedule["metadata"], params["metadata"])
    if "phases" in params:
        fields["phases"] = _read_phases(world, schedule, subscription, params["phases"])
        first = fields["phases"][0]
        fields["current_phase"] = {"start_date": first["start_date"], "end_date": first["end_date"]}
    return world.change(schedule, "subscription_schedule.updated", **fields)


@route("POST", "/v1/subscription_schedules/{id}/release", "SubscriptionScheduleReleaseParams")
def release_schedule(world: World, _params: Item, id_: str) -> Item:
    return release(world, _require_live(world.get("subscription_schedule", id_)))


@route("POST", "/v1/subscription_schedules/{id}/cancel", "SubscriptionScheduleCancelParams")
def cancel_schedule(world: World, _params: Item, id_: str) -> Item:
    schedule = _require_live(world.get("subscription_schedule", id_))
    end_subscription(world, world.items[schedule["subscription"]], reason="cancellation_requested")
    return schedule


def release(world: World, schedule: Item) -> Item:
    """Let the subscription go on as it is."""
    subscription = world.items[schedule["subscription"]]
    schedule.update(
        released_subscription=subscription["id"], released_at=world.now(schedule), current_phase=None, subscription=None
    )
    world.change(schedule, "subscription_schedule.released", status="released")
    world.change(subscription, "customer.subscription.updated", schedule=None)
    return schedule


def end_of_phase(schedule: Item) -> int | None:
    if schedule["status"] != "active" or not schedule["current_phase"]:
        return None
    return int(schedule["current_phase"]["end_date"])


def enter_next_phase(world: World, schedule: Item) -> None:
    """At the end of a phase: the next one's items, or the end of the schedule."""
    subscription = world.items[schedule["subscription"]]
    now = schedule["current_phase"]["end_date"]
    following = next((one for one in schedule["phases"] if one["start_date"] >= now), None)
    if following is None:
        if schedule["end_behavior"] == "cancel":
            schedule.update(completed_at=now, current_phase=None)
            world.change(schedule, "subscription_schedule.completed", status="completed")
            end_subscription(world, subscription, reason="cancellation_requested")
        else:
            release(world, schedule)
        return
    current = {"start_date": following["start_date"], "end_date": following["end_date"]}
    _switch(world, subscription, following, now)
    world.change(schedule, "subscription_schedule.updated", current_phase=current)


def _switch(world: World, subscription: Item, phase: Item, now: int) -> None:
    """The new items. Renewal comes right after, at the same moment; another rhythm starts its own period."""
    given = [{"price": one["price"], "quantity": one["quantity"]} for one in phase["items"]]
    items = read_new_items(world, subscription["id"], given, created=now)
    start, end = period_of(subscription)
    if end != now:
        raise invalid("The fake changes phases at the end of a period only.", param="phases", code="fake_unsupported")
    fields: Item = {}
    if interval_of(items)[:2] != interval_of(subscription["items"]["data"])[:2]:
        fields["billing_cycle_anchor"] = now
    if phase["metadata"]:
        fields["metadata"] = {**subscription["metadata"], **phase["metadata"]}
    items = with_period(items, start, end)
    former = {one["price"]["id"]: one["id"] for one in subscription["items"]["data"]}
    for one in items:
        one["id"] = former.get(one["price"]["id"], one["id"])
    world.change(subscription, "customer.subscription.updated", items=item_list(subscription["id"], items), **fields)


def _read_phases(world: World, schedule: Item, subscription: Item, given: list[Item]) -> list[Item]:
    current = schedule["current_phase"]
    phases, start = [], None
    for index, one in enumerate(given):
        begins = one.get("start_date", start if index else current["start_date"])
        if index == 0 and begins != current["start_date"]:
            raise invalid("You can not modify the start date of the current phase.", param="phases[0][start_date]")
        if index and begins != start:
            raise invalid("Phases must be consecutive.", param=f"phases[{index}][start_date]")
        items = read_new_items(world, subscription["id"], one["items"], created=begins)
        start = _end_of(one, items, begins, index, len(given))
        phases.append(_phase(subscription, [_phase_item(item) for item in items], begins, start, one))
    return phases


def _end_of(given: Item, items: list[Item], begins: int, index: int, count: int) -> int:
    """By `end_date` or `duration`; the last phase may leave it out and lasts one period."""
    if "end_date" in given and given["end_date"] != "now":
        if given["end_date"] <= begins:
            raise invalid("The end date must be later than the start date.", param=f"phases[{index}][end_date]")
        return int(given["end_date"])
    if "duration" in given:
        span = given["duration"]
        return add_interval(begins, span["interval"], span.get("interval_count", 1))
    if index < count - 1:
        message = "All phases but the last need an `end_date` or a `duration`."
        raise invalid(message, param=f"phases[{index}][end_date]", code="parameter_missing")
    interval, every, _currency = interval_of(items)
    return next_boundary(begins, interval, every, after=begins)


def _phase(subscription: Item, items: list[Item], start: int, end: int, given: Item | None = None) -> Item:
    given = given or {}
    empty = dict.fromkeys(
        ("application_fee_percent", "automatic_tax", "billing_cycle_anchor", "billing_thresholds", "collection_method",
         "default_payment_method", "description", "invoice_settings", "on_behalf_of", "transfer_data", "trial",
         "trial_end")
    )  # fmt: skip
    return {
        **empty, "add_invoice_items": [], "currency": subscription["currency"], "default_tax_rates": [],
        "discounts": [],
        "start_date": start, "end_date": end, "items": items, "metadata": given.get("metadata") or {},
        "proration_behavior": given.get("proration_behavior", "create_prorations"),
    }  # fmt: skip


def _phase_item(item: Item) -> Item:
    return {
        "billing_thresholds": None, "discounts": [], "metadata": {}, "plan": item["price"]["id"],
        "price": item["price"]["id"],
        "quantity": item["quantity"], "tax_rates": [],
    }  # fmt: skip


def _default_settings() -> Item:
    return {
        "application_fee_percent": None, "automatic_tax": None, "billing_cycle_anchor": "automatic",
        "billing_thresholds": None, "collection_method": "charge_automatically", "default_payment_method": None,
        "description": None, "on_behalf_of": None, "transfer_data": None,
        "invoice_settings": {"account_tax_ids": None, "custom_fields": None, "days_until_due": None,
            "description": None, "footer": None, "issuer": {"type": "self"}},
    }  # fmt: skip


def _require_live(schedule: Item) -> Item:
    if schedule["status"] not in _LIVE:
        message = f"You cannot change a subscription schedule that is currently in the `{schedule['status']}` status."
        raise invalid(message)
    return schedule
