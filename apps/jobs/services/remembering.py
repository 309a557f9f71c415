"""Binding an idempotency key to a request, and keeping the answer. Each step is one statement, committed at once."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.utils import timezone

from apps.jobs.errors import KeyReusedForOtherRequest, RequestInProgress
from apps.jobs.models import IdempotencyRecord
from apps.teams.models import Team

KEPT_FOR = timedelta(hours=24)
LEASE = timedelta(seconds=90)


def bind_key(*, team: Team | None, actor: str, key: str, fingerprint: str) -> IdempotencyRecord:
    """Take the key for this request, or return the finished record of the same request.

    Raises `KeyReusedForOtherRequest` or `RequestInProgress`. Of many callers at once exactly one takes the key.
    """
    now = timezone.now()
    record = IdempotencyRecord(
        team=team, actor=actor, key=key, fingerprint=fingerprint, lease_until=now + LEASE, expires_at=now + KEPT_FOR
    )
    IdempotencyRecord.objects.bulk_create([record], ignore_conflicts=True)
    stored = IdempotencyRecord.objects.get(team=team, actor=actor, key=key)
    if stored.holder == record.holder:
        return stored
    return _rebind(stored, fingerprint=fingerprint)


def _rebind(stored: IdempotencyRecord, *, fingerprint: str) -> IdempotencyRecord:
    now = timezone.now()
    if stored.expires_at > now:
        if stored.fingerprint != fingerprint:
            raise KeyReusedForOtherRequest
        if stored.state == IdempotencyRecord.State.DONE:
            return stored
        if stored.state == IdempotencyRecord.State.RUNNING and stored.lease_until > now:
            raise RequestInProgress(retry_after=1)
    as_seen = IdempotencyRecord.objects.filter(pk=stored.pk, state=stored.state, holder=stored.holder)
    changes: dict[str, Any] = {
        "state": IdempotencyRecord.State.RUNNING, "fingerprint": fingerprint, "lease_until": now + LEASE,
        "holder": uuid4(),
        "expires_at": stored.expires_at if stored.expires_at > now else now + KEPT_FOR,
        "status": None, "body": b"", "headers": {}, "job": None,
    }  # fmt: skip
    if not as_seen.update(**changes):
        raise RequestInProgress(retry_after=1)
    stored.refresh_from_db()
    return stored


def open_key(record: IdempotencyRecord) -> None:
    """The try was refused: the same request may be sent again."""
    _mine(record).update(state=IdempotencyRecord.State.OPEN)


def store_answer(
    record: IdempotencyRecord, *, status: int, headers: dict[str, str], body: bytes, job_id: str | None
) -> None:
    """Keep a 2xx answer for the key's 24 hours."""
    _mine(record).update(state=IdempotencyRecord.State.DONE, status=status, headers=headers, body=body, job_id=job_id)


def _mine(record: IdempotencyRecord) -> QuerySet[IdempotencyRecord]:
    return IdempotencyRecord.objects.filter(pk=record.pk, state=IdempotencyRecord.State.RUNNING, holder=record.holder)
