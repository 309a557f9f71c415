"""What a team is about to pay, or paid, at the provider's checkout."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .subscriptions import Interval


class Checkout(models.Model):
    """A subscription that somebody went to pay. An account has at most one open."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        COMPLETED = "completed", "Completed"
        RETURNED = "returned", "Paid beside another plan, given back"
        EXPIRED = "expired", "Expired"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("billing.BillingAccount", on_delete=models.PROTECT, related_name="checkouts")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    plan_version = models.ForeignKey("plans.PlanVersion", on_delete=models.PROTECT, related_name="+")
    interval = models.CharField(max_length=5, choices=Interval.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    stripe_session_id = models.CharField(max_length=255, unique=True, null=True, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(state="open"), name="billing_checkout_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_version} ({self.interval})"


class TopupOrder(models.Model):
    """A package that a team buys once. Its price and quantity are those of the moment it was ordered."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        PAID = "paid", "Paid"
        REFUNDED = "refunded", "Refunded"
        DISPUTED = "disputed", "Disputed"
        EXPIRED = "expired", "Expired"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("billing.BillingAccount", on_delete=models.PROTECT, related_name="topups")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    package = models.ForeignKey("plans.TopupPackage", on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=40, help_text="`credits`, or the action that the units pay for.")
    quantity = models.PositiveIntegerField()
    list_price_cents = models.PositiveIntegerField()
    price_cents = models.PositiveIntegerField(help_text="What the team pays, discount taken off.")
    currency = models.CharField(max_length=3, default="USD")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    stripe_session_id = models.CharField(max_length=255, unique=True, null=True, blank=True)
    stripe_payment_intent_id = models.CharField(max_length=255, unique=True, null=True, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    refunded_cents = models.PositiveIntegerField(default=0)
    refunded_at = models.DateTimeField(null=True, blank=True, help_text="Of the last refund; each is a reversal.")
    revoked_quantity = models.PositiveIntegerField(default=0, help_text="Units taken back for refunds and disputes.")
    granted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="billing_topuporder_quantity_positive"),
            models.CheckConstraint(
                condition=Q(refunded_cents__lte=F("price_cents")), name="billing_topuporder_refund_covered"
            ),
            models.CheckConstraint(
                condition=Q(revoked_quantity__lte=F("quantity")), name="billing_topuporder_revoked_covered"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["paid", "refunded", "disputed"]) | Q(granted_at__isnull=False),
                name="billing_topuporder_paid_is_granted",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-created_at", "id"], name="billing_topup_account"),
            models.Index(fields=["created_at"], condition=Q(state="open"), name="billing_topup_open"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.unit}"

    @property
    def source_key(self) -> str:
        """What the grant is named in the ledger: the payment, which is granted once whoever tells of it."""
        return f"stripe:{self.stripe_payment_intent_id or self.stripe_session_id}"
