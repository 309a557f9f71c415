"""An authenticator app."""

import time
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

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
