"""allauth's session list, without its two queries per former session at every login."""

from typing import Any

from allauth.usersessions.apps import UserSessionsConfig


class TrackedSessionsConfig(UserSessionsConfig):
    """Records a login in one statement and drops the user's dead entries in another, however many there are."""

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in  # noqa: PLC0415
        from allauth.usersessions import signals  # noqa: PLC0415

        super().ready()
        user_logged_in.disconnect(receiver=signals.on_user_logged_in)
        user_logged_in.connect(receiver=record_login, dispatch_uid="accounts.record_login")


def record_login(sender: type, request: Any, **kwargs: Any) -> None:
    """Remember where this session began; forget the entries whose session is gone."""
    from allauth.usersessions.models import UserSession  # noqa: PLC0415

    from .services.sessions import forget_dead_sessions  # noqa: PLC0415

    forget_dead_sessions(user=request.user)
    UserSession.objects.create_from_request(request)
