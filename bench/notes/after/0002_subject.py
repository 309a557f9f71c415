from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bench_notes", "0001_initial")]
    operations = [
        migrations.AddField("note", "subject", models.CharField(max_length=80, default="")),
        migrations.AddIndex("note", models.Index(fields=["subject"], name="bench_note_subject")),
    ]
