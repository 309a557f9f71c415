"""The support's queue, the most urgent first, with the answer written below the conversation; the audit trail; and what
the ledgers' audits found.
"""

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldBooleanSwitchWidget

from .models import AuditEntry, LedgerAudit, SupportRequest
from .services import Target, answer_request, close_request, record_action
from .services.support import TEXT_MAX

_MESSAGE = (
    '<div class="mb-4"><div class="font-medium">{} · {}</div><div dir="auto" class="whitespace-pre-wrap">{}</div></div>'
)


class AnswerForm(forms.ModelForm):
    """Answer, close, or both."""

    answer = forms.CharField(
        required=False, max_length=TEXT_MAX, strip=True, widget=UnfoldAdminTextareaWidget,
        help_text="Mailed to the member and shown on the Support page.",
    )  # fmt: skip
    settle = forms.BooleanField(
        required=False, label="Close", widget=UnfoldBooleanSwitchWidget, help_text="Opens again when the member writes."
    )

    class Meta:
        model = SupportRequest
        fields: list[str] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("answer") and not cleaned.get("settle"):
            raise forms.ValidationError("Write an answer, or close the request.")
        return cleaned


@admin.register(SupportRequest)
class SupportRequestAdmin(ModelAdmin):
    """What members wrote is changed by nobody's hand; the staff adds an answer."""

    form = AnswerForm
    list_display = ["subject", "team_name", "category", "priority", "state", "waiting_since", "created_at"]
    list_filter = ["state", "priority", "category"]
    search_fields = ["=id", "subject", "team_name", "member__email"]
    list_select_related = ["member"]
    fields = ["subject", "team", "member", "category", "priority", "state", "waiting_since", "conversation",
              "answer", "settle"]  # fmt: skip
    readonly_fields = ["subject", "team", "member", "category", "priority", "state", "waiting_since", "conversation"]

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """Open ones first, by priority and then by how long they wait."""
        waits = Case(When(state="open", then=Value(0)), When(state="answered", then=Value(1)), default=Value(2))
        return [waits.asc(), "priority", "waiting_since"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SupportRequest | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SupportRequest, form: Any, change: bool) -> None:
        before, after = obj.state, obj.state
        if text := form.cleaned_data["answer"]:
            after = answer_request(request_id=obj.pk, staff=request.user, text=text).state
            self.message_user(request, "The answer was mailed.", messages.SUCCESS)
        if form.cleaned_data["settle"]:
            after = close_request(request_id=obj.pk).state
        record_action(
            actor=request.user,
            action="support.answer" if text else "support.close",
            target=Target(type="support request", id=str(obj.pk), label=obj.subject, team_id=obj.team_id),
            before={"state": before},
            after={"state": after},
        )

    @admin.display(description="team")
    def team(self, asked: SupportRequest) -> SafeString:
        address = reverse("admin:teams_team_change", args=[asked.team_id])
        return format_html(
            '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', address, asked.team_name
        )

    @admin.display(description="conversation")
    def conversation(self, asked: SupportRequest) -> SafeString:
        said = asked.messages.select_related("author")
        rows = ((f"{one.at:%Y-%m-%d %H:%M} UTC", one.author.email, one.text) for one in said)
        return format_html_join("", _MESSAGE, rows)


@admin.register(AuditEntry)
class AuditEntryAdmin(ModelAdmin):
    """What the staff did. Written by services alone, changed by nobody."""

    list_display = ["at", "actor", "action", "target_type", "target_label", "reason"]
    list_filter = ["action"]
    search_fields = ["target_label", "=target_id", "reason", "actor__email"]
    list_select_related = ["actor"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False


class DifferenceFilter(admin.SimpleListFilter):
    """The audits that found something."""

    title = "outcome"
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("differs", "Differs"), ("clean", "Clean")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[LedgerAudit]) -> QuerySet[LedgerAudit]:
        if self.value() == "differs":
            return queryset.filter(differences__gt=0)
        return queryset.filter(differences=0) if self.value() == "clean" else queryset


@admin.register(LedgerAudit)
class LedgerAuditAdmin(ModelAdmin):
    """What each night's replay of the wallets found. Counts and row numbers only: no team's content."""

    list_display = ["team", "at", "entries", "outcome", "laws"]
    list_filter = [DifferenceFilter, "day"]
    search_fields = ["=team_id"]
    fields = ["team", "at", "entries", "outcome", "found", "sums"]
    readonly_fields = ["team", "at", "entries", "outcome", "found", "sums"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: LedgerAudit | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LedgerAudit | None = None) -> bool:
        return False

    @admin.display(description="team")
    def team(self, audit: LedgerAudit) -> SafeString:
        address = reverse("admin:teams_team_change", args=[audit.team_id])
        return format_html(
            '<a class="text-primary-600 dark:text-primary-500" href="{}">Team {}</a>', address, audit.team_id
        )

    @display(description="outcome", label={"differs": "danger", "clean": "success"})  # type: ignore[misc,untyped-decorator,unused-ignore]
    def outcome(self, audit: LedgerAudit) -> str:
        return "differs" if audit.differences else "clean"

    @admin.display(description="laws that do not hold")
    def laws(self, audit: LedgerAudit) -> str:
        return ", ".join(f"{law} × {number}" for law, number in sorted(audit.counts.items())) or "–"

    @admin.display(description="first differences")
    def found(self, audit: LedgerAudit) -> SafeString:
        rows = ((one["law"], one["row"], f"{one['expected']:,}", f"{one['found']:,}") for one in audit.first)
        return format_html_join("", "<div>{}: {} should be {} and is {}</div>", rows) or mark_safe("–")

    @admin.display(description="totals")
    def sums(self, audit: LedgerAudit) -> SafeString:
        return format_html('<pre class="whitespace-pre-wrap">{}</pre>', json.dumps(audit.totals, indent=2))
