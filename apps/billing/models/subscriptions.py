"""What a team agreed to pay for, and how it stands with that."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Provider(models.TextChoices):
    STRIPE = "stripe", "Stripe"
    MANUAL = "manual", "By transfer"


class Interval(models.TextChoices):
    MONTH = "month", "Monthly"
    YEAR = "year", "Annual"


class Subscription(models.Model):
    """A plan version at an agreed price. An account has at most one that has not ended; ended ones never live again.

    `status` uses Stripe's words for both providers. `grace_until` is counted from the first failure and stays until
    the payment comes. `scheduled_*` is what the next period brings, when it was agreed already.
    """

    class Status(models.TextChoices):
        INCOMPLETE = "incomplete", "Not paid yet"
        INCOMPLETE_EXPIRED = "incomplete_expired", "Never paid"
        TRIALING = "trialing", "Trial"
        ACTIVE = "active", "Active"
        PAST_DUE = "past_due", "Past due"
        UNPAID = "unpaid", "Unpaid"
        PAUSED = "paused", "Paused"
        CANCELED = "canceled", "Ended"

    account = models.ForeignKey("billing.BillingAccount", on_delete=models.PROTECT, related_name="subscriptions")
    provider = models.CharField(max_length=10, choices=Provider.choices)
    plan_version = models.ForeignKey("plans.PlanVersion", on_delete=models.PROTECT, related_name="+")
    interval = models.CharField(max_length=5, choices=Interval.choices)
    status = models.CharField(max_length=20, choices=Status.choices)
    stripe_subscription_id = models.CharField(max_length=255, unique=True, null=True, blank=True)
    price_cents = models.PositiveIntegerField(help_text="Agreed price of one interval.")
    currency = models.CharField(max_length=3, default="USD")
    started_at = models.DateTimeField(default=timezone.now)
    anchor_at = models.DateTimeField(help_text="Billing periods are counted from here.")
    applied_anchor_at = models.DateTimeField(
        null=True, blank=True, help_text="The anchor that the team's billing days were set to: each counts once."
    )
    current_period_start = models.DateTimeField()
    current_period_end = models.DateTimeField()
    paid_until = models.DateTimeField(null=True, blank=True, help_text="The end of the last period that is paid.")
    cancel_at_period_end = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="When the team fell back to Free after the end: it does so once."
    )
    grace_until = models.DateTimeField(null=True, blank=True)
    scheduled_plan_version = models.ForeignKey(
        "plans.PlanVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    scheduled_interval = models.CharField(max_length=5, choices=Interval.choices, blank=True)
    scheduled_at = models.DateTimeField(null=True, blank=True)
    keep_user_ids = models.JSONField(
        default=list, blank=True, help_text="Who stays active where the next plan has fewer seats, chosen by the owner."
    )
    stripe_schedule_id = models.CharField(max_length=255, blank=True)
    note = models.TextField(blank=True, help_text="Manual billing: what was agreed.")
    synced_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at=None), name="billing_subscription_one_live"
            ),
            models.CheckConstraint(
                condition=Q(current_period_end__gt=F("current_period_start")), name="billing_subscription_period"
            ),
        ]
        indexes = [
            models.Index(fields=["grace_until"], condition=Q(ended_at=None), name="billing_subscription_grace"),
            models.Index(
                fields=["current_period_end"],
                condition=Q(ended_at=None, provider="manual"),
                name="billing_subscription_manual",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_version} ({self.get_interval_display().lower()}), {self.get_status_display().lower()}"

    @property
    def is_live(self) -> bool:
        return self.ended_at is None

    @property
    def mrr_cents(self) -> int:
        """Monthly recurring revenue: the month's price, or a twelfth of the year's rounded half up."""
        return self.price_cents if self.interval == Interval.MONTH else (self.price_cents + 6) // 12
