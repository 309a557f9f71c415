"""The shapes of the credits API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.credits.models import CREDITS, Entry
from apps.credits.selectors import describe_member


class DrawOutput(serializers.Serializer[Any]):
    source = serializers.ChoiceField(choices=["allowance", "free", "bought", "credits"])  # type: ignore[assignment]
    units = serializers.IntegerField()
    credits = serializers.IntegerField()


class MissingOutput(serializers.Serializer[Any]):
    units = serializers.IntegerField(help_text="Units that nothing covers.")
    credits = serializers.IntegerField(help_text="Credits that would cover them.")


class QuoteOutput(serializers.Serializer[Any]):
    """What an act would cost now. A quote never charges."""

    action = serializers.CharField()
    units = serializers.IntegerField()
    draws = DrawOutput(many=True)
    credits = serializers.IntegerField(help_text="The price in credits, after allowance, free and bought units.")
    allowed = serializers.BooleanField()
    reason = serializers.CharField(required=False, help_text="The code of the refusal, when not allowed.")
    missing = MissingOutput(required=False)


class BalanceOutput(serializers.Serializer[Any]):
    balance = serializers.IntegerField(help_text="What is settled.")
    held = serializers.IntegerField(help_text="The part that is set aside for work under way.")
    available = serializers.IntegerField(help_text="balance − held.")
    unit = serializers.CharField(default=CREDITS)


class PeriodOutput(serializers.Serializer[Any]):
    start = serializers.DateTimeField()
    end = serializers.DateTimeField(help_text="Not included.")


class CountOutput(serializers.Serializer[Any]):
    limit = serializers.IntegerField()
    used = serializers.IntegerField()
    held = serializers.IntegerField(help_text="Under way.")
    remaining = serializers.IntegerField()


class AllowanceOutput(serializers.Serializer[Any]):
    action = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    included = serializers.BooleanField(help_text="False: the plan does not allow the action, whatever the credits.")
    allowance = CountOutput()
    free = CountOutput()
    bought = serializers.IntegerField()
    cost = serializers.IntegerField()
    your_cost = serializers.IntegerField()


class AllowancesOutput(serializers.Serializer[Any]):
    period = PeriodOutput()
    results = AllowanceOutput(many=True)


class GrantOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField(allow_null=True, help_text="Null until the period's first use writes the grant down.")
    unit = serializers.CharField()
    origin = serializers.ChoiceField(choices=["plan", "purchase", "adjustment", "refund", "rollover"])
    label = serializers.CharField()  # type: ignore[assignment]
    amount = serializers.IntegerField()
    remaining = serializers.IntegerField()
    held = serializers.IntegerField()
    effective_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)


class PlanOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    monthly_credits = serializers.IntegerField()


class SummaryOutput(BalanceOutput):
    plan = PlanOutput()
    period = PeriodOutput()
    grants = GrantOutput(many=True)
    allowances = AllowanceOutput(many=True)


class SpenderOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField(allow_null=True, help_text="Null for who is not named: the support, or a colleague.")
    name = serializers.CharField()


class SubjectOutput(serializers.Serializer[Any]):
    type = serializers.CharField(allow_blank=True)
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]


class EntryGrantOutput(serializers.Serializer[Any]):
    grant = serializers.IntegerField()
    origin = serializers.CharField()
    amount = serializers.IntegerField()
    held_delta = serializers.IntegerField()


class EntryOutput(serializers.ModelSerializer[Entry]):
    """One line of the ledger; `grants` tells which lots moved, `draws` what paid for a spend."""

    subject = serializers.SerializerMethodField()
    member = serializers.SerializerMethodField()
    grants = EntryGrantOutput(many=True)
    draws = DrawOutput(many=True)

    class Meta:
        model = Entry
        fields = [
            "id",
            "seq",
            "at",
            "kind",
            "unit",
            "action",
            "units",
            "amount",
            "held_delta",
            "balance_after",
            "held_after",
            "subject",
            "member",
            "reason",
            "grants",
            "draws",
        ]
        read_only_fields = fields

    @extend_schema_field(SubjectOutput)
    def get_subject(self, entry: Entry) -> dict[str, str]:
        return {"type": entry.subject_type, "label": entry.subject_label}

    @extend_schema_field(SpenderOutput(allow_null=True))
    def get_member(self, entry: Entry) -> dict[str, Any] | None:
        return describe_member(entry.member)


class TransactionsOutput(serializers.Serializer[Any]):
    results = EntryOutput(many=True)
    next = serializers.URLField(allow_null=True, help_text="The next page, or null.")


class TransactionsFile(serializers.Serializer[Any]):
    results = EntryOutput(many=True)


class PriceOutput(serializers.Serializer[Any]):
    action = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    cost = serializers.IntegerField(help_text="The list price of a unit in credits.")
    your_cost = serializers.IntegerField(help_text="Your plan's price of a unit.")
    free_per_period = serializers.IntegerField()
    included = serializers.BooleanField()


class PricesOutput(serializers.Serializer[Any]):
    results = PriceOutput(many=True)


class WantedInput(serializers.Serializer[Any]):
    action = serializers.CharField(max_length=40)
    units = serializers.IntegerField(min_value=1, max_value=100_000, default=1)


class CalculateInput(serializers.Serializer[Any]):
    actions = serializers.ListField(child=WantedInput(), allow_empty=False, max_length=50)


class CalculateOutput(serializers.Serializer[Any]):
    quotes = QuoteOutput(many=True)
    credits = serializers.IntegerField(help_text="All quotes together.")
    allowed = serializers.BooleanField(help_text="Whether all of it can be paid together.")


class UnitsInput(serializers.Serializer[Any]):
    units = serializers.IntegerField(min_value=1, max_value=100_000, default=1)


class MonthInput(serializers.Serializer[Any]):
    month = serializers.RegexField(
        r"^20\d{2}-(0[1-9]|1[0-2])$",
        required=False,
        help_text="A calendar month in UTC, `2026-11`; default: this month.",
    )


class SpendingInput(serializers.Serializer[Any]):
    months = serializers.IntegerField(
        min_value=1, max_value=24, default=6, help_text="So many calendar months (UTC), the last one included."
    )
    last = serializers.RegexField(
        r"^20\d{2}-(0[1-9]|1[0-2])$", required=False, help_text="The last month, `2026-11`; default: this month."
    )


class UsageTotals(serializers.Serializer[Any]):
    units = serializers.IntegerField()
    credits = serializers.IntegerField()


class UsageByAction(UsageTotals):
    action = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class UsageByMember(UsageByAction):
    member = SpenderOutput(allow_null=True)


class UsageByDay(UsageTotals):
    date = serializers.DateField()
    actions = serializers.DictField(child=UsageTotals())


class UsageOutput(UsageTotals):
    """What was spent in a calendar month (UTC)."""

    month = serializers.CharField()
    by_action = UsageByAction(many=True)
    by_member = UsageByMember(many=True)
    by_day = UsageByDay(many=True)


class SpentByMember(UsageTotals):
    member = SpenderOutput(allow_null=True, help_text="Null for what the API and the system did.")


class SpentInMonth(UsageTotals):
    month = serializers.CharField()
    actions = serializers.DictField(child=UsageTotals())


class SpendingOutput(UsageTotals):
    """Where units and credits went: the numbers of the spending charts. Each list sums to the totals."""

    since = serializers.DateTimeField()
    until = serializers.DateTimeField(help_text="Not included.")
    by_month = SpentInMonth(many=True, help_text="Every month of the span, in order.")
    by_action = UsageByAction(many=True)
    by_member = SpentByMember(many=True, help_text="All members for roles that see the team's usage, else only you.")


class TeamUsageOutput(serializers.Serializer[Any]):
    month = serializers.CharField()
    results = UsageByMember(many=True)


class WalletDashboardOutput(SummaryOutput):
    usage = UsageOutput()
    recent = EntryOutput(many=True)


class LimitsInput(serializers.Serializer[Any]):
    limits = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=10**9),
        help_text="Per billing period: units by action, and `credits` over all actions. What is missing is unlimited.",
    )


class LimitsOutput(serializers.Serializer[Any]):
    limits = serializers.DictField(child=serializers.IntegerField())
    used = serializers.DictField(child=serializers.IntegerField())
    period = PeriodOutput()
