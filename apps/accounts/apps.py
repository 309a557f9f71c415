"""Users and their security."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        from . import checks, receivers  # noqa: F401, PLC0415 - registers them
        from .access import schema  # noqa: F401, PLC0415

        receivers.connect()
