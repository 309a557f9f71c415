"""Analysis jobs in the backoffice: where each stands, its log step by step, replay and cancel."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.http import HttpRequest
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import display

from apps.analysis.models import AnalysisJob, AnalysisLog
from apps.analysis.selectors import list_analysis_jobs
from apps.analysis.services import replay_analysis
from apps.core.errors import DomainError
from apps.jobs.models import Job
from apps.jobs.services import cancel_job
from apps.profiles.models import Profile

from .results import ReadOnlyAdmin

_SHOWN_FILTERS = ["state", "queue", ("created_at", RangeDateTimeFilter)]


MOST_FOUND = 200


def _name(job: Any) -> str:
    return f"@{job.username}" if job.username else "gone"


class EngineFilter(admin.SimpleListFilter):
    """Jobs in which an engine read something."""

    title = "engine"
    parameter_name = "engine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = AnalysisLog.objects.exclude(engine="").order_by("engine").values_list("engine", flat=True).distinct()
        return [(name, name) for name in names]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AnalysisJob]) -> QuerySet[AnalysisJob]:
        if not self.value():
            return queryset
        return queryset.filter(pk__in=AnalysisLog.objects.filter(engine=self.value()).values("job"))


class DeadFilter(admin.SimpleListFilter):
    """Jobs that gave up after an unexpected error."""

    title = "dead letters"
    parameter_name = "dead"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Dead letters only")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AnalysisJob]) -> QuerySet[AnalysisJob]:
        return queryset.filter(dead_at__isnull=False) if self.value() == "yes" else queryset


class LogInline(TabularInline):
    """The job's log, oldest first."""

    model = AnalysisLog
    verbose_name = "line"
    verbose_name_plural = "log"
    fields = ("at", "attempt", "event", "done", "total", "texts_read", "took_ms", "engine_name", "instead_of", "detail")
    readonly_fields = fields
    extra = 0
    per_page = 50
    can_delete = False
    ordering = ("id",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description="Engine")
    def engine_name(self, line: AnalysisLog) -> str:
        return f"{line.engine} {line.engine_version}".strip()


@admin.register(AnalysisJob)
class AnalysisJobAdmin(ReadOnlyAdmin):
    """A job is changed by what it does, and by nobody's hand."""

    list_display = ("creator", "state", "progress", "engines", "attempts", "queue", "created_at", "finished_at")
    list_filter = (*_SHOWN_FILTERS, EngineFilter, DeadFilter)
    list_filter_submit = True
    search_fields = ("creator",)
    fields = (
        "creator", "state", "queue", "progress", "attempts", "max_attempts", "lease_until", "run_after", "created_at",
        "started_at", "finished_at", "dead_at", "error", "traceback",
    )  # fmt: skip
    inlines = (LogInline,)
    actions = ("replay", "cancel")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[AnalysisJob]:
        last = AnalysisLog.objects.filter(job=OuterRef("pk")).exclude(engine="").order_by("-id")
        creator = Profile.objects.filter(pk=Cast(OuterRef("dedup_key"), BigIntegerField()))
        return list_analysis_jobs().annotate(
            last_engine=Subquery(last.values("engine")[:1]), username=Subquery(creator.values("username"))
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AnalysisJob], search_term: str
    ) -> tuple[QuerySet[AnalysisJob], bool]:
        """By the beginning of the creator's handle."""
        handle = search_term.strip().lstrip("@").lower()
        if not handle:
            return queryset, False
        found = Profile.objects.filter(username__startswith=handle).values_list("pk", flat=True)[:MOST_FOUND]
        return queryset.filter(dedup_key__in=[str(profile_id) for profile_id in found]), False

    @display(description="Creator")
    def creator(self, job: AnalysisJob) -> str:
        return _name(job)

    @display(description="Progress")
    def progress(self, job: AnalysisJob) -> str:
        return f"{job.progress_done} of {job.progress_total}" if job.progress_total else "–"

    @display(description="Engine")
    def engines(self, job: Any) -> str:
        return job.last_engine or "–"

    @admin.action(description="Replay: queue failed and cancelled jobs again", permissions=["view"])
    def replay(self, request: HttpRequest, queryset: QuerySet[AnalysisJob]) -> None:
        self._each(request, queryset, act=lambda job: replay_analysis(job_id=job.pk), done="queued again")

    @admin.action(description="Cancel", permissions=["view"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[AnalysisJob]) -> None:
        self._each(request, queryset, act=lambda job: cancel_job(job_id=job.pk), done="cancelled")

    def _each(
        self, request: HttpRequest, queryset: QuerySet[AnalysisJob], *, act: Callable[[Job], Job], done: str
    ) -> None:
        number = 0
        for job in queryset:
            try:
                act(job)
            except DomainError as error:
                self.message_user(request, f"{_name(job)}: {error.message}", messages.WARNING)
                continue
            self.log_change(request, job, f"Job {done}.")
            number += 1
        if number:
            self.message_user(request, f"{number} {done}.", messages.SUCCESS)
