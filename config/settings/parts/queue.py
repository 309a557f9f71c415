"""Celery: late acknowledgement, one task at a time, nothing that outlives the visibility timeout."""

from urllib.parse import urlsplit

from kombu import Exchange, Queue

from .cache import REDIS_URL, with_password
from .env import env


def _as_celery_wants(url: str) -> str:
    """With the password, and over TLS with the server's certificate checked unless the URL says otherwise."""
    url = with_password(url)
    if url.startswith("rediss://") and "ssl_cert_reqs" not in url:
        url += ("&" if urlsplit(url).query else "?") + "ssl_cert_reqs=required"
    return url


# Empty: the Redis of REDIS_URL.
CELERY_BROKER_URL = _as_celery_wants(env.str("CELERY_BROKER_URL", "") or REDIS_URL)
# Results are rows of apps.jobs; a backend is only for what an operator adds.
CELERY_RESULT_BACKEND = _as_celery_wants(env.str("CELERY_RESULT_BACKEND", "")) or None
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# How long a stopping worker lets its tasks finish before it gives them back; below what the platform grants.
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = env.float("WORKER_SOFT_SHUTDOWN_SECONDS", 20.0)
# Tasks that one worker process' connection serves before it is made anew (celery closes it after each otherwise).
CELERY_DB_REUSE_MAX = 100
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 570
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1200,
    "socket_timeout": 30,
    "health_check_interval": 25,
    "unacked_restore_throttle": 1,
    # Queues are drained in the order given to the worker: -Q priority,default,analysis,batch,background
    "queue_order_strategy": "priority",
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "default"
# What somebody waits for, everything else, analysis that somebody waits for and that nobody does, and the rest that
# nobody waits for: the order without -Q.
CELERY_TASK_QUEUES = [
    Queue(name, Exchange(name, type="direct"), routing_key=name)
    for name in ("priority", "default", "analysis", "batch", "background")
]
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
# Publishing must not hold a request: with the broker away the job row stays queued and the sweep publishes it.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.2}
CELERY_BROKER_CONNECTION_TIMEOUT = 1

# Jobs (apps.jobs): a lease is renewed every third of it while the worker lives.
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", 45)
JOB_RETRY_SECONDS = env.float("JOB_RETRY_SECONDS", 2.0)
# Work in many steps goes to the end of its queue after this long, so that what came later has its turn.
JOB_TURN_SECONDS = env.float("JOB_TURN_SECONDS", 1.0)
JOB_REPUBLISH_SECONDS = env.int("JOB_REPUBLISH_SECONDS", 10)
JOB_KEEP_DAYS = env.int("JOB_KEEP_DAYS", 30)
# At most a quarter of a server process' threads may wait for jobs (`Prefer: wait=N`).
WEB_THREADS = env.int("WEB_THREADS", 8)
JOB_WAITERS = env.int("JOB_WAITERS", 0) or max(1, WEB_THREADS // 4)

# Beat's own schedule: each app adds its entries here by task name.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "system.send_outbox": {
        "task": "system.send_outbox",
        "schedule": 30.0,
        "options": {"queue": "priority", "expires": 30},
    },
    "system.purge_outbox": {
        "task": "system.purge_outbox",
        "schedule": 86400.0,
        "options": {"queue": "default", "expires": 3600},
    },
    "accounts.purge_sessions": {
        "task": "accounts.purge_sessions",
        "schedule": 86400.0,
        "options": {"queue": "default", "expires": 3600},
    },
    "jobs.sweep": {"task": "jobs.sweep", "schedule": 10.0, "options": {"queue": "priority", "expires": 10}},
    "discovery.purge_all_trails": {
        "task": "discovery.purge_all_trails",
        "schedule": 86400.0,
        "options": {"queue": "default", "expires": 3600},
    },
    "discovery.track_all_unlocked": {
        "task": "discovery.track_all_unlocked",
        "schedule": 21600.0,
        "options": {"queue": "default", "expires": 3600},
    },
    "profiles.refresh_due": {
        "task": "profiles.refresh_due",
        "schedule": 600.0,
        "options": {"queue": "default", "expires": 600},
    },
    "analysis.submit_due": {
        "task": "analysis.submit_due",
        "schedule": 60.0,
        "options": {"queue": "default", "expires": 60},
    },
    "analysis.purge": {
        "task": "analysis.purge",
        "schedule": 86400.0,
        "options": {"queue": "default", "expires": 3600},
    },
    "jobs.purge": {"task": "jobs.purge", "schedule": 3600.0, "options": {"queue": "default", "expires": 3600}},
    "teams.refill_stock": {
        "task": "teams.refill_stock",
        "schedule": 30.0,
        "options": {"queue": "default", "expires": 30},
    },
    "billing.sweep_events": {
        "task": "billing.sweep_events",
        "schedule": 120.0,
        "options": {"queue": "priority", "expires": 120},
    },
    "billing.tend_accounts": {
        "task": "billing.tend_accounts",
        "schedule": 600.0,
        "options": {"queue": "default", "expires": 600},
    },
    "billing.reconcile": {
        "task": "billing.reconcile",
        "schedule": 86400.0,
        "options": {"queue": "default", "expires": 3600},
    },
    "billing.roll_up_revenue": {
        "task": "billing.roll_up_revenue",
        "schedule": 21600.0,
        "options": {"queue": "background", "expires": 3600},
    },
    "credits.roll_up_wallets": {
        "task": "credits.roll_up_wallets",
        "schedule": 3600.0,
        "options": {"queue": "background", "expires": 3600},
    },
    "credits.open_periods": {
        "task": "credits.open_periods",
        "schedule": 3600.0,
        "options": {"queue": "default", "expires": 3600},
    },
    "credits.sweep_holds": {
        "task": "credits.sweep_holds",
        "schedule": 600.0,
        "options": {"queue": "default", "expires": 600},
    },
    "credits.audit_ledgers": {
        "task": "credits.audit_ledgers",
        "schedule": 86400.0,
        "options": {"queue": "default", "expires": 3600},
    },
    "profiles.purge_expired": {
        "task": "profiles.purge_expired",
        "schedule": 3600.0,
        "options": {"queue": "default", "expires": 3600},
    },
}
