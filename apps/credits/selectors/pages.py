"""The wallet in the words of its page."""

from datetime import date
from typing import Any

from django.utils import timezone

from apps.credits.models import CREDITS

from .charts import make_series
from .entries import ORIGINS
from .pricing import get_labels
from .usage import get_monthly_usage
from .wallets import get_wallet_summary


def get_wallet_page() -> dict[str, Any]:
    """Balance by grant, allowances as bars and this month's chart."""
    summary = get_wallet_summary()
    usage = get_monthly_usage(month=timezone.now())
    return {
        "summary": summary,
        "grants": [_describe_grant(grant) for grant in summary["grants"]],
        "allowances": [_describe_allowance(row) for row in summary["allowances"] if row["included"]],
        "usage": usage,
        "chart": _describe_chart(usage),
    }


def _describe_grant(grant: dict[str, Any]) -> dict[str, Any]:
    unit = "" if grant["unit"] == CREDITS else get_labels().get(grant["unit"], grant["unit"])
    return grant | {"label": ORIGINS[grant["origin"]], "unit": unit}


def _describe_allowance(row: dict[str, Any]) -> dict[str, Any]:
    """The plan's allowance, or, where there is none, the free units; then what a further unit costs."""
    counted = row["allowance"] if row["allowance"]["limit"] else row["free"]
    return {
        "label": row["label"],
        "is_free": not row["allowance"]["limit"],
        "bought": row["bought"],
        "cost": row["your_cost"],
        "taken": counted["used"] + counted["held"],
        **counted,
    }


def _describe_chart(usage: dict[str, Any]) -> dict[str, Any] | None:
    """Units per day of the month so far, by action, for the chart `usage`; None when nothing was used."""
    if not usage["units"]:
        return None
    today = timezone.now().date()
    days = [day for day in usage["by_day"] if date.fromisoformat(day["date"]) <= today]
    labels = [f"{date.fromisoformat(day['date']):%-d %b}" for day in days]
    return {"labels": labels, "unit": "", "series": make_series(days, ranked=usage["by_action"], measure="units")}
