"""Plans and prices as they are published now."""

from django.db.models import QuerySet
from django.utils import timezone

from apps.core.caching import Recent
from apps.core.trips import Ask, Row, Table, ask
from apps.plans.errors import PlanNotFound, PriceNotFound, TopupPackageNotFound
from apps.plans.models import PlanVersion, PriceRule, TopupPackage

RULES = Table(PriceRule)
# A published version never changes (the database sees to it); the name of its plan may, and is a minute late here.
_versions: Recent[PlanVersion] = Recent(size=1_000, seconds=60)


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


def find_version(version_id: int) -> PlanVersion:
    """A published version with its plan, remembered by this process: not to be changed."""
    version = _versions.find(version_id)
    if version is None:
        version = PlanVersion.objects.select_related("plan").get(pk=version_id)
        _versions.keep(version_id, version)
    return version


def forget_versions() -> None:
    """For processes that see several databases, as tests do."""
    _versions.clear()


def list_prices() -> list[PriceRule]:
    """The newest published rule of every paid action, by action."""
    return list(_published_rules().order_by("action", "-version").distinct("action"))


def get_price(action: str) -> PriceRule:
    """The newest published rule of an action; raises `PriceNotFound`."""
    rule = _published_rules().filter(action=action).order_by("-version").first()
    if rule is None:
        raise PriceNotFound(details={"action": action})
    return rule


def ask_price(action: str) -> Ask[PriceRule]:
    """`get_price` as a part of a larger question."""
    newest = "WHERE action = %s AND published_at <= %s ORDER BY version DESC LIMIT 1"

    def read(rows: list[Row]) -> PriceRule:
        if not rows:
            raise PriceNotFound(details={"action": action})
        return RULES.read(rows[0])

    return ask(read, RULES.select(newest, action, timezone.now()))


def list_topup_packages() -> list[TopupPackage]:
    """The newest published version of every top-up package, as they are shown."""
    newest = _published_packages().order_by("code", "-version").distinct("code")
    return sorted(newest, key=lambda package: (package.position, package.code))


def get_topup_package(code: str) -> TopupPackage:
    """The newest published version of a package; raises `TopupPackageNotFound`."""
    package = _published_packages().filter(code=code).order_by("-version").first()
    if package is None:
        raise TopupPackageNotFound(details={"package": code})
    return package


def get_topup_price(package: TopupPackage, plan_version: PlanVersion) -> int:
    """What a team on this plan version pays for the package, in cents: the plan's discount off, rounded down."""
    return package.price_cents * (100 - plan_version.topup_discount_percent) // 100


def _published_versions() -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(published_at__lte=timezone.now()).select_related("plan")


def _published_packages() -> QuerySet[TopupPackage]:
    return TopupPackage.objects.filter(published_at__lte=timezone.now())


def _published_rules() -> QuerySet[PriceRule]:
    return PriceRule.objects.filter(published_at__lte=timezone.now())
