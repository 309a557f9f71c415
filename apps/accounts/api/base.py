"""The base of the auth routes."""

from typing import Any

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.errors import AuthenticationRequired
from apps.accounts.models import User
from apps.core.api import APIView


class AuthView(APIView):
    """Answers hold tokens and personal data: nothing on the way may keep them."""

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


def signed_in_user(request: Request) -> User:
    """The user of a route that needs one."""
    if not isinstance(request.user, User):
        raise AuthenticationRequired
    return request.user


class PublicAuthView(AuthView):
    """No sign-in needed; a bad credential is refused all the same."""

    permission_classes = [AllowAny]
