"""Who may read the metrics, and where errors are reported."""

from .env import env

# Prometheus sends it as `Authorization: Bearer …`; empty: superadmins only.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
SENTRY_DSN = env.str("SENTRY_DSN", "")
SENTRY_ENVIRONMENT = env.str("SENTRY_ENVIRONMENT", "production")
SENTRY_TRACES_SAMPLE_RATE = env.float("SENTRY_TRACES_SAMPLE_RATE", 0.0)

if SENTRY_DSN:
    import sentry_sdk

    # Django, Celery and Redis are found by themselves. Nothing that identifies a person is sent.
    sentry_sdk.init(
        dsn=SENTRY_DSN,
        environment=SENTRY_ENVIRONMENT,
        traces_sample_rate=SENTRY_TRACES_SAMPLE_RATE,
        send_default_pii=False,
    )
