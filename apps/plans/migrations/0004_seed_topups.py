"""The top-up packages the product starts with. Each price is divisible by 5 cents, so that 20 % off is exact."""

from datetime import UTC, datetime

from django.db import migrations

PUBLISHED_AT = datetime(2026, 11, 1, tzinfo=UTC)
# code, label, unit, quantity, price in cents
PACKAGES = [
    ("credits_500", "500 credits", "credits", 500, 5_000),
    ("credits_2000", "2,000 credits", "credits", 2_000, 18_000),
    ("credits_10000", "10,000 credits", "credits", 10_000, 80_000),
    ("influencer_unlock_50", "50 creator reports", "influencer_unlock", 50, 11_000),
    ("influencer_unlock_200", "200 creator reports", "influencer_unlock", 200, 40_000),
    ("email_unlock_100", "100 e-mail unlocks", "email_unlock", 100, 8_000),
    ("post_analytics_100", "100 post analytics", "post_analytics", 100, 4_000),
]


def seed(apps, schema_editor):
    TopupPackage = apps.get_model("plans", "TopupPackage")
    for position, (code, label, unit, quantity, price_cents) in enumerate(PACKAGES):
        TopupPackage.objects.get_or_create(
            code=code,
            version=1,
            defaults={
                "label": label, "unit": unit, "quantity": quantity, "price_cents": price_cents,
                "position": position, "published_at": PUBLISHED_AT,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_topuppackage")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
