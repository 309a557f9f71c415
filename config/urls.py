"""Every route of the product. A URL group is not an app: each route lives in the lowest app that sees all it needs."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from apps.accounts.views import sessions
from apps.admin.api import SystemStatsView
from apps.credits.api import MemberLimitsView, TeamUsageView
from apps.discovery.urls import discovery_patterns, instagram_patterns, short_patterns
from apps.discovery.views import shared_report
from apps.portal.api import (
    DashboardView,
    LoginView,
    SecondFactorView,
    SupportMessagesView,
    SupportRequestsView,
    SupportRequestView,
    VerifyEmailView,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
    path("api/v1/auth/login", LoginView.as_view(), name="auth-login"),
    path("api/v1/auth/login/mfa", SecondFactorView.as_view(), name="auth-login-mfa"),
    path("api/v1/auth/email/verify", VerifyEmailView.as_view(), name="auth-email-verify"),
    path("api/v1/auth/dashboard", DashboardView.as_view(), name="auth-dashboard"),
    path("api/v1/auth/", include("apps.accounts.urls")),
    path("api/v1/teams/", include("apps.teams.urls")),
    path("api/v1/jobs/", include("apps.jobs.urls")),
    path("api/v1/credits/system/stats", SystemStatsView.as_view(), name="credits-system-stats"),
    path("api/v1/credits/", include("apps.credits.urls")),
    path("api/v1/billing/", include("apps.billing.urls")),
    path("api/v1/admin/", include("apps.admin.urls")),
    path("api/v1/teams/usage", TeamUsageView.as_view(), name="teams-usage"),
    path("api/v1/teams/members/<int:member_id>/limits", MemberLimitsView.as_view(), name="teams-member-limits"),
    path("api/v1/teams/support", SupportRequestsView.as_view(), name="teams-support"),
    path("api/v1/teams/support/<int:request_id>", SupportRequestView.as_view(), name="teams-support-request"),
    path(
        "api/v1/teams/support/<int:request_id>/messages", SupportMessagesView.as_view(), name="teams-support-messages"
    ),
    path("api/v1/instagram/", include((instagram_patterns, "instagram"))),
    path("api/v1/instagram/", include(("apps.profiles.api_urls", "methodology"))),
    path("api/v1/discovery/", include((discovery_patterns, "discovery-api"))),
    path("api/", include((short_patterns, "short"))),
    path("media/", include("apps.profiles.urls")),
    path("admin/", admin.site.urls),
    path("accounts/sessions/", sessions, name="usersessions_list"),
    path("accounts/", include("allauth.urls")),
    path("dev/mail/", include("apps.system.mail.urls")),
    path("t/<slug:team_slug>/", include("apps.discovery.page_urls")),
    path("t/<slug:team_slug>/", include("apps.credits.page_urls")),
    path("t/<slug:team_slug>/", include("apps.billing.page_urls")),
    path("s/<str:token>/", shared_report, name="shared-report"),
    path("", include("apps.portal.urls")),
    path("", include("apps.system.urls")),
]

handler400 = "apps.portal.views.errors.bad_request"
handler403 = "apps.portal.views.errors.forbidden"
handler404 = "apps.portal.views.errors.not_found"
handler500 = "apps.portal.views.errors.failed"
