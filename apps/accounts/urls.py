"""`/api/v1/auth/`, without `login`, `email/verify` and `dashboard`, which join people and teams (apps.portal)."""

from django.urls import path

from .api.activity import ActivityView
from .api.factors import ConfirmTotpView, FactorsView, RecoveryCodesView, TotpView
from .api.me import MeView
from .api.registration import ForgotPasswordView, RefreshView, ResendView, ResetPasswordView, SignupView
from .api.security import ChangePasswordView, LogoutView, ReauthenticateView, SessionsView, SessionView
from .api.security_keys import ConfirmationOptionsView, KeyOptionsView, KeysView, KeyView, SignInOptionsView

app_name = "auth_api"
urlpatterns = [
    path("signup", SignupView.as_view(), name="signup"),
    path("email/resend", ResendView.as_view(), name="email-resend"),
    path("refresh", RefreshView.as_view(), name="refresh"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("password/forgot", ForgotPasswordView.as_view(), name="password-forgot"),
    path("password/reset", ResetPasswordView.as_view(), name="password-reset"),
    path("password/change", ChangePasswordView.as_view(), name="password-change"),
    path("me", MeView.as_view(), name="me"),
    path("reauthenticate", ReauthenticateView.as_view(), name="reauthenticate"),
    path("mfa", FactorsView.as_view(), name="mfa"),
    path("mfa/totp", TotpView.as_view(), name="mfa-totp"),
    path("mfa/totp/confirm", ConfirmTotpView.as_view(), name="mfa-totp-confirm"),
    path("mfa/recovery-codes", RecoveryCodesView.as_view(), name="mfa-recovery-codes"),
    path("mfa/webauthn", KeysView.as_view(), name="mfa-webauthn"),
    path("mfa/webauthn/options", KeyOptionsView.as_view(), name="mfa-webauthn-options"),
    path("mfa/webauthn/<int:key_id>", KeyView.as_view(), name="mfa-webauthn-key"),
    path("login/mfa/webauthn", SignInOptionsView.as_view(), name="login-mfa-webauthn"),
    path("reauthenticate/webauthn", ConfirmationOptionsView.as_view(), name="reauthenticate-webauthn"),
    path("activity", ActivityView.as_view(), name="activity"),
    path("sessions", SessionsView.as_view(), name="sessions"),
    path("sessions/<int:session_id>", SessionView.as_view(), name="session"),
]
