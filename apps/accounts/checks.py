"""What people need in order to sign in."""

from typing import Any

from django.core import checks

from .hashers import can_verify_bcrypt


@checks.register(checks.Tags.security)
def check_bcrypt(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Imported users bring bcrypt hashes."""
    if can_verify_bcrypt():
        return []
    message = "bcrypt cannot be verified here: users that were imported with their password cannot sign in by it."
    return [checks.Warning(message, hint="pip install bcrypt", id="accounts.W001")]
