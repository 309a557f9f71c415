"""Teams as the operator sees them. Their content stays behind the door."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from unfold.admin import ModelAdmin, TabularInline

from .models import Domain, Membership, Team

# Changed by services only, under the wallet's lock: the books are closed on the old terms first.
_BILLED = ["plan_version", "billing_anchor_at", "billing_state", "paid_until"]
# Changed by acts with a reason (apps.admin).
_ACTED_ON = ["state", "proposals_unlocked_at"]
_LINK = '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>'


class MembershipInline(TabularInline):
    """Who belongs to the team."""

    model = Membership
    fields = ["user", "role", "state", "created_at"]
    readonly_fields = ["user", "role", "created_at"]
    extra = 0
    can_delete = False

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A select in a table has no label of its own."""
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        field.widget.attrs["aria-label"] = db_field.verbose_name.capitalize()
        return field

    def has_add_permission(self, request: HttpRequest, obj: Team | None = None) -> bool:
        return False


class DomainInline(TabularInline):
    """Host names that lead to the team."""

    model = Domain
    extra = 0


@admin.register(Team)
class TeamAdmin(ModelAdmin):
    """State, plan and settings; teams are made by people, not here."""

    list_display = ["name", "slug", "plan_version", "state", "created_at", "ledger"]
    list_filter = ["state", "plan_version__plan"]
    search_fields = ["name", "slug", "memberships__user__email"]
    list_select_related = ["plan_version__plan"]
    fields = [
        "name", "slug", "schema_name", "state", "plan_version", "billing_anchor_at", "time_zone", "currency",
        "billing_state", "paid_until", "proposals_unlocked_at", "created_at", "ledger", "acts",
    ]  # fmt: skip
    readonly_fields = ["slug", "schema_name", *_BILLED, *_ACTED_ON, "created_at", "ledger", "acts"]
    inlines = [MembershipInline, DomainInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Team | None = None) -> bool:
        return False

    @admin.display(description="ledger")
    def ledger(self, team: Team) -> str:
        return format_html(_LINK, reverse("admin:team_ledger", args=[team.pk]), "Open the ledger")

    @admin.display(description="act on it")
    def acts(self, team: Team) -> str:
        """Each asks for a reason and is written to the audit trail."""
        is_suspended, is_unlocked = team.state == Team.State.SUSPENDED, team.proposals_unlocked_at is not None
        acts = {
            "grant": "Give credits or units",
            "take": "Take credits or units",
            "plan": "Change the plan",
            **({"unsuspend": "Open the team again"} if is_suspended else {"suspend": "Suspend the team"}),
            **({"lock-proposals": "Lock proposals"} if is_unlocked else {"unlock-proposals": "Unlock proposals"}),
        }
        links = ((reverse("admin:team_act", args=[team.pk, slug]), title) for slug, title in acts.items())
        return format_html_join(" · ", _LINK, links)


@admin.register(Membership)
class MembershipAdmin(ModelAdmin):
    """Who is where, as what."""

    list_display = ["user", "team", "role", "state", "created_at"]
    list_filter = ["role", "state"]
    search_fields = ["user__email", "team__slug", "team__name"]
    list_select_related = ["user", "team"]
    fields = ["user", "team", "role", "state", "created_at"]
    readonly_fields = ["user", "team", "role", "created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False
