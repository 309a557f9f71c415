"""Answers of security keys. allauth 65.21 answers a malformed one with a 500, and asks less of a new key than it could.

It neither looks whether the key can be used (its algorithm, its point on the curve) nor whether it is known already.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.headless.internal.restkit.inputs import Input
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import get_authenticator_by_credential_id
from cryptography.exceptions import InvalidSignature
from django import forms
from fido2.cose import CoseKey
from fido2.webauthn import RegistrationResponse

from apps.accounts.models import User

_MALFORMED = (
    AssertionError, AttributeError, IndexError, KeyError, NotImplementedError, OverflowError, RecursionError,
    TypeError, ValueError, struct.error,
)  # fmt: skip


class AddKeyForm(AddWebAuthnForm):
    """A new key."""

    def clean(self) -> dict[str, Any]:
        with _no_key_when_malformed():
            cleaned: dict[str, Any] = super().clean()
            if credential := cleaned.get("credential"):
                _refuse_unusable(self.user, credential)
        return cleaned


class AddKeyInput(AddKeyForm, Input):
    """The same of the API."""


class _Answer(forms.Form):
    def clean_credential(self) -> Authenticator:
        with _no_key_when_malformed():
            return super().clean_credential()  # type: ignore[misc]


class AuthenticateKeyForm(_Answer, AuthenticateWebAuthnForm):
    """The second step of a sign-in."""


class AuthenticateKeyInput(AuthenticateKeyForm, Input):
    """The same of the API."""


class ReauthenticateKeyForm(_Answer, ReauthenticateWebAuthnForm):
    """A session that is confirmed."""


class ReauthenticateKeyInput(ReauthenticateKeyForm, Input):
    """The same of the API."""


@contextmanager
def _no_key_when_malformed() -> Iterator[None]:
    try:
        yield
    except _MALFORMED as error:
        raise forms.ValidationError("Incorrect code.", code="incorrect_code") from error


def _refuse_unusable(user: User, credential: dict[str, Any]) -> None:
    registration = RegistrationResponse.from_dict(credential)
    key = registration.response.attestation_object.auth_data.credential_data
    if key is None or registration.raw_id != key.credential_id or not _can_verify(key.public_key):
        raise ValueError
    if get_authenticator_by_credential_id(user, key.credential_id):
        raise forms.ValidationError("This key is known already.", code="key_known")


def _can_verify(key: CoseKey) -> bool:
    """False, or an error, for a key that could never answer a challenge: its owner would be locked out."""
    try:
        key.verify(b"nothing", b"")
    except InvalidSignature:
        return True
    return False
