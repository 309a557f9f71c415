"""One refresh of a handle at a time, over all teams and processes.

A lease row, not a lock: while a source is asked nothing is held open in the database. Whoever is killed is forgotten
within seconds; whoever works renews the lease all along.
"""

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import DatabaseError, connection
from django.db.models.functions import Now
from django.utils import timezone

from apps.profiles.models import Profile, RefreshLease

logger = structlog.get_logger(__name__)
LEASE = timedelta(seconds=20)
_RENEWALS_A_LEASE = 4
_POLL_SECONDS = (0.03, 0.06, 0.12, 0.25, 0.5)
_CLAIM = """
    INSERT INTO profiles_refreshlease (username, token, lease_until, outcome, reason, created, started_at)
    VALUES (%(username)s, %(token)s, clock_timestamp() + make_interval(secs => %(lease)s), 'running', '', false,
            clock_timestamp())
    ON CONFLICT (username) DO UPDATE SET
        token = excluded.token, lease_until = excluded.lease_until, outcome = 'running', reason = '',
        created = false, started_at = excluded.started_at, finished_at = NULL
    WHERE profiles_refreshlease.outcome <> 'running' OR profiles_refreshlease.lease_until <= clock_timestamp()
"""


@dataclass(frozen=True, slots=True)
class HeldLease:
    """Proof that this caller refreshes the handle."""

    username: str
    token: uuid.UUID

    @contextmanager
    def held(self) -> Iterator[None]:
        """Renew the lease from a thread of its own while the block asks the sources, which may take minutes."""
        done = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(done,), name=f"lease {self.username}", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            done.set()

    def _keep(self, done: threading.Event) -> None:
        while not done.wait(LEASE.total_seconds() / _RENEWALS_A_LEASE):
            try:
                self.renew()
            except DatabaseError:
                logger.warning("lease.not_renewed", username=self.username)
            finally:
                connection.close()

    def renew(self) -> None:
        """Also called before each attempt at a source."""
        RefreshLease.objects.filter(username=self.username, token=self.token).update(lease_until=Now() + LEASE)


def claim_lease(username: str) -> HeldLease | None:
    """The right to refresh `username`, or None while somebody else has it. One atomic statement."""
    token = uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"username": username, "token": token, "lease": LEASE.total_seconds()})
        return HeldLease(username, token) if cursor.rowcount else None


def close_lease(
    lease: HeldLease, *, outcome: str, reason: str = "", profile: Profile | None = None, created: bool = False
) -> None:
    """Tell those who wait how it ended. Does nothing when the lease was lost meanwhile."""
    RefreshLease.objects.filter(username=lease.username, token=lease.token).update(
        outcome=outcome, reason=reason[:60], profile=profile, created=created, finished_at=Now(), lease_until=Now()
    )


def wait_for_other(username: str, *, seconds: float) -> RefreshLease | None:
    """Wait for the refresh that runs now; its row with the outcome, or None when it lapsed or took too long."""
    running = RefreshLease.objects.filter(username=username).first()
    deadline = time.monotonic() + seconds
    for pause in _pauses():
        if running is None or time.monotonic() > deadline:
            return None
        lease = RefreshLease.objects.filter(username=username).first()
        if lease is None or lease.token != running.token:
            return None
        if lease.outcome != RefreshLease.Outcome.RUNNING:
            return lease
        if lease.lease_until <= timezone.now():
            return None
        time.sleep(pause)
    return None


def forget_old_leases() -> int:
    """Drop the rows of refreshes that ended more than a day ago."""
    return RefreshLease.objects.filter(lease_until__lt=timezone.now() - timedelta(days=1)).delete()[0]


def _pauses() -> Iterator[float]:
    yield from _POLL_SECONDS
    while True:
        yield _POLL_SECONDS[-1]
