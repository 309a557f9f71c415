"""The plans and prices the product starts with (DESIGN section 6). Later changes are new versions, made in the admin."""

from datetime import UTC, datetime

from django.db import migrations

PUBLISHED_AT = datetime(2026, 11, 1, tzinfo=UTC)
PAID_FEATURES = ["lists", "campaigns", "export", "topups", "post_analytics", "email_unlock"]
# code, name, month, year (20 % cheaper), seats, credits, rollover, allowances, features, support, top-up discount
PLANS = [
    ("free", "Free", 0, 0, 1, 0, 0, {"influencer_unlock": 5}, [], "standard", 0),
    (
        "standard", "Standard", 19_900, 191_040, 2, 1_000, 1_000,
        {"influencer_unlock": 500, "email_unlock": 250, "post_analytics": 125}, PAID_FEATURES, "priority", 0,
    ),
    (
        "premium", "Premium", 49_900, 479_040, 5, 5_000, 5_000,
        {"influencer_unlock": 2_000, "email_unlock": 800, "post_analytics": 300}, PAID_FEATURES, "priority", 20,
    ),
]
# action, label, credits, credits on paid plans where they differ, free units in each billing period
PRICES = [
    ("influencer_unlock", "Creator report", 25, None, 0),
    ("post_analytics", "Post analytics", 5, None, 0),
    ("email_unlock", "E-mail unlock", 10, None, 0),
    ("discovery_pagination", "Further page of a search", 10, None, 5),
    ("advanced_search", "Advanced search", 15, None, 10),
    ("bulk_export", "Bulk export", 50, 0, 1),
]


def seed(apps, schema_editor):
    Plan, PlanVersion = apps.get_model("plans", "Plan"), apps.get_model("plans", "PlanVersion")
    PriceRule = apps.get_model("plans", "PriceRule")
    for position, row in enumerate(PLANS):
        code, name, month, year, seats, credits, rollover, allowances, features, support, discount = row
        plan, _ = Plan.objects.get_or_create(code=code, defaults={"name": name, "position": position})
        PlanVersion.objects.get_or_create(
            plan=plan,
            number=1,
            defaults={
                "price_month_cents": month, "price_year_cents": year, "seats": seats, "monthly_credits": credits,
                "rollover_credits_max": rollover, "allowances": allowances, "features": features, "support": support,
                "topup_discount_percent": discount, "published_at": PUBLISHED_AT,
            },
        )
    for action, label, credits, paid, free in PRICES:
        PriceRule.objects.get_or_create(
            action=action,
            version=1,
            defaults={
                "label": label, "credits": credits, "paid_plan_credits": paid, "free_per_period": free,
                "published_at": PUBLISHED_AT,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
