"""What happens to every request: an id, a line in the log, no caching by default, exceptions to the content policy."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .monitoring import count_request

_ID = re.compile(r"^[A-Za-z0-9_.-]{8,64}$")
_UNROUTED = "(none)"
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


class PolicyExceptionsMiddleware:
    """Loosen the content policy on the paths that `CONTENT_SECURITY_POLICY_EXCEPTIONS` names, and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.exceptions = settings.CONTENT_SECURITY_POLICY_EXCEPTIONS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for prefix, directives in self.exceptions.items():
            if request.path.startswith(prefix):
                response._csp_update = directives  # type: ignore[attr-defined]
        return response
