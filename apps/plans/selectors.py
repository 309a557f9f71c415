"""Plans and prices as they are published now."""

from django.db.models import QuerySet
from django.utils import timezone

from .errors import PlanFeatureNotIncluded, PlanNotFound, PriceNotFound
from .models import PlanVersion, PriceRule


def list_plan_versions() -> list[PlanVersion]:
    """The newest published version of every plan, cheapest plan first."""
    versions = (
        _published_versions().order_by("plan__position", "plan_id", "-number").distinct("plan__position", "plan_id")
    )
    return list(versions)


def get_plan_version(code: str) -> PlanVersion:
    """The newest published version of a plan; raises `PlanNotFound`."""
    version = _published_versions().filter(plan__code=code).order_by("-number").first()
    if version is None:
        raise PlanNotFound(details={"plan": code})
    return version


def list_prices() -> list[PriceRule]:
    """The newest published rule of every paid action, by action."""
    return list(_published_rules().order_by("action", "-version").distinct("action"))


def get_price(action: str) -> PriceRule:
    """The newest published rule of an action; raises `PriceNotFound`."""
    rule = _published_rules().filter(action=action).order_by("-version").first()
    if rule is None:
        raise PriceNotFound(details={"action": action})
    return rule


def has_feature(plan_version: PlanVersion, feature: str) -> bool:
    return feature in plan_version.features


def require_feature(plan_version: PlanVersion, feature: str) -> None:
    """Raise `PlanFeatureNotIncluded` unless the plan includes the feature."""
    if not has_feature(plan_version, feature):
        raise PlanFeatureNotIncluded(details={"feature": feature, "plan": plan_version.plan.code})


def _published_versions() -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(published_at__lte=timezone.now()).select_related("plan")


def _published_rules() -> QuerySet[PriceRule]:
    return PriceRule.objects.filter(published_at__lte=timezone.now())
