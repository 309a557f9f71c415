"""Look-up, unlock and the report door."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class DiscoveryConfig(AppConfig):
    name = "apps.discovery"
    label = "discovery"

    def ready(self) -> None:
        from apps.profiles.signals import profile_refreshed  # noqa: PLC0415 - models are there only now

        from . import receivers  # noqa: PLC0415

        profile_refreshed.connect(receivers.forget_refreshed, dispatch_uid="discovery.forget_refreshed")
        post_save.connect(receivers.forget_profile, sender="profiles.Profile", dispatch_uid="discovery.forget_profile")
        post_save.connect(
            receivers.forget_analysed, sender="analysis.ProfileAnalysis", dispatch_uid="discovery.forget_analysed"
        )
