"""Who may read the operator's numbers: superadmins, and a scraper with its token.

What else a sign-in of the staff must have is known above: `apps.accounts` adds it when it is ready.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import constant_time_compare
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from apps.core.errors import DomainError


class Scraper(AnonymousUser):
    """Whoever holds METRICS_TOKEN. Reads metrics, is nobody else."""

    @property
    def is_authenticated(self) -> bool:  # type: ignore[override]
        return True


class ScrapeTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <METRICS_TOKEN>`. Any other token is left to the next authentication."""

    def authenticate(self, request: Request) -> tuple[Scraper, None] | None:
        token: str = settings.METRICS_TOKEN
        given = request.headers.get("Authorization", "")
        if token and constant_time_compare(given, f"Bearer {token}"):
            return Scraper(), None
        return None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ScrapeTokenScheme(OpenApiAuthenticationExtension):
    """How the API's schema names it."""

    target_class = ScrapeTokenAuthentication
    name = "scrapeToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "METRICS_TOKEN, for scrapers."}


StaffCondition = Callable[[Request], None]
_conditions: list[StaffCondition] = []


def add_staff_condition(condition: StaffCondition) -> None:
    """From now on the staff reads nothing inside unless this raises nothing."""
    _conditions.append(condition)


def check_staff_conditions(request: Request) -> None:
    """Raises what the first condition refuses with."""
    for condition in _conditions:
        condition(request)


def may_see_details(request: Request) -> bool:
    """Is this the staff, by a sign-in that counts?"""
    if not (request.user and request.user.is_active and request.user.is_staff):
        return False
    try:
        check_staff_conditions(request)
    except DomainError:
        return False
    return True


class MayReadMetrics(BasePermission):
    """Superadmins, by a sign-in that counts for the staff, and the scraper."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        if isinstance(user, Scraper):
            return True
        if not (user and user.is_active and user.is_superuser):
            return False
        check_staff_conditions(request)
        return True
