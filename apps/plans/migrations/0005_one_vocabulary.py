"""Call paid acts what the pages call them. Only the words of rows that still have their first ones are changed: what was
agreed, prices and quantities, stays."""

from django.db import migrations

PRICES = {
    "influencer_unlock": ("Creator report", "Profile analysis"),
    "post_analytics": ("Post analytics", "Post analysis"),
    "discovery_pagination": ("Further page of a search", "Further search page"),
}
PACKAGES = {
    "influencer_unlock_50": ("50 creator reports", "50 profile analyses"),
    "influencer_unlock_200": ("200 creator reports", "200 profile analyses"),
    "post_analytics_100": ("100 post analytics", "100 post analyses"),
}


def rename(apps, schema_editor):
    for name, key, words in (("PriceRule", "action", PRICES), ("TopupPackage", "code", PACKAGES)):
        for code, (before, after) in words.items():
            apps.get_model("plans", name).objects.filter(**{key: code}, label=before).update(label=after)


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_seed_topups")]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
