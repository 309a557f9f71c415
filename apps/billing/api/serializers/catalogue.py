"""What can be bought."""

from typing import Any

from rest_framework import serializers


class PlanForSaleOutput(serializers.Serializer[Any]):
    """What a plan includes and costs now."""

    code = serializers.CharField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    currency = serializers.CharField()
    price_month_cents = serializers.IntegerField()
    price_year_cents = serializers.IntegerField()
    seats = serializers.IntegerField()
    monthly_credits = serializers.IntegerField()
    allowances = serializers.DictField(child=serializers.IntegerField(), help_text="Units of each action a month.")
    features = serializers.ListField(child=serializers.CharField())
    support = serializers.CharField()
    topup_discount_percent = serializers.IntegerField()
    is_current = serializers.BooleanField()


class PlansForSaleOutput(serializers.Serializer[Any]):
    results = PlanForSaleOutput(many=True)


class PackageOutput(serializers.Serializer[Any]):
    """A top-up package at the team's own price."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.CharField(help_text="`credits`, or the action that the units pay for.")
    quantity = serializers.IntegerField()
    price_cents = serializers.IntegerField(help_text="What this team pays.")
    list_price_cents = serializers.IntegerField(help_text="The standard rate.")
    currency = serializers.CharField()


class PackagesOutput(serializers.Serializer[Any]):
    results = PackageOutput(many=True)
