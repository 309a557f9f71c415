from django.db import migrations, models

# The tiers of apps/profiles/metrics/facts.py as they were when this was written.
FILL = """
UPDATE profiles_creatorvector place
   SET size = CASE WHEN followers < 1000 THEN 'below_nano' WHEN followers < 5000 THEN 'nano'
                   WHEN followers < 20000 THEN 'micro' WHEN followers < 100000 THEN 'mid'
                   WHEN followers < 1000000 THEN 'macro' ELSE 'mega' END
  FROM profiles_profile profile
 WHERE profile.id = place.profile_id AND followers >= 0
"""


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0005_place_labels"),
    ]

    operations = [
        migrations.AddField(
            model_name="creatorvector",
            name="size",
            field=models.CharField(
                blank=True, default="", help_text="Tier of followers, to narrow by.", max_length=12
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="creatorvector", name="profiles_vector_category"),
        migrations.RemoveIndex(model_name="creatorvector", name="profiles_vector_language"),
        migrations.AddIndex(
            model_name="creatorvector",
            index=models.Index(fields=["category", "language", "size"], name="profiles_vector_labels"),
        ),
        migrations.AddIndex(
            model_name="creatorvector",
            index=models.Index(fields=["language", "size"], name="profiles_vector_tongue"),
        ),
        migrations.AddIndex(
            model_name="creatorvector",
            index=models.Index(fields=["size"], name="profiles_vector_size"),
        ),
    ]
