"""The revenue page in one piece: cards, charts, tables and what each number means."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.template.defaultfilters import pluralize

from apps.billing.selectors import DEFINITIONS, CurrencyRevenue, Revenue, get_revenue
from apps.core.money import to_whole
from apps.credits.selectors import name_units

SPANS = (12, 24, 36)
NOTHING = "–"


def get_revenue_page(*, currency: str | None, months: int) -> dict[str, Any]:
    """The template's context for one currency; a code that nobody pays in shows the first one."""
    revenue = get_revenue(months=months)
    codes = [one.currency for one in revenue.currencies]
    shown = revenue.get_currency(currency if currency in codes else None)
    return {
        "shown": shown,
        "codes": codes or [shown.currency],
        "spans": SPANS,
        "months": months,
        "cards": _cards(shown, revenue),
        "charts": _charts(shown),
        "tables": [_recurring(shown), _once(shown, revenue)],
        "counted_at": revenue.outstanding_counted_at,
        "definitions": DEFINITIONS,
    }


def _cards(shown: CurrencyRevenue, revenue: Revenue) -> list[dict[str, str]]:
    now, money = shown.now, _writes(shown)
    credits = next((one for one in revenue.outstanding if one.unit == "credits"), None)
    others = [f"{one.now:,} {name_units(one.unit, one.now)}" for one in revenue.outstanding if one.unit != "credits"]
    return [
        _card("MRR", money(now.mrr_cents), f"{now.teams_end:,} paying team{pluralize(now.teams_end)}"),
        _card("ARR", money(now.arr_cents), "twelve times the MRR"),
        _card("ARPA", money(now.arpa_cents), "MRR by paying team"),
        _card("Net new MRR this month", money(now.net_new_mrr_cents, signed=True), _movements(shown)),
        _card("Churn rate this month", _share(now.churn_rate), f"{now.teams_lost:,} of {now.teams_start:,} teams"),
        _card("Top-ups this month", money(now.topup_revenue_cents), f"{now.topups_sold:,} paid"),
        _card("Refunds this month", money(now.refunds_cents), "plans and top-ups"),
        _card("Credits outstanding", f"{credits.now:,}" if credits else NOTHING, " · ".join(others) or "all teams"),
    ]


def _card(title: str, value: str, footer: str) -> dict[str, str]:
    return {"title": title, "value": value, "footer": footer}


def _movements(shown: CurrencyRevenue) -> str:
    now, money = shown.now, _writes(shown)
    gained = now.new_mrr_cents + now.expansion_mrr_cents + now.reactivated_mrr_cents
    return f"{money(gained)} won, {money(now.contraction_mrr_cents + now.churned_mrr_cents)} lost"


def _charts(shown: CurrencyRevenue) -> list[dict[str, str]]:
    months = shown.months
    lost = {
        "Contraction": [-one.contraction_mrr_cents for one in months],
        "Churned": [-one.churned_mrr_cents for one in months],
    }
    moved = {
        "New": [one.new_mrr_cents for one in months],
        "Expansion": [one.expansion_mrr_cents for one in months],
        "Reactivated": [one.reactivated_mrr_cents for one in months],
        **lost,
    }
    sold = {
        "Top-ups": [one.topup_revenue_cents for one in months],
        "Refunds": [-one.refunds_cents for one in months],
    }
    mrr = {"MRR": [one.mrr_cents for one in months]}
    return [
        _chart("MRR at the end of each month", shown, mrr, kind="line"),
        _chart("How MRR changed", shown, moved),
        _chart("Top-ups and refunds", shown, sold),
    ]


_COLOURS = {
    "MRR": "var(--color-primary-600)",
    "New": "var(--color-primary-600)",
    "Expansion": "var(--color-primary-400)",
    "Reactivated": "var(--color-primary-300)",
    "Contraction": "#f59e0b",
    "Churned": "#dc2626",
    "Top-ups": "var(--color-primary-600)",
    "Refunds": "#dc2626",
}
_OPTIONS = {
    "animation": False,
    "responsive": True,
    "maintainAspectRatio": False,
    "barPercentage": 0.7,
    "plugins": {
        "legend": {"align": "end", "position": "top", "labels": {"boxHeight": 8, "boxWidth": 8, "color": "#9ca3af"}}
    },
    "scales": {
        "x": {"stacked": True, "grid": {"display": False}, "ticks": {"color": "#9ca3af"}},
        "y": {"stacked": True, "grid": {"color": "#d1d5db"}, "ticks": {"color": "#9ca3af"}},
    },
}


