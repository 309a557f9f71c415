"""Landing, sign-in answers, dashboard, command palette. No models."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "apps.portal"
    label = "portal"
