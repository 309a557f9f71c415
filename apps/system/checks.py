"""Settings without which mails go nowhere."""

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register()
def check_mail(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Sign-up and password reset need a mail server, or the demo's mailbox page."""
    if settings.EMAIL_URL or settings.MAILBOX_PAGE:
        return []
    message = "EMAIL_URL is empty: nobody can sign up or reset a password, since mails wait for a server and then fail."
    return [checks.Warning(message, hint="EMAIL_URL=smtp+tls://user:password@mail.example.com:587", id="system.W001")]
