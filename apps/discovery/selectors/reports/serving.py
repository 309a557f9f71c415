"""The report as ready JSON bytes: made once per version of the creator and of its analysis, shared by all teams."""

from typing import Any

import orjson
from django.conf import settings

from apps.core.caching import Recent, cached
from apps.profiles.models import Profile

from .building import build_report
from .keys import ReportKey, get_report_key

# A name in here stands for one state, whose bytes never change; the time bounds what the process keeps, not staleness.
_bytes: Recent[bytes] = Recent(size=64, seconds=600)


def get_report_bytes(key: ReportKey, *, extra: dict[str, Any] | None = None) -> bytes:
    """The report as JSON with the team's `unlocked_at`, and with `extra` keys where given.

    From this process' memory, else one cache read, else made once, however many ask.
    """
    shared = _bytes.find(key.state)
    if shared is None:
        shared = cached(
            f"discovery:report:{key.state}", ttl=settings.REPORT_CACHE_SECONDS, stale_for=0, make=lambda: _make(key)
        )
        _bytes.keep(key.state, shared)
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
