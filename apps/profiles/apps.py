"""The catalogue of creators: sources, posts, snapshots, metrics, media."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "apps.profiles"
    label = "profiles"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415
        from .receivers import fetch_pictures  # noqa: PLC0415
        from .signals import profile_refreshed  # noqa: PLC0415

        profile_refreshed.connect(fetch_pictures, dispatch_uid="profiles.fetch_pictures")
