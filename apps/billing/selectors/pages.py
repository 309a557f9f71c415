"""What the pages of plan and payments show, in one piece each."""

from collections.abc import Iterable
from typing import Any

from apps.billing.gateways import is_configured
from apps.credits.selectors import get_allowances, name_units
from apps.plans.selectors import Feature
from apps.teams.models import Membership, Team
from apps.teams.selectors import has_team_feature

from .catalogue import PackageForSale, list_packages_for_sale, list_plans_for_sale
from .overview import get_billing_details, get_overview
from .papers import list_invoices, list_topups

SHOWN_PAPERS = 12


def get_billing_page(team: Team) -> dict[str, Any]:
    """`overview`, `plans` at their prices, `allowances` of the period, `details` and the newest `invoices`."""
    overview = get_overview(team)
    return {
        "overview": overview,
        "plans": [_price(plan, team=team) for plan in list_plans_for_sale(overview.team)],
        "allowances": _list_allowances(),
        "details": get_billing_details(team),
        "invoices": list(list_invoices(team)[:SHOWN_PAPERS]),
    }


def get_topups_page(team: Team) -> dict[str, Any]:
    """`groups` of packages by what they bring, whether the plan `may_buy` them, and the newest `orders`."""
    overview = get_overview(team)
    version = overview.plan_version
    return {
        "overview": overview,
        "may_buy": has_team_feature(overview.team, Feature.TOPUPS),
        "is_open": is_configured(),
        "discount": version.topup_discount_percent,
        "groups": _group(list_packages_for_sale(overview.team)),
        "orders": list(list_topups(team)[:SHOWN_PAPERS]),
    }


def list_seat_choices(team: Team) -> list[Membership]:
    """The active members beside the owner, who always stays, longest in the team first."""
    members = Membership.objects.filter(team=team, state=Membership.State.ACTIVE).exclude(role=Membership.Role.OWNER)
    return list(members.select_related("user").order_by("created_at", "id"))


def _price(plan: dict[str, Any], *, team: Team) -> dict[str, Any]:
    """A plan with its annual price by the month, and how it compares with the team's own."""
    own = team.plan_version.price_month_cents
    return plan | {
        "is_paid": plan["price_month_cents"] > 0,
        "is_larger": plan["price_month_cents"] > own,
        "year_month_cents": plan["price_year_cents"] // 12,
    }


def _list_allowances() -> dict[str, Any]:
    found = get_allowances()
    rows = [row for row in found["results"] if row["included"] and row["allowance"]["limit"]]
    return {"period": found["period"], "rows": rows}


def _group(packages: Iterable[PackageForSale]) -> list[dict[str, Any]]:
    groups: dict[str, list[PackageForSale]] = {}
    for package in packages:
        groups.setdefault(package.unit, []).append(package)
    return [{"unit": unit, "name": name_units(unit, 2), "packages": found} for unit, found in groups.items()]
