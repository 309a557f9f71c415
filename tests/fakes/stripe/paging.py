"""Lists as Stripe pages them: newest first, by `limit` and the id of the last one seen."""

from collections.abc import Callable, Iterable
from typing import Any

from .errors import invalid, missing
from .world import Item

_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
}


def page(found: Iterable[Item], params: Item, url: str, **wanted: Any) -> Item:
    """One page of `found` (oldest first), filtered by `created` and by the `wanted` values that are given."""
    rows = [one for one in found if _is_wanted(one, wanted) and is_within(one["created"], params.get("created"))]
    rows.reverse()
    limit = params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise invalid("Invalid integer: must be between 1 and 100.", param="limit", keep=False)
    if params.get("ending_before"):
        rows = rows[: _place(rows, params["ending_before"], "ending_before")]
        return {"object": "list", "data": rows[-limit:], "has_more": len(rows) > limit, "url": url}
    if params.get("starting_after"):
        rows = rows[_place(rows, params["starting_after"], "starting_after") + 1 :]
    return {"object": "list", "data": rows[:limit], "has_more": len(rows) > limit, "url": url}


def _is_wanted(item: Item, wanted: Item) -> bool:
    return all(value is None or item.get(name) == value for name, value in wanted.items())


def is_within(moment: int, range_: int | Item | None) -> bool:
    """`created=5` or `created[gte]=5`."""
    if range_ is None:
        return True
    if isinstance(range_, int):
        return moment == range_
    return all(_COMPARE[name](moment, value) for name, value in range_.items())


def _place(rows: list[Item], id_: str, param: str) -> int:
    for index, one in enumerate(rows):
        if one["id"] == id_:
            return index
    raise missing("object", id_, param=param)
