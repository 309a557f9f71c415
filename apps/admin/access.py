"""Who is a superadmin, and signed in as one. The site and `/api/v1/admin/` ask the same questions."""

from typing import Any

from django.http import HttpRequest
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request

from apps.accounts.errors import SecondFactorRequired

from .errors import OperatorOnly


def is_operator(user: Any) -> bool:
    """An active superadmin of the operator's staff."""
    return bool(user and user.is_active and user.is_staff and user.is_superuser)


def lacks_second_factor(request: HttpRequest | Request) -> bool:
    """Does the console ask for a second factor (always in production) that this sign-in did not have?"""
    from apps.accounts.access import second_factor  # noqa: PLC0415 - it loads models

    return second_factor.lacks_second_factor(request)


class OperatorPermission(BasePermission):
    """After `IsAuthenticated`, before any look-up: refuses everybody else with `OperatorOnly`, and superadmins
    whose sign-in had no second factor with `SecondFactorRequired`."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not is_operator(request.user):
            raise OperatorOnly
        if lacks_second_factor(request):
            raise SecondFactorRequired
        return True


OPERATOR = [IsAuthenticated, OperatorPermission]
