"""Make the raw rows of revenue unchangeable by the database itself: a correction is another row."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION billing_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Changes of revenue stay as they were written.' USING ERRCODE = 'restrict_violation';
END
$$
"""
TRIGGER = """
CREATE TRIGGER billing_subscriptionchange_stays BEFORE UPDATE ON billing_subscriptionchange
FOR EACH ROW EXECUTE FUNCTION billing_refuse_update()
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=[FUNCTION, TRIGGER],
            reverse_sql=[
                "DROP TRIGGER billing_subscriptionchange_stays ON billing_subscriptionchange",
                "DROP FUNCTION billing_refuse_update()",
            ],
        ),
    ]
