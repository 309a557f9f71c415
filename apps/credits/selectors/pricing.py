"""The price list as the current team sees it."""

import secrets
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
    return [describe_price(row, plan=plan) for row in list_price_rows()]


def get_pricing(action: str) -> dict[str, Any]:
    """One row of the price list; raises `PriceNotFound`."""
    for row in list_pricing():
        if row["action"] == action:
            return row
    raise PriceNotFound(details={"action": action})


def list_price_rows() -> list[dict[str, Any]]:
    """The published rules as cached plain rows: `{action, label, credits, paid_plan_credits, free_per_period}`."""
    rows: list[dict[str, Any]] = _read_list()["rows"]
    return rows


def get_labels() -> dict[str, str]:
    """What each priced action is called."""
    return {row["action"]: row["label"] for row in list_price_rows()}


def get_prices_token() -> str:
    """A name of the price list as it is now, for keys of what was computed from it."""
    token: str = _read_list()["token"]
    return token


def forget_prices(**_signal: Any) -> None:
    """Forget the cached prices when the transaction that changed a rule commits. Receives the rules' signals."""
    transaction.on_commit(lambda: drop(_KEY))


def _read_list() -> dict[str, Any]:
    return cached(_KEY, ttl=PRICES_SECONDS, make=_make_list, stale_for=0)


def _make_list() -> dict[str, Any]:
    return {"token": secrets.token_hex(8), "rows": _read_prices()}


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


def describe_price(row: dict[str, Any], *, plan: PlanVersion) -> dict[str, Any]:
    """A rule with the plan's own price beside the list price."""
    return {
        "action": row["action"],
        "label": row["label"],
        "cost": row["credits"],
        "your_cost": get_unit_credits(row["credits"], row["paid_plan_credits"], plan=plan),
        "free_per_period": row["free_per_period"],
        "included": is_included(row["action"], plan=plan),
    }
