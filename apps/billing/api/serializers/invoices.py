"""Invoices."""

from typing import Any

from rest_framework import serializers

from apps.billing.models import Invoice


class TaxIdOutput(serializers.Serializer[Any]):
    type = serializers.CharField()
    value = serializers.CharField()


class InvoiceLineOutput(serializers.Serializer[Any]):
    description = serializers.CharField(allow_blank=True)
    quantity = serializers.IntegerField()
    amount_cents = serializers.IntegerField()
    period_start = serializers.DateTimeField()
    period_end = serializers.DateTimeField()
    proration = serializers.BooleanField()


class InvoiceOutput(serializers.ModelSerializer[Invoice]):
    """An invoice as it was issued: name, address and tax numbers are those printed on it."""

    status = serializers.ChoiceField(choices=Invoice.Status.choices)
    customer_address = serializers.DictField(child=serializers.CharField())
    customer_tax_ids = TaxIdOutput(many=True)
    lines = InvoiceLineOutput(many=True)

    class Meta:
        model = Invoice
        fields = [
            "id", "number", "provider", "status", "currency", "subtotal_cents", "tax_cents", "total_cents",
            "amount_paid_cents", "amount_due_cents", "refunded_cents", "period_start", "period_end", "issued_at",
            "paid_at", "hosted_url", "pdf_url", "customer_name", "customer_address", "customer_tax_ids", "lines",
        ]  # fmt: skip
