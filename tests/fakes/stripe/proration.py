"""What a change in mid-period costs: unused time is given back by the second, remaining time is charged by it."""

from dataclasses import dataclass, field

from .clock import next_boundary, say_day
from .invoices import full_line, new_line
from .items import amount_of, interval_of, period_of, with_period
from .world import Item, World, cents


@dataclass
class Change:
    """A subscription after a change of items, and the lines that settle it. `resets`: a new period begins now."""

    items: list[Item]
    anchor: int
    start: int
    end: int
    resets: bool
    lines: list[Item] = field(default_factory=list)


def plan_change(
    world: World, subscription: Item, items: list[Item], *, at: int, prorate: bool = True, reset: bool = False
) -> Change:
    """How `subscription` goes on with `items` from `at`. Another rhythm (month, year) begins a period at once."""
    old = subscription["items"]["data"]
    start, end = period_of(subscription)
    interval, count, _currency = interval_of(items)
    if reset or (interval, count) != interval_of(old)[:2]:
        new_end = next_boundary(at, interval, count, after=at)
        change = Change(with_period(items, at, new_end), at, at, new_end, resets=True)
        credits_ = [_unused(world, subscription, one, at) for one in old] if prorate else []
        change.lines = credits_ + [full_line(world, subscription, one, at, new_end) for one in items]
        return change
    change = Change(with_period(items, start, end), subscription["billing_cycle_anchor"], start, end, resets=False)
    if prorate:
        change.lines = _prorated(world, subscription, old, change.items, at)
    return change


def _prorated(world: World, subscription: Item, old: list[Item], new: list[Item], at: int) -> list[Item]:
    before = {one["id"]: one for one in old}
    after = {one["id"]: one for one in new}
    lines = []
    for id_ in {**before, **after}:
        was, becomes = before.get(id_), after.get(id_)
        if was and becomes and _terms(was) == _terms(becomes):
            continue
        if was:
            lines.append(_unused(world, subscription, was, at))
        if becomes:
            lines.append(_remaining(world, subscription, becomes, at))
    return lines


def _terms(item: Item) -> tuple[str, int]:
    return item["price"]["id"], item["quantity"]


def _unused(world: World, subscription: Item, item: Item, at: int) -> Item:
    start, end = period_of(subscription)
    amount = -cents(amount_of(item), max(0, end - at), end - start)
    return _line(world, subscription, item, amount, "Unused time on", at, end)


def _remaining(world: World, subscription: Item, item: Item, at: int) -> Item:
    start, end = period_of(subscription)
    amount = cents(amount_of(item), max(0, end - at), end - start)
    return _line(world, subscription, item, amount, "Remaining time on", at, end)


def _line(world: World, subscription: Item, item: Item, amount: int, what: str, at: int, end: int) -> Item:
    times = f"{item['quantity']} × " if item["quantity"] != 1 else ""
    name = world.items[item["price"]["product"]]["name"]
    return new_line(
        item["price"], amount=amount, quantity=item["quantity"],
        description=f"{what} {times}{name} after {say_day(at)}",
        period=(at, end), subscription=subscription["id"], item=item["id"], proration=True,
    )  # fmt: skip
