"""Health, mail outbox, operator's platform."""

from django.apps import AppConfig


class SystemConfig(AppConfig):
    name = "apps.system"
    label = "system"
