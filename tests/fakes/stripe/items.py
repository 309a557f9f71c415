"""A subscription's items: what is bought, for which period."""

from collections.abc import Iterable
from typing import Any

from .catalogue import new_price
from .errors import invalid
from .world import Item, World, new_id, show


def new_item(world: World, subscription_id: str, price: Item, quantity: int, *, created: int) -> Item:
    """An item without a period yet."""
    return {
        "id": new_id("si"), "object": "subscription_item", "created": created, "metadata": {}, "discounts": [],
        "billed_until": None, "billing_thresholds": None, "current_trial": None, "tax_rates": [], "quantity": quantity,
        "subscription": subscription_id, **_priced(price),
    }  # fmt: skip


def read_new_items(world: World, subscription_id: str, given: list[Item], *, created: int) -> list[Item]:
    """The items of a new subscription or of a schedule's phase."""
    made = []
    for index, one in enumerate(given):
        price = read_price(world, one, param=f"items[{index}]")
        made.append(new_item(world, subscription_id, price, one.get("quantity", 1), created=created))
    require_one_interval(made)
    return made


def change_items(world: World, subscription: Item, given: list[Item], *, created: int) -> list[Item]:
    """The items after a request: one with an `id` is changed, one without is added (as at Stripe, beside the old)."""
    items = {one["id"]: dict(one) for one in subscription["items"]["data"]}
    for index, one in enumerate(given):
        param = f"items[{index}]"
        if "id" not in one:
            price = read_price(world, one, param=param)
            made = new_item(world, subscription["id"], price, one.get("quantity", 1), created=created)
            items[made["id"]] = made
            continue
        if one["id"] not in items:
            raise invalid(f"No such subscription item: '{one['id']}'", param=f"{param}[id]", code="resource_missing")
        if one.get("deleted"):
            del items[one["id"]]
            continue
        item = items[one["id"]]
        if "price" in one or "price_data" in one:
            item.update(_priced(read_price(world, one, param=param)))
        item["quantity"] = one.get("quantity", item["quantity"])
    changed = list(items.values())
    if not changed:
        raise invalid("A subscription must have at least one item.", param="items")
    require_one_interval(changed)
    return changed


def read_price(world: World, given: Item, *, param: str) -> Item:
    """The recurring, active price that an item names or describes."""
    if "price_data" in given:
        return new_price(world, given["price_data"], inline=True)
    if "price" not in given:
        raise invalid(f"Missing required param: {param}[price].", param=f"{param}[price]", code="parameter_missing")
    price = world.get("price", given["price"], param=f"{param}[price]")
    if not price["active"]:
        raise invalid(f"The price specified is inactive: {price['id']}.", param=f"{param}[price]")
    if not price["recurring"]:
        raise invalid(
            "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
            param=f"{param}[price]",
        )
    return price


def require_one_interval(items: Iterable[Item]) -> None:
    if len({interval_of([one]) for one in items}) > 1:
        raise invalid("Currency and interval fields must match across all items.", param="items")


def interval_of(items: list[Item]) -> tuple[str, int, str]:
    """The rhythm and the currency of a subscription."""
    price = items[0]["price"]
    return price["recurring"]["interval"], price["recurring"]["interval_count"], price["currency"]


def with_period(items: list[Item], start: int, end: int) -> list[Item]:
    return [{**one, "current_period_start": start, "current_period_end": end} for one in items]


def period_of(subscription: Item) -> tuple[int, int]:
    first = subscription["items"]["data"][0]
    return first["current_period_start"], first["current_period_end"]


def item_list(subscription_id: str, items: list[Item]) -> Item:
    url = f"/v1/subscription_items?subscription={subscription_id}"
    return {"object": "list", "data": items, "has_more": False, "total_count": len(items), "url": url}


def amount_of(item: Item) -> int:
    return int(item["price"]["unit_amount"]) * int(item["quantity"])


def _priced(price: Item) -> Item:
    """The price as it is now, and the older `plan` beside it."""
    recurring: Any = price["recurring"] or {}
    plan = {
        "id": price["id"], "object": "plan", "active": price["active"], "amount": price["unit_amount"],
        "amount_decimal": price["unit_amount_decimal"], "billing_scheme": "per_unit", "created": price["created"],
        "currency": price["currency"], "interval": recurring.get("interval"), "livemode": False, "meter": None,
        "interval_count": recurring.get("interval_count"), "metadata": price["metadata"], "nickname": price["nickname"],
        "product": price["product"], "tiers_mode": None, "transform_usage": None, "trial_period_days": None,
        "usage_type": "licensed",
    }  # fmt: skip
    return {"price": show(price), "plan": plan}
