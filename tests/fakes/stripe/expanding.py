"""`expand`: an id becomes the object, and what is left out by default is added."""

from collections.abc import Callable
from typing import Any

from .errors import invalid
from .shapes import ON_REQUEST
from .world import Item, World, as_list, show


def expand(world: World, answer: Item, paths: list[str]) -> Item:
    """A copy of the answer with the paths expanded."""
    shown: Item = show(answer)
    for path in paths:
        _expand(world, shown, path.split("."), path)
    return shown


def _expand(world: World, place: Any, parts: list[str], path: str) -> None:
    if isinstance(place, list):
        for one in place:
            _expand(world, one, parts, path)
    elif isinstance(place, dict):
        _expand_one(world, place, parts, path)


def _expand_one(world: World, place: Item, parts: list[str], path: str) -> None:
    first, *rest = parts
    if first in ON_REQUEST.get(place.get("object", ""), ()) and first not in place:
        place[first] = show(_MADE.get((place["object"], first), _nothing)(world, place))
    elif first not in place:
        raise invalid(f"This property cannot be expanded ({path}).", param="expand", keep=False)
    value = place[first]
    if isinstance(value, str) and value in world.items:
        place[first] = show(world.items[value])
    elif isinstance(value, list):
        place[first] = [show(world.items[one]) if isinstance(one, str) and one in world.items else one for one in value]
    if rest and place[first] is not None:
        _expand(world, place[first], rest, path)


def _nothing(_world: World, _item: Item) -> None:
    return None


def _line_items(world: World, session: Item) -> Item:
    return as_list(world.items[session["id"]]["_line_items"], f"/v1/checkout/sessions/{session['id']}/line_items")


def _of(kind: str, field: str, url: str) -> Callable[[World, Item], Item]:
    def find(world: World, item: Item) -> Item:
        rows = [one for one in world.every(kind) if one.get(field) == item["id"]]
        return as_list(rows[::-1], url)

    return find


def _live_subscriptions(world: World, customer: Item) -> Item:
    rows = [one for one in world.every("subscription", customer=customer["id"]) if one["status"] != "canceled"]
    return as_list(rows[::-1], "/v1/subscriptions")


_MADE: dict[tuple[str, str], Callable[[World, Item], Any]] = {
    ("charge", "refunds"): _of("refund", "charge", "/v1/refunds"),
    ("checkout.session", "line_items"): _line_items,
    ("customer", "tax_ids"): _of("tax_id", "customer", "/v1/tax_ids"),
    ("customer", "subscriptions"): _live_subscriptions,
    ("customer", "sources"): lambda _world, _customer: as_list([], "/v1/sources"),
    ("invoice", "payments"): _of("invoice_payment", "invoice", "/v1/invoice_payments"),
}
