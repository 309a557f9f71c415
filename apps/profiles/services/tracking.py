"""Keeping wanted creators up to date: once a week each, whoever and however many want them, within a daily budget."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from math import ceil

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from apps.jobs.models import Job
from apps.jobs.services import submit_job
from apps.profiles.models import Profile, RefreshUse, TrackedProfile

from .refreshing import refresh_profile

REFRESH_KIND = "profiles.refresh"
# Beat asks so often, and each time for its share of the day, so that upstream sees a steady trickle.
ROUNDS_A_DAY = 144
WANTED_FOR = timedelta(days=3)
# A source that does not answer is asked again the next day, not in the next round.
ASKED_AGAIN_AFTER = timedelta(hours=24)
_BATCH = 1_000
logger = structlog.get_logger(__name__)


def track_profiles(profile_ids: Iterable[int]) -> int:
    """Have these creators kept up to date for the next three days; how many. Repeatable."""
    now = timezone.now()
    known = Profile.objects.filter(pk__in=set(profile_ids)).order_by("pk").values_list("pk", flat=True)
    rows = [TrackedProfile(profile_id=profile_id, wanted_at=now) for profile_id in known]
    TrackedProfile.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["profile"], update_fields=["wanted_at"], batch_size=_BATCH
    )
    return len(rows)


@transaction.atomic
def submit_due_refreshes() -> int:
    """Submit a job for each creator that is due, the longest unread first, within this round's share of the day's
    budget; how many. Two calls at a time share one budget.
    """
    now = timezone.now()
    budget = settings.TRACKED_REFRESH_BUDGET
    use = _lock_use(now)
    room = min(ceil(budget / ROUNDS_A_DAY), budget - use.used)
    if room <= 0:
        return 0
    due = list(list_due(at=now)[:room])
    jobs = [_submit(tracked.profile_id) for tracked in due]
    submitted = sum(job.is_new for job in jobs)
    TrackedProfile.objects.filter(pk__in=[tracked.pk for tracked in due]).update(asked_at=now)
    RefreshUse.objects.filter(pk=use.pk).update(used=F("used") + submitted)
    logger.info("profiles.refreshes_submitted", number=submitted, used=use.used + submitted, budget=budget)
    return submitted


def list_due(*, at: datetime) -> QuerySet[TrackedProfile]:
    """The wanted creators whose last reading is too old. Removed, renamed-away and vanished ones are left alone."""
    old = at - timedelta(days=settings.TRACKED_REFRESH_DAYS)
    unread = Q(profile__refreshed_at=None) | Q(profile__refreshed_at__lt=old)
    not_asked = Q(asked_at=None) | Q(asked_at__lt=at - ASKED_AGAIN_AFTER)
    wanted = TrackedProfile.objects.filter(unread, not_asked, wanted_at__gt=at - WANTED_FOR)
    there = wanted.filter(profile__suppressed_at=None, profile__unavailable_at=None, profile__handle_lost_at=None)
    return there.order_by(F("profile__refreshed_at").asc(nulls_first=True), "pk")


def refresh_tracked(*, profile_id: int) -> str:
    """Read one wanted creator again, unless somebody did so meanwhile; how it ended (`Refresh.reason`, or "gone").

    Raises `SourceUnavailable` only for a creator that was never read. Must not run inside a transaction.
    """
    profile = Profile.objects.filter(pk=profile_id, suppressed_at=None, handle_lost_at=None).first()
    if profile is None:
        return "gone"
    return refresh_profile(username=profile.username, max_age=timedelta(days=settings.TRACKED_REFRESH_DAYS)).reason


def forget_lapsed() -> int:
    """Drop what nobody has wanted for a month, and the counts of days long gone."""
    month = timezone.now() - timedelta(days=30)
    RefreshUse.objects.filter(day__lt=month.date()).delete()
    return TrackedProfile.objects.filter(wanted_at__lt=month).delete()[0]


def _lock_use(now: datetime) -> RefreshUse:
    day = now.astimezone(UTC).date()
    RefreshUse.objects.bulk_create([RefreshUse(day=day)], ignore_conflicts=True)
    return RefreshUse.objects.select_for_update().get(day=day)


def _submit(profile_id: int) -> Job:
    return submit_job(
        kind=REFRESH_KIND,
        params={"profile_id": profile_id},
        dedup_key=str(profile_id),
        queue=Job.Queue.BACKGROUND,
        max_attempts=2,
    )
