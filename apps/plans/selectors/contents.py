"""What a version may say: a name that nothing knows would be sold or promised, and open nothing."""

import re

from apps.plans.models import Plan, PlanVersion, PriceRule, TopupPackage

from .features import Feature, find_action_feature

# The unit of the wallet itself, beside those of the actions (apps.credits).
CREDITS = "credits"
Faults = dict[str, list[str]]
_CURRENCY = re.compile("[A-Z]{3}")
_MOST = 2_000_000_000
_MOST_DISCOUNT = 99


def list_actions() -> list[str]:
    """The codes of everything that has a price, published or drafted."""
    return list(PriceRule.objects.order_by("action").values_list("action", flat=True).distinct())


def find_faults(row: PlanVersion | PriceRule | TopupPackage) -> Faults:
    """What is wrong with a version, by field, in words; nothing where it can be published."""
    if isinstance(row, PlanVersion):
        contents = {"allowances": _check_allowances(row), "features": _check_features(row)}
        return _without_empty({"currency": _check_currency(row), **_check_numbers(row), **contents})
    if isinstance(row, TopupPackage):
        return _without_empty({"currency": _check_currency(row), "unit": _check_unit(row)})
    return {}


def _check_currency(row: PlanVersion | TopupPackage) -> list[str]:
    """Answers of the provider name it in capitals: what was ordered in another spelling never matches its payment."""
    return [] if _CURRENCY.fullmatch(row.currency or "") else ["Three capital letters, like USD."]


def _check_numbers(row: PlanVersion) -> Faults:
    month, year = row.price_month_cents or 0, row.price_year_cents or 0
    is_free = row.plan.code == Plan.Code.FREE
    return {
        "price_month_cents": ["Free costs nothing."] if is_free and month else [],
        "price_year_cents": ["A price by the month and by the year, or neither."] if bool(month) != bool(year) else [],
        "seats": [] if row.seats else ["At least 1, the owner's."],
        "topup_discount_percent": ["At most 99."] if (row.topup_discount_percent or 0) > _MOST_DISCOUNT else [],
    }


def _check_allowances(row: PlanVersion) -> list[str]:
    if not isinstance(row.allowances, dict):
        return ["An object of actions and whole numbers, like {“influencer_unlock”: 500}."]
    actions = list_actions()
    faults = [_name_unknown("action", name, actions) for name in row.allowances if name not in actions]
    faults += [
        f"“{name}”: a whole number of 0 or more." for name, units in row.allowances.items() if not _is_count(units)
    ]
    return faults


def _check_features(row: PlanVersion) -> list[str]:
    if not isinstance(row.features, list):
        return ["A list of features, like [“lists”, “export”]."]
    faults = [_name_unknown("feature", name, Feature.values) for name in row.features if name not in Feature.values]
    allowances = row.allowances if isinstance(row.allowances, dict) else {}
    for action, units in allowances.items():
        feature = find_action_feature(action)
        if feature and units and feature not in row.features:
            faults.append(f"“{feature}” is missing: without it nobody can use the allowance of {feature.label}.")
    return faults


def _check_unit(row: TopupPackage) -> list[str]:
    units = [CREDITS, *list_actions()]
    return [] if row.unit in units else [_name_unknown("unit", row.unit, units)]


def _name_unknown(kind: str, name: object, known: list[str]) -> str:
    return f"There is no {kind} “{name}”. There are: {', '.join(known)}."


def _is_count(units: object) -> bool:
    return isinstance(units, int) and not isinstance(units, bool) and 0 <= units <= _MOST


def _without_empty(faults: Faults) -> Faults:
    return {name: found for name, found in faults.items() if found}
