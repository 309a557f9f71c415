"""Codes of authenticator apps that were used.

allauth 65.21 forgets a used code after one period although it takes it for three (`MFA_TOTP_TOLERANCE`), and takes the
code of the set-up once more for a sign-in.
"""

import hashlib

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from django.core.cache import cache

from apps.accounts.models import User


def use_code(user: User, code: str) -> bool:
    """True at the first use of a code by this user, False while it could be used again."""
    kept = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    meant = hashlib.sha256(f"{user.pk}|{normalize_user_code(code)}".encode()).hexdigest()
    return bool(cache.add(f"mfa-code:{meant}", "used", kept))
