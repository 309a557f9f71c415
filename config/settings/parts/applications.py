"""Which apps live in the public schema and which in every team's schema (DESIGN section 5)."""

SHARED_APPS = [
    "django_tenants",
    "apps.core",
    "apps.system",
    "apps.accounts",
    "apps.plans",
    "apps.teams",
    "apps.jobs",
    "apps.profiles",
    "apps.analysis",
    "apps.billing",
    "apps.portal",
    "apps.admin",
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "apps.admin.site.BackofficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "apps.accounts.usersessions.TrackedSessionsConfig",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "csp",
    "django_celery_beat",
    "django_cotton",
    "django_htmx",
    "django_vite",
    "lucide",
]
TENANT_APPS = [
    "apps.credits",
    "apps.discovery",
]
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS]

TENANT_MODEL = "teams.Team"
TENANT_DOMAIN_MODEL = "teams.Domain"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
PUBLIC_SCHEMA_NAME = "public"

MIDDLEWARE = [
    "apps.core.middleware.RequestIdMiddleware",
    "apps.core.middleware.AccessMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "apps.core.middleware.PolicyMiddleware",
    "apps.core.middleware.UncachedMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.portal.middleware.FragmentLoginMiddleware",
    "apps.teams.access.TeamMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
