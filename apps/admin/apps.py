"""Superadmin console."""

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "apps.admin"
    label = "backoffice"
