"""What happened to the account."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import SecurityEvent
from apps.accounts.selectors import list_events
from apps.core.api import CursorPagination
from apps.core.api.schema import PAGE, page_of

from .base import signed_in_user
from .factors import FactorView


class SecurityEventOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=SecurityEvent.Kind.choices)
    factor = serializers.CharField(allow_blank=True, help_text="`totp`, `webauthn` or `recovery_codes`, or empty.")
    ip = serializers.CharField(allow_null=True)
    user_agent = serializers.CharField(allow_blank=True)


class ActivityView(FactorView):
    """For its owner to look through."""

    @extend_schema(
        operation_id="auth_activity",
        tags=["auth"],
        summary="List what happened to the security of the account",
        description="Sign-ins, passwords, addresses and second factors of the last year, newest first.",
        parameters=PAGE,
        responses={200: page_of(SecurityEventOutput)},
    )
    def get(self, request: Request) -> Response:
        pages = CursorPagination()
        events = pages.paginate_queryset(list_events(user=signed_in_user(request)), request, view=self)
        return pages.get_paginated_response(SecurityEventOutput(events, many=True).data)
