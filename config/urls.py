"""Every route of the product. A URL group is not an app: each route lives in the lowest app that sees all it needs."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from apps.portal.api import DashboardView, LoginView, VerifyEmailView

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
    path("api/v1/auth/login", LoginView.as_view(), name="auth-login"),
    path("api/v1/auth/email/verify", VerifyEmailView.as_view(), name="auth-email-verify"),
    path("api/v1/auth/dashboard", DashboardView.as_view(), name="auth-dashboard"),
    path("api/v1/auth/", include("apps.accounts.urls")),
    path("api/v1/teams/", include("apps.teams.urls")),
    path("api/v1/jobs/", include("apps.jobs.urls")),
    path("accounts/", include("allauth.urls")),
    path("dev/mail/", include("apps.system.mail.urls")),
    path("", include("apps.portal.urls")),
    path("", include("apps.system.urls")),
]
