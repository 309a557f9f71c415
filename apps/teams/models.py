"""Teams (the tenants), who belongs to them, and the stock of ready schemas."""

import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_tenants.models import DomainMixin, TenantMixin


def make_schema_name() -> str:
    """`t_` and 20 random characters: never user input, always a plain identifier."""
    return f"t_{secrets.token_hex(10)}"


def make_ready_name() -> str:
    """The name of a schema in stock: it shows that no team owns it yet."""
    return f"ready_{secrets.token_hex(10)}"


class Team(TenantMixin):
    """A customer. Its content lives in the PostgreSQL schema `schema_name`."""

    class State(models.TextChoices):
        ACTIVE = "active", "Active"
        SUSPENDED = "suspended", "Suspended"
        ARCHIVED = "archived", "Archived"

    class BillingState(models.TextChoices):
        """Whether what the plan costs is paid; written by `apps.credits.services.set_standing` only."""

        CURRENT = "current", "Current"
        GRACE = "grace", "Payment overdue"
        READ_ONLY = "read_only", "Read-only until paid"

    schema_name = models.CharField(max_length=63, unique=True, default=make_schema_name, editable=False)
    slug = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=80)
    plan_version = models.ForeignKey("plans.PlanVersion", on_delete=models.PROTECT, related_name="+")
    billing_anchor_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)
    billing_state = models.CharField(max_length=12, choices=BillingState.choices, default=BillingState.CURRENT)
    paid_until = models.DateTimeField(
        null=True, blank=True, help_text="Empty: nobody bills this team (Free, the demo, a free ride)."
    )
    next_period_at = models.DateTimeField(
        null=True, blank=True, db_index=True, editable=False, help_text="When the beat is to open the next period."
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    currency = models.CharField(max_length=3, default="USD")
    proposals_unlocked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    auto_create_schema = False
    auto_drop_schema = False

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Domain(DomainMixin):
    """A host name that leads to a team."""

    class Meta:
        ordering = ["domain"]


class Membership(models.Model):
    """A user's place in a team. Suspended members keep their row and lose their access."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        ADMIN = "admin", "Admin"
        MANAGER = "manager", "Manager"
        MEMBER = "member", "Member"

    class State(models.TextChoices):
        ACTIVE = "active", "Active"
        SUSPENDED = "suspended", "Suspended"

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["team_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["team", "user"], name="teams_membership_unique"),
            models.UniqueConstraint(
                fields=["team"], condition=models.Q(role="owner"), name="teams_membership_one_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id} as {self.role}"


class TeamRollup(models.Model):
    """A number of a team in a calendar month (UTC), counted by a job or with the change itself, so that the operator's
    statistics read no team's schema. It can always be counted again from what it was counted from.

    The apps that count name their metrics. `unit` is the currency of money, else the action or `credits`.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(help_text="Its first day.")
    metric = models.CharField(max_length=40)
    unit = models.CharField(max_length=40, blank=True)
    value = models.BigIntegerField()
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["month", "id"]
        constraints = [
            models.UniqueConstraint(fields=["team", "month", "metric", "unit"], name="teams_teamrollup_unique"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="teams_teamrollup_month"),
        ]
        indexes = [models.Index(fields=["metric", "month"], name="teams_rollup_metric")]

    def __str__(self) -> str:
        return f"{self.metric} {self.month:%Y-%m}: {self.value} {self.unit}"


class ShareLink(models.Model):
    """A link by which somebody without an account reads one thing of a team, until it expires or is revoked.

    Only the token's hash is stored: whoever reads this table opens nothing with it.
    """

    class Kind(models.TextChoices):
        REPORT = "report", "A creator's report"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    subject_id = models.BigIntegerField(help_text="What it shows: of a report, the creator.")
    token_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0, help_text="How often it was read.")
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        indexes = [models.Index(fields=["team", "kind", "subject_id", "-created_at"], name="teams_sharelink_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} until {self.expires_at:%Y-%m-%d}"


class ReadySchema(models.Model):
    """A schema in stock: migrated, empty, waiting to be renamed into a team's."""

    schema_name = models.CharField(max_length=63, unique=True, default=make_ready_name)
    fingerprint = models.CharField(max_length=64, help_text="Of the migrations it was made from.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.schema_name


class SchemaTemplate(models.Model):
    """The recorded statements that make a team's schema, for one state of the migrations (services/templates.py)."""

    fingerprint = models.CharField(max_length=64, unique=True)
    ddl = models.TextField(blank=True, help_text="Empty where the replay differed from the migrations.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return self.fingerprint[:12]
