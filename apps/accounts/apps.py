"""Users and their security."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        from . import receivers  # noqa: PLC0415
        from .access import schema  # noqa: F401, PLC0415

        receivers.connect()
