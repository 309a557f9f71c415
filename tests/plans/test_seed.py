"""The plans and prices that the product starts with, cell by cell (DESIGN section 6)."""

import pytest

from apps.plans.errors import PlanFeatureNotIncluded, PlanNotFound, PriceNotFound, TopupPackageNotFound
from apps.plans.models import PlanVersion, PriceRule, TopupPackage
from apps.plans.selectors import (
    get_plan_version,
    get_price,
    get_topup_package,
    get_topup_price,
    has_feature,
    list_plan_versions,
    list_prices,
    list_topup_packages,
    require_feature,
)

pytestmark = pytest.mark.django_db
PAID = ["campaigns", "email_unlock", "export", "lists", "post_analytics", "topups"]


@pytest.mark.parametrize(
    ("code", "month", "year", "seats", "credits", "rollover", "discount", "support", "allowances", "features"),
    [
        ("free", 0, 0, 1, 0, 0, 0, "standard", {"influencer_unlock": 5}, []),
        (
            "standard", 19_900, 191_040, 2, 1_000, 1_000, 0, "priority",
            {"influencer_unlock": 500, "email_unlock": 250, "post_analytics": 125}, PAID,
        ),
        (
            "premium", 49_900, 479_040, 5, 5_000, 5_000, 20, "priority",
            {"influencer_unlock": 2_000, "email_unlock": 800, "post_analytics": 300}, PAID,
        ),
    ],
)  # fmt: skip
def test_plan(code, month, year, seats, credits, rollover, discount, support, allowances, features):
    version = get_plan_version(code)

    assert (version.price_month_cents, version.price_year_cents, version.currency) == (month, year, "USD")
    assert (version.seats, version.monthly_credits, version.rollover_credits_max) == (seats, credits, rollover)
    assert (version.topup_discount_percent, version.support) == (discount, support)
    assert version.allowances == allowances
    assert sorted(version.features) == features


@pytest.mark.parametrize("code", ["standard", "premium"])
def test_a_year_is_a_fifth_cheaper_than_twelve_months(code):
    version = get_plan_version(code)

    assert version.price_year_cents * 10 == version.price_month_cents * 12 * 8


@pytest.mark.parametrize(
    ("action", "credits", "paid", "free"),
    [
        ("influencer_unlock", 25, None, 0),
        ("post_analytics", 5, None, 0),
        ("email_unlock", 10, None, 0),
        ("discovery_pagination", 10, None, 5),
        ("advanced_search", 15, None, 10),
        ("bulk_export", 50, 0, 1),
    ],
)
def test_price(action, credits, paid, free):
    rule = get_price(action)

    assert (rule.credits, rule.paid_plan_credits, rule.free_per_period) == (credits, paid, free)


def test_the_lists_are_ordered_and_complete():
    assert [version.plan.code for version in list_plan_versions()] == ["free", "standard", "premium"]
    assert [rule.action for rule in list_prices()] == [
        "advanced_search", "bulk_export", "discovery_pagination", "email_unlock", "influencer_unlock", "post_analytics",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "unit", "quantity", "standard", "premium"),
    [
        ("credits_500", "credits", 500, 50_00, 40_00),
        ("credits_2000", "credits", 2_000, 180_00, 144_00),
        ("credits_10000", "credits", 10_000, 800_00, 640_00),
        ("influencer_unlock_50", "influencer_unlock", 50, 110_00, 88_00),
        ("influencer_unlock_200", "influencer_unlock", 200, 400_00, 320_00),
        ("email_unlock_100", "email_unlock", 100, 80_00, 64_00),
        ("post_analytics_100", "post_analytics", 100, 40_00, 32_00),
    ],
)
def test_premium_tops_up_for_exactly_twenty_percent_less(code, unit, quantity, standard, premium):
    package = get_topup_package(code)

    assert (package.unit, package.quantity, package.currency) == (unit, quantity, "USD")
    assert get_topup_price(package, get_plan_version("standard")) == standard
    assert get_topup_price(package, get_plan_version("premium")) == premium
    assert standard * 80 % 100 == 0


def test_the_newest_published_package_counts():
    old = get_topup_package("credits_500")
    for version, cents, published_at in [(2, 60_00, old.published_at), (3, 1, None)]:
        TopupPackage.objects.create(
            code="credits_500", version=version, label="500 credits", unit="credits", quantity=500,
            price_cents=cents, position=9, published_at=published_at,
        )  # fmt: skip

    assert get_topup_package("credits_500").price_cents == 60_00
    assert [package.code for package in list_topup_packages()] == [
        "credits_2000", "credits_10000", "influencer_unlock_50", "influencer_unlock_200", "email_unlock_100",
        "post_analytics_100", "credits_500",
    ]  # fmt: skip
    with pytest.raises(TopupPackageNotFound):
        get_topup_package("credits_7")


def test_the_newest_published_version_counts():
    old = get_plan_version("standard")
    newer = PlanVersion.objects.get(pk=old.pk)
    newer.pk, newer.number, newer.seats = None, 2, 3
    newer.save()
    draft = PlanVersion.objects.get(pk=old.pk)
    draft.pk, draft.number, draft.published_at = None, 3, None
    draft.save()

    assert get_plan_version("standard") == newer
    assert newer in list_plan_versions()
    assert len(list_plan_versions()) == 3
    old.refresh_from_db()
    assert old.seats == 2


def test_the_newest_published_price_counts():
    now = get_price("influencer_unlock")
    PriceRule.objects.create(
        action="influencer_unlock", version=2, label="Report", credits=30, published_at=now.published_at
    )
    PriceRule.objects.create(action="influencer_unlock", version=3, label="Report", credits=99)

    assert get_price("influencer_unlock").credits == 30
    assert len(list_prices()) == 6


def test_what_does_not_exist():
    with pytest.raises(PlanNotFound):
        get_plan_version("golden")
    with pytest.raises(PriceNotFound):
        get_price("flattery")


def test_a_feature_that_is_not_in_the_plan():
    free, standard = get_plan_version("free"), get_plan_version("standard")

    assert has_feature(standard, "export")
    require_feature(standard, "export")
    with pytest.raises(PlanFeatureNotIncluded) as refusal:
        require_feature(free, "export")

    assert refusal.value.message == "The Free plan does not include exports. Standard and Premium do."
    assert refusal.value.details == {
        "feature": "export",
        "plan": "free",
        "included_in": ["standard", "premium"],
        "upgrade": "/api/v1/billing/plans",
    }
