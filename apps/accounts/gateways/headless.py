"""Calls allauth's headless views in process: its checks, limits, signals and mails, without exposing `/_allauth/`."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.base.views import APIView
from allauth.headless.constants import Client
from django.contrib.auth.middleware import get_user
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .sessions import lock_session

_NOT_PASSED_ON = {"HTTP_AUTHORIZATION", "HTTP_COOKIE", "HTTP_X_SESSION_TOKEN", "CSRF_COOKIE"}


@dataclass(frozen=True)
class Answer:
    """What allauth said: its status, errors, pending step, tokens and whatever else."""

    status: int
    errors: list[dict[str, str]] = field(default_factory=list)
    meta: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    flows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.status == HTTPStatus.OK

    @property
    def codes(self) -> set[str]:
        return {error.get("code", "") for error in self.errors}

    def find_pending(self, flow_id: str) -> dict[str, Any] | None:
        """The step that must be taken before the user is signed in, when it is this one."""
        return next((flow for flow in self.flows if flow.get("id") == flow_id and flow.get("is_pending")), None)


def call_in_flow(
    view: type[APIView], request: HttpRequest, payload: dict[str, Any], *, session_key: str = "", method: str = "POST"
) -> Answer:
    """Run a view for a client that is not signed in, in a session of its own or in the one its flow began.

    All or nothing, and one at a time per flow: parallel guesses of a code would otherwise share one attempt.
    """
    with transaction.atomic():
        if session_key and lock_session(session_key) is None:
            return Answer(status=HTTPStatus.GONE)
        return _run(view, _without_credentials(request, payload, session_key=session_key, method=method), Client.APP)


def call_signed_in(
    view: type[APIView], request: HttpRequest, payload: dict[str, Any], *, session_key: str, method: str = "POST"
) -> Answer:
    """Run a view for a signed-in user: in the token's session, or without one in the cookie's."""
    if session_key:
        return call_in_flow(view, request, payload, session_key=session_key, method=method)
    with transaction.atomic():
        return _run(view, _same_session(request, payload, method=method), Client.BROWSER)


def _run(view: type[APIView], request: HttpRequest, client: Client) -> Answer:
    handle: Callable[[HttpRequest], HttpResponse] = view.as_api_view(client=client)
    with context.request_context(request):
        try:
            response = handle(request)
        except ImmediateHttpResponse as stop:
            response = stop.response
    body = json.loads(response.content) if response.content else {}
    data = body.get("data") or {}
    return Answer(
        status=response.status_code,
        errors=body.get("errors") or [],
        meta=body.get("meta") or {},
        data=data,
        flows=data.get("flows", []),
    )


def _without_credentials(
    request: HttpRequest, payload: dict[str, Any], *, session_key: str, method: str
) -> HttpRequest:
    inner = _copy(request, payload)
    inner.method = method
    inner.META = {name: value for name, value in request.META.items() if name not in _NOT_PASSED_ON}
    if session_key:
        inner.META["HTTP_X_SESSION_TOKEN"] = session_key
    return inner


def _same_session(request: HttpRequest, payload: dict[str, Any], *, method: str) -> HttpRequest:
    # META is shared on purpose: a new CSRF token must reach the response.
    inner = _copy(request, payload)
    inner.method = method
    return inner


def _copy(request: HttpRequest, payload: dict[str, Any]) -> HttpRequest:
    inner = copy.copy(request)
    for remembered in ("headers", "_cached_user", "_acached_user"):
        inner.__dict__.pop(remembered, None)
    inner._body = json.dumps(payload).encode()
    inner.allauth = SimpleNamespace()  # type: ignore[attr-defined]
    # The copied lazy user would load the outer request's session.
    inner.user = SimpleLazyObject(lambda: get_user(inner))  # type: ignore[assignment]
    return inner
