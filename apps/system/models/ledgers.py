"""What the nightly audit of a team's ledger found."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class LedgerAudit(models.Model):
    """The last audit of a team's wallet on a day (UTC): counts alone, nothing of what the team did.

    The team lives in an app above and is a plain number here. Numbers over all teams are summed from these rows.
    """

    team_id = models.BigIntegerField()
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    entries = models.PositiveBigIntegerField(default=0)
    differences = models.PositiveIntegerField(default=0, help_text="Rows that do not agree with the rest.")
    counts = models.JSONField(default=dict, blank=True, help_text="How many, by the law that does not hold.")
    first = models.JSONField(default=list, blank=True, help_text="The first of them, by table and number.")
    totals = models.JSONField(default=dict, blank=True, help_text="Balance, granted, spent, … by unit.")

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        constraints = [models.UniqueConstraint(name="system_ledgeraudit_day", fields=["team_id", "day"])]
        indexes = [
            models.Index(fields=["-at"], name="system_ledgeraudit_at"),
            models.Index(fields=["-at"], name="system_ledgeraudit_differ", condition=models.Q(differences__gt=0)),
        ]

    def __str__(self) -> str:
        return f"team {self.team_id} on {self.day}: {self.differences or 'no'} differences"
