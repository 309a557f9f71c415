"""Money that went back: the raw rows of refunds, each with its own day."""

from django.db import models
from django.db.models import Q


class PaymentReversal(models.Model):
    """A refund, or what a dispute took. A refund that failed or a dispute that was won is one more row, below zero.

    A trigger refuses UPDATE.
    """

    class Kind(models.TextChoices):
        REFUND = "refund", "Refund"
        DISPUTE = "dispute", "Dispute"

    account = models.ForeignKey("billing.BillingAccount", on_delete=models.PROTECT, related_name="reversals")
    order = models.ForeignKey(
        "billing.TopupOrder", on_delete=models.PROTECT, null=True, blank=True, related_name="reversals"
    )
    invoice = models.ForeignKey(
        "billing.Invoice", on_delete=models.PROTECT, null=True, blank=True, related_name="reversals"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    amount_cents = models.IntegerField()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField(help_text="When the money went, as the provider says.")
    reason = models.CharField(max_length=300, unique=True, help_text="What went back, so that it is counted once.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(order__isnull=False, invoice=None) | Q(order=None, invoice__isnull=False),
                name="billing_paymentreversal_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.amount_cents} {self.currency}"
