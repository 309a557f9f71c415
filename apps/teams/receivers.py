"""What teams hear from accounts, which stands below them."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed

from .services import welcome_user


def connect() -> None:
    """Called once, when the app is ready."""
    email_confirmed.connect(_email_confirmed, dispatch_uid="teams.email_confirmed")


def _email_confirmed(email_address: EmailAddress, **kwargs: Any) -> None:
    welcome_user(email_address.user)
