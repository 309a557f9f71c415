"""Mails of our own, from templates in `templates/system/mail/`: a subject, a text, and the same text as HTML."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def write_mail(name: str, *, to: Sequence[str], context: Mapping[str, Any], reply_to: Sequence[str] = ()) -> None:
    """Put the mail `name` into the outbox, in the caller's transaction: it goes out if and only if that commits."""
    template = f"system/mail/{name}"
    subject = " ".join(render_to_string(f"{template}_subject.txt", dict(context)).split())
    text = render_to_string(f"{template}_message.txt", dict(context)).strip() + "\n"
    mail = EmailMultiAlternatives(subject=subject[:200], body=text, to=list(to), reply_to=list(reply_to))
    mail.attach_alternative(render_to_string(f"{template}_message.html", dict(context)), "text/html")
    mail.send()
