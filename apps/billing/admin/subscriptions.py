"""Subscriptions: Stripe's read-only, manual ones agreed, extended, changed and ended here."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextareaWidget,
    UnfoldBooleanSwitchWidget,
)

from apps.billing.models import Provider, Subscription
from apps.billing.services import change_manual, end_manual, extend_manual, start_manual, sync_account
from apps.core.errors import DomainError
from apps.plans.models import PlanVersion
from apps.teams.models import Team

from .base import ReasonedForm, record_deed, show_money

_STATED = ["team", "provider", "status", "started_at", "current_period_start", "paid_until", "grace_until",
           "ended_at", "note"]  # fmt: skip
_AGREED = ["plan_version", "interval", "price_cents", "current_period_end"]


class ManualForm(ReasonedForm):
    """What is agreed with a team that pays by transfer. Amounts are whole cents of the plan's currency."""

    remark = forms.CharField(
        required=False, max_length=2000, widget=UnfoldAdminTextareaWidget, help_text="Added to the note."
    )

    class Meta:
        model = Subscription
        fields = ["plan_version", "interval", "price_cents", "current_period_end"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "plan_version" in self.fields:
            paid = PlanVersion.objects.filter(published_at__isnull=False).exclude(plan__code="free")
            self.fields["plan_version"].queryset = paid.select_related("plan")  # type: ignore[attr-defined]


class StartForm(ManualForm):
    """A new manual subscription: the period counts as paid."""

    team = forms.ModelChoiceField(queryset=Team.objects.order_by("name"), widget=UnfoldAdminSelectWidget)
    starts_at = forms.SplitDateTimeField(widget=UnfoldAdminSplitDateTimeWidget, label="Period starts")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("starts_at"), given.get("current_period_end")
        if start and end and end <= start:
            raise forms.ValidationError("The period ends before it begins.")
        team = given.get("team")
        if team and Subscription.objects.filter(account__team=team, ended_at=None).exists():
            raise forms.ValidationError("This team has a subscription already.")
        return given


class ChangeForm(ManualForm):
    """A later end extends the paid period; another plan or price counts from now on."""

    end_at_period_end = forms.BooleanField(required=False, widget=UnfoldBooleanSwitchWidget)
    end_now = forms.BooleanField(required=False, widget=UnfoldBooleanSwitchWidget)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        end: datetime | None = given.get("current_period_end")
        if end and "current_period_end" in self.changed_data and end <= self.initial["current_period_end"]:
            raise forms.ValidationError({"current_period_end": "The new end lies before the present one."})
        return given


@admin.register(Subscription)
class SubscriptionAdmin(ModelAdmin):
    """Every subscription; an ended one stays as it ended."""

    list_display = ["team_name", "plan_version", "interval", "provider", "status", "price", "current_period_end",
                    "cancel_at_period_end", "grace_until"]  # fmt: skip
    list_filter = ["provider", "status", "interval", "plan_version__plan"]
    search_fields = ["account__team__name", "account__team__slug", "stripe_subscription_id"]
    list_select_related = ["account__team", "plan_version__plan"]
    readonly_fields = [name for name in _STATED if name != "team"] + ["team_name"]
    actions = ["sync"]
    show_full_result_count = False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = ChangeForm if change else StartForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Subscription | None = None) -> list[str]:
        if obj is None:
            return ["team", "plan_version", "interval", "price_cents", "starts_at", "current_period_end", "remark",
                    "reason"]  # fmt: skip
        stated = ["team_name", *_STATED[1:]]
        if self.has_change_permission(request, obj):
            return [*stated, *_AGREED, "end_at_period_end", "end_now", "remark", "reason"]
        return [*stated, *_AGREED, "cancel_at_period_end", "stripe_subscription_id", "scheduled_plan_version",
                "scheduled_interval", "scheduled_at", "synced_at"]  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: Subscription | None = None) -> bool:
        is_manual = obj is None or (obj.provider == Provider.MANUAL and obj.is_live)
        return is_manual and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Subscription | None = None) -> bool:
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"interval": "year", **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Subscription, form: Any, change: bool) -> None:
        """Through the services, which settle plan, credits and revenue; the trail says who did it, why, and what."""
        given = form.cleaned_data
        before = _describe(Subscription.objects.get(pk=obj.pk)) if change else {}
        if change:
            _save_changes(obj.pk, given, changed=set(form.changed_data))
        else:
            made = start_manual(
                team=given["team"],
                plan_version=given["plan_version"],
                interval=given["interval"],
                price_cents=given["price_cents"],
                period=(given["starts_at"], given["current_period_end"]),
                note=given["remark"],
            )
            obj.pk, obj.account_id = made.pk, made.account_id
        row = Subscription.objects.select_related("account__team", "plan_version__plan").get(pk=obj.pk)
        action = "subscription.change" if change else "subscription.start"
        deed = (before, _describe(row))
        record_deed(request, row, account=row.account, action=action, reason=given["reason"], change=deed)

    @admin.display(description="team", ordering="account__team__name")
    def team_name(self, subscription: Subscription) -> str:
        return str(subscription.account)

    @admin.display(description="price", ordering="price_cents")
    def price(self, subscription: Subscription) -> str:
        return show_money(subscription.price_cents, subscription.currency)

    @admin.action(description="Look at Stripe now", permissions=["view"])
    def sync(self, request: HttpRequest, queryset: QuerySet[Subscription]) -> None:
        for subscription in queryset:
            try:
                sync_account(subscription.account_id)
                self.log_change(request, subscription, "Compared with Stripe.")
            except DomainError as error:
                self.message_user(request, f"{subscription}: {error.message}", "WARNING")


def _save_changes(subscription_id: int, given: dict[str, Any], *, changed: set[str]) -> None:
    note = given["remark"]
    if changed & {"plan_version", "interval", "price_cents"}:
        agreed = {name: given[name] for name in ("plan_version", "interval", "price_cents")}
        change_manual(subscription_id=subscription_id, note=note, **agreed)
        note = ""
    if "current_period_end" in changed:
        extend_manual(subscription_id=subscription_id, until=given["current_period_end"], note=note)
        note = ""
    if given["end_now"] or given["end_at_period_end"]:
        end_manual(subscription_id=subscription_id, at_once=given["end_now"], note=note)


def _describe(row: Subscription) -> dict[str, Any]:
    return {
        "plan": str(row.plan_version),
        "interval": row.interval,
        "price_cents": row.price_cents,
        "currency": row.currency,
        "status": row.status,
        "paid_until": row.current_period_end.isoformat(),
        "ends_with_period": row.cancel_at_period_end,
    }
