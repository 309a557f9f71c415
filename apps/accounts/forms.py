"""Forms of the web pages, each with its counterpart of the API."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.headless.account.inputs import SignupInput as AllauthSignupInput
from allauth.headless.internal.restkit.inputs import Input
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from .gateways.codes import use_code
from .models import User


class _SignupOnce(forms.Form):
    """Two sign-ups with one address at the same moment: the second is answered like a known address."""

    account_already_exists: bool

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        try:
            with transaction.atomic():
                return super().try_save(request)  # type: ignore[misc]
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)  # type: ignore[misc]

    def judge_password(self, field: str) -> None:
        """allauth compares the password with the address at most; a name in it is as easy to guess."""
        password = self.cleaned_data.get(field)
        if not password:
            return
        person = User(email=self.cleaned_data.get("email", ""), full_name=self.cleaned_data.get("full_name", ""))
        try:
            get_adapter().clean_password(password, user=person)
        except forms.ValidationError as error:
            known = list(self.errors.get(field, []))
            self.add_error(field, [one for one in error.error_list if one.messages[0] not in known])


class LoginForm(AllauthLoginForm):
    """allauth's, in our words."""

    remember = forms.BooleanField(
        required=False, label="Stay signed in for two weeks", widget=forms.CheckboxInput(attrs={"class": "input"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["placeholder"] = "name@company.com"
        self.fields["password"].widget.attrs.pop("placeholder", None)


class SignupForm(_SignupOnce, AllauthSignupForm):
    full_name = forms.CharField(
        max_length=150,
        required=False,
        label="Full name",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["full_name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["placeholder"] = "name@company.com"
        self.fields["password1"].widget.attrs.pop("placeholder", None)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.judge_password("password1")
        return self.cleaned_data


class SignupInput(_SignupOnce, AllauthSignupInput):
    full_name = forms.CharField(max_length=150, required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.judge_password("password")
        return self.cleaned_data


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
