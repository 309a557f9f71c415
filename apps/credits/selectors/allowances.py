"""What the plan includes in the current period and what is left of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Sum

from apps.credits.models import Grant, Hold, HoldDraw, UsageCounter

from .drawing import Source
from .funds import read_funds
from .pricing import describe_price, list_price_rows
from .terms import Terms


def get_allowances() -> dict[str, Any]:
    """The current billing period and what it includes per paid action, as `describe_allowances` has it."""
    terms, grants = read_funds()
    rows = describe_allowances(terms, grants=grants)
    return {"period": {"start": terms.period.start, "end": terms.period.end}, "results": rows}


def describe_allowances(terms: Terms, *, grants: Iterable[Grant]) -> list[dict[str, Any]]:
    """Per paid action `{action, label, included, allowance, free, bought, cost, your_cost}`. Two queries.

    `allowance` and `free` are `{limit, used, held, remaining}`; what is under way counts as held, not as used. An
    action that the plan does not include at all has `included: false`.
    """
    used, held, bought = _sum_counters(terms), _sum_held(terms), _sum_bought(grants)
    rows = []
    for row in list_price_rows():
        price = describe_price(row, plan=terms.plan)
        action, free = price["action"], price.pop("free_per_period")
        counted = used.get(action, {})
        allowance = {
            "limit": terms.plan.allowances.get(action, 0),
            "counted": counted.get("allowance_units", 0),
            "held": held.get((action, Source.ALLOWANCE), 0),
        }
        free_units = {
            "limit": free,
            "counted": counted.get("free_units", 0),
            "held": held.get((action, Source.FREE), 0),
        }
        counts = {"allowance": _describe(**allowance), "free": _describe(**free_units), "bought": bought[action]}
        rows.append(price | counts)
    return rows


def _describe(*, limit: int, counted: int, held: int) -> dict[str, int]:
    return {"limit": limit, "used": counted - held, "held": held, "remaining": max(0, limit - counted)}


def _sum_counters(terms: Terms) -> dict[str, Mapping[str, Any]]:
    counters = UsageCounter.objects.filter(period_start=terms.period.start).order_by().values("action")
    sums = counters.annotate(allowance_units=Sum("allowance_units"), free_units=Sum("free_units"))
    return {row["action"]: row for row in sums}


def _sum_held(terms: Terms) -> dict[tuple[str, str], int]:
    lines = HoldDraw.objects.filter(hold__state=Hold.State.HELD, hold__period_start=terms.period.start)
    sums = lines.order_by().values_list("hold__action", "source").annotate(total=Sum("units"))
    return {(action, source): total for action, source, total in sums}


def _sum_bought(grants: Iterable[Grant]) -> Counter[str]:
    bought: Counter[str] = Counter()
    for grant in grants:
        bought[grant.unit] += grant.free
    return bought
