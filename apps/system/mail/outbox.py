"""The outbox: claim, send, settle. A mail is tried for a day, at growing intervals, and sent at least once."""

from datetime import timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from apps.system.models import OutboxMail

from .smtp import SendingFailed, send_raw

KEPT_TRYING = timedelta(hours=24)
FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(hours=1)
KEPT_LISTED = timedelta(days=30)
logger = structlog.get_logger(__name__)


def store_mail(message: EmailMessage) -> bool:
    """Write a mail to the outbox and have it sent soon after the commit; False when nobody would receive it."""
    recipients = message.recipients()
    if not recipients:
        return False
    OutboxMail.objects.create(
        sender=message.from_email,
        recipients=recipients,
        subject=str(message.subject)[:998],
        text=str(message.body) if message.content_subtype == "plain" else "",
        html=_find_html(message),
        message=bytes(message.message().as_bytes(linesep="\r\n")),  # type: ignore[call-arg]
        state=OutboxMail.State.MAILBOX if settings.MAILBOX_PAGE else OutboxMail.State.QUEUED,
    )
    if settings.EMAIL_URL:
        transaction.on_commit(_send_soon, robust=True)
    elif not settings.MAILBOX_PAGE:
        logger.error("mail.no_server", hint="EMAIL_URL is empty: this mail waits a day for it")
    return True


def send_due_mails(*, limit: int = 50) -> int:
    """Send what is due, each at most once at a time, whoever else does so; how many were sent."""
    sent = 0
    while settings.EMAIL_URL and limit > 0 and (mail := claim_due_mail()):
        limit -= 1
        sent += _send(mail)
    return sent


@transaction.atomic
def claim_due_mail() -> OutboxMail | None:
    """The next due mail, put off by its retry interval: a crash while sending is one failed attempt."""
    due = OutboxMail.objects.filter(state=OutboxMail.State.QUEUED, next_attempt_at__lte=timezone.now())
    mail = due.select_for_update(skip_locked=True).order_by("next_attempt_at").first()
    if mail is not None:
        mail.attempts += 1
        mail.next_attempt_at = timezone.now() + retry_interval(mail.attempts)
        mail.save(update_fields=["attempts", "next_attempt_at"])
    return mail


def retry_interval(attempts: int) -> timedelta:
    """30 seconds, then twice as long each time, an hour at most."""
    return min(FIRST_RETRY * 2 ** min(attempts - 1, 10), LAST_RETRY)


def purge_outbox() -> int:
    """Forget mails after 30 days; how many."""
    purged, _ = OutboxMail.objects.filter(created_at__lt=timezone.now() - KEPT_LISTED).delete()
    return purged


def _send(mail: OutboxMail) -> bool:
    try:
        send_raw(sender=mail.sender, recipients=mail.recipients, message=bytes(mail.message))
    except SendingFailed as failure:
        _settle_failure(mail, failure)
        return False
    # The contents go: codes in them should not outlive their purpose.
    OutboxMail.objects.filter(pk=mail.pk).update(
        state=OutboxMail.State.SENT, sent_at=timezone.now(), message=b"", text="", html="", last_error=""
    )
    return True


def _settle_failure(mail: OutboxMail, failure: SendingFailed) -> None:
    over = failure.permanent or timezone.now() - mail.created_at >= KEPT_TRYING
    wiped: dict[str, str | bytes] = {"message": b"", "text": "", "html": ""} if over else {}
    OutboxMail.objects.filter(pk=mail.pk).update(
        state=OutboxMail.State.FAILED if over else OutboxMail.State.QUEUED, last_error=str(failure)[:500], **wiped
    )
    logger.warning("mail.not_sent", mail_id=mail.pk, attempts=mail.attempts, given_up=over, error=failure.kind)


def _send_soon() -> None:
    from apps.system.tasks import send_outbox  # noqa: PLC0415

    try:
        send_outbox.apply_async(retry=False)
    except OperationalError:
        logger.warning("mail.queue_away")  # the sweep sends it


def _find_html(message: EmailMessage) -> str:
    if message.content_subtype == "html":
        return str(message.body)
    alternatives = getattr(message, "alternatives", None) or []
    return next((str(one.content) for one in alternatives if one.mimetype == "text/html"), "")
