"""Codes of an authenticator app, and recovery codes."""

from allauth.headless.internal.restkit.inputs import Input
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from django import forms

from apps.accounts.gateways.codes import use_code
from apps.accounts.models import User


class _CodeOnce(forms.Form):
    """A code counts once while it could count: for its whole time, and from the set-up on."""

    user: User

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not use_code(self.user, code):
            raise forms.ValidationError("Incorrect code.", code="incorrect_code")
        return code


class AuthenticateForm(_CodeOnce, AllauthAuthenticateForm):
    """The second step of a sign-in."""


class AuthenticateInput(AuthenticateForm, Input):
    """The same of the API."""


class ReauthenticateForm(_CodeOnce, AllauthReauthenticateForm):
    """A session that is confirmed."""


class ReauthenticateInput(ReauthenticateForm, Input):
    """The same of the API."""


class ActivateTOTPForm(_CodeOnce, AllauthActivateTOTPForm):
    """The first code of an authenticator app."""


class ActivateTOTPInput(ActivateTOTPForm, Input):
    """The same of the API."""
