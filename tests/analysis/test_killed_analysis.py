"""kill -9 at twenty random moments of a 500-post job: every post is analysed exactly once in the end."""

import random
import time
from collections import Counter

import pytest
from django.utils import timezone

from apps.analysis.models import AnalysisLog, PostAnalysis, ProfileAnalysis, TextResult
from apps.analysis.services import submit_profile_analysis
from apps.jobs.models import Job
from apps.jobs.services import sweep_jobs
from apps.profiles.models import Post, Profile

from .workers.processes import ForkingWorker, wait_until

pytestmark = pytest.mark.concurrency
POSTS, KILLS, LONGEST_WAIT = 500, 20, 0.15


@pytest.fixture
def creator(committed_db, make_creator) -> Profile:
    profile = make_creator()
    Post.objects.bulk_create(
        Post(profile=profile, external_id=f"p{n}", shortcode=f"s{n}", type="photo", caption=f"pasta number {n}")
        for n in range(POSTS)
    )
    return profile


@pytest.fixture
def worker(creator, tmp_path):
    worker = ForkingWorker(tmp_path / "read", AI_BATCH_SIZE="5")
    yield worker
    worker.stop()


def reload(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def await_moment(job: Job, *, attempt: int, chance: random.Random, after_a_step: bool) -> None:
    """A random moment of an attempt; every other time of one that has stored something already."""
    wait_until(lambda: reload(job).attempts == attempt)
    if after_a_step:
        wait_until(AnalysisLog.objects.filter(job=job, event="progress", attempt=attempt).exists)
    time.sleep(chance.uniform(0, LONGEST_WAIT))


def give_back(job: Job) -> None:
    """What the end of the lease and beat's sweep do, without the wait."""
    Job.objects.filter(pk=job.pk, state="running").update(lease_until=timezone.now())
    sweep_jobs()


def test_every_post_is_analysed_exactly_once_whatever_is_killed_when(creator, worker):
    chance = random.Random()
    job = submit_profile_analysis(profile_id=creator.pk)
    checks = []
    for kill in range(1, KILLS + 1):
        worker.work(job.pk)
        await_moment(job, attempt=kill, chance=chance, after_a_step=kill % 2 == 0)
        worker.kill()
        checks.append((len(worker.list_read()), set(PostAnalysis.objects.values_list("post__caption", flat=True))))
        give_back(job)

    worker.work(job.pk)
    wait_until(lambda: not worker.is_working)

    done = reload(job)
    assert (done.state, done.error, done.attempts) == ("succeeded", None, KILLS + 1)
    assert done.progress == {"done": POSTS, "total": POSTS, "message": "Done"}
    assert done.result == {"analysed": POSTS, "total": POSTS}
    assert_exactly_once(creator, job)
    assert_nothing_stored_was_read_again(worker.list_read(), checks)


def assert_exactly_once(creator: Profile, job: Job) -> None:
    """By the log, whose lines are of the very commits that stored the labels; by the labels; and by the readings."""
    steps = AnalysisLog.objects.filter(job=job, event="progress")
    labelled = Counter(post_id for posts in steps.values_list("posts", flat=True) for post_id in posts)
    assert labelled == dict.fromkeys(creator.posts.values_list("pk", flat=True), 1)
    assert PostAnalysis.objects.filter(post__profile=creator, text_result__engine="slow").count() == POSTS
    assert TextResult.objects.filter(engine="slow").count() == POSTS
    analysis = ProfileAnalysis.objects.get(profile=creator)
    assert (analysis.analysed_count, analysis.total_count) == (POSTS, POSTS)
    assert analysis.engines == [{"engine": "slow", "version": "1", "posts": POSTS}]


def assert_nothing_stored_was_read_again(read: list[str], checks: list[tuple[int, set[str]]]) -> None:
    assert set(read) == {f"pasta number {number}" for number in range(POSTS)}
    for kill, (lines, committed) in enumerate(checks, start=1):
        assert not committed.intersection(read[lines:]), f"read again after kill {kill}"
    assert len({len(committed) for _, committed in checks}) >= KILLS / 2, "the kills must hit the work, not its start"
