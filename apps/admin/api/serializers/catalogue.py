"""Versions of plans and prices."""

from typing import Any

from rest_framework import serializers

from apps.plans.models import Plan, PlanVersion

Plain = serializers.Serializer[Any]
MOST = 2_000_000_000


class DraftPriceInput(Plain):
    """What a draft of a price rule may become."""

    label = serializers.CharField(max_length=80, required=False)  # type: ignore[assignment]
    credits = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False)
    paid_plan_credits = serializers.IntegerField(min_value=0, max_value=1_000_000, allow_null=True, required=False)
    free_per_period = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False)


class PriceRuleOutput(Plain):
    id = serializers.IntegerField()
    action = serializers.CharField()
    version = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]
    credits = serializers.IntegerField()
    paid_plan_credits = serializers.IntegerField(allow_null=True)
    free_per_period = serializers.IntegerField()
    published_at = serializers.DateTimeField(allow_null=True, help_text="Null: a draft.")


class DraftPlanInput(Plain):
    """What a draft of a plan's version may become."""

    currency = serializers.RegexField(r"^[A-Z]{3}$", required=False)
    price_month_cents = serializers.IntegerField(min_value=0, max_value=MOST, required=False)
    price_year_cents = serializers.IntegerField(min_value=0, max_value=MOST, required=False)
    seats = serializers.IntegerField(min_value=1, max_value=32_000, required=False)
    monthly_credits = serializers.IntegerField(min_value=0, max_value=MOST, required=False)
    rollover_credits_max = serializers.IntegerField(min_value=0, max_value=MOST, required=False)
    allowances = serializers.DictField(child=serializers.IntegerField(min_value=0), required=False)
    features = serializers.ListField(child=serializers.CharField(max_length=40), required=False)
    support = serializers.RegexField(
        f"^({'|'.join(PlanVersion.Support.values)})$", required=False, help_text="standard or priority"
    )
    topup_discount_percent = serializers.IntegerField(min_value=0, max_value=99, required=False)


class PlanVersionOutput(Plain):
    id = serializers.IntegerField()
    plan = serializers.ChoiceField(source="plan.code", choices=Plan.Code.choices)
    number = serializers.IntegerField()
    currency = serializers.CharField()
    price_month_cents = serializers.IntegerField()
    price_year_cents = serializers.IntegerField()
    seats = serializers.IntegerField()
    monthly_credits = serializers.IntegerField()
    rollover_credits_max = serializers.IntegerField()
    allowances = serializers.DictField(child=serializers.IntegerField())
    features = serializers.ListField(child=serializers.CharField())
    support = serializers.CharField()
    topup_discount_percent = serializers.IntegerField()
    published_at = serializers.DateTimeField(allow_null=True, help_text="Null: a draft.")
