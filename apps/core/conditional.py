"""Conditional requests: an answer that the caller has already is not sent again."""

from django.http import HttpRequest
from rest_framework.request import Request


def is_unchanged(request: HttpRequest | Request, etag: str) -> bool:
    """Whether `If-None-Match` names this state (weak comparison)."""
    asked = request.headers.get("If-None-Match", "")
    if not asked:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    return "*" in tags or etag.removeprefix("W/") in tags
