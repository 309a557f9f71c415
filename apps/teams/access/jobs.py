"""The base of every Celery task: a task runs in the team that published it, or fails."""

from functools import partial
from typing import Any

import structlog
from celery.contrib.django.task import DjangoTask
from celery.signals import task_postrun, task_prerun
from django.db import transaction

from apps.teams.connection import connection
from apps.teams.errors import TeamNotFound, TeamRequired, TeamSuspended
from apps.teams.models import Team

_HEADER = "team_schema"
_PUBLIC = "public"


class TeamTask(DjangoTask):
    """A task of the team that was entered when it was called (not when the transaction commits later).

    A missing, archived or suspended team fails the task; it never runs in public instead. Tasks that belong to no team
    say so by `base=PublicTask` (apps.core.tasks).
    """

    abstract = True

    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:  # type: ignore[override]
        return super().apply_async(args, kwargs, **self._stamp(options))

    def apply_async_on_commit(self, *args: Any, **options: Any) -> None:  # type: ignore[override]
        transaction.on_commit(partial(self.apply_async, *args, **self._stamp(options)))

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        self.apply_async_on_commit(args, kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # Stays entered until postrun, so that what the task publishes at its end (links, chord bodies) inherits it.
        before = connection.tenant
        try:
            self._enter()
            return super().__call__(*args, **kwargs)
        finally:
            if self.request.is_eager:
                connection.set_tenant(before)

    def _stamp(self, options: dict[str, Any]) -> dict[str, Any]:
        headers = dict(options.get("headers") or {})
        schema = headers.setdefault(_HEADER, connection.schema_name)
        if schema == _PUBLIC:
            raise TeamRequired(f"{self.name} was called outside of a team and is no PublicTask.")
        return {**options, "headers": headers}

    def _enter(self) -> None:
        schema = self.request.get(_HEADER) or (self.request.headers or {}).get(_HEADER)
        team = Team.objects.filter(schema_name=schema).first()
        if team is None or team.state == Team.State.ARCHIVED:
            raise TeamNotFound(details={"schema": schema, "task": self.name})
        if team.state == Team.State.SUSPENDED:
            raise TeamSuspended(details={"schema": schema, "task": self.name})
        connection.set_tenant(team)
        structlog.contextvars.bind_contextvars(team=team.slug)


def _leave(task: Any = None, **_: Any) -> None:
    """A worker's process or thread goes from team to team."""
    if task is not None and not task.request.is_eager:
        connection.set_schema_to_public()
        structlog.contextvars.unbind_contextvars("team")


task_prerun.connect(_leave, weak=False, dispatch_uid="teams.leave")
task_postrun.connect(_leave, weak=False, dispatch_uid="teams.leave")
