"""Jobs as the operator sees them: read-only, with replay and cancel."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import RangeDateTimeFilter

from apps.core.errors import DomainError
from apps.jobs.models import Job
from apps.jobs.services import cancel_job, replay_job


class DeadLetterFilter(admin.SimpleListFilter):
    """Jobs that gave up after an unexpected error."""

    title = "dead letters"
    parameter_name = "dead"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Dead letters only")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        return queryset.filter(dead_at__isnull=False) if self.value() == "yes" else queryset


@admin.register(Job)
class JobAdmin(ModelAdmin):
    """A job is changed by what it does, and by nobody's hand."""

    list_display = ["kind", "state", "team", "progress_message", "attempts", "queue", "created_at", "finished_at"]
    list_filter = ["state", DeadLetterFilter, "kind", "queue", ("created_at", RangeDateTimeFilter)]
    list_filter_submit = True
    search_fields = ["id", "dedup_key", "team__slug", "user__email"]
    list_select_related = ["team", "user"]
    date_hierarchy = "created_at"
    actions = ["replay", "cancel"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    @admin.action(description="Replay: queue failed and cancelled jobs again", permissions=["view"])
    def replay(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        self._each(request, queryset, act=lambda job: replay_job(job_id=job.pk), done="queued again")

    @admin.action(description="Cancel", permissions=["view"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        self._each(request, queryset, act=lambda job: cancel_job(job_id=job.pk), done="cancelled")

    def _each(self, request: HttpRequest, queryset: QuerySet[Job], *, act: Any, done: str) -> None:
        number = 0
        for job in queryset:
            try:
                act(job)
                self.log_change(request, job, f"Job {done}.")
                number += 1
            except DomainError as error:
                self.message_user(request, f"{job}: {error.message}", messages.WARNING)
        if number:
            self.message_user(request, f"{number} {done}.", messages.SUCCESS)
