"""The base of every API view."""

from typing import Any

from rest_framework import views
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.errors import DomainError

from .throttling import add_headers


class APIView(views.APIView):
    """A REST framework view with the house's error envelope and authentication."""

    @classmethod
    def list_refusals(cls, method: str) -> tuple[type[DomainError], ...]:
        """What a method may answer before its own work begins; for the OpenAPI schema."""
        return ()

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        add_headers(request, response)
        return response
