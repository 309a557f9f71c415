"""Leads people of a demo to their mails."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def mailbox_url() -> str:
    """The mailbox page, or nothing where mails are really sent."""
    return reverse("mailbox:list") if settings.MAILBOX_PAGE else ""
