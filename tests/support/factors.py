"""An authenticator app, and a security key."""

import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256, CoseKey
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from apps.accounts.models import User

_SECONDS = 30


@dataclass
class App:
    """A user's app; each code counts once, so the next one is of the next half minute, which is still taken."""

    user: User
    secret: str = field(default_factory=generate_totp_secret)
    _used: int = 0

    def __post_init__(self) -> None:
        self.row: Authenticator = TOTP.activate(self.user, self.secret).instance

    def show(self) -> str:
        self._used = max(count_halves(), self._used + 1)
        return show_code(self.secret, self._used)


def count_halves() -> int:
    """The half minutes until now."""
    return int(time.time()) // _SECONDS


def show_code(secret: str, half: int) -> str:
    return format_hotp_value(hotp_value(secret, half))


class SecurityKey:
    """Answers challenges as a real one behind a browser does; `site` is where the browser stands."""

    def __init__(self, site: str = "https://testserver") -> None:
        self.site = site
        self.id = secrets.token_bytes(32)
        self._private = ec.generate_private_key(ec.SECP256R1())
        self.public: CoseKey = ES256.from_cryptography_key(self._private.public_key())

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.create` gives."""
        asked = options["publicKey"]
        credential = AttestedCredentialData.create(bytes(16), self.id, self.public)
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(_hash(asked["rp"]["id"]), flags, 0, credential)
        return self._answer(
            clientDataJSON=CollectedClientData.create("webauthn.create", asked["challenge"], self.site),
            attestationObject=AttestationObject.create("none", data, {}),
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.get` gives."""
        asked = options["publicKey"]
        data = AuthenticatorData.create(_hash(asked["rpId"]), AuthenticatorData.FLAG.UP, 0)
        client = CollectedClientData.create("webauthn.get", asked["challenge"], self.site)
        signature = self._private.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _answer(self, **response: bytes) -> dict[str, Any]:
        encoded = {name: websafe_encode(value) for name, value in response.items()}
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "response": encoded,
        }


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
