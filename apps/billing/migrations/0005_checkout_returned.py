"""A page paid beside another plan is named as such; the column stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0004_reversals'),
    ]

    operations = [
        migrations.AlterField(
            model_name='checkout',
            name='state',
            field=models.CharField(choices=[('open', 'Open'), ('completed', 'Completed'), ('returned', 'Paid beside another plan, given back'), ('expired', 'Expired')], default='open', max_length=10),
        ),
    ]
