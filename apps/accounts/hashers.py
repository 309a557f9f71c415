"""Passwords that came from the replaced system."""

import warnings
from typing import Any

from django.contrib.auth.hashers import BCryptPasswordHasher

# A published test vector (Openwall's crypt_blowfish): where it does not come out, bcrypt cannot be verified here.
_PROBE = (b"U*U", b"$2a$05$CCCCCCCCCCCCCCCCCCCCC.", b"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")


class SystemCrypt:
    """bcrypt by the C library of the system, with the interface of the package `bcrypt`.

    Python has its `crypt` until 3.12; from then on the package must be installed.
    """

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import crypt  # noqa: PLC0415 - missing on some systems
        self._crypt = crypt

    def gensalt(self, rounds: int = 12) -> bytes:
        return self._crypt.mksalt(self._crypt.METHOD_BLOWFISH, rounds=2**rounds).encode()

    def hashpw(self, password: bytes, salt: bytes) -> bytes:
        return (self._crypt.crypt(password.decode(), salt.decode("ascii")) or "").encode()


class BcryptHasher(BCryptPasswordHasher):
    """Verifies `bcrypt$$2b$12$…` as it was imported; the first sign-in replaces it by the preferred hash."""

    def _load_library(self) -> Any:
        try:
            return super()._load_library()  # type: ignore[misc]  # the stubs do not know it
        except ValueError:
            return SystemCrypt()

    def verify(self, password: str, encoded: str) -> bool:
        try:
            return super().verify(password, encoded)
        except (ValueError, OSError):  # a NUL character, a salt that is none
            return False


def can_verify_bcrypt() -> bool:
    """Whether this system can tell a right bcrypt password from a wrong one."""
    password, salt, expected = _PROBE
    try:
        return bool(BcryptHasher()._load_library().hashpw(password, salt) == expected)
    except (ImportError, ValueError, OSError):
        return False
