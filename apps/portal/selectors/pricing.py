"""The plans as the landing page states them: read from what is published, nothing written by hand."""

from typing import Any

from apps.credits.selectors import name_units
from apps.plans.models import PlanVersion, PriceRule
from apps.plans.selectors import Feature, has_feature, list_plan_versions, list_prices

# Allowances in the order of the main job; an action a plan does not name is not included in it.
ALLOWANCES = ("influencer_unlock", "post_analytics", "email_unlock")
FEATURES = (Feature.CAMPAIGNS, Feature.LISTS, Feature.EXPORT, Feature.TOPUPS)


def get_pricing() -> dict[str, Any]:
    """`plans` with `lines` [{text, included}], `discount` of annual billing in whole percent, `prices` of paid acts."""
    versions = list_plan_versions()
    return {
        "plans": [_describe(version) for version in versions],
        "discount": max((_annual_discount(version) for version in versions), default=0),
        "prices": [_price(rule) for rule in list_prices()],
    }


def _describe(version: PlanVersion) -> dict[str, Any]:
    return {
        "code": version.plan.code,
        "name": version.plan.name,
        "currency": version.currency,
        "month_cents": version.price_month_cents,
        "year_month_cents": version.price_year_cents // 12,
        "year_cents": version.price_year_cents,
        "is_paid": version.is_paid,
        "lines": [*_included(version), *_features(version)],
    }


def _included(version: PlanVersion) -> list[dict[str, Any]]:
    seats = f"{version.seats} seat" if version.seats == 1 else f"{version.seats} seats"
    lines = [{"text": seats, "included": True}]
    for action in ALLOWANCES:
        units = version.allowances.get(action, 0)
        text = f"{units:,} {name_units(action, units)} a month" if units else name_units(action, 2).capitalize()
        lines.append({"text": text, "included": bool(units)})
    if version.monthly_credits:
        lines.append({"text": f"{version.monthly_credits:,} credits a month", "included": True})
    return lines


def _features(version: PlanVersion) -> list[dict[str, Any]]:
    lines = [{"text": one.label.capitalize(), "included": has_feature(version, one)} for one in FEATURES]
    if version.topup_discount_percent and has_feature(version, Feature.TOPUPS):
        lines[-1]["text"] = f"Top-ups {version.topup_discount_percent} % cheaper"
    lines.append({"text": f"{version.get_support_display()} support", "included": True})
    return lines


def _annual_discount(version: PlanVersion) -> int:
    if not version.price_month_cents:
        return 0
    return round(100 * (1 - version.price_year_cents / (12 * version.price_month_cents)))


def _price(rule: PriceRule) -> dict[str, Any]:
    return {
        "label": rule.label,
        "credits": rule.credits,
        "paid_plan_credits": rule.paid_plan_credits,
        "free_per_period": rule.free_per_period,
    }
