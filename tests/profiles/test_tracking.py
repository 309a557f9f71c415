"""Wanted creators are read every week, once for all who want them, within the day's budget."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.jobs.models import Job
from apps.jobs.services import run_job
from apps.profiles.models import Profile, RefreshUse, Snapshot, TrackedProfile
from apps.profiles.services import purge_expired, refresh_profile, tracking
from apps.profiles.services.tracking import REFRESH_KIND, submit_due_refreshes, track_profiles
from tests.discovery.creators import build_creator

DAY = 24
DUE = 8 * DAY


@pytest.fixture(autouse=True)
def plenty(settings) -> None:
    settings.PROFILE_SOURCES = ["sandbox"]
    settings.ENABLE_AI_ANALYSIS = False
    settings.TRACKED_REFRESH_BUDGET = 1_440


def build(username: str, *, age_hours: float = DUE, wanted: bool = True, **fields) -> Profile:
    profile = build_creator(username, age_hours=age_hours, **fields)
    if wanted:
        track_profiles([profile.pk])
    return profile


def submitted() -> list[str]:
    ids = [job.params["profile_id"] for job in Job.objects.filter(kind=REFRESH_KIND).order_by("created_at", "id")]
    names = dict(Profile.objects.values_list("pk", "username"))
    return [names[profile_id] for profile_id in ids]


def test_the_longest_unread_come_first_and_the_fresh_ones_wait(db):
    build("eight.days")
    build("six.days", age_hours=6 * DAY)
    build("twenty.days", age_hours=20 * DAY)
    build("nobody.wants", wanted=False)

    assert submit_due_refreshes() == 2

    assert submitted() == ["twenty.days", "eight.days"]
    assert set(Job.objects.values_list("queue", "team")) == {("background", None)}


@pytest.mark.parametrize("gone", ["suppressed_at", "unavailable_at", "handle_lost_at"])
def test_who_is_removed_vanished_or_renamed_away_is_left_alone(db, gone):
    build("gone", **{gone: timezone.now()})

    assert submit_due_refreshes() == 0
    assert submitted() == []


def test_what_nobody_wants_any_more_lapses(db):
    build("lapsed")
    TrackedProfile.objects.update(wanted_at=timezone.now() - timedelta(days=4))

    assert submit_due_refreshes() == 0


def test_wanting_twice_is_one_row_and_unknown_ids_none(db):
    profile = build("once")

    assert track_profiles([profile.pk, profile.pk, 987_654]) == 1
    assert TrackedProfile.objects.count() == 1


def test_a_day_spends_no_more_than_its_budget_in_equal_rounds(db, settings):
    settings.TRACKED_REFRESH_BUDGET = 3
    for number in range(5):
        build(f"creator{number}")

    rounds = [submit_due_refreshes() for _ in range(5)]

    assert rounds == [1, 1, 1, 0, 0]
    assert RefreshUse.objects.get().used == 3


def test_yesterdays_use_does_not_count(db, settings):
    settings.TRACKED_REFRESH_BUDGET = 1
    RefreshUse.objects.create(day=timezone.now().date() - timedelta(days=1), used=1)
    build("today")

    assert submit_due_refreshes() == 1


def test_no_budget_means_no_refreshes(db, settings):
    settings.TRACKED_REFRESH_BUDGET = 0
    build("due")

    assert submit_due_refreshes() == 0
    assert not Job.objects.exists()


def test_who_was_asked_for_today_is_asked_for_again_tomorrow(db):
    """A source that is away must not use the day's budget up on the same creators."""
    build("due")
    submit_due_refreshes()
    Job.objects.update(state=Job.State.SUCCEEDED)

    assert submit_due_refreshes() == 0
    TrackedProfile.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    assert submit_due_refreshes() == 1


def test_a_job_that_still_waits_is_not_paid_twice(db):
    build("due")
    submit_due_refreshes()
    TrackedProfile.objects.update(asked_at=None)

    assert submit_due_refreshes() == 0
    assert (Job.objects.count(), RefreshUse.objects.get().used) == (1, 1)


def test_the_job_reads_the_creator_and_takes_a_snapshot(db):
    profile = refresh_profile(username="maya.slowtravel").profile
    Profile.objects.update(refreshed_at=timezone.now() - timedelta(days=8))
    Snapshot.objects.filter(taken_at__gt=timezone.now() - timedelta(days=7)).delete()
    track_profiles([profile.pk])
    before = Snapshot.objects.filter(profile=profile).count()
    submit_due_refreshes()
    job = Job.objects.get(kind=REFRESH_KIND)

    run_job(job.pk)

    job.refresh_from_db()
    profile.refresh_from_db()
    assert (job.state, job.result) == ("succeeded", {"outcome": "refreshed"})
    assert profile.refreshed_at > timezone.now() - timedelta(minutes=5)
    assert Snapshot.objects.filter(profile=profile).count() == before + 1


@pytest.mark.parametrize(
    ("change", "outcome"),
    [({"refreshed_at": timezone.now() - timedelta(days=1)}, "fresh"), ({"suppressed_at": timezone.now()}, "gone")],
)
def test_what_changed_before_the_job_ran_counts(db, change, outcome):
    profile = build("due")
    submit_due_refreshes()
    Profile.objects.filter(pk=profile.pk).update(**change)
    job = Job.objects.get(kind=REFRESH_KIND)

    run_job(job.pk)

    job.refresh_from_db()
    assert job.result == {"outcome": outcome}


def test_a_silent_source_leaves_what_is_stored(db):
    profile = build("down.source")

    assert tracking.refresh_tracked(profile_id=profile.pk) == "source_unavailable"

    profile.refresh_from_db()
    assert profile.stale_since is not None
    assert profile.followers == 10_000


def test_old_rows_are_purged(db):
    build("old")
    TrackedProfile.objects.update(wanted_at=timezone.now() - timedelta(days=31))
    RefreshUse.objects.create(day=timezone.now().date() - timedelta(days=40), used=1)

    assert purge_expired()["tracked"] == 1
    assert not RefreshUse.objects.exists()
