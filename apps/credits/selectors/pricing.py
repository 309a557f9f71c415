"""The price list as the current team sees it."""

from typing import Any

from django.db import transaction

from apps.core.caching import cached, drop
from apps.plans.errors import PriceNotFound
from apps.plans.models import PlanVersion
from apps.plans.selectors import list_prices

from .caching import PRICES_SECONDS
from .prices import get_unit_credits, is_included
from .terms import read_terms

_KEY = "credits:prices"


def list_pricing() -> list[dict[str, Any]]:
    """`[{action, label, cost, your_cost, free_per_period, included}]` in order of action.

    The list prices are cached for an hour for all teams and dropped when a rule changes; a hold always reads the rule.
    """
    plan = read_terms().plan
    return [_describe(row, plan) for row in cached(_KEY, ttl=PRICES_SECONDS, make=_read_prices, stale_for=0)]


def get_pricing(action: str) -> dict[str, Any]:
    """One row of the price list; raises `PriceNotFound`."""
    for row in list_pricing():
        if row["action"] == action:
            return row
    raise PriceNotFound(details={"action": action})


def forget_prices(**_signal: Any) -> None:
    """Forget the cached prices when the transaction that changed a rule commits. Receives the rules' signals."""
    transaction.on_commit(lambda: drop(_KEY))


def _read_prices() -> list[dict[str, Any]]:
    return [
        {
            "action": price.action,
            "label": price.label,
            "credits": price.credits,
            "paid_plan_credits": price.paid_plan_credits,
            "free_per_period": price.free_per_period,
        }
        for price in list_prices()
    ]


def _describe(row: dict[str, Any], plan: PlanVersion) -> dict[str, Any]:
    return {
        "action": row["action"],
        "label": row["label"],
        "cost": row["credits"],
        "your_cost": get_unit_credits(row["credits"], row["paid_plan_credits"], plan=plan),
        "free_per_period": row["free_per_period"],
        "included": is_included(row["action"], plan=plan),
    }
