"""REST framework's view of the doors. A header beats the cookie; a bad credential is 401, even on public routes."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from apps.accounts.errors import CsrfFailed
from apps.accounts.models import User

from .bearers import Bearer, find_bearer


def read_authorization(request: Request) -> tuple[str, str] | None:
    """The scheme (lower case) and the credential of the `Authorization` header, or None without one."""
    header = request.META.get("HTTP_AUTHORIZATION", "").strip()
    if not header:
        return None
    scheme, _, credential = header.partition(" ")
    return scheme.lower(), credential.strip()


class BearerAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer <access>`: a JWT that counts only while its session does."""

    def authenticate(self, request: Request) -> tuple[User, Bearer] | None:
        given = read_authorization(request)
        if given is None or given[0] != "bearer":
            return None
        bearer = find_bearer(given[1])
        if bearer is None:
            raise AuthenticationFailed("The access token is invalid, expired or revoked.")
        return bearer.user, bearer

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class WebSessionAuthentication(authentication.SessionAuthentication):
    """The cookie of the web pages, with CSRF. Last of the list: it refuses a header that no class before it took."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        if read_authorization(request) is not None:
            raise AuthenticationFailed("The Authorization header holds no credential that is known here.")
        user = getattr(request._request, "user", AnonymousUser())
        if not user.is_authenticated:
            return None
        self.enforce_csrf(request)
        return user, None

    def enforce_csrf(self, request: Request) -> None:
        check = authentication.CSRFCheck(lambda _request: None)  # type: ignore[arg-type]
        check.process_request(request._request)
        if check.process_view(request._request, None, (), {}):  # type: ignore[arg-type]
            raise CsrfFailed
