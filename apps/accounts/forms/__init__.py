"""Forms of the web pages, each with its counterpart of the API."""

from .codes import (
    ActivateTOTPForm,
    ActivateTOTPInput,
    AuthenticateForm,
    AuthenticateInput,
    ReauthenticateForm,
    ReauthenticateInput,
)
from .keys import (
    AddKeyForm,
    AddKeyInput,
    AuthenticateKeyForm,
    AuthenticateKeyInput,
    ReauthenticateKeyForm,
    ReauthenticateKeyInput,
)
from .signing_in import LoginForm, SignupForm, SignupInput

__all__ = [
    "ActivateTOTPForm",
    "ActivateTOTPInput",
    "AddKeyForm",
    "AddKeyInput",
    "AuthenticateForm",
    "AuthenticateInput",
    "AuthenticateKeyForm",
    "AuthenticateKeyInput",
    "LoginForm",
    "ReauthenticateForm",
    "ReauthenticateInput",
    "ReauthenticateKeyForm",
    "ReauthenticateKeyInput",
    "SignupForm",
    "SignupInput",
]
