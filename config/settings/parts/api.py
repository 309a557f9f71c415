"""REST framework and its OpenAPI schema."""

from .env import env

# Requests per client: `<number>/<s|m|h|d>`, empty for no limit. Sign-in and sign-up have limits of their own (auth.py).
API_THROTTLE_RATES = {
    "user": env.str("API_RATE_USER", "60000/m"),
    "visitor": env.str("API_RATE_VISITOR", "6000/m"),
    "credential": env.str("API_RATE_CREDENTIAL", "300/m"),
    "shared": env.str("API_RATE_SHARED", "60/m"),
}

REST_FRAMEWORK = {
    # A header beats the cookie, so the cookie comes last; it refuses a header that nobody before it took.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.accounts.access.BearerAuthentication",
        "apps.accounts.access.WebSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": [
        "apps.core.api.throttling.UserThrottle",
        "apps.core.api.throttling.VisitorThrottle",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.core.api.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "apps.core.api.schema.HouseSchema",
    "EXCEPTION_HANDLER": "apps.core.api.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "URL_FORMAT_OVERRIDE": None,  # `format` is a word of our own (exports), not a way to choose a renderer
    "NUM_PROXIES": env.int("TRUSTED_PROXY_COUNT", 0),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Analytics Following API",
    "DESCRIPTION": (
        "Look creators up, unlock their reports, work with them.\n\n"
        'Errors are `{"error": {"code", "message", "details"}}` with a stable `code`. '
        "Authenticate by `Authorization: Bearer <access>` or by the web session with CSRF; "
        "name the team by `X-Team: <slug>` when you belong to several.\n\n"
        "Every route may also answer 429 `rate_limited` and 503 `service.unavailable`, each with `Retry-After`."
    ),
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "RoleEnum": "apps.teams.models.Membership.Role",
        "GivenRoleEnum": "apps.teams.api.serializers.GIVEN_ROLES",
        "TeamStateEnum": "apps.teams.models.Team.State",
        "BillingStateEnum": "apps.teams.models.Team.BillingState",
        "SupportStateEnum": "apps.system.models.SupportRequest.State",
        "SupportPriorityEnum": "apps.system.models.SupportRequest.Priority",
        "SubscriptionStatusEnum": "apps.billing.models.Subscription.Status",
        "ProviderEnum": "apps.billing.models.Provider",
        "MembershipStateEnum": "apps.teams.models.Membership.State",
        "JobStateEnum": "apps.jobs.models.Job.State",
        "MetricStatusEnum": "apps.discovery.api.schema.metrics.STATUSES",
        "PurchaseOutcomeEnum": "apps.discovery.api.schema.buying.PURCHASE_OUTCOMES",
        "ShareLinkStateEnum": "apps.discovery.api.schema.sharing.LINK_STATES",
        "AnalysisStateEnum": "apps.discovery.api.schema.reports.ANALYSIS_STATES",
    },
}
