import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('teams', '0004_next_period'),
    ]

    operations = [
        migrations.CreateModel(
            name='TeamRollup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Its first day.')),
                ('metric', models.CharField(max_length=40)),
                ('unit', models.CharField(blank=True, max_length=40)),
                ('value', models.BigIntegerField()),
                ('computed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
            ],
            options={
                'ordering': ['month', 'id'],
                'indexes': [models.Index(fields=['metric', 'month'], name='teams_rollup_metric')],
                'constraints': [models.UniqueConstraint(fields=('team', 'month', 'metric', 'unit'), name='teams_teamrollup_unique'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='teams_teamrollup_month')],
            },
        ),
    ]
