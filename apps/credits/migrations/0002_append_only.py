"""Make the ledger append-only by the database itself.

The function is made in the team's own schema and names no table, so a dump of one schema can be replayed into another
and a schema can be renamed. The statements are DDL only and hold no percent sign: the fast migrator replays their text.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION credits_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The ledger is append-only: correct it by a new entry.' USING ERRCODE = 'restrict_violation';
END
$$
"""
ROWS = """
CREATE TRIGGER credits_entry_append_only BEFORE UPDATE OR DELETE ON credits_entry
FOR EACH ROW EXECUTE FUNCTION credits_refuse_change()
"""
TABLE = """
CREATE TRIGGER credits_entry_no_truncate BEFORE TRUNCATE ON credits_entry
FOR EACH STATEMENT EXECUTE FUNCTION credits_refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("credits", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=[FUNCTION, ROWS, TABLE],
            reverse_sql=[
                "DROP TRIGGER credits_entry_no_truncate ON credits_entry",
                "DROP TRIGGER credits_entry_append_only ON credits_entry",
                "DROP FUNCTION credits_refuse_change()",
            ],
        ),
    ]
