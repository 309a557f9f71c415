"""The base of the operator's API views."""

import hashlib
import uuid
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.errors import SIGNED_OUT, SecondFactorRequired
from apps.admin.access import OPERATOR
from apps.admin.errors import OperatorOnly
from apps.core.api import APIView, CursorPagination
from apps.core.errors import DomainError

TAGS = ["admin"]
Shape = type[serializers.Serializer[Any]]


class OperatorAPIView(APIView):
    """For superadmins: 401, then 403 for others or without a second factor, then its own. It belongs to no team."""

    permission_classes = OPERATOR

    @classmethod
    def list_refusals(cls, method: str) -> tuple[type[DomainError], ...]:
        return (*SIGNED_OUT, OperatorOnly, SecondFactorRequired)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response.setdefault("Cache-Control", "no-store")
        return super().finalize_response(request, response, *args, **kwargs)

    def read(self, shape: Shape) -> dict[str, Any]:
        """The body, or what a GET asks for, validated."""
        given = shape(data=self.request.query_params if self.request.method == "GET" else self.request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def show_page(self, rows: QuerySet[Any], shape: Shape) -> Response:
        """A page of rows that are ordered by id, the newest first."""
        pages = CursorPagination()
        page = pages.paginate_queryset(rows, self.request, view=self)
        return pages.get_paginated_response(shape(page, many=True).data)

    def name_attempt(self) -> str:
        """The attempt's own name in the ledger: a request that is sent again under its key acts once, always."""
        key = self.request.headers.get("Idempotency-Key", "").strip()
        if not key:
            return str(uuid.uuid4())
        return f"api:{self.request.user.pk}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