def _chart(title: str, shown: CurrencyRevenue, series: dict[str, list[int]], *, kind: str = "bar") -> dict[str, str]:
    """As unfold's own charts: Chart.js reads both attributes. Whole amounts of the currency, as the axis says."""
    datasets = [
        {
            "label": f"{name} ({shown.currency})",
            "data": [float(to_whole(cents, shown.currency)) for cents in cents_by_month],
            "backgroundColor": _COLOURS[name],
            "borderColor": _COLOURS[name],
        }
        for name, cents_by_month in series.items()
    ]
    data = {"labels": [f"{one.month:%b %Y}" for one in shown.months], "datasets": datasets}
    return {"title": title, "type": kind, "data": json.dumps(data), "options": json.dumps(_OPTIONS)}


def _recurring(shown: CurrencyRevenue) -> dict[str, Any]:
    money = _writes(shown)
    headers = ["Month", "MRR", "New", "Expansion", "Contraction", "Churned", "Reactivated", "Teams", "Won", "Lost",
               "Churn rate", "MRR churn", "ARPA"]  # fmt: skip
    rows = [
        [
            f"{one.month:%Y-%m}",
            money(one.mrr_cents),
            money(one.new_mrr_cents),
            money(one.expansion_mrr_cents),
            money(one.contraction_mrr_cents),
            money(one.churned_mrr_cents),
            money(one.reactivated_mrr_cents),
            f"{one.teams_end:,}",
            f"{one.teams_won:,}",
            f"{one.teams_lost:,}",
            _share(one.churn_rate),
            _share(one.mrr_churn_rate),
            money(one.arpa_cents),
        ]
        for one in reversed(shown.months)
    ]
    return {"title": f"Recurring revenue in {shown.currency}", "table": {"headers": headers, "rows": rows}}


def _once(shown: CurrencyRevenue, revenue: Revenue) -> dict[str, Any]:
    units, money = [one.unit for one in revenue.outstanding], _writes(shown)
    headers = ["Month", "Top-up revenue", "Top-ups paid", "Top-ups ordered", "Conversion", "Refunds of top-ups",
               "Refunds of plans", *(f"{name_units(unit, 2)} outstanding" for unit in units)]  # fmt: skip
    rows = [
        [
            f"{one.month:%Y-%m}",
            money(one.topup_revenue_cents),
            f"{one.topups_sold:,}",
            f"{one.topups_begun:,}",
            _share(one.topup_conversion),
            money(one.topup_refunds_cents),
            money(one.plan_refunds_cents),
            *left,
        ]
        for one, left in zip(reversed(shown.months), _list_outstanding(revenue), strict=True)
    ]
    return {"title": "Top-ups, refunds and what teams have left", "table": {"headers": headers, "rows": rows}}


def _list_outstanding(revenue: Revenue) -> Iterable[Sequence[str]]:
    """For each month, the latest first, what was left of each unit."""
    columns = [reversed(one.months) for one in revenue.outstanding]
    if not columns:
        return [[] for _ in revenue.months]
    return [[f"{left:,}" for left in row] for row in zip(*columns, strict=True)]


def _writes(shown: CurrencyRevenue) -> Callable[..., str]:
    """How amounts of the currency are written; the currency itself stands in the headings."""
    return partial(_money, currency=shown.currency)


def _money(cents: int | None, *, currency: str, signed: bool = False) -> str:
    if cents is None:
        return NOTHING
    whole = to_whole(cents, currency)
    return f"{whole:+,f}" if signed else f"{whole:,f}"


def _share(share: float | None) -> str:
    return NOTHING if share is None else f"{share * 100:.2f} %"
