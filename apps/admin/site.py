"""The superadmin site, drawn by unfold."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from unfold.sites import UnfoldAdminSite

from .access import is_operator, lacks_second_factor


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
        return is_operator(request.user) and not lacks_second_factor(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """By the accounts' own page, so that its limits, second factor and mails hold here too."""
        if is_operator(request.user) and lacks_second_factor(request):
            return _lead_to_second_factor(request)
        from allauth.account.decorators import secure_admin_login  # noqa: PLC0415 - it loads models

        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response

    def extra_urls(self) -> list[URLPattern]:
        from . import analysis_pages, views  # noqa: PLC0415 - the site is made before the models are ready

        pages = {
            "revenue/": (views.show_revenue, "revenue"),
            "teams/team/<int:team_id>/ledger/": (views.show_ledger, "team_ledger"),
            "teams/team/<int:team_id>/act/<slug:act>/": (views.act_on_team, "team_act"),
            "teams/team/<int:team_id>/grants/<int:grant_id>/<slug:act>/": (views.act_on_grant, "grant_act"),
            "teams/team/<int:team_id>/revocations/<int:revocation_id>/<slug:act>/": (
                views.act_on_revocation, "revocation_act",
            ),
            "billing/invoice/<int:invoice_id>/act/<slug:act>/": (views.act_on_invoice, "invoice_act"),
            "billing/topuporder/<uuid:order_id>/act/<slug:act>/": (views.act_on_topup, "topup_act"),
            "accounts/user/<int:user_id>/act/<slug:act>/": (views.act_on_user, "user_act"),
            "analysis/engines/": (analysis_pages.show_engines, "analysis_engines"),
            "analysis/taxonomy/": (analysis_pages.show_taxonomy, "analysis_taxonomy"),
            "plans/version/<slug:model>/<int:version_id>/<slug:act>/": (views.act_on_version, "version_act"),
        }  # fmt: skip
        return [path(route, self.admin_view(view), name=name) for route, (view, name) in pages.items()]


def _lead_to_second_factor(request: HttpRequest) -> HttpResponse:
    """Where a superadmin confirms this session by the factor he has, and then comes back; or sets one up."""
    from allauth.account.utils import get_next_redirect_url  # noqa: PLC0415 - they load models
    from allauth.mfa.models import Authenticator  # noqa: PLC0415

    types = set(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    pages = {Authenticator.Type.TOTP: "mfa_reauthenticate", Authenticator.Type.WEBAUTHN: "mfa_reauthenticate_webauthn"}
    for kind, page in pages.items():
        if kind in types:
            back = get_next_redirect_url(request) or reverse("admin:index")
            return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': back})}")
    messages.info(request, "The console asks for a second factor. Set one up here, then open the console again.")
    return HttpResponseRedirect(reverse("mfa_activate_totp"))
