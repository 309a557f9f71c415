"""The sign-up form of the web pages and its counterpart of the API."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.headless.account.inputs import SignupInput as AllauthSignupInput
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from apps.accounts.models import User


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
