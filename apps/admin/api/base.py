"""The base of the operator's API views."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.errors import SIGNED_OUT
from apps.admin.access import OPERATOR
from apps.admin.errors import OperatorOnly
from apps.core.api import APIView
from apps.core.errors import DomainError

TAGS = ["admin"]


class OperatorAPIView(APIView):
    """For superadmins: 401, then 403 for everybody else, then the view's own. It belongs to no team."""

    permission_classes = OPERATOR

    @classmethod
    def list_refusals(cls, method: str) -> tuple[type[DomainError], ...]:
        return (*SIGNED_OUT, OperatorOnly)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response.setdefault("Cache-Control", "no-store")
        return super().finalize_response(request, response, *args, **kwargs)
