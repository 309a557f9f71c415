"""Jobs of accounts. They touch public tables only."""

from celery import shared_task

from apps.core.tasks import PublicTask

from .services.activity import purge_events
from .services.sessions import purge_sessions


@shared_task(name="accounts.purge_sessions", base=PublicTask)
def forget_expired_sessions() -> int:
    """Delete expired sessions and what lists them, and events of a year ago."""
    purge_events()
    return purge_sessions()
