"""What discovery hears of the catalogue: a change of what a report shows drops the report's remembered state."""

from functools import partial
from typing import Any

from django.db import transaction

from apps.discovery.selectors.reports.keys import forget_state


def forget_profile(*, instance: Any, **_: Any) -> None:
    """A creator was saved: refreshed, pictured, renamed, suppressed."""
    transaction.on_commit(partial(forget_state, instance.pk))


def forget_analysed(*, instance: Any, **_: Any) -> None:
    """A creator's captions were analysed."""
    transaction.on_commit(partial(forget_state, instance.profile_id))


def forget_refreshed(*, profile_id: int, **_: Any) -> None:
    """A refresh was stored."""
    forget_state(profile_id)
