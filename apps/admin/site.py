"""The superadmin site, drawn by unfold."""

from typing import Any

from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from unfold.sites import UnfoldAdminSite

from .access import is_operator


class BackofficeAdminConfig(AdminConfig):
    """Django's admin under the house's site."""

    default_site = "apps.admin.site.BackofficeSite"

    def ready(self) -> None:
        super().ready()
        from .thirdparty import dress_libraries  # noqa: PLC0415 - after every app has registered its models

        dress_libraries()


class BackofficeSite(UnfoldAdminSite):
    """For superadmins alone. Teams' content is read by views that enter the team and write down who looked."""

    index_template = "backoffice/dashboard.html"

    def has_permission(self, request: HttpRequest) -> bool:
        return is_operator(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """By the accounts' own page, so that its limits, second factor and mails hold here too."""
        from allauth.account.decorators import secure_admin_login  # noqa: PLC0415 - it loads models

        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response

    def extra_urls(self) -> list[URLPattern]:
        from .views import show_ledger, show_revenue  # noqa: PLC0415 - the site is made before the models are ready

        return [
            path("revenue/", self.admin_view(show_revenue), name="revenue"),
            path("teams/team/<int:team_id>/ledger/", self.admin_view(show_ledger), name="team_ledger"),
        ]
