"""What a team could buy, at its own prices."""

from dataclasses import dataclass
from typing import Any

from apps.plans.models import PlanVersion, TopupPackage
from apps.plans.selectors import get_topup_price, list_plan_versions, list_topup_packages
from apps.teams.models import Team


@dataclass(frozen=True)
class PackageForSale:
    """A top-up package with the team's own price beside the standard one."""

    package: TopupPackage
    price_cents: int

    @property
    def code(self) -> str:
        return self.package.code

    @property
    def label(self) -> str:
        return self.package.label

    @property
    def unit(self) -> str:
        return self.package.unit

    @property
    def quantity(self) -> int:
        return self.package.quantity

    @property
    def currency(self) -> str:
        return self.package.currency

    @property
    def list_price_cents(self) -> int:
        return self.package.price_cents


def list_packages_for_sale(team: Team) -> list[PackageForSale]:
    """Every package that is sold now, as shown; the price is what this team's plan pays."""
    version = team.plan_version
    return [PackageForSale(one, get_topup_price(one, version)) for one in list_topup_packages()]


def list_plans_for_sale(team: Team) -> list[dict[str, Any]]:
    """Every plan's newest version, cheapest first; `is_current` marks the team's own plan."""
    return [_describe(one, team) for one in list_plan_versions()]


def _describe(version: PlanVersion, team: Team) -> dict[str, Any]:
    return {
        "code": version.plan.code,
        "name": version.plan.name,
        "version": version.number,
        "currency": version.currency,
        "price_month_cents": version.price_month_cents,
        "price_year_cents": version.price_year_cents,
        "seats": version.seats,
        "monthly_credits": version.monthly_credits,
        "allowances": version.allowances,
        "features": version.features,
        "support": version.support,
        "topup_discount_percent": version.topup_discount_percent,
        "is_current": version.plan_id == team.plan_version.plan_id,
    }
