"""What a team has of the catalogue of creators: unlocks for good, what was read, look-ups and their daily budget."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


def public_reference(to: str) -> "models.ForeignKey[object, object]":
    """A reference from a team's schema to a public row: no constraint, so that deleting there asks no team."""
    return models.ForeignKey(to, db_constraint=False, on_delete=models.DO_NOTHING, related_name="+")


class Purchase(models.Model):
    """Base: what a team bought for good, who bought it and what paid."""

    member = public_reference(settings.AUTH_USER_MODEL)
    hold_key = models.CharField(max_length=200, unique=True)
    credits = models.PositiveIntegerField(default=0, help_text="Charged; 0 where an allowance paid.")
    draws = models.JSONField(default=list, help_text="What paid: [{source, units, credits}].")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]


class Unlock(Purchase):
    """The team's lasting right to a creator's report, stored in the transaction that captured its price."""

    profile = models.OneToOneField(
        "profiles.Profile", db_constraint=False, on_delete=models.DO_NOTHING, related_name="+"
    )

    class Meta(Purchase.Meta):
        indexes = [models.Index(fields=["-created_at", "-id"], name="discovery_unlock_newest")]

    def __str__(self) -> str:
        return f"unlock of {self.profile_id}"


class PostUnlock(Purchase):
    """The team's lasting right to a post's analytics, stored in the transaction that captured its price."""

    post = models.OneToOneField("profiles.Post", db_constraint=False, on_delete=models.DO_NOTHING, related_name="+")

    class Meta(Purchase.Meta):
        indexes = [models.Index(fields=["-created_at", "-id"], name="discovery_postunlock_newest")]

    def __str__(self) -> str:
        return f"analytics of post {self.post_id}"


class EmailUnlock(Purchase):
    """The team's lasting right to a creator's contact addresses, also those that are found later."""

    profile = models.OneToOneField(
        "profiles.Profile", db_constraint=False, on_delete=models.DO_NOTHING, related_name="+"
    )

    class Meta(Purchase.Meta):
        indexes = [models.Index(fields=["-created_at", "-id"], name="discovery_emailunlock_newest")]

    def __str__(self) -> str:
        return f"addresses of {self.profile_id}"


class AccessTrail(models.Model):
    """Who opened which report on which day; kept for 30 days. A log: it grants nothing."""

    profile = public_reference("profiles.Profile")
    member = public_reference(settings.AUTH_USER_MODEL)
    opened_on = models.DateField()
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "member", "opened_on"], name="discovery_accesstrail_daily")
        ]
        indexes = [models.Index(fields=["opened_on"], name="discovery_accesstrail_day")]

    def __str__(self) -> str:
        return f"{self.member_id} opened {self.profile_id} on {self.opened_on}"


class Lookup(models.Model):
    """A handle that a member looked up, with what came of it last. One row per member and handle."""

    class Outcome(models.TextChoices):
        UNLOCKED = "unlocked", "Unlocked"
        LOCKED = "locked", "Locked"
        PRIVATE = "private", "Private"
        PENDING = "pending", "Being looked up"
        NOT_FOUND = "not_found", "Not found"

    member = public_reference(settings.AUTH_USER_MODEL)
    username = models.CharField(max_length=60)
    profile = models.ForeignKey(
        "profiles.Profile", null=True, db_constraint=False, on_delete=models.DO_NOTHING, related_name="+"
    )
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    times = models.PositiveIntegerField(default=1)
    looked_up_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-looked_up_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["member", "username"], name="discovery_lookup_unique")]
        indexes = [models.Index(fields=["member", "-looked_up_at", "-id"], name="discovery_lookup_newest")]

    def __str__(self) -> str:
        return f"@{self.username}: {self.outcome}"


class BudgetUse(models.Model):
    """How much of a daily budget the team has used: what costs upstream money is bounded, though it is free."""

    class Kind(models.TextChoices):
        LOOKUP = "lookup", "Look-ups of creators not seen before"
        REFRESH = "refresh", "Refreshes of unlocked creators"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    day = models.DateField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "kind"]
        constraints = [models.UniqueConstraint(fields=["kind", "day"], name="discovery_budgetuse_daily")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.day}: {self.used}"
