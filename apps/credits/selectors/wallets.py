"""The wallet as a whole."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from apps.accounts.models import User
from apps.core.trips import Ask, Row, Statement, ask
from apps.credits.models import CREDITS, Grant, MemberCap, UsageCounter

from .allowances import ask_taken, describe_allowances
from .balances import read_funds_for_page, sum_balance
from .caching import WALLET_SECONDS, get_team_key, read_cached
from .ledger import list_activity
from .lots import drawing_order
from .pricing import get_prices_token
from .terms import name_latest, read_terms
from .usage import get_monthly_usage


def get_wallet_summary() -> dict[str, Any]:
    """Balance, plan, period, grants in drawing order, allowances and the units that were noticed as `low`; cached for
    half an hour or until a change. Two queries.
    """
    key = f"summary:{get_team_key()}:{get_prices_token()}"
    return read_cached(key, ttl=WALLET_SECONDS, make=_compute_summary, find_end=_find_end)


def get_dashboard() -> dict[str, Any]:
    """The wallet's summary with this month's use and the last ten things that happened. At most ten queries."""
    recent = list(list_activity()[:10])
    return get_wallet_summary() | {"usage": get_monthly_usage(month=read_terms().now), "recent": recent}


def get_member_limits(*, member: User) -> dict[str, Any]:
    """A member's limits and what he used of them in the current period."""
    terms = read_terms()
    counters = list(UsageCounter.objects.filter(period_start=terms.period.start, member=member))
    used = {counter.action: counter.units for counter in counters}
    used[CREDITS] = sum(counter.credits for counter in counters)
    limits = dict(MemberCap.objects.filter(member=member).values_list("unit", "limit"))
    return {
        "limits": limits,
        "used": {unit: used.get(unit, 0) for unit in limits},
        "period": {"start": terms.period.start, "end": terms.period.end},
    }


def _compute_summary() -> dict[str, Any]:
    terms, grants, taken, noticed = read_funds_for_page(ask_taken(), _ask_noticed())
    plan = {"code": terms.plan.plan.code, "name": terms.plan.plan.name, "monthly_credits": terms.plan.monthly_credits}
    return {
        **sum_balance(grants, held=terms.held),
        "plan": plan,
        "period": {"start": terms.period.start, "end": terms.period.end},
        "grants": _describe_grants(grants),
        "allowances": describe_allowances(terms, grants=grants, taken=taken),
        "low": sorted({unit for start, unit in noticed if start == terms.period.start}),
    }


def _ask_noticed() -> Ask[list[Row]]:
    """Of which units little was left, by period; what was lifted since is not among them."""
    sql = f"SELECT period_start, unit FROM credits_lownotice WHERE cleared_at IS NULL AND {name_latest()}"  # noqa: S608
    return ask(list, Statement(sql))


def _find_end(summary: dict[str, Any]) -> datetime | None:
    return min((grant["expires_at"] for grant in summary["grants"] if grant["expires_at"]), default=None)


def _describe_grants(grants: Iterable[Grant]) -> list[dict[str, Any]]:
    return [
        {
            "id": grant.pk if grant.pk > 0 else None,
            "unit": grant.unit,
            "origin": grant.origin,
            "label": grant.get_origin_display(),
            "amount": grant.amount,
            "remaining": grant.remaining,
            "held": grant.held,
            "effective_at": grant.effective_at,
            "expires_at": grant.expires_at,
        }
        for grant in sorted(grants, key=drawing_order)
        if grant.remaining
    ]
