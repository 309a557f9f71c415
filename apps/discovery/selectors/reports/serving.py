"""The report as ready JSON bytes: made once per version of the creator and of its analysis, shared by all teams."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.conf import settings
from django.db.models import F

from apps.core.caching import cached
from apps.discovery.models import Unlock
from apps.profiles.models import Profile

from .building import build_report

# Grows when the report's shape changes, so that no cached report of an older shape is served.
SHAPE = 1


@dataclass(frozen=True, slots=True)
class ReportKey:
    """Which state of which report, and since when the current team has it."""

    profile_id: int
    username: str
    version: int
    analysed_at: datetime | None
    unlocked_at: datetime

    @property
    def state(self) -> str:
        analysed = int(self.analysed_at.timestamp() * 1000) if self.analysed_at else 0
        return f"{SHAPE}-{self.profile_id}-{self.version}-{analysed}"

    @property
    def etag(self) -> str:
        return f'W/"{self.state}-{int(self.unlocked_at.timestamp())}"'


def find_report_key(username: str) -> ReportKey | None:
    """The current team's right to a report and the report's state, in one query; None when it is not unlocked.

    `username` is a normalised handle; a former handle is not found here (see `find_profile`).
    """
    return _find(profile__username=username, profile__handle_lost_at=None)


def get_report_key(profile: Profile) -> ReportKey | None:
    """As `find_report_key`, for a creator in hand."""
    return _find(profile_id=profile.pk)


def _find(**condition: Any) -> ReportKey | None:
    row = (
        Unlock.objects.filter(profile__suppressed_at=None, **condition)
        .values_list(
            "profile_id", "profile__username", "profile__version", F("profile__analysis__analysed_at"), "created_at"
        )
        .first()
    )
    return ReportKey(*row) if row else None


def get_report_bytes(key: ReportKey, *, extra: dict[str, Any] | None = None) -> bytes:
    """The report as JSON with the team's `unlocked_at`, and with `extra` keys where given.

    One cache read when it is there; made once, however many ask, when it is not.
    """
    shared = cached(
        f"discovery:report:{key.state}", ttl=settings.REPORT_CACHE_SECONDS, stale_for=0, make=lambda: _make(key)
    )
    own = orjson.dumps({"unlocked_at": key.unlocked_at, **(extra or {})})
    return shared[:-1] + b"," + own[1:]


def _make(key: ReportKey) -> bytes:
    profile = Profile.objects.select_related("avatar").get(pk=key.profile_id)
    return orjson.dumps(build_report(profile))


def get_report(profile: Profile) -> dict[str, Any]:
    """The report of a creator that the current team has unlocked, as the API gives it (times are ISO 8601 strings).

    From the cache where possible. `unlocked_at` is null when the team has not unlocked it: the caller guards the door.
    """
    key = get_report_key(profile)
    if key is None:
        report: dict[str, Any] = orjson.loads(orjson.dumps(build_report(profile)))
        return {**report, "unlocked_at": None}
    return orjson.loads(get_report_bytes(key))
