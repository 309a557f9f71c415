"""Errors, resilience, caching, API base classes. No models."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "apps.core"
    label = "core"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415 - registers them
