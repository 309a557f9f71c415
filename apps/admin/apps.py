"""Superadmin console."""

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "apps.admin"
    label = "backoffice"

    def ready(self) -> None:
        from allauth.account.decorators import secure_admin_login  # noqa: PLC0415
        from django.contrib import admin  # noqa: PLC0415

        # The product's own sign-in, with its limits and second factor, stands before the site.
        admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
