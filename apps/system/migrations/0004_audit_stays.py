"""Make the audit trail append-only by the database itself."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION system_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit trail is append-only.' USING ERRCODE = 'restrict_violation';
END
$$
"""
ROWS = """
CREATE TRIGGER system_auditentry_append_only BEFORE UPDATE OR DELETE ON system_auditentry
FOR EACH ROW EXECUTE FUNCTION system_refuse_change()
"""
TABLE = """
CREATE TRIGGER system_auditentry_no_truncate BEFORE TRUNCATE ON system_auditentry
FOR EACH STATEMENT EXECUTE FUNCTION system_refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("system", "0003_audit")]

    operations = [
        migrations.RunSQL(
            sql=[FUNCTION, ROWS, TABLE],
            reverse_sql=[
                "DROP TRIGGER system_auditentry_no_truncate ON system_auditentry",
                "DROP TRIGGER system_auditentry_append_only ON system_auditentry",
                "DROP FUNCTION system_refuse_change()",
            ],
        ),
    ]
