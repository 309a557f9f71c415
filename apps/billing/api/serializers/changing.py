"""Another plan or interval."""

from typing import Any

from rest_framework import serializers

from .subscription import INTERVALS


class ChangeInput(serializers.Serializer[Any]):
    plan = serializers.CharField(max_length=20)
    interval = serializers.ChoiceField(choices=INTERVALS)


class ConfirmedChangeInput(ChangeInput):
    keep = serializers.ListField(
        child=serializers.IntegerField(),
        required=False,
        max_length=100,
        help_text="Members (ids) who stay active where the plan has fewer seats; the owner always stays.",
    )
    proration_at = serializers.DateTimeField(
        required=False,
        help_text="The preview's: within an hour, and its period, exactly its amount is charged; later 409.",
    )


class PreviewLineOutput(serializers.Serializer[Any]):
    description = serializers.CharField()
    amount_cents = serializers.IntegerField()
    period_start = serializers.DateTimeField()
    period_end = serializers.DateTimeField()


class ChangePreviewOutput(serializers.Serializer[Any]):
    """What a change would mean. Nothing is changed or charged."""

    plan = serializers.CharField(source="plan_version.plan.code")
    interval = serializers.ChoiceField(choices=INTERVALS)
    immediate = serializers.BooleanField(source="is_immediate")
    effective_at = serializers.DateTimeField()
    due_cents = serializers.IntegerField(help_text="Charged now.")
    total_cents = serializers.IntegerField(help_text="Below zero: kept as a credit for later invoices.")
    price_cents = serializers.IntegerField(help_text="Of each interval from then on, before taxes.")
    currency = serializers.CharField()
    proration_at = serializers.DateTimeField(allow_null=True)
    seats = serializers.IntegerField()
    members_beyond_seats = serializers.IntegerField(help_text="So many would be suspended.")
    lines = PreviewLineOutput(many=True)
