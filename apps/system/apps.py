"""Health, mail outbox, operator's platform."""

from django.apps import AppConfig


class SystemConfig(AppConfig):
    name = "apps.system"
    label = "system"

    def ready(self) -> None:
        from . import checks, signals  # noqa: F401, PLC0415 - registers them; connects a Celery worker's own signals
