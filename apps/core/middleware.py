"""What happens to every request: an id, a line in the log, no caching by default, exceptions to the content policy."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from .monitoring import count_request

_ID = re.compile(r"^[A-Za-z0-9_.-]{8,64}$")
_UNROUTED = "(none)"
_NOTHING = "default-src 'none'; frame-ancestors 'none'"
access = structlog.get_logger("access")


class RequestIdMiddleware:
    """Take the caller's `X-Request-ID` when it is well formed, else make one; bind it to the log context."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _ID.match(given) else uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response


class AccessMiddleware:
    """One log line and one count per request. The query string is left out: it may carry tokens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        match = request.resolver_match
        route = match.route if match else _UNROUTED
        method = request.method or ""
        count_request(method=method, route=route, status=response.status_code, seconds=seconds)
        access.info(
            "request",
            method=method,
            path=request.path,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
        return response


class UncachedMiddleware:
    """An answer that says nothing about caching is one person's: kept by no proxy and in no browser's history."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class PolicyMiddleware(CSPMiddleware):
    """The content policy: that of the settings, loosened on the paths of `CONTENT_SECURITY_POLICY_EXCEPTIONS` and
    nowhere else. JSON loads nothing, so its policy is fixed and costs nothing to build."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith("application/json"):
            response.headers.setdefault("Content-Security-Policy", _NOTHING)
            return response
        for prefix, directives in settings.CONTENT_SECURITY_POLICY_EXCEPTIONS.items():
            if request.path.startswith(prefix):
                response._csp_update = directives  # type: ignore[attr-defined]
        return super().process_response(request, response)
