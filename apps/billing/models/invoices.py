"""Invoices, as the provider wrote them or as the operator did."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .subscriptions import Provider


class Invoice(models.Model):
    """A mirror of what was billed; the number, tax number and address are those printed on it."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        OPEN = "open", "Open"
        PAID = "paid", "Paid"
        VOID = "void", "Void"
        UNCOLLECTIBLE = "uncollectible", "Uncollectible"

    account = models.ForeignKey("billing.BillingAccount", on_delete=models.PROTECT, related_name="invoices")
    subscription = models.ForeignKey(
        "billing.Subscription", on_delete=models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    provider = models.CharField(max_length=10, choices=Provider.choices, default=Provider.STRIPE)
    stripe_invoice_id = models.CharField(max_length=255, unique=True, null=True, blank=True)
    stripe_payment_intent_id = models.CharField(max_length=255, blank=True)
    number = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=15, choices=Status.choices)
    reason = models.CharField(max_length=40, blank=True, help_text="Stripe's billing_reason.")
    currency = models.CharField(max_length=3)
    subtotal_cents = models.BigIntegerField(default=0)
    tax_cents = models.BigIntegerField(default=0)
    total_cents = models.BigIntegerField()
    amount_paid_cents = models.BigIntegerField(default=0)
    amount_due_cents = models.BigIntegerField(default=0)
    refunded_cents = models.BigIntegerField(default=0)
    refunded_at = models.DateTimeField(null=True, blank=True, help_text="Of the last refund; each is a reversal.")
    period_start = models.DateTimeField(null=True, blank=True)
    period_end = models.DateTimeField(null=True, blank=True)
    hosted_url = models.URLField(max_length=2000, blank=True)
    pdf_url = models.URLField(max_length=2000, blank=True)
    lines = models.JSONField(
        default=list,
        blank=True,
        help_text="[{description, quantity, amount_cents, period_start, period_end, proration}]",
    )
    customer_name = models.CharField(max_length=200, blank=True)
    customer_address = models.JSONField(default=dict, blank=True)
    customer_tax_ids = models.JSONField(default=list, blank=True, help_text="[{type, value}]")
    issued_at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(
        null=True, blank=True, help_text="When what was granted for it was taken back (void, refunded, disputed)."
    )

    class Meta:
        ordering = ["-issued_at", "-id"]
        indexes = [
            models.Index(fields=["account", "-issued_at", "-id"], name="billing_invoice_account"),
            models.Index(
                fields=["stripe_payment_intent_id"],
                condition=~Q(stripe_payment_intent_id=""),
                name="billing_invoice_payment",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"invoice {self.pk}"
