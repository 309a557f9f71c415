"""Reading jobs: a team sees its own, and nothing of anybody else's."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.jobs.errors import JobNotFound
from apps.jobs.handlers import find_presenter
from apps.jobs.models import Job
from apps.teams.models import Team


def list_jobs(*, team: Team) -> QuerySet[Job]:
    """The team's jobs, newest first."""
    return Job.objects.filter(team=team).select_related("team").order_by("-created_at", "-id")


def get_job(*, team: Team, job_id: UUID) -> Job:
    """A job of this team; `JobNotFound` for an unknown and for a foreign one alike."""
    job = list_jobs(team=team).filter(pk=job_id).first()
    if job is None:
        raise JobNotFound
    return job


def find_active_job(*, kind: str, team: Team | None, dedup_key: str) -> Job | None:
    """The queued or running job of this kind, team and key, if there is one."""
    return (
        Job.objects.filter(kind=kind, team=team, dedup_key=dedup_key, state__in=Job.ACTIVE)
        .select_related("team")
        .first()
    )


def get_position(job: Job) -> int | None:
    """How many jobs of the queue are before it, counting from 0; None once it has started."""
    if job.state != Job.State.QUEUED:
        return None
    return Job.objects.filter(queue=job.queue, state=Job.State.QUEUED, created_at__lt=job.created_at).count()


def get_positions(jobs: Iterable[Job]) -> dict[UUID, int]:
    """`get_position` of the queued ones among these jobs, by id. One query, none where no job is queued."""
    queued = [job.pk for job in jobs if job.state == Job.State.QUEUED]
    if not queued:
        return {}
    before = Job.objects.filter(
        queue=OuterRef("queue"), state=Job.State.QUEUED, created_at__lt=OuterRef("created_at")
    ).order_by()
    number = Coalesce(Subquery(before.values("queue").annotate(number=Count("pk")).values("number")), 0)
    return dict(Job.objects.filter(pk__in=queued).order_by().annotate(before=number).values_list("pk", "before"))


def count_dead_letters() -> int:
    """Jobs that gave up after an unexpected error and were not replayed."""
    return Job.objects.filter(dead_at__isnull=False).count()


def show_job(job: Job) -> dict[str, Any]:
    """A job as the API and the pages show it. Call it inside the job's team: the result may be read from there.

    `error` is `{code, message, status, details}`; `result` is null until the job ended, and then null unless it
    succeeded or kept what it had done by then.
    """
    return _show(job, position=get_position(job), result=_show_result(job))


def show_jobs(jobs: Iterable[Job]) -> list[dict[str, Any]]:
    """Jobs as a list shows them: as `show_job`, without their results, which each may take queries to read."""
    jobs = list(jobs)
    positions = get_positions(jobs)
    return [_show(job, position=positions.get(job.pk), result=None) for job in jobs]


def _show(job: Job, *, position: int | None, result: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "id": str(job.pk),
        "kind": job.kind,
        "state": job.state,
        "progress": job.progress,
        "position": position,
        "result": result,
        "error": job.error,
        "created_at": job.created_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
        "url": f"/api/v1/jobs/{job.pk}",
    }


def _show_result(job: Job) -> dict[str, Any] | None:
    if job.is_active or job.result is None:
        return None
    present = find_presenter(job.kind)
    result: dict[str, Any] | None = present(job) if present else job.result
    return result
