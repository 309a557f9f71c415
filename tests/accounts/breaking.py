"""A mail backend that fails, to show what a failure leaves behind."""

from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class BrokenBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise OSError("no mail today")
