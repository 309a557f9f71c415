"""Users as the operator sees them."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from unfold.admin import ModelAdmin

from .models import User


@admin.register(User)
class UserAdmin(ModelAdmin):
    """Active or not, staff or not. Passwords are never seen or set here; users are tombstoned, never deleted."""

    list_display = ["email", "full_name", "is_active", "is_superuser", "date_joined", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["email", "full_name"]
    fields = [
        "email", "full_name", "is_active", "is_staff", "is_superuser", "locale", "time_zone", "date_joined",
        "last_login", "tombstoned_at", "acts",
    ]  # fmt: skip
    readonly_fields = ["email", "is_active", "date_joined", "last_login", "tombstoned_at", "acts"]

    @admin.display(description="act on it")
    def acts(self, user: User) -> str:
        """Asks for a reason and is written to the audit trail."""
        slug, title = ("deactivate", "Deactivate") if user.is_active else ("activate", "Activate")
        link = '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>'
        return format_html(link, reverse("admin:user_act", args=[user.pk, slug]), title)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
