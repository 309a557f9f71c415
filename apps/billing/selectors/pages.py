"""What the pages of plan and payments show, in one piece each."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from apps.billing.gateways import is_configured
from apps.billing.models import Invoice
from apps.core.countries import name_country
from apps.credits.selectors import get_allowances, name_units
from apps.plans.selectors import Feature
from apps.teams.models import Membership, Team
from apps.teams.selectors import has_team_feature

from .catalogue import PackageForSale, list_packages_for_sale, list_plans_for_sale
from .overview import get_billing_details, get_overview
from .papers import find_due_invoice, list_invoices, list_topups

SHOWN_PAPERS = 12
# What Stripe gives as the reason of a plan's invoice.
_REASONS = {
    "subscription_create": "Plan, first period",
    "subscription_cycle": "Plan, next period",
    "subscription_update": "Change of plan",
    "manual": "Plan, paid by transfer",
}


def get_billing_page(team: Team, *, page: str | None = None) -> dict[str, Any]:
    """`overview`, `plans` at their prices, `allowances` of the period, `details`, and a page of the `invoices`."""
    overview = get_overview(team)
    details = get_billing_details(team)
    return {
        "overview": overview,
        "plans": [_price(plan, team=team) for plan in list_plans_for_sale(overview.team)],
        "allowances": _list_allowances(),
        "details": details,
        "address": _list_address(details.address),
        "due": None if overview.state == Team.BillingState.CURRENT else find_due_invoice(team),
        "invoices": _turn(list_invoices(team), page, describe=describe_invoice),
    }


def get_topups_page(team: Team, *, page: str | None = None) -> dict[str, Any]:
    """`groups` of packages by what they bring, whether the plan `may_buy` them, and a page of the `orders`."""
    overview = get_overview(team)
    version = overview.plan_version
    return {
        "overview": overview,
        "may_buy": has_team_feature(overview.team, Feature.TOPUPS),
        "is_open": is_configured(),
        "discount": version.topup_discount_percent,
        "groups": _group(list_packages_for_sale(overview.team)),
        "orders": _turn(list_topups(team), page),
    }


def describe_invoice(invoice: Invoice) -> dict[str, Any]:
    """An invoice with `what` it was for in a few words, and whether all of it went back."""
    lines = [line["description"] for line in invoice.lines if line.get("description")]
    what = lines[0] if lines else ""
    if invoice.subscription_id is not None:
        what = _REASONS.get(invoice.reason, "Plan")
    return {
        "row": invoice,
        "what": what,
        "is_refunded": 0 < invoice.total_cents <= invoice.refunded_cents,
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


def _turn(rows: QuerySet[Any], number: str | None, *, describe: Callable[[Any], Any] | None = None) -> Page[Any]:
    """A page of papers, the newest first; what is no page is the nearest there is."""
    page = Paginator(rows, SHOWN_PAPERS).get_page(number)
    page.object_list = [describe(row) if describe else row for row in page.object_list]
    return page


def _list_address(address: dict[str, str]) -> list[str]:
    """The lines of an address as they stand on a letter."""
    place = " ".join(filter(None, [address.get("postal_code"), address.get("city")]))
    lines = [address.get("line1"), address.get("line2"), place, address.get("state")]
    country = address.get("country")
    return [line for line in [*lines, name_country(country) if country else ""] if line]


def _list_allowances() -> dict[str, Any]:
    found = get_allowances()
    rows = [row for row in found["results"] if row["included"] and row["allowance"]["limit"]]
    return {"period": found["period"], "rows": rows}


def _group(packages: Iterable[PackageForSale]) -> list[dict[str, Any]]:
    groups: dict[str, list[PackageForSale]] = {}
    for package in packages:
        groups.setdefault(package.unit, []).append(package)
    return [{"unit": unit, "name": name_units(unit, 2), "packages": found} for unit, found in groups.items()]
