"""Spending in the words and shapes of its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .charts import make_series
from .spending import get_span, get_spending

SPANS = {6: "6 months", 12: "12 months", 3: "3 months", 1: "This month"}
MEASURES = {"units": "Paid acts", "credits": "Credits"}
NOBODY = "API and system"


@dataclass(frozen=True)
class SpendingQuery:
    """What the form asks for: the last so many calendar months, this one included, and what is counted."""

    months: int = 6
    measure: str = "units"


def read_spending_query(given: Mapping[str, str]) -> SpendingQuery:
    """The form's values; what is not understood is the default."""
    months = {str(number): number for number in SPANS}
    measure = given.get("measure", "")
    return SpendingQuery(
        months=months.get(given.get("months", ""), SpendingQuery.months),
        measure=measure if measure in MEASURES else SpendingQuery.measure,
    )


def get_spending_page(query: SpendingQuery) -> dict[str, Any]:
    """The sums of the span, with the charts by month, action and member, and what the form shows."""
    span = get_span(months=query.months)
    found = get_spending(since=span.start, until=span.end)
    members = [row | {"label": row["member"]["name"] if row["member"] else NOBODY} for row in found["by_member"]]
    return {
        "query": query,
        "spans": [{"code": code, "label": label} for code, label in SPANS.items()],
        "measures": [{"code": code, "label": label} for code, label in MEASURES.items()],
        "unit": "credits" if query.measure == "credits" else "",
        "units": found["units"],
        "credits": found["credits"],
        "months": [row | {"label": _name_month(row["month"])} for row in found["by_month"]],
        "actions": found["by_action"],
        "members": members,
        "month_chart": _chart_months(found, query),
        "action_chart": _chart_rows(found["by_action"], query),
        "member_chart": _chart_rows(members, query),
    }


def _chart_months(found: dict[str, Any], query: SpendingQuery) -> dict[str, Any]:
    """Stacked bars by month and action; the same actions share a colour only within one chart."""
    return {
        "labels": [_name_month(row["month"]) for row in found["by_month"]],
        "unit": "credits" if query.measure == "credits" else "",
        "series": make_series(found["by_month"], ranked=found["by_action"], measure=query.measure),
    }


def _chart_rows(rows: list[dict[str, Any]], query: SpendingQuery) -> dict[str, Any]:
    ranked = sorted(rows, key=lambda row: -row[query.measure])
    return {
        "unit": "credits" if query.measure == "credits" else "",
        "rows": [{"label": row["label"], "value": row[query.measure]} for row in ranked],
    }


def _name_month(month: str) -> str:
    return f"{datetime.strptime(month, '%Y-%m').replace(tzinfo=UTC):%b %Y}"
