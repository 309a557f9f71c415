"""Make a published plan version unchangeable by the database itself: processes remember it (`find_version`)."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION plans_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A published version stays as it is; a new version replaces it.' USING ERRCODE = 'restrict_violation';
END
$$
"""
TRIGGER = """
CREATE TRIGGER plans_planversion_stays BEFORE UPDATE ON plans_planversion
FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION plans_refuse_update()
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_one_vocabulary")]

    operations = [
        migrations.RunSQL(
            sql=[FUNCTION, TRIGGER],
            reverse_sql=[
                "DROP TRIGGER plans_planversion_stays ON plans_planversion",
                "DROP FUNCTION plans_refuse_update()",
            ],
        ),
    ]
