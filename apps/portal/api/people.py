"""Answers that join a person and their teams: sign-in, verification of the address, dashboard."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import errors
from apps.accounts.api.base import AuthView, PublicAuthView, signed_in_user
from apps.accounts.api.credentials import CredentialInput
from apps.accounts.api.serializers import CodeInput, MeOutput, SignInInput, UserOutput
from apps.accounts.selectors import count_sessions
from apps.accounts.services.answers import SecondFactorNeeded, SignedIn
from apps.accounts.services.security_keys import sign_in_by_key
from apps.accounts.services.signing_in import confirm_second_factor, sign_in, verify_email
from apps.core.api.schema import refusals
from apps.core.errors import InvalidInput
from apps.portal.selectors.memberships import list_open_teams
from apps.teams.models import Membership

Plain = serializers.Serializer[Any]


class SignedInTeamOutput(Plain):
    slug = serializers.CharField(source="team.slug")
    name = serializers.CharField(source="team.name")
    role = serializers.ChoiceField(choices=Membership.Role.choices)
    plan = serializers.CharField(source="team.plan_version.plan.code")


class SignedInOutput(Plain):
    access = serializers.CharField()
    refresh = serializers.CharField()
    user = UserOutput()
    teams = SignedInTeamOutput(many=True)


class SecondFactorOutput(Plain):
    mfa_required = serializers.BooleanField()
    mfa_token = serializers.CharField()
    methods = serializers.ListField(child=serializers.CharField())


class SecondFactorInput(Plain):
    mfa_token = serializers.CharField(max_length=500, help_text="What `login` answered with.")
    code = serializers.CharField(
        max_length=20, required=False, help_text="Of the authenticator app, or a recovery code."
    )
    credential = CredentialInput(required=False, help_text="The answer to `login/mfa/webauthn`, instead of a code.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("code" in attrs) == ("credential" in attrs):
            raise serializers.ValidationError("Give a code or a credential.")
        return attrs


SIGN_IN_OUTPUT = PolymorphicProxySerializer(
    component_name="SignInOutput", serializers=[SignedInOutput, SecondFactorOutput], resource_type_field_name=None
)


class SecurityOutput(Plain):
    sessions = serializers.IntegerField()
    email_verified = serializers.BooleanField()
    mfa_enabled = serializers.BooleanField()


class DashboardTeamOutput(SignedInTeamOutput):
    state = serializers.CharField(source="team.state")
    members = serializers.IntegerField()
    seats = serializers.IntegerField(source="team.plan_version.seats")


class DashboardOutput(Plain):
    user = MeOutput()
    teams = DashboardTeamOutput(many=True)
    security = SecurityOutput()


def describe_sign_in(outcome: SignedIn | SecondFactorNeeded) -> dict[str, Any]:
    """`{access, refresh, user, teams}`, or what the second factor needs."""
    if isinstance(outcome, SecondFactorNeeded):
        return {"mfa_required": True, "mfa_token": outcome.mfa_token, "methods": outcome.methods}
    teams = list_open_teams(outcome.user)
    joined = {"access": outcome.access, "refresh": outcome.refresh, "user": outcome.user, "teams": teams}
    return dict(SignedInOutput(joined).data)


class LoginView(PublicAuthView):
    """Begin a session."""

    @extend_schema(
        operation_id="auth_login",
        tags=["auth"],
        summary="Sign in",
        description=(
            "Wrong, unknown and deactivated get one answer. An unverified address gets `auth.email_unverified` with a "
            "`flow_token` for `email/verify`, and a fresh code by mail."
        ),
        request=SignInInput,
        responses={
            200: SIGN_IN_OUTPUT,
            **refusals(
                InvalidInput,
                errors.InvalidCredentials,
                errors.CredentialInvalid,
                errors.EmailUnverified,
                errors.TooManyAttempts,
            ),
        },
    )
    def post(self, request: Request) -> Response:
        given = SignInInput(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(describe_sign_in(sign_in(request._request, **given.validated_data)))


class SecondFactorView(PublicAuthView):
    """The second step of a sign-in."""

    @extend_schema(
        operation_id="auth_login_mfa",
        tags=["auth"],
        summary="Finish a sign-in by a second factor",
        request=SecondFactorInput,
        responses={
            200: SIGN_IN_OUTPUT,
            **refusals(
                InvalidInput,
                errors.CodeInvalid,
                errors.CodeExpired,
                errors.InvalidCredentials,
                errors.CredentialInvalid,
                errors.TooManyAttempts,
            ),
        },
    )
    def post(self, request: Request) -> Response:
        given = SecondFactorInput(data=request.data)
        given.is_valid(raise_exception=True)
        confirm = sign_in_by_key if "credential" in given.validated_data else confirm_second_factor
        return Response(describe_sign_in(confirm(request._request, **given.validated_data)))


class VerifyEmailView(PublicAuthView):
    """Confirm the address."""

    @extend_schema(
        operation_id="auth_email_verify",
        tags=["auth"],
        summary="Verify the e-mail address and sign in",
        description="The first verified address brings a free team. Three wrong codes end the flow.",
        request=CodeInput,
        responses={
            200: SIGN_IN_OUTPUT,
            **refusals(InvalidInput, errors.CodeInvalid, errors.CodeExpired, errors.CredentialInvalid),
        },
    )
    def post(self, request: Request) -> Response:
        given = CodeInput(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(describe_sign_in(verify_email(request._request, **given.validated_data)))


class DashboardView(AuthView):
    """The person, their teams, their security."""

    @extend_schema(
        operation_id="auth_dashboard",
        tags=["auth"],
        summary="Read the signed-in user with teams and security",
        responses={200: DashboardOutput, **refusals(*errors.SIGNED_OUT)},
    )
    def get(self, request: Request) -> Response:
        user = signed_in_user(request)
        me = MeOutput(user).data
        security = {
            "sessions": count_sessions(user=user),
            "email_verified": me["email_verified"],
            "mfa_enabled": me["mfa_enabled"],
        }
        teams = DashboardTeamOutput(list_open_teams(user), many=True).data
        return Response({"user": me, "teams": teams, "security": security})
