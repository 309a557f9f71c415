"""What the operator sees of the sources."""

from typing import Any

from apps.profiles.models import SourceState


def list_source_states() -> list[dict[str, Any]]:
    """The lasting refusals of sources (withdrawn target, bad key, used-up quota), for the health page and the admin."""
    return [
        {
            "source": state.source,
            "capability": state.capability,
            "code": state.code,
            "message": state.message,
            "since": state.since,
            "last_seen_at": state.last_seen_at,
            "retry_at": state.retry_at,
        }
        for state in SourceState.objects.order_by("source", "capability")
    ]
