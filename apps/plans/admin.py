"""Plans and prices. A published row is read-only: what was agreed earlier never changes; a new version replaces it."""

from copy import copy
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin

from apps.core.money import write_amount

from .models import Plan, PlanVersion, PriceRule, TopupPackage
from .selectors import Feature, find_faults, list_actions
from .services import find_published, list_series

_LINK = '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>'
_VERSION = (
    '<div class="mb-2"><a class="text-primary-600 dark:text-primary-500 underline" href="{}">{}</a>: {}. {}</div>'
)
# What every version has anyway, and so says nothing about the difference.
_PLAIN = {"id", "plan", "number", "version", "published_at"}


class DraftForm(forms.ModelForm):
    """What a draft says is checked as it is written, and again when it is published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions, features = ", ".join(list_actions()), ", ".join(Feature.values)
        helps = {
            "allowances": f"Units of each billing period by action: {actions}.",
            "features": f"What the plan opens: {features}.",
            "unit": f"What the package brings: credits, {actions}.",
        }
        for name, text in helps.items():
            if name in self.fields:
                self.fields[name].help_text = text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        row = copy(self.instance)
        for name, value in given.items():
            setattr(row, name, value)
        for name, reasons in find_faults(row).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, reasons)
        return given


class PublishedAdmin(ModelAdmin):
    """Base: drafts are edited and deleted, published rows neither. Versions are made and published by acts, with a
    reason in the audit trail (apps.admin); each page shows the history of its series."""

    form = DraftForm
    readonly_fields = ["published_at", "acts", "history"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_published(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and not _is_published(obj) and super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Of which series a version is, and which number it has, is never edited."""
        if obj is None:
            return ["published_at"]
        series = [name for name in ("plan", "number", "action", "version", "code") if hasattr(self.model, name)]
        return [*series, *self.readonly_fields]

    @admin.display(description="act on it")
    def acts(self, row: Any) -> str:
        slug, title = ("next", "Make the next version") if _is_published(row) else ("publish", "Publish this version")
        return format_html(_LINK, reverse("admin:version_act", args=[row._meta.model_name, row.pk, slug]), title)

    @admin.display(description="history")
    def history(self, row: Any) -> SafeString:
        """Every version of the series, the newest first, with what it changed."""
        versions = list(list_series(row))
        current = find_published(row)
        rows = [
            (_address(one), str(one), _name_state(one, current), _describe_change(one, before))
            for one, before in zip(versions, [*versions[1:], None], strict=True)
        ]
        return format_html_join("", _VERSION, rows)


def _is_published(row: Any) -> bool:
    return row is not None and row.published_at is not None


def _address(row: Any) -> str:
    return reverse(f"admin:plans_{row._meta.model_name}_change", args=[row.pk])


def _name_state(row: Any, current: Any) -> str:
    if row.published_at is None:
        return "draft"
    since = f"since {row.published_at:%Y-%m-%d %H:%M} UTC"
    return f"current {since}" if current is not None and row.pk == current.pk else f"published {since}"


def _describe_change(row: Any, before: Any) -> str:
    if before is None:
        return "The first version."
    changed = [
        f"{field.verbose_name} {getattr(before, field.attname)} → {getattr(row, field.attname)}"
        for field in row._meta.concrete_fields
        if field.name not in _PLAIN and getattr(before, field.attname) != getattr(row, field.attname)
    ]
    return "; ".join(changed) or "Nothing changed."


@admin.register(Plan)
class PlanAdmin(ModelAdmin):
    """The plans by name; what they include stands in their versions."""

    list_display = ["name", "code", "position"]
    readonly_fields = ["code"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Plan | None = None) -> bool:
        return False


@admin.register(PlanVersion)
class PlanVersionAdmin(PublishedAdmin):
    """What a plan includes, version by version."""

    list_display = [
        "plan",
        "number",
        "a_month",
        "a_year",
        "seats",
        "monthly_credits",
        "published_at",
    ]
    list_filter = ["plan"]
    list_select_related = ["plan"]

    @admin.display(description="a month", ordering="price_month_cents")
    def a_month(self, version: PlanVersion) -> str:
        return write_amount(version.price_month_cents, version.currency)

    @admin.display(description="a year", ordering="price_year_cents")
    def a_year(self, version: PlanVersion) -> str:
        return write_amount(version.price_year_cents, version.currency)


@admin.register(PriceRule)
class PriceRuleAdmin(PublishedAdmin):
    """What a paid act costs, version by version."""

    list_display = ["action", "version", "label", "credits", "paid_plan_credits", "free_per_period", "published_at"]
    list_filter = ["action"]


@admin.register(TopupPackage)
class TopupPackageAdmin(PublishedAdmin):
    """What can be bought once, version by version."""

    list_display = ["code", "version", "label", "unit", "quantity", "price", "published_at"]
    list_filter = ["unit"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A package of a new kind begins as a draft."""
        return bool(admin.ModelAdmin.has_add_permission(self, request))

    @admin.display(description="price", ordering="price_cents")
    def price(self, package: TopupPackage) -> str:
        return write_amount(package.price_cents, package.currency)
