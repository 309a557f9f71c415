"""Accounts: allauth does login, verification, reset and sessions; `/api/v1/auth/` is a thin adapter on its flows."""

from typing import Any

from .env import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["apps.accounts.backends.AccountBackend"]
# The first one makes hashes; the others verify what was made or imported before, and a sign-in replaces it.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "apps.accounts.hashers.BcryptHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:landing"

# Sessions live in the database alone: a cached copy would outlive a logout that Redis missed.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# How many proxies in front of us may be believed about the client's address (0: none, the socket's peer counts).
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

ACCOUNT_ADAPTER = "apps.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "apps.accounts.forms.LoginForm", "signup": "apps.accounts.forms.SignupForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "apps.accounts.adapters.display_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 5
# Changing the address while verifying would tell a real sign-up from the pretended one of a known address.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = None
# Per client address (ip) and per account (key). Whole offices share one address, so those are the wide ones.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,10/300s/key",
    "signup": "30/m/ip",
    "reset_password": "20/m/ip,5/m/key,20/h/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/10s/key,20/h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "change_factors": "20/m/user",
}

USERSESSIONS_TRACK_ACTIVITY = False
# Superadmins reach the console and its API only by a sign-in with a second factor; production always asks for it.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", False)
MFA_FORMS = {
    "authenticate": "apps.accounts.forms.AuthenticateForm",
    "reauthenticate": "apps.accounts.forms.ReauthenticateForm",
    "activate_totp": "apps.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "apps.accounts.forms.AddKeyForm",
    "authenticate_webauthn": "apps.accounts.forms.AuthenticateKeyForm",
    "reauthenticate_webauthn": "apps.accounts.forms.ReauthenticateKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Analytics Following"
MFA_RECOVERY_CODES_SHOW_ONCE = True

HEADLESS_TOKEN_STRATEGY = "apps.accounts.tokens.RotatingTokenStrategy"  # noqa: S105
HEADLESS_JWT_ALGORITHM = "HS256"
# Empty: SECRET_KEY signs.
HEADLESS_JWT_PRIVATE_KEY = env.str("JWT_SIGNING_KEY", "")
HEADLESS_JWT_STATEFUL_VALIDATION_ENABLED = True
HEADLESS_JWT_ROTATE_REFRESH_TOKEN = True
HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN = env.int("ACCESS_TOKEN_SECONDS", 15 * 60)
HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN = SESSION_COOKIE_AGE
# All four, else a reset for an unknown address is a 500 that says so (research/stack.md 2.1).
HEADLESS_FRONTEND_URLS: dict[str, Any] = {
    "account_confirm_email": "/accounts/confirm-email/",
    "account_reset_password": "/accounts/password/reset/",
    "account_reset_password_from_key": "/accounts/password/reset/?key={key}",
    "account_signup": "/accounts/signup/",
    "socialaccount_login_error": "/accounts/login/",
}
# Two tabs may refresh with one token: within this time the second gets the first one's answer.
REFRESH_GRACE_SECONDS = 10
# An access token's check is remembered this long; every revocation through Django forgets it at once.
BEARER_CACHE_SECONDS = env.int("BEARER_CACHE_SECONDS", 5)
