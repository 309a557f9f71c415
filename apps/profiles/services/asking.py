"""Asking a source for one thing at a time, over all teams and processes."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.utils import timezone

from apps.core.errors import DomainError
from apps.profiles.models import RefreshLease

from .leases import HeldLease, claim_lease, close_lease, wait_for_other

Answer = TypeVar("Answer")
MAX_WAIT_SECONDS = 150.0


def ask_once(
    name: str,
    *,
    known: Callable[[], Answer | None],
    ask: Callable[[HeldLease], Answer],
    refused: Callable[[str], Answer],
) -> Answer:
    """What is `known`, else what `ask` brings; whoever comes meanwhile waits, and then knows or is `refused` alike.

    `ask` runs under the lease of `name` and stores what it brings; what it raises is raised here, and those who wait
    get `refused(code)` with the error's code. Must not be called inside a transaction.
    """
    deadline = timezone.now() + timedelta(seconds=MAX_WAIT_SECONDS)
    while timezone.now() < deadline:
        if (answer := known()) is not None:
            return answer
        if lease := claim_lease(name):
            return _ask(lease, known, ask)
        other = wait_for_other(name, seconds=(deadline - timezone.now()).total_seconds())
        if other is not None and other.outcome == RefreshLease.Outcome.FAILED:
            return refused(other.reason)
    return refused("source.unavailable")


def _ask(lease: HeldLease, known: Callable[[], Answer | None], ask: Callable[[HeldLease], Answer]) -> Answer:
    """Under a lease that is closed whatever happens. Whoever had it before may have brought the answer."""
    try:
        answer = known()
        if answer is None:
            with lease.held():
                answer = ask(lease)
    except BaseException as error:
        reason = error.code if isinstance(error, DomainError) else "error"
        close_lease(lease, outcome=RefreshLease.Outcome.FAILED, reason=reason)
        raise
    close_lease(lease, outcome=RefreshLease.Outcome.REFRESHED)
    return answer
