"""Teams and users as the staff sees them, and what it does with them."""

from typing import Any

from rest_framework import serializers

from apps.admin.services.wallets import AMOUNT_MAX
from apps.billing.models import Interval, Provider, Subscription
from apps.plans.models import Plan
from apps.system.services import REASON_MAX
from apps.teams.models import Membership, Team

Plain = serializers.Serializer[Any]


class ReasonInput(Plain):
    reason = serializers.CharField(max_length=REASON_MAX, help_text="Kept in the audit trail.")


class CorrectionInput(ReasonInput):
    unit = serializers.CharField(default="credits", max_length=40, help_text="`credits`, or an action.")
    amount = serializers.IntegerField(min_value=1, max_value=AMOUNT_MAX)


class GrantInput(CorrectionInput):
    expires_at = serializers.DateTimeField(required=False, allow_null=True, help_text="Without it: it does not end.")


class MovedOutput(Plain):
    unit = serializers.CharField()
    amount = serializers.IntegerField(help_text="What was given, or how much could be taken.")


class PlanInput(ReasonInput):
    """A paid plan by transfer, or `free` at once."""

    plan = serializers.ChoiceField(choices=Plan.Code.choices)
    interval = serializers.ChoiceField(choices=Interval.choices, default=Interval.MONTH)
    price_cents = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=2_000_000_000, help_text="Without it: the list price."
    )
    paid_until = serializers.DateTimeField(required=False, allow_null=True, help_text="Paid plans need it.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["plan"] != Plan.Code.FREE and not attrs.get("paid_until"):
            raise serializers.ValidationError({"paid_until": ["Until when is the plan paid?"]})
        return attrs


class TeamsInput(Plain):
    search = serializers.CharField(required=False, max_length=100, help_text="In name, slug and members' addresses.")
    state = serializers.ChoiceField(choices=Team.State.choices, required=False)
    billing_state = serializers.ChoiceField(choices=Team.BillingState.choices, required=False)
    plan = serializers.ChoiceField(choices=Plan.Code.choices, required=False)


class OperatorTeamOutput(Plain):
    """A team without its content."""

    id = serializers.IntegerField()
    slug = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=Team.State.choices)
    plan = serializers.CharField(source="plan_version.plan.code")
    plan_version = serializers.IntegerField(source="plan_version.number")
    billing_state = serializers.ChoiceField(choices=Team.BillingState.choices)
    paid_until = serializers.DateTimeField(allow_null=True)
    seats = serializers.IntegerField(source="plan_version.seats")
    members = serializers.IntegerField(help_text="Active ones.")
    owner = serializers.EmailField(allow_null=True)
    proposals_unlocked_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class PersonOutput(Plain):
    id = serializers.IntegerField(source="user_id")
    email = serializers.EmailField(source="user.email")
    role = serializers.ChoiceField(choices=Membership.Role.choices)
    state = serializers.ChoiceField(choices=Membership.State.choices)


class OperatorSubscriptionOutput(Plain):
    provider = serializers.ChoiceField(choices=Provider.choices)
    status = serializers.ChoiceField(choices=Subscription.Status.choices)
    plan = serializers.CharField(source="plan_version.plan.code")
    interval = serializers.ChoiceField(choices=Interval.choices)
    price_cents = serializers.IntegerField()
    currency = serializers.CharField()
    current_period_end = serializers.DateTimeField()
    cancel_at_period_end = serializers.BooleanField()


class OperatorTeamDetailOutput(OperatorTeamOutput):
    schema_name = serializers.CharField()
    time_zone = serializers.CharField()
    currency = serializers.CharField()
    subscription = OperatorSubscriptionOutput(allow_null=True)
    people = PersonOutput(many=True)

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        """The selector gives the team beside what belongs to it."""
        team = instance["team"]
        team.subscription, team.people = instance["subscription"], instance["people"]
        shown: dict[str, Any] = super().to_representation(team)
        return shown


class UsersInput(Plain):
    search = serializers.CharField(required=False, max_length=100, help_text="In address and name.")
    is_active = serializers.BooleanField(required=False, allow_null=True, default=None)


class OperatorUserOutput(Plain):
    id = serializers.IntegerField()
    email = serializers.EmailField()
    full_name = serializers.CharField()
    is_active = serializers.BooleanField()
    is_superuser = serializers.BooleanField()
    date_joined = serializers.DateTimeField()
    last_login = serializers.DateTimeField(allow_null=True)


class PlaceOutput(Plain):
    team = serializers.IntegerField(source="team_id")
    slug = serializers.CharField(source="team.slug")
    role = serializers.ChoiceField(choices=Membership.Role.choices)
    state = serializers.ChoiceField(choices=Membership.State.choices)


class OperatorUserDetailOutput(OperatorUserOutput):
    teams = PlaceOutput(many=True, source="places")

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        instance["user"].places = instance["places"]
        shown: dict[str, Any] = super().to_representation(instance["user"])
        return shown
