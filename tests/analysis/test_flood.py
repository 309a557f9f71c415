"""A flood of analyses holds up neither billing nor what the web waits for: they are other queues', and other workers'.

The workers are those that `make run` starts, with its very commands.
"""

from datetime import UTC, datetime

import pytest

from apps.analysis.services import submit_profile_analysis
from apps.billing.models import StripeEvent
from apps.billing.services.events import EVENT_KIND, replay_event
from apps.discovery.services.looking_up import start_lookup
from apps.jobs.models import Job
from apps.profiles.models import Post
from config.embedded.processes import Child
from config.launch.programs import Recipe

from .workers.processes import servers, start_program, wait_until

pytestmark = pytest.mark.concurrency
CREATORS, POSTS = 40, 30


@pytest.fixture
def creators(committed_db, make_creator) -> list[int]:
    """The ids of many creators with posts that nobody has read."""
    ids = [make_creator(username=f"flood{number}").pk for number in range(CREATORS)]
    Post.objects.bulk_create(
        Post(profile_id=pk, external_id=f"{pk}-{n}", shortcode=f"{pk}x{n}", type="photo", caption=f"pasta {pk} {n}")
        for pk in ids
        for n in range(POSTS)
    )
    return ids


@pytest.fixture
def workers(creators, tmp_path):
    """The worker of what somebody waits for, and the analyst."""
    environment = {**servers(), "AI_ENGINES": "rules", "AI_MAX_WORKERS": "1", "PROFILE_SOURCES": "sandbox"}
    recipe = Recipe(environment)
    started: list[Child] = [start_program(program, tmp_path) for program in (recipe.worker(), recipe.analyst())]
    yield started
    for child in started:
        child.process.kill()
        child.process.wait()


@pytest.fixture
def flood(creators, workers):
    """`flood(queue)`: every creator's analysis is ordered; returns when the first of them is done."""

    def order(queue: str) -> list[Job]:
        jobs = [submit_profile_analysis(profile_id=pk, queue=queue) for pk in creators]
        wait_until(Job.objects.filter(pk__in=[job.pk for job in jobs], state="succeeded").exists, seconds=120)
        return jobs

    return order


@pytest.fixture
def event() -> StripeEvent:
    """One about which there is nothing to do, so that no Stripe is needed."""
    return StripeEvent.objects.create(id="evt_flood", type="plan.created", created=datetime.now(UTC), payload={})


def count_left(jobs: list[Job]) -> int:
    return Job.objects.filter(pk__in=[job.pk for job in jobs], state__in=Job.ACTIVE).count()


def await_end(**which: object) -> Job:
    wait_until(Job.objects.filter(**which, finished_at__isnull=False).exists, seconds=120)
    return Job.objects.get(**which)


def test_billing_and_web_jobs_do_not_wait_behind_a_flood_of_analyses(team, flood, event):
    jobs = flood(Job.Queue.ANALYSIS)

    replay_event(event.pk)
    looked_up = start_lookup(team=team, member=team.owner, username="mara.sample")
    billed, found = await_end(kind=EVENT_KIND), await_end(pk=looked_up.pk)

    left = count_left(jobs)
    assert (billed.state, found.state) == ("succeeded", "succeeded")
    assert StripeEvent.objects.get().state == "ignored"
    assert left >= CREATORS // 2, f"only {left} analyses were left: the flood was over before it could do harm"


def test_the_harm_is_real_without_a_queue_of_its_own(flood, event):
    """The canary: if this fails, the test above proves nothing."""
    jobs = flood(Job.Queue.PRIORITY)

    replay_event(event.pk)
    await_end(kind=EVENT_KIND)

    # The two processes of the worker may each still have one in hand.
    assert count_left(jobs) <= 2
