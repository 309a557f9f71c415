"""The one row of a team that every change of what it pays locks."""

import uuid

from django.db import models
from django.utils import timezone


class BillingAccount(models.Model):
    """Whom the invoices go to. `sync_number` grows with every sync, so that an older look never overwrites a newer."""

    team = models.OneToOneField("teams.Team", on_delete=models.PROTECT, related_name="billing_account")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="Names us to the provider.")
    stripe_customer_id = models.CharField(max_length=255, unique=True, null=True, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    legal_name = models.CharField(max_length=200, blank=True)
    address = models.JSONField(
        default=dict, blank=True, help_text="line1, line2, city, state, postal_code, country (ISO 3166-1 alpha-2)."
    )
    tax_id_type = models.CharField(max_length=30, blank=True, help_text="As Stripe names it: eu_vat, ae_trn, …")
    tax_id = models.CharField(max_length=60, blank=True)
    currency = models.CharField(max_length=3, default="USD", help_text="In which amounts are shown.")
    sync_number = models.PositiveBigIntegerField(default=0, editable=False)
    synced_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.team)
