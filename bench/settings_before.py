"""The product plus the bench's team app, before its second migration."""

from config.settings.local import *  # noqa: F403

TENANT_APPS = [*TENANT_APPS, "bench.notes"]  # noqa: F405
INSTALLED_APPS = [*INSTALLED_APPS, "bench.notes"]  # noqa: F405
MIGRATION_MODULES = {"bench_notes": "bench.notes.before"}
