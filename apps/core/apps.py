"""Errors, resilience, caching, API base classes. No models."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class CoreConfig(AppConfig):
    name = "apps.core"
    label = "core"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415 - registers them
        from .connections import read_moments_fast  # noqa: PLC0415 - psycopg's part of Django asks for settings

        connection_created.connect(read_moments_fast)
