"""The table that the bench's migration changes."""

from django.db import models


class Note(models.Model):
    """A row of text, with a subject since the second migration."""

    text = models.TextField()
    subject = models.CharField(max_length=80, default="")

    class Meta:
        indexes = [models.Index(fields=["subject"], name="bench_note_subject")]

    def __str__(self) -> str:
        return self.subject
