from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("billing", "0002_changes_stay")]

    operations = [
        migrations.AddField(
            model_name="subscription",
            name="applied_anchor_at",
            field=models.DateTimeField(
                blank=True, help_text="The anchor that the team's billing days were set to: each counts once.", null=True
            ),
        ),
    ]
