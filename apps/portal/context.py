"""What the app shell needs on every page."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Empty for visitors; teams, team and balance for members."""
    return {}
