"""What happened to an account's security, written down for its owner."""

from datetime import timedelta

import structlog
from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.models import SecurityEvent, User

_KEPT = timedelta(days=365)
logger = structlog.get_logger(__name__)


def record_event(*, user: User, kind: SecurityEvent.Kind, request: HttpRequest, factor: str = "") -> SecurityEvent:
    """Write down what has just happened, and from where."""
    event = SecurityEvent.objects.create(
        user=user,
        kind=kind,
        factor=factor,
        ip=get_adapter().get_client_ip(request),
        user_agent=request.META.get("HTTP_USER_AGENT", "").replace("\0", "")[:200],
    )
    logger.info("account_secured", kind=event.kind, factor=factor, user_id=user.pk)
    return event


def purge_events() -> int:
    """Forget what is older than a year; how many events that were."""
    purged: int = SecurityEvent.objects.filter(at__lt=timezone.now() - _KEPT).delete()[0]
    return purged
