"""Plans and prices. A published row is read-only: what was agreed earlier never changes; a new version replaces it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from .models import Plan, PlanVersion, PriceRule, TopupPackage


class PublishedAdmin(ModelAdmin):
    """Base: drafts may be edited and deleted, published rows neither."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not _is_published(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and not _is_published(obj) and super().has_delete_permission(request, obj)


def _is_published(row: Any) -> bool:
    return row is not None and row.published_at is not None


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
    """Make the next version, then publish it by setting its time."""

    list_display = [
        "plan",
        "number",
        "price_month_cents",
        "price_year_cents",
        "seats",
        "monthly_credits",
        "published_at",
    ]
    list_filter = ["plan"]
    list_select_related = ["plan"]
    save_as = True


@admin.register(PriceRule)
class PriceRuleAdmin(PublishedAdmin):
    """Make the next version, then publish it by setting its time."""

    list_display = ["action", "version", "label", "credits", "paid_plan_credits", "free_per_period", "published_at"]
    list_filter = ["action"]
    save_as = True


@admin.register(TopupPackage)
class TopupPackageAdmin(PublishedAdmin):
    """Make the next version, then publish it by setting its time."""

    list_display = ["code", "version", "label", "unit", "quantity", "price_cents", "currency", "published_at"]
    list_filter = ["unit"]
    save_as = True
