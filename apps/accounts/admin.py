"""Users as the operator sees them."""

from django.contrib import admin
from django.http import HttpRequest
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
        "last_login", "tombstoned_at",
    ]  # fmt: skip
    readonly_fields = ["email", "date_joined", "last_login", "tombstoned_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
