"""What a security key answers, in WebAuthn's JSON form. Nothing else of it is kept."""

# ruff: noqa: N815 - WebAuthn's own names

from typing import Any

from rest_framework import serializers

Plain = serializers.Serializer[Any]


class Base64Field(serializers.CharField):
    """Base64url without padding. Whether it is any is judged by the ceremony."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 1400, **kwargs})


class _CredentialInput(Plain):
    id = Base64Field()
    rawId = Base64Field()
    type = serializers.CharField(max_length=20, help_text="`public-key`.")


class NewKeyResponseInput(Plain):
    clientDataJSON = Base64Field(max_length=4000)
    attestationObject = Base64Field(max_length=20_000)


class CredentialPropertiesInput(Plain):
    rk = serializers.BooleanField(required=False, help_text="The key is a passkey.")


class ExtensionResultsInput(Plain):
    credProps = CredentialPropertiesInput(required=False)


class NewCredentialInput(_CredentialInput):
    response = NewKeyResponseInput()
    clientExtensionResults = ExtensionResultsInput(required=False)


class KeyAnswerInput(Plain):
    clientDataJSON = Base64Field(max_length=4000)
    authenticatorData = Base64Field()
    signature = Base64Field()
    userHandle = Base64Field(required=False, allow_null=True)


class CredentialInput(_CredentialInput):
    response = KeyAnswerInput()
