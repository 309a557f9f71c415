"""Teams, memberships and the one door into a team's schema."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "apps.teams"
    label = "teams"

    def ready(self) -> None:
        from . import receivers  # noqa: PLC0415

        receivers.connect()
