"""How the team stands."""

from typing import Any

from rest_framework import serializers

from apps.billing.models import Interval
from apps.billing.models import Subscription as SubscriptionRow
from apps.teams.models import Team

INTERVALS = Interval.choices


class BillingPeriodOutput(serializers.Serializer[Any]):
    start = serializers.DateTimeField()
    end = serializers.DateTimeField(help_text="Not included.")


class ScheduledOutput(serializers.Serializer[Any]):
    plan = serializers.CharField()
    interval = serializers.ChoiceField(choices=INTERVALS)
    at = serializers.DateTimeField()
    keep = serializers.ListField(child=serializers.IntegerField(), help_text="Members who stay active.")


class NextPaymentOutput(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    amount_cents = serializers.IntegerField(help_text="Before taxes.")
    currency = serializers.CharField()


class SubscriptionOutput(serializers.Serializer[Any]):
    """How the team stands. Without a subscription (Free, or nobody bills) the fields about one are null."""

    plan = serializers.CharField()
    plan_version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Team.BillingState.choices)
    provider = serializers.ChoiceField(choices=["stripe", "manual"], allow_null=True)
    status = serializers.ChoiceField(choices=SubscriptionRow.Status.choices, allow_null=True)
    interval = serializers.ChoiceField(choices=INTERVALS, allow_null=True)
    price_cents = serializers.IntegerField(allow_null=True, help_text="The agreed price of an interval.")
    currency = serializers.CharField()
    period = BillingPeriodOutput(allow_null=True)
    paid_until = serializers.DateTimeField(allow_null=True)
    grace_until = serializers.DateTimeField(allow_null=True)
    cancel_at_period_end = serializers.BooleanField()
    scheduled = ScheduledOutput(allow_null=True)
    next_payment = NextPaymentOutput(allow_null=True)
    seats = serializers.IntegerField()
    seats_taken = serializers.IntegerField()
    test_payments = serializers.BooleanField(help_text="True: no money moves.")
