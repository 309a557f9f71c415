"""Who is a superadmin. The site and `/api/v1/admin/` ask the same question."""

from typing import Any

from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request

from .errors import OperatorOnly


def is_operator(user: Any) -> bool:
    """An active superadmin of the operator's staff."""
    return bool(user and user.is_active and user.is_staff and user.is_superuser)


class OperatorPermission(BasePermission):
    """After `IsAuthenticated`: refuses everybody else with `OperatorOnly`, before anything is looked up."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not is_operator(request.user):
            raise OperatorOnly
        return True


OPERATOR = [IsAuthenticated, OperatorPermission]
