"""Django's e-mail backend of this product: it stores mails as rows; `outbox` sends them."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from .outbox import store_mail


class OutboxBackend(BaseEmailBackend):
    """Sending means storing: in the caller's transaction, so a mail goes out if and only if its cause happened."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(store_mail(message) for message in email_messages)
