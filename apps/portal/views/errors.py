"""Errors that no view answered: the API's envelope under /api/, a page of its own elsewhere.

The pages are rendered without the request, so they need neither session nor database.
"""

import sys

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader

from apps.core.api.handlers import RETRY_AFTER_OUTAGE
from apps.core.errors import DATABASE_AWAY, ServiceUnavailable

_CODES = {
    400: ("invalid", "The request was malformed."),
    403: ("forbidden", "This is not open to you."),
    404: ("not_found", "Not found."),
    500: ("internal", "Something failed on our side. It has been recorded."),
    503: (ServiceUnavailable.code, ServiceUnavailable.message),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The reason is shown where the refusal named one."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _answer(request, 403, reason=reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """Django calls it while it handles the exception, which says whether trying again will help."""
    if not isinstance(sys.exc_info()[1], DATABASE_AWAY):
        return _answer(request, 500)
    response = _answer(request, 503)
    response["Retry-After"] = str(RETRY_AFTER_OUTAGE)
    return response


def _answer(request: HttpRequest, status: int, *, reason: str = "") -> HttpResponse:
    code, message = _CODES[status]
    if request.path.startswith("/api/"):
        error = {"code": code, "message": reason or message, "details": {}}
        return JsonResponse({"error": error}, status=status)
    page = loader.get_template(f"{status}.html").render({"reason": reason})
    return HttpResponse(page, status=status)
