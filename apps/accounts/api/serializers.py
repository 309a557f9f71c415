"""What goes in and out."""

from typing import Any

from django.conf.locale import LANG_INFO
from rest_framework import serializers

from apps.accounts.models import User
from apps.accounts.selectors import has_second_factor, has_verified_email
from apps.core.api.fields import TimeZoneField

from .credentials import CredentialInput

Plain = serializers.Serializer[Any]


class AddressField(serializers.CharField):
    """An e-mail address as it is stored: lower case. Whether it is one is judged by the flow."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        return super().to_internal_value(data).lower()


class UserOutput(Plain):
    id = serializers.IntegerField()
    email = serializers.EmailField()
    full_name = serializers.CharField()
    display_name = serializers.CharField()
    locale = serializers.CharField()
    time_zone = serializers.CharField()
    is_superuser = serializers.BooleanField()
    date_joined = serializers.DateTimeField()


class MeOutput(UserOutput):
    preferences = serializers.DictField()
    email_verified = serializers.SerializerMethodField()
    mfa_enabled = serializers.SerializerMethodField()

    def get_email_verified(self, user: User) -> bool:
        return has_verified_email(user)

    def get_mfa_enabled(self, user: User) -> bool:
        return has_second_factor(user)


class MeInput(Plain):
    full_name = serializers.CharField(max_length=150, allow_blank=True, required=False)
    locale = serializers.ChoiceField(choices=sorted(LANG_INFO), required=False)
    time_zone = TimeZoneField(required=False)


class SignupInput(Plain):
    email = AddressField()
    password = serializers.CharField(max_length=1024, trim_whitespace=False)
    full_name = serializers.CharField(max_length=150, allow_blank=True, default="")


class SignInInput(Plain):
    email = AddressField()
    password = serializers.CharField(max_length=1024, trim_whitespace=False)


class FlowInput(Plain):
    """Which flow is meant: by its token, or by the address from the network address that began it."""

    flow_token = serializers.CharField(max_length=512, allow_blank=True, default="")
    email = AddressField(allow_blank=True, default="")


class CodeInput(FlowInput):
    code = serializers.CharField(max_length=64)


class EmailInput(Plain):
    email = AddressField()


class ResetPasswordInput(CodeInput):
    password = serializers.CharField(max_length=1024, trim_whitespace=False)


class ChangePasswordInput(Plain):
    current_password = serializers.CharField(max_length=1024, trim_whitespace=False)
    new_password = serializers.CharField(max_length=1024, trim_whitespace=False)


class ReauthenticateInput(Plain):
    """One of the three."""

    password = serializers.CharField(max_length=1024, trim_whitespace=False, required=False)
    code = serializers.CharField(max_length=20, required=False, help_text="Of the second factor, or a recovery code.")
    credential = CredentialInput(required=False, help_text="The answer to `reauthenticate/webauthn`.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError("Give the password, a code or a credential.")
        return attrs


class RefreshInput(Plain):
    refresh = serializers.CharField(max_length=4096)


class FlowOutput(Plain):
    email = serializers.CharField()
    flow_token = serializers.CharField(help_text="Send it with the code.")
    expires_in = serializers.IntegerField(help_text="Seconds.")


class TokensOutput(Plain):
    access = serializers.CharField(allow_null=True)
    refresh = serializers.CharField(allow_null=True)


class SessionOutput(Plain):
    id = serializers.IntegerField()
    ip = serializers.CharField()
    user_agent = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField()
    is_current = serializers.BooleanField()


class SessionsOutput(Plain):
    results = SessionOutput(many=True)
    next = serializers.CharField(allow_null=True)
