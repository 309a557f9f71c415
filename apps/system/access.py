"""Who may read the operator's numbers: superadmins, and a scraper with its token."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import constant_time_compare
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request


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


class MayReadMetrics(BasePermission):
    """Superadmins and the scraper."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        return isinstance(user, Scraper) or bool(user and user.is_active and user.is_superuser)
