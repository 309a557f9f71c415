"""A team's wallet: what it has (grants), what is set aside (holds) and everything that happened (entries).

Law: sum(entries.amount) = wallet.balance = sum(grants.remaining) over the unit `credits`, always. `balance` is what is
settled, `held` is the part of it that is promised; available = balance − held. The same law holds for each bought unit.
References into the public schema carry no constraint: users are tombstoned and not deleted.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

CREDITS = "credits"


class Wallet(models.Model):
    """The one row of a team that every change of credits locks."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    balance = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)
    seq = models.BigIntegerField(default=0, help_text="Number of the last entry.")
    period_start = models.DateTimeField(null=True, help_text="The billing period that the wallet was last brought to.")
    is_period_granted = models.BooleanField(default=False, help_text="Whether that period's credits came.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="credits_wallet_single", condition=Q(id=1)),
            models.CheckConstraint(name="credits_wallet_held_positive", condition=Q(held__gte=0)),
            models.CheckConstraint(name="credits_wallet_held_covered", condition=Q(held__lte=F("balance"))),
        ]

    def __str__(self) -> str:
        return f"{self.balance} credits, {self.held} held"

    @property
    def available(self) -> int:
        return self.balance - self.held


class Grant(models.Model):
    """A lot of credits, or of units of one action, with its origin and its end. `remaining` includes what is held."""

    class Origin(models.TextChoices):
        PLAN = "plan", "Plan"
        PURCHASE = "purchase", "Purchase"
        ADJUSTMENT = "adjustment", "Adjustment"
        REFUND = "refund", "Returned"
        ROLLOVER = "rollover", "Carried over"

    unit = models.CharField(max_length=40, default=CREDITS, help_text="`credits`, or the action these units pay for.")
    amount = models.BigIntegerField()
    remaining = models.BigIntegerField()
    held = models.BigIntegerField(default=0)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    priority = models.PositiveSmallIntegerField(help_text="Lower is drawn first.")
    effective_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    source_key = models.CharField(
        max_length=120, unique=True, help_text="What was granted, so that it is granted once."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["priority", F("expires_at").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(name="credits_grant_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="credits_grant_held_positive", condition=Q(held__gte=0)),
            models.CheckConstraint(name="credits_grant_held_covered", condition=Q(held__lte=F("remaining"))),
            models.CheckConstraint(name="credits_grant_remaining_covered", condition=Q(remaining__lte=F("amount"))),
        ]
        indexes = [
            models.Index(
                F("unit"),
                F("priority"),
                F("expires_at").asc(nulls_last=True),
                F("id"),
                name="credits_grant_open",
                condition=Q(remaining__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.remaining} of {self.amount} {self.unit} ({self.origin})"

    @property
    def free(self) -> int:
        """What can still be drawn."""
        return self.remaining - self.held


class Hold(models.Model):
    """The price of an act, set aside until the act succeeds (captured) or does not (released).

    A key has at most one hold that is not released, so the same natural key can be tried again after a failure and can
    never be charged twice.
    """

    class State(models.TextChoices):
        HELD = "held", "Held"
        CAPTURED = "captured", "Captured"
        RELEASED = "released", "Released"

    key = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=State.choices, default=State.HELD)
    action = models.CharField(max_length=40)
    units = models.PositiveIntegerField()
    unit_credits = models.PositiveIntegerField(help_text="Price of a unit when it was held.")
    credits = models.PositiveBigIntegerField()
    captured_units = models.PositiveIntegerField(default=0)
    captured_credits = models.PositiveBigIntegerField(default=0)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_label = models.CharField(max_length=200, blank=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        null=True,
        blank=True,
    )
    job_id = models.UUIDField(null=True, blank=True, help_text="The job that does the work, in the public schema.")
    period_start = models.DateTimeField(help_text="The billing period whose counters this hold used.")
    expires_at = models.DateTimeField(help_text="From here on the sweeper asks whether the work still runs.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(name="credits_hold_key_live", fields=["key"], condition=~Q(state="released")),
            models.CheckConstraint(name="credits_hold_units_positive", condition=Q(units__gt=0)),
            models.CheckConstraint(
                name="credits_hold_captured_units_covered", condition=Q(captured_units__lte=F("units"))
            ),
            models.CheckConstraint(
                name="credits_hold_captured_credits_covered", condition=Q(captured_credits__lte=F("credits"))
            ),
        ]
        indexes = [
            models.Index(fields=["key", "-id"], name="credits_hold_key"),
            models.Index(fields=["expires_at"], name="credits_hold_expiring", condition=Q(state="held")),
            models.Index(fields=["job_id"], name="credits_hold_job", condition=Q(state="held")),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"


class HoldDraw(models.Model):
    """One source of a hold. A unit may be paid by several grants, so credit rows carry credits and no units."""

    class Source(models.TextChoices):
        ALLOWANCE = "allowance", "Plan allowance"
        FREE = "free", "Free units"
        BOUGHT = "bought", "Bought units"
        CREDITS = "credits", "Credits"

    hold = models.ForeignKey(Hold, on_delete=models.CASCADE, related_name="draws", db_index=False)
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=Source.choices)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, null=True, related_name="+")
    units = models.PositiveIntegerField(default=0)
    credits = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["hold_id", "position"]
        constraints = [models.UniqueConstraint(name="credits_holddraw_position", fields=["hold", "position"])]

    def __str__(self) -> str:
        return f"{self.source}: {self.units} units, {self.credits} credits"


class Entry(models.Model):
    """What happened to the wallet, in order. A trigger refuses UPDATE, DELETE and TRUNCATE; corrections are new rows.

    `grants` tells which lots moved: `[{"grant", "origin", "amount", "held_delta"}]`, whose sums are the entry's own.
    `draws` tells what paid for a spend: `[{"source", "units", "credits"}]`.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", "Granted"
        HOLD = "hold", "Set aside"
        CAPTURE = "capture", "Spent"
        RELEASE = "release", "Given back"
        EXPIRE = "expire", "Expired"
        ROLLOVER = "rollover", "Carried over"
        REVERSE = "reverse", "Taken back"
        REPAY = "repay", "Debt paid"
        WAIVE = "waive", "Debt waived"

    seq = models.BigIntegerField(unique=True)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    unit = models.CharField(max_length=40, default=CREDITS)
    action = models.CharField(max_length=40, blank=True)
    units = models.PositiveIntegerField(default=0, help_text="Units of the action.")
    amount = models.BigIntegerField(default=0)
    held_delta = models.BigIntegerField(default=0)
    balance_after = models.BigIntegerField()
    held_after = models.BigIntegerField()
    subject_type = models.CharField(max_length=40, blank=True)
    subject_label = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        null=True,
        blank=True,
    )
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, null=True, related_name="entries")
    grants = models.JSONField(default=list)
    draws = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-seq"]
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(name="credits_entry_held_covered", condition=Q(held_after__gte=0)),
            models.CheckConstraint(
                name="credits_entry_balance_covered", condition=Q(balance_after__gte=F("held_after"))
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "at"], name="credits_entry_kind_at"),
            models.Index(fields=["action", "-seq"], name="credits_entry_action"),
            models.Index(fields=["member", "-seq"], name="credits_entry_member"),
        ]

    def __str__(self) -> str:
        return f"{self.seq}: {self.kind} {self.amount} {self.unit}"


class Revocation(models.Model):
    """A grant, or a part of it, that is taken back: its payment was refunded or disputed, its invoice voided.

    `revoked` was still there and is gone; `debt` was spent or held and is owed; what expired or was carried over is
    neither. Any debt that remains, of whatever unit, closes every paid act.
    """

    key = models.CharField(max_length=120, unique=True)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="revocations")
    unit = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    revoked = models.BigIntegerField()
    debt = models.BigIntegerField(default=0)
    debt_remaining = models.BigIntegerField(default=0)
    debt_waived = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", null=True
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    restored_at = models.DateTimeField(null=True, blank=True, help_text="When the revocation was undone.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="credits_revocation_revoked_positive", condition=Q(revoked__gte=0)),
            models.CheckConstraint(name="credits_revocation_parts", condition=Q(amount__gte=F("revoked") + F("debt"))),
            models.CheckConstraint(
                name="credits_revocation_debt_covered",
                condition=Q(
                    debt_remaining__gte=0, debt_waived__gte=0, debt__gte=F("debt_remaining") + F("debt_waived")
                ),
            ),
        ]
        indexes = [models.Index(fields=["unit"], name="credits_revocation_owed", condition=Q(debt_remaining__gt=0))]

    def __str__(self) -> str:
        return f"{self.revoked} {self.unit} taken back, {self.debt_remaining} owed"


class UsageCounter(models.Model):
    """What a member used, or has under way, of an action in a billing period; the team's use is their sum."""

    period_start = models.DateTimeField()
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    action = models.CharField(max_length=40)
    units = models.PositiveIntegerField(default=0)
    allowance_units = models.PositiveIntegerField(default=0)
    free_units = models.PositiveIntegerField(default=0)
    credits = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["-period_start", "member_id", "action"]
        constraints = [
            models.UniqueConstraint(name="credits_usagecounter_unique", fields=["period_start", "member", "action"]),
        ]

    def __str__(self) -> str:
        return f"{self.units} × {self.action}"


class MemberCap(models.Model):
    """What a member may use of an action, or of credits over all actions, in a billing period."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    unit = models.CharField(max_length=40, help_text="An action, or `credits`.")
    limit = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["member_id", "unit"]
        constraints = [models.UniqueConstraint(name="credits_membercap_unique", fields=["member", "unit"])]

    def __str__(self) -> str:
        return f"{self.limit} {self.unit}"


class LowNotice(models.Model):
    """That little was left of something in a billing period, said once per threshold until more comes.

    `cleared_at` re-arms it: a later fall below the threshold is a notice of its own.
    """

    unit = models.CharField(max_length=40, help_text="`credits`, or an action with a monthly allowance.")
    threshold = models.PositiveSmallIntegerField(help_text="Percent of the plan's month; 0: nothing is left.")
    period_start = models.DateTimeField()
    left = models.BigIntegerField()
    whole = models.BigIntegerField(help_text="What the plan brings in a month.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="credits_lownotice_once",
                fields=["period_start", "unit", "threshold"],
                condition=Q(cleared_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left} of {self.whole} {self.unit} left"
