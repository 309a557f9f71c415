"""Whether the current team may read a report, and which state of it there is: asked on every read, so kept cheap.

The right never ends once bought, so a process may remember it. The state changes with every refresh, picture and
analysis, so it is shared in Redis and dropped by the write that changes it (`forget_state`, apps.py).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F

from apps.core.caching import Recent, cached, drop
from apps.discovery.models import Unlock
from apps.profiles.models import Profile

# Grows when the report's shape changes, so that no cached report of an older shape is served.
SHAPE = 6
STATE_SECONDS = 60


class Right(NamedTuple):
    profile_id: int
    unlocked_at: datetime


class State(NamedTuple):
    username: str
    version: int
    refreshed_at: datetime | None
    analysed_at: datetime | None
    is_shown: bool


@dataclass(frozen=True, slots=True)
class ReportKey:
    """Which state of which report, and since when the current team has it."""

    profile_id: int
    username: str
    state: str
    unlocked_at: datetime

    @property
    def etag(self) -> str:
        return f'W/"{self.state}-{int(self.unlocked_at.timestamp())}"'


_rights: Recent[Right] = Recent(size=20_000, seconds=300)


def find_report_key(username: str) -> ReportKey | None:
    """The current team's right to a report and the report's state; None when it is not unlocked.

    No query while both are remembered, else two. `username` is a normalised handle; a former one is not found here
    (see `find_profile`).
    """
    name = (_schema(), username)
    right = _rights.find(name) or _load_right(profile__username=username, profile__handle_lost_at=None)
    key = _make_key(right) if right else None
    if key is None or key.username != username:
        _rights.forget(name)
        return None
    if right:
        _rights.keep(name, right)
    return key


def get_report_key(profile: Profile) -> ReportKey | None:
    """As `find_report_key`, for a creator in hand."""
    right = _load_right(profile_id=profile.pk)
    return _make_key(right) if right else None


def forget_state(profile_id: int) -> None:
    """Call after the commit of whatever a report shows of a creator."""
    drop(_state_name(profile_id))


def _load_right(**condition: Any) -> Right | None:
    row = Unlock.objects.filter(**condition).order_by().values_list("profile_id", "created_at").first()
    return Right(*row) if row else None


def _make_key(right: Right) -> ReportKey | None:
    row = cached(
        _state_name(right.profile_id), ttl=STATE_SECONDS, stale_for=0, make=lambda: _load_state(right.profile_id)
    )
    state = State(*row)
    if not state.is_shown:
        return None
    return ReportKey(
        profile_id=right.profile_id,
        username=state.username,
        state=_name_state(right.profile_id, state),
        unlocked_at=right.unlocked_at,
    )


def _name_state(profile_id: int, state: State) -> str:
    """The times make it unique even where a database was set up anew and ids and versions began again."""
    times = (state.refreshed_at, state.analysed_at)
    read, analysed = (int(moment.timestamp() * 1000) if moment else 0 for moment in times)
    return f"{SHAPE}-{profile_id}-{state.version}-{read:x}-{analysed:x}"


def _load_state(profile_id: int) -> tuple[Any, ...]:
    """The fields of `State`, in a plain tuple, because it is pickled into the cache."""
    rows = Profile.objects.filter(pk=profile_id).order_by()
    *shown, suppressed_at = rows.values_list(
        "username", "version", "refreshed_at", F("analysis__analysed_at"), "suppressed_at"
    ).get()
    return (*shown, suppressed_at is None)


def _state_name(profile_id: int) -> str:
    return f"discovery:state:{profile_id}"


def _schema() -> str:
    return str(connection.schema_name)  # type: ignore[attr-defined]
