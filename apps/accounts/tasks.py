"""Jobs of accounts. They touch public tables only."""

from celery import shared_task

from .services.sessions import purge_sessions


@shared_task(name="accounts.purge_sessions")
def forget_expired_sessions() -> int:
    """Delete expired sessions and what lists them."""
    return purge_sessions()
