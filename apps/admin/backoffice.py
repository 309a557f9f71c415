"""The site at `/admin/`."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.http import HttpRequest, HttpResponse
from unfold.sites import UnfoldAdminSite


class BackofficeSite(UnfoldAdminSite):
    """Signs in through the accounts' own page, so its limits, second factor and mails hold here too."""

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        guarded = secure_admin_login(super().login)
        response: HttpResponse = guarded(request, extra_context)
        return response
