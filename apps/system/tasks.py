"""Jobs of the platform. They touch public tables only."""

from celery import shared_task

from apps.core.tasks import PublicTask

from .mail.outbox import purge_outbox, send_due_mails


@shared_task(name="system.send_outbox", base=PublicTask)
def send_outbox() -> int:
    """Send what is due; runs after each stored mail and as a sweep."""
    return send_due_mails()


@shared_task(name="system.purge_outbox", base=PublicTask)
def forget_old_mails() -> int:
    """Forget mails after 30 days."""
    return purge_outbox()
