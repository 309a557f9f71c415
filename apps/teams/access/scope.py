"""Entering a team's schema in code."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django_tenants.utils import tenant_context

from apps.teams.models import Team


@contextmanager
def enter_team(team: Team) -> Iterator[Team]:
    """Run the block in the team's schema and always leave it, exceptions included, back to where the caller was.

    Only the calling thread enters: a thread started inside begins in public and needs its own `enter_team`.
    The form `with tenant_context(...)` is the safe one of django-tenants 4.0.1: each call makes its own object.
    """
    with tenant_context(team), structlog.contextvars.bound_contextvars(team=team.slug):
        yield team
