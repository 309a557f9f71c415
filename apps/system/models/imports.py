"""What was brought over from the replaced system, so that it is brought once."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class ImportedRow(models.Model):
    """A row of the replaced system, by its own id, and what it became here."""

    class Kind(models.TextChoices):
        USER = "user", "User"
        TEAM = "team", "Team"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    old_id = models.CharField(max_length=64)
    new_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [models.UniqueConstraint(fields=["kind", "old_id"], name="system_importedrow_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.old_id}"
