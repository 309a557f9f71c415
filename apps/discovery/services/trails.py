"""What is written down about reading: the look-up history and the 30-day access trail."""

from datetime import date, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone

from apps.accounts.models import User
from apps.discovery.models import AccessTrail, Lookup
from apps.profiles.models import Profile

# (schema, profile, member) of today's entries that this process has written: a busy report costs no write per read.
_written: set[tuple[str, int, int]] = set()
_written_on: list[date] = []
_MOST = 50_000


def record_lookup(*, member: User, username: str, outcome: str, profile: Profile | None = None) -> None:
    """Remember that a member looked a handle up: one row per member and handle, the last outcome stands."""
    now = timezone.now()
    mine = Lookup.objects.filter(member=member, username=username)
    changes = {"outcome": outcome, "looked_up_at": now, "profile": profile}
    if mine.update(times=F("times") + 1, **changes):
        return
    row = Lookup(member=member, username=username, **changes)
    Lookup.objects.bulk_create([row], ignore_conflicts=True)


def forget_lookups(*, member: User) -> int:
    """Drop the history of one member of the current team; how many handles. Repeatable."""
    deleted, _ = Lookup.objects.filter(member=member).delete()
    return deleted


def record_access(*, member: User, profile_id: int) -> None:
    """Note that a member opened a report: at most one row a day, and no query after the first in this process."""
    today = timezone.now().date()
    if _written_on != [today] or len(_written) > _MOST:
        _written.clear()
        _written_on[:] = [today]
    seen = (connection.schema_name, profile_id, member.pk)  # type: ignore[attr-defined]
    if seen in _written:
        return
    row = AccessTrail(profile_id=profile_id, member=member, opened_on=today)
    AccessTrail.objects.bulk_create([row], ignore_conflicts=True)
    _written.add(seen)


def purge_trails() -> int:
    """Drop the current team's entries older than `ACCESS_TRAIL_DAYS`."""
    before = timezone.now().date() - timedelta(days=settings.ACCESS_TRAIL_DAYS)
    deleted, _ = AccessTrail.objects.filter(opened_on__lt=before).delete()
    return deleted
