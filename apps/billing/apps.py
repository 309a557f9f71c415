"""Plans that are paid for: Stripe and manual billing."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "apps.billing"
    label = "billing"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415
