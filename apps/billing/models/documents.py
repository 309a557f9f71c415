"""Papers of manual billing: orders, transfers, agreements."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone


def name_document(_document: "ManualDocument", filename: str) -> str:
    """A name that nobody guesses, with none of the uploader's text but a plain ending."""
    ending = filename.rpartition(".")[2].lower()
    ending = ending if ending.isascii() and ending.isalnum() and len(ending) <= 5 else "bin"
    return f"billing/{secrets.token_hex(16)}.{ending}"


class ManualDocument(models.Model):
    """A file and what it is; shown to superadmins only."""

    account = models.ForeignKey("billing.BillingAccount", on_delete=models.PROTECT, related_name="documents")
    subscription = models.ForeignKey(
        "billing.Subscription", on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    file = models.FileField(upload_to=name_document, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title
