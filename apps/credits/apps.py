"""Wallet, grants, ledger, holds."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class CreditsConfig(AppConfig):
    name = "apps.credits"
    label = "credits"

    def ready(self) -> None:
        from .selectors.pricing import forget_prices  # noqa: PLC0415 - models are there only now

        for signal in (post_save, post_delete):
            signal.connect(forget_prices, sender="plans.PriceRule", dispatch_uid="credits.forget_prices")
