"""Stripe's events with replay, and the reports of the nightly comparison."""

import json
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import action

from apps.billing.models import ReconciliationRun, StripeEvent
from apps.billing.services import replay_event
from apps.billing.tasks import RECONCILE_KIND
from apps.jobs.models import Job
from apps.jobs.services import submit_job

from .base import ReadOnlyAdmin


@admin.register(StripeEvent)
class StripeEventAdmin(ReadOnlyAdmin):
    """What Stripe told us, and what became of it."""

    list_display = ["type", "state", "customer_id", "object_id", "attempts", "error", "created", "received_at"]
    list_filter = ["state", "type", "livemode", ("received_at", RangeDateTimeFilter)]
    list_filter_submit = True
    search_fields = ["id", "object_id", "customer_id"]
    date_hierarchy = "received_at"
    exclude = ["payload"]
    readonly_fields = ["contents"]
    actions = ["replay"]

    @admin.display(description="payload")
    def contents(self, event: StripeEvent) -> str:
        return format_html('<pre class="whitespace-pre-wrap">{}</pre>', json.dumps(event.payload, indent=2))

    @admin.action(description="Replay: look at Stripe again", permissions=["view"])
    def replay(self, request: HttpRequest, queryset: QuerySet[StripeEvent]) -> None:
        self.act_on_each(request, queryset, act=lambda event: replay_event(event.pk), done="queued again")


@admin.register(ReconciliationRun)
class ReconciliationRunAdmin(ReadOnlyAdmin):
    """What each night's comparison with Stripe found."""

    list_display = ["started_at", "since", "looked_at", "repairs", "unknowns", "error", "finished_at"]
    exclude = ["checked", "repaired", "unknown"]
    readonly_fields = ["looked_at", "repaired_list", "unknown_list"]
    actions_list = ("compare_now",)

    @action(description="Compare with Stripe now", permissions=["view"])  # type: ignore[misc,untyped-decorator,unused-ignore]
    def compare_now(self, request: HttpRequest) -> HttpResponseRedirect:
        submit_job(kind=RECONCILE_KIND, params={}, dedup_key="all", queue=Job.Queue.BACKGROUND)
        self.message_user(request, "The comparison is queued.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:billing_reconciliationrun_changelist"))

    @admin.display(description="looked at")
    def looked_at(self, run: ReconciliationRun) -> str:
        return ", ".join(f"{number} × {kind}" for kind, number in run.checked.items()) or "–"

    @admin.display(description="repaired")
    def repairs(self, run: ReconciliationRun) -> int:
        return len(run.repaired)

    @admin.display(description="unknown")
    def unknowns(self, run: ReconciliationRun) -> int:
        return len(run.unknown)

    @admin.display(description="repaired")
    def repaired_list(self, run: ReconciliationRun) -> str:
        return _list_found(run.repaired)

    @admin.display(description="unknown, left alone")
    def unknown_list(self, run: ReconciliationRun) -> str:
        return _list_found(run.unknown)


def _list_found(found: list[dict[str, Any]]) -> str:
    lines = "\n".join(f"{one['kind']} {one['id']}: {one['what']}" for one in found)
    return format_html('<pre class="whitespace-pre-wrap">{}</pre>', lines or "Nothing.")
