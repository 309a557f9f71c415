"""What the app shell needs on every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .selectors import get_shell


def shell(request: HttpRequest) -> dict[str, Any]:
    """`shell`, read from the database only by a page that shows it."""
    return {"shell": SimpleLazyObject(lambda: get_shell(request))}
