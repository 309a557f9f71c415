"""What goes in and out."""

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import TimeZoneField
from apps.teams.models import Membership, Team
from apps.teams.roles import list_permissions
from apps.teams.selectors import count_seats_taken

Plain = serializers.Serializer[Any]
CURRENCIES = ["AED", "AUD", "BHD", "CAD", "CHF", "EGP", "EUR", "GBP", "KWD", "OMR", "QAR", "SAR", "TRY", "USD"]


class TeamOutput(Plain):
    """A team as one of its members sees it; the source is the membership."""

    slug = serializers.CharField(source="team.slug")
    name = serializers.CharField(source="team.name")
    role = serializers.ChoiceField(choices=Membership.Role.choices)
    plan = serializers.CharField(source="team.plan_version.plan.code")
    state = serializers.ChoiceField(source="team.state", choices=Team.State.choices)
    created_at = serializers.DateTimeField(source="team.created_at")


class CurrentTeamOutput(TeamOutput):
    time_zone = serializers.CharField(source="team.time_zone")
    currency = serializers.CharField(source="team.currency")
    seats = serializers.IntegerField(source="team.plan_version.seats")
    seats_taken = serializers.SerializerMethodField()
    permissions = serializers.SerializerMethodField(help_text="What the caller's role may do.")

    def get_seats_taken(self, membership: Membership) -> int:
        return count_seats_taken(membership.team)

    def get_permissions(self, membership: Membership) -> list[str]:
        return [str(permission) for permission in list_permissions(membership.role)]


class CreateTeamInput(Plain):
    name = serializers.CharField(max_length=200, help_text="1 to 80 visible characters in any script.")
    slug = serializers.CharField(
        max_length=60, required=False, help_text="The team's address; made from the name where it is left out."
    )


class UpdateTeamInput(Plain):
    name = serializers.CharField(max_length=200, required=False)
    time_zone = TimeZoneField(required=False)
    currency = serializers.ChoiceField(choices=CURRENCIES, required=False)


class SwitchInput(Plain):
    team = serializers.CharField(max_length=60, help_text="The slug of the team to go to.")


# Ownership is handed over, never given by an edit.
GIVEN_ROLES = [choice for choice in Membership.Role.choices if choice[0] != Membership.Role.OWNER]


class MemberOutput(Plain):
    id = serializers.IntegerField(source="user_id", help_text="The user's id, as in the ledger and the usage.")
    email = serializers.EmailField(source="user.email")
    full_name = serializers.CharField(source="user.full_name")
    role = serializers.ChoiceField(choices=Membership.Role.choices)
    state = serializers.ChoiceField(choices=Membership.State.choices)
    created_at = serializers.DateTimeField()


class ChangeMemberInput(Plain):
    role = serializers.ChoiceField(choices=GIVEN_ROLES, required=False)
    state = serializers.ChoiceField(choices=Membership.State.choices, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError("Name a role or a state.")
        return attrs
