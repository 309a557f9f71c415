"""What the plan includes in the current period and what is left of it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, Sum

from apps.credits.models import Grant, Hold, HoldDraw, UsageCounter
from apps.plans.selectors import list_prices

from .drawing import Source
from .funds import is_expired
from .prices import get_unit_credits, is_included
from .terms import Terms, read_terms


def get_allowances() -> dict[str, Any]:
    """The period and, per paid action, `{action, label, included, allowance, free, bought, cost, your_cost}`.

    `allowance` and `free` are `{limit, used, held, remaining}`; what is under way counts as held, not as used. Members
    of a plan that does not include an action see `included: false`. Five queries.
    """
    terms = read_terms()
    used = _sum_counters(terms)
    held = _sum_held(terms)
    bought = _sum_bought(terms)
    rows = []
    for price in list_prices():
        action = price.action
        counted, open_units = used.get(action, {}), held.get(action, {})
        limits = {Source.ALLOWANCE: terms.plan.allowances.get(action, 0), Source.FREE: price.free_per_period}
        rows.append(
            {
                "action": action,
                "label": price.label,
                "included": is_included(action, plan=terms.plan),
                "allowance": _describe(
                    limits[Source.ALLOWANCE], counted.get("allowance_units", 0), open_units, "allowance"
                ),
                "free": _describe(limits[Source.FREE], counted.get("free_units", 0), open_units, "free"),
                "bought": bought.get(action, 0),
                "cost": price.credits,
                "your_cost": get_unit_credits(price.credits, price.paid_plan_credits, plan=terms.plan),
            }
        )
    return {"period": {"start": terms.period.start, "end": terms.period.end}, "results": rows}


def _describe(limit: int, counted: int, open_units: dict[str, int], source: str) -> dict[str, int]:
    held = open_units.get(source, 0)
    return {"limit": limit, "used": counted - held, "held": held, "remaining": max(0, limit - counted)}


def _sum_counters(terms: Terms) -> dict[str, Mapping[str, Any]]:
    counters = UsageCounter.objects.filter(period_start=terms.period.start).order_by().values("action")
    sums = counters.annotate(allowance_units=Sum("allowance_units"), free_units=Sum("free_units"))
    return {row["action"]: row for row in sums}


def _sum_held(terms: Terms) -> dict[str, dict[str, int]]:
    lines = HoldDraw.objects.filter(hold__state=Hold.State.HELD, hold__period_start=terms.period.start)
    sums = lines.order_by().values_list("hold__action", "source").annotate(total=Sum("units"))
    held: dict[str, dict[str, int]] = {}
    for action, source, total in sums:
        held.setdefault(action, {})[source] = total
    return held


def _sum_bought(terms: Terms) -> dict[str, int]:
    bought: dict[str, int] = {}
    for grant in Grant.objects.filter(Q(remaining__gt=0), ~Q(unit="credits")):
        if not is_expired(grant, at=terms.now):
            bought[grant.unit] = bought.get(grant.unit, 0) + grant.free
    return bought
