"""Errors, resilience, caching, API base classes. No models."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "apps.core"
    label = "core"
