"""Replaying wallets and keeping what was found where the operator sees it."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import cast

import structlog
from django.db import connection
from django.utils import timezone

from apps.credits.selectors.auditing import Replay, replay_wallet
from apps.system.models import LedgerAudit
from apps.teams.models import Team

KEPT_FOR = timedelta(days=400)
logger = structlog.get_logger(__name__)


def audit_wallet() -> Replay:
    """Replay the current team's wallet, keep the outcome as the day's (public, counts only), and log any difference.

    Changes nothing of the wallet. The last audit of a day replaces the ones before.
    """
    team = cast("Team", connection.tenant)  # type: ignore[attr-defined]
    found = replay_wallet()
    now = timezone.now()
    outcome = {
        "at": now,
        "entries": found.entries,
        "differences": sum(found.counts.values()),
        "counts": found.counts,
        "first": [asdict(one) for one in found.differences],
        "totals": found.totals,
    }
    LedgerAudit.objects.update_or_create(team_id=team.pk, day=now.date(), defaults=outcome)
    if not found.is_clean:
        logger.error("credits.ledger_differs", team_id=team.pk, counts=found.counts, first=found.as_line())
    return found


def purge_audits(*, at: datetime) -> int:
    """Forget audits after 400 days. Returns how many."""
    deleted, _ = LedgerAudit.objects.filter(at__lt=at - KEPT_FOR).delete()
    return deleted
