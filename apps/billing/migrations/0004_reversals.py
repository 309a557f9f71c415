"""Money that went back, row by row with its day; rows stay as they were written."""

import django.db.models.deletion
from django.db import migrations, models


TRIGGER = """
CREATE TRIGGER billing_paymentreversal_stays BEFORE UPDATE ON billing_paymentreversal
FOR EACH ROW EXECUTE FUNCTION billing_refuse_update()
"""


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0003_applied_anchor'),
    ]

    operations = [
        migrations.AddField(
            model_name='invoice',
            name='refunded_at',
            field=models.DateTimeField(blank=True, help_text='Of the last refund; each is a reversal.', null=True),
        ),
        migrations.AddField(
            model_name='topuporder',
            name='refunded_at',
            field=models.DateTimeField(blank=True, help_text='Of the last refund; each is a reversal.', null=True),
        ),
        migrations.CreateModel(
            name='PaymentReversal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('refund', 'Refund'), ('dispute', 'Dispute')], max_length=10)),
                ('amount_cents', models.IntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('at', models.DateTimeField(help_text='When the money went, as the provider says.')),
                ('reason', models.CharField(help_text='What went back, so that it is counted once.', max_length=300, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='billing.billingaccount')),
                ('invoice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='billing.invoice')),
                ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='billing.topuporder')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('invoice', None), ('order__isnull', False)), models.Q(('invoice__isnull', False), ('order', None)), _connector='OR'), name='billing_paymentreversal_of_one')],
            },
        ),
        migrations.RunSQL(
            sql=[TRIGGER], reverse_sql=["DROP TRIGGER billing_paymentreversal_stays ON billing_paymentreversal"]
        ),
    ]
