"""`/api/v1/jobs/`: the team's jobs, as they are now."""

from typing import Any
from uuid import UUID

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import CursorPagination
from apps.core.api.schema import PAGE, page_of, refusals
from apps.jobs.errors import JobEnded, JobNotFound
from apps.jobs.idempotency import idempotent
from apps.jobs.models import Job
from apps.jobs.selectors import get_job, list_jobs, show_job, show_jobs
from apps.jobs.services import cancel_job
from apps.teams.access import Permission, TeamAPIView

_EXAMPLE = {
    "id": "4f0c1c1e-6f3d-4a55-9d8e-0d3f6f8f2f11",
    "kind": "discovery.unlock",
    "state": "running",
    "progress": {"done": 1, "total": 3, "message": "Reading the captions"},
    "position": None,
    "result": None,
    "error": None,
    "created_at": "2026-11-22T10:00:00Z",
    "started_at": "2026-11-22T10:00:01Z",
    "finished_at": None,
    "url": "/api/v1/jobs/4f0c1c1e-6f3d-4a55-9d8e-0d3f6f8f2f11",
}


class JobProgress(serializers.Serializer[Any]):
    done = serializers.IntegerField()
    total = serializers.IntegerField(help_text="0 until known.")
    message = serializers.CharField(help_text="What is going on, in plain words.")


class JobError(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    status = serializers.IntegerField(help_text="The status a direct answer would have had.")
    details = serializers.DictField()


_results: dict[str, type[serializers.Serializer[Any]]] = {}


def describe_result(kind: str, shape: type[serializers.Serializer[Any]]) -> None:
    """Tell the OpenAPI schema what the result of `kind` looks like; it changes no answer."""
    _results[kind] = shape


class ResultField(serializers.DictField):
    """What a job's presenter makes of its result."""


class ResultFieldDescription(OpenApiSerializerFieldExtension):
    """Any of the described results."""

    target_class = ResultField

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        shapes = [auto_schema.resolve_serializer(shape, direction).ref for _kind, shape in sorted(_results.items())]
        return {"anyOf": [*shapes, {"type": "null"}]}


class JobOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=Job.State.choices)
    progress = JobProgress()
    position = serializers.IntegerField(allow_null=True, help_text="Jobs before it in the queue; null once it started.")
    result = ResultField(
        allow_null=True, help_text="By kind; null in lists, until it ended, and mostly unless it succeeded."
    )
    error = JobError(allow_null=True)
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField()


class JobEnvelope(serializers.Serializer[Any]):
    """The body of every 202."""

    job = JobOutput()


class JobListView(TeamAPIView):
    """The team's jobs, newest first."""

    permission = Permission.TEAM_VIEW

    @extend_schema(
        operation_id="jobs_list",
        tags=["jobs"],
        summary="List the team's jobs",
        description="Without their results: read the job for that.",
        parameters=PAGE,
        responses={200: page_of(JobOutput)},
    )
    def get(self, request: Request) -> Response:
        pages = CursorPagination()
        pages.ordering = ("-created_at", "-id")
        page = pages.paginate_queryset(list_jobs(team=self.team), request, view=self)
        return pages.get_paginated_response(show_jobs(page or []))


class JobView(TeamAPIView):
    """One job: poll it until its state is succeeded, failed or cancelled."""

    permission = Permission.TEAM_VIEW

    @extend_schema(
        operation_id="jobs_read",
        tags=["jobs"],
        summary="Read a job",
        responses={200: JobOutput, **refusals(JobNotFound)},
        examples=[OpenApiExample("running", value=_EXAMPLE, response_only=True)],
    )
    def get(self, request: Request, job_id: UUID) -> Response:
        return Response(show_job(get_job(team=self.team, job_id=job_id)))


class JobCancelView(TeamAPIView):
    """A queued job ends at once, a running one at its next step; what it held is given back."""

    permission = Permission.JOBS_CANCEL

    @extend_schema(
        operation_id="jobs_cancel",
        tags=["jobs"],
        summary="Cancel a job",
        request=None,
        responses={200: JobOutput, **refusals(JobNotFound, JobEnded)},
    )
    @idempotent()
    def post(self, request: Request, job_id: UUID) -> Response:
        job = get_job(team=self.team, job_id=job_id)
        return Response(show_job(cancel_job(job_id=job.pk)))
