"""Letting a request into its team, and out again."""

from collections.abc import Callable
from typing import TypeVar

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from rest_framework.request import Request

from apps.teams.connection import connection
from apps.teams.errors import PAY_AT, RoleForbidden, TeamReadOnly
from apps.teams.models import Membership, Team
from apps.teams.roles import NEEDS_PAYMENT, Permission, can

from .resolving import team_for_request
from .streams import keep_in_team

Answer = TypeVar("Answer", bound=HttpResponseBase)


class TeamMiddleware:
    """Starts and ends every request in the public schema: a thread's connection remembers its last team."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        leave()
        try:
            return self.get_response(request)
        finally:
            leave()


def admit(request: HttpRequest | Request, permission: Permission) -> Membership:
    """Enter the request's team, or refuse: not a member 404, closed or not allowed to the role 403, unpaid 402.

    Sets `request.team` and `request.membership`. The caller leaves by `finish` and `leave`.
    """
    membership = team_for_request(request)
    if not can(membership, permission):
        raise RoleForbidden(details={"permission": str(permission), "role": membership.role})
    if membership.team.billing_state == Team.BillingState.READ_ONLY and permission in NEEDS_PAYMENT:
        raise TeamReadOnly(details={"pay": PAY_AT})
    for target in (request, getattr(request, "_request", request)):
        target.team, target.membership = membership.team, membership  # type: ignore[union-attr]
    connection.set_tenant(membership.team)
    structlog.contextvars.bind_contextvars(team=membership.team.slug)
    return membership


def finish(request: HttpRequest | Request, response: Answer) -> Answer:
    """Do inside the team what Django would do outside: render the answer, or have each streamed chunk made inside."""
    membership = getattr(request, "membership", None)
    if membership is None:
        return response
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    return keep_in_team(response, membership.team)


def leave() -> None:
    """Back to the public schema, whatever happened."""
    connection.set_schema_to_public()
