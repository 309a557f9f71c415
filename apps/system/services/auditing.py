"""Writing down what the staff does."""

from dataclasses import dataclass
from typing import Any

import structlog

from apps.system.models import AuditEntry

logger = structlog.get_logger(__name__)
REASON_MAX = 300
"""Characters of a reason, wherever the staff types one."""


@dataclass(frozen=True, slots=True)
class Target:
    """What was acted upon: `team` 7 "Northwind", and whose it is."""

    type: str
    id: str
    label: str
    team_id: int | None = None


def record_action(
    *,
    actor: Any,
    action: str,
    target: Target,
    reason: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write an act of the staff into the trail. Call it in the transaction of the act: both happen or neither."""
    entry = AuditEntry.objects.create(
        actor=actor,
        action=action,
        team_id=target.team_id,
        target_type=target.type,
        target_id=target.id[:64],
        target_label=target.label[:200],
        reason=reason[:500],
        before=before or {},
        after=after or {},
        request_id=str(structlog.contextvars.get_contextvars().get("request_id", ""))[:64],
    )
    logger.info("staff_acted", action=action, staff_id=entry.actor_id, target=f"{target.type}:{target.id}")
    return entry
