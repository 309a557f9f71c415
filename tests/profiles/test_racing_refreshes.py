"""Many who want the same creator at once make one call upstream."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.profiles.errors import ProfileNotFound, SourceUnavailable
from apps.profiles.models import Post, Profile, RefreshLease, Snapshot
from apps.profiles.services import leases, refresh_profile, refreshing
from apps.profiles.services.leases import HeldLease, claim_lease
from tests.concurrency.racing import race
from tests.fakes import decodo as says
from tests.fakes.decodo import Reply, envelope, user_content
from tests.profiles.making import make_user

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed_db")]


@pytest.fixture
def slow(decodo):
    """Decodo takes its time, so that everybody is there before it answers."""
    decodo.delay = 0.8
    decodo.add(make_user())
    return decodo


def test_sixteen_at_once_ask_once(slow):
    outcomes = race(16, lambda _: refresh_profile(username="someone"))

    assert slow.count("someone") == 1
    assert {refresh.profile.pk for refresh in outcomes} == {Profile.objects.get().pk}
    assert {refresh.stale for refresh in outcomes} == {False}
    assert (Post.objects.count(), Snapshot.objects.count()) == (4, 1)


def test_the_race_is_real_without_the_lease(slow, monkeypatch):
    """The canary: if this fails, the test above proves nothing."""
    monkeypatch.setattr(refreshing, "claim_lease", lambda username: HeldLease(username, uuid.uuid4()))
    slow.gather(6)

    race(6, lambda _: refresh_profile(username="someone"))

    assert slow.count("someone") == 6


def test_parallel_settlings_of_one_account_make_one_profile(slow, monkeypatch):
    """Even when the lease is lost, the identity's own lock keeps one account one row."""
    monkeypatch.setattr(refreshing, "claim_lease", lambda username: HeldLease(username, uuid.uuid4()))
    slow.gather(6)

    outcomes = race(6, lambda _: refresh_profile(username="someone"))

    assert outcomes.errors == []
    assert (Profile.objects.count(), Post.objects.count()) == (1, 4)


def test_those_who_wait_share_a_failure(decodo):
    decodo.fail("someone", Reply(says.BROKEN.body, status=500, delay=0.15))

    outcomes = race(6, lambda _: refresh_profile(username="someone"))

    assert outcomes.count(SourceUnavailable) == 6
    assert decodo.count("someone") == 5, "one caller with five attempts"


def test_those_who_wait_share_an_absence(decodo):
    decodo.fail("nobody", Reply(envelope(user_content(None)), delay=0.5))

    outcomes = race(6, lambda _: refresh_profile(username="nobody"))

    assert outcomes.count(ProfileNotFound) == 6
    assert decodo.count("nobody") == 1


def test_different_creators_do_not_wait_for_each_other(decodo):
    """Nobody is answered before all six have asked, so one who waited for another would wait in vain."""
    for n in range(6):
        decodo.add(make_user(f"someone{n}", id=str(200 + n)))
    decodo.gather(6)

    outcomes = race(6, lambda n: refresh_profile(username=f"someone{n}"))

    assert outcomes.errors == []
    assert [decodo.count(f"someone{n}") for n in range(6)] == [1] * 6
    assert Profile.objects.count() == 6


def test_a_killed_process_is_forgotten_when_its_lease_ends(slow, monkeypatch):
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=1))
    assert claim_lease("someone") is not None, "and this holder never comes back"

    refresh = refresh_profile(username="someone")

    assert refresh.created
    assert RefreshLease.objects.get().outcome == RefreshLease.Outcome.REFRESHED


def test_a_lease_is_renewed_before_each_attempt(decodo, monkeypatch):
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=1))
    decodo.add(make_user())
    decodo.script(*[Reply(says.BROKEN.body, status=500, delay=0.5)] * 4)

    outcomes = race(2, lambda _: refresh_profile(username="someone"))

    assert outcomes.errors == []
    assert decodo.count("someone") == 5, "two seconds of work under a lease of one, and nobody took over"


def test_a_lease_outlasts_one_long_attempt(decodo, monkeypatch):
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=1.2))
    decodo.delay = 2.5
    decodo.add(make_user())

    outcomes = race(3, lambda _: refresh_profile(username="someone"))

    assert outcomes.errors == []
    assert decodo.count("someone") == 1


def test_nothing_is_held_in_the_database_while_upstream_is_asked(decodo):
    """The holder waits for upstream; meanwhile the lease row is free to be locked and read."""
    decodo.add(make_user())
    worker = threading.Thread(target=lambda: refresh_profile(username="someone"), daemon=True)
    with decodo.holding():
        worker.start()
        assert decodo.wait_for(1)

        lease = RefreshLease.objects.get(username="someone")
        stored = Profile.objects.count()
    worker.join(10)

    assert lease.outcome == RefreshLease.Outcome.RUNNING
    assert lease.lease_until > timezone.now()
    assert (stored, Profile.objects.count()) == (0, 1)


def test_a_refresh_inside_a_transaction_is_refused(slow):
    from django.db import transaction

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        refresh_profile(username="someone")
    assert Profile.objects.count() == 0
