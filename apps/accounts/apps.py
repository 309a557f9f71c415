"""Users and their security."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        from apps.system.access import add_staff_condition  # noqa: PLC0415

        from . import checks, receivers  # noqa: F401, PLC0415 - registers them
        from .access import schema  # noqa: F401, PLC0415
        from .access.second_factor import demand_second_factor  # noqa: PLC0415

        add_staff_condition(demand_second_factor)
        receivers.connect()
