"""One handler turns every refusal into `{"error": {"code", "message", "details"}}`."""

from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from apps.core.errors import DATABASE_AWAY, DomainError, NotFound, ServiceUnavailable

logger = structlog.get_logger(__name__)
RETRY_AFTER_OUTAGE = 5
_CODES = {
    "not_authenticated": "auth.required",
    "authentication_failed": "auth.invalid",
    "permission_denied": "forbidden",
    "not_found": "not_found",
    "method_not_allowed": "method_not_allowed",
    "not_acceptable": "not_acceptable",
    "unsupported_media_type": "unsupported_media_type",
    "parse_error": "invalid.json",
    "throttled": "rate_limited",
}


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Map a domain error by its kind and a framework error by its class; anything else is a 500 for the logs."""
    exc = _translate(exc)
    if isinstance(exc, DomainError):
        return _refuse(exc.status, exc.as_dict(), retry_after=exc.retry_after)
    if isinstance(exc, exceptions.ValidationError):
        error = {"code": "invalid", "message": "Some fields are invalid.", "details": _details(exc.detail)}
        return _refuse(status.HTTP_400_BAD_REQUEST, error)
    if isinstance(exc, exceptions.APIException):
        return _refuse_framework(exc)
    return None


def _translate(exc: Exception) -> Exception:
    """Django's own exceptions as ours."""
    if isinstance(exc, Http404):
        return NotFound()
    if isinstance(exc, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(exc, DATABASE_AWAY):
        logger.error("database_away", error=str(exc).strip(), exc_info=exc)
        return ServiceUnavailable(retry_after=RETRY_AFTER_OUTAGE)
    return exc


def _details(detail: Any) -> dict[str, Any]:
    return detail if isinstance(detail, dict) else {"non_field_errors": detail}


def _refuse_framework(exc: exceptions.APIException) -> Response:
    codes = exc.get_codes()
    code = _CODES.get(codes, codes) if isinstance(codes, str) else "error"
    wait = getattr(exc, "wait", None)
    header = getattr(exc, "auth_header", None)
    error = {"code": code, "message": str(exc.detail), "details": {}}
    return _refuse(exc.status_code, error, retry_after=None if wait is None else int(wait) + 1, authenticate=header)


def _refuse(
    status_code: int, error: dict[str, Any], *, retry_after: int | None = None, authenticate: str | None = None
) -> Response:
    set_rollback()
    headers = {}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    if status_code == status.HTTP_401_UNAUTHORIZED:
        headers["WWW-Authenticate"] = authenticate or 'Bearer realm="api"'
    return Response({"error": error}, status=status_code, headers=headers)
