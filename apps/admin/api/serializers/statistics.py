"""Numbers over all teams."""

from typing import Any

from rest_framework import serializers


class RevenueInput(serializers.Serializer[Any]):
    currency = serializers.RegexField(
        r"^[A-Z]{3}$", required=False, help_text="ISO 4217. Without it: the one that most teams pay in."
    )
    months = serializers.IntegerField(
        min_value=1, max_value=60, default=12, help_text="How many calendar months, the current one included."
    )


class RevenueMonthOutput(serializers.Serializer[Any]):
    """One calendar month (UTC) in one currency; whole cents. The glossary defines each number."""

    month = serializers.DateField(format="%Y-%m", help_text="Like `2026-11`.")
    mrr_cents = serializers.IntegerField(help_text="At the month's end; of the current month: now.")
    arr_cents = serializers.IntegerField()
    new_mrr_cents = serializers.IntegerField()
    expansion_mrr_cents = serializers.IntegerField()
    contraction_mrr_cents = serializers.IntegerField()
    churned_mrr_cents = serializers.IntegerField()
    reactivated_mrr_cents = serializers.IntegerField()
    net_new_mrr_cents = serializers.IntegerField()
    paying_teams = serializers.IntegerField(source="teams_end")
    teams_won = serializers.IntegerField()
    teams_lost = serializers.IntegerField()
    churn_rate = serializers.FloatField(allow_null=True, help_text="0 to 1; null where no team paid at its beginning.")
    mrr_churn_rate = serializers.FloatField(allow_null=True, help_text="Null where there was no MRR at its beginning.")
    arpa_cents = serializers.IntegerField(allow_null=True)
    topup_revenue_cents = serializers.IntegerField()
    topups_sold = serializers.IntegerField()
    topups_begun = serializers.IntegerField()
    topup_conversion = serializers.FloatField(allow_null=True, help_text="0 to 1.")
    topup_refunds_cents = serializers.IntegerField()
    plan_refunds_cents = serializers.IntegerField()
    refunds_cents = serializers.IntegerField()


class OutstandingOutput(serializers.Serializer[Any]):
    """What all teams have left of one unit."""

    unit = serializers.CharField(help_text="`credits`, or the action that the units pay for.")
    quantity = serializers.IntegerField(source="now")


class RevenueOutput(RevenueMonthOutput):
    """The current month, and the months up to it."""

    currency = serializers.CharField()
    currencies = serializers.ListField(child=serializers.CharField(), help_text="Never added together.")
    outstanding = OutstandingOutput(many=True)
    outstanding_counted_at = serializers.DateTimeField(
        allow_null=True, help_text="Since then every team was counted; null before this month's first count."
    )
    months = RevenueMonthOutput(many=True, help_text="Oldest first; the last is the current one.")


class UsageInput(serializers.Serializer[Any]):
    months = serializers.IntegerField(min_value=1, max_value=60, default=12, help_text="The current one included.")


class UsedOutput(serializers.Serializer[Any]):
    action = serializers.CharField()
    units = serializers.IntegerField()
    credits = serializers.IntegerField()
    teams = serializers.IntegerField(help_text="That used it.")


class OperatorUsageMonthOutput(serializers.Serializer[Any]):
    month = serializers.DateField(format="%Y-%m", help_text="A calendar month in UTC.")
    units = serializers.IntegerField()
    credits = serializers.IntegerField()
    actions = UsedOutput(many=True)


class OperatorUsageOutput(serializers.Serializer[Any]):
    months = OperatorUsageMonthOutput(many=True, help_text="Oldest first; the last is the current one.")
