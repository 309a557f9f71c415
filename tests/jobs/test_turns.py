"""Long work in many steps: it keeps what is done, lets others in between, and goes on."""

import pytest

from apps.jobs.errors import JobCancelled, JobLost
from apps.jobs.models import Job
from apps.jobs.runs import JobRun
from apps.jobs.selectors import show_job
from apps.jobs.services import cancel_job, run_job, submit_job


def count_up(run: JobRun) -> dict:
    """Three steps, one each turn."""
    done = (run.kept or {"done": 0})["done"]
    while done < 3:
        done += 1
        run.keep({"done": done})
        if done < 3:
            run.yield_turn()
    return {"done": done}


@pytest.fixture
def short_turns(settings):
    settings.JOB_TURN_SECONDS = 0


def reload(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_work_goes_on_turn_by_turn_and_costs_one_attempt(team, register, run_jobs, short_turns):
    register("test.count", count_up)
    job = submit_job(kind="test.count", params={}, team=team, max_attempts=1)

    names = run_jobs()

    done = reload(job)
    assert names == ["jobs.run"] * 3
    assert (done.state, done.result) == ("succeeded", {"done": 3})
    assert done.max_attempts - done.attempts == 0


def test_a_turn_that_is_not_over_goes_on(team, register, run_jobs, settings):
    settings.JOB_TURN_SECONDS = 60
    register("test.count", count_up)
    submit_job(kind="test.count", params={}, team=team)

    assert run_jobs() == ["jobs.run"]


def test_what_was_kept_is_shown_when_the_job_is_cancelled(team, register, short_turns):
    register("test.count", count_up)
    job = submit_job(kind="test.count", params={}, team=team)
    run_job(job.pk)
    assert show_job(reload(job))["result"] is None

    cancel_job(job_id=job.pk)

    shown = show_job(reload(job))
    assert (shown["state"], shown["result"]) == ("cancelled", {"done": 1})


@pytest.mark.parametrize("ending", ["pause", "error"])
def test_a_wish_to_cancel_is_heard_at_the_end_of_a_turn(team, register, short_turns, ending):
    """Back in the queue nobody could claim it any more, and what it holds would never be given back."""
    heard = []

    def work(run):
        cancel_job(job_id=run.job.pk)
        if ending == "error":
            raise RuntimeError("broken")
        run.yield_turn()

    register("test.work", work, on_end=lambda job: heard.append(job.state))
    job = submit_job(kind="test.work", params={}, team=team)

    run_job(job.pk)

    assert reload(job).state == "cancelled"
    assert heard == ["cancelled"]


def test_an_attempt_that_lost_its_lease_keeps_nothing(team, register):
    def work(run):
        Job.objects.filter(pk=run.job.pk).update(attempts=2, result={"done": 7})
        with pytest.raises(JobLost):
            run.keep({"done": 1})
        return {}

    register("test.work", work)
    job = submit_job(kind="test.work", params={}, team=team)
    run_job(job.pk)

    assert reload(job).result == {"done": 7}


def test_a_broken_attempt_leaves_a_requeued_job_alone(team, register):
    """The sweep has given the job back already: whoever comes late changes nothing."""

    def work(run):
        Job.objects.filter(pk=run.job.pk).update(state=Job.State.QUEUED)
        raise RuntimeError("late")

    register("test.work", work)
    job = submit_job(kind="test.work", params={}, team=team)
    run_job(job.pk)

    assert reload(job).state == "queued"


def test_an_attempt_that_got_somewhere_is_not_held_against_the_job(team, register, run_jobs, settings):
    """Each attempt does one step and dies: the job succeeds, though three without a step would be its end."""
    settings.JOB_RETRY_SECONDS = 0
    done = []

    def work(run):
        if len(done) == 5:
            return {}
        run.advance(len(done) + 1, 5, "A step")
        done.append(run.attempt)
        raise RuntimeError("killed")

    register("test.work", work)
    job = submit_job(kind="test.work", params={}, team=team, max_attempts=1)

    run_jobs()

    assert (reload(job).state, done, reload(job).progress_done) == ("succeeded", [1, 2, 3, 4, 5], 5)


def test_a_job_that_gets_nowhere_any_more_is_parked(team, register, run_jobs, settings):
    settings.JOB_RETRY_SECONDS = 0

    def work(run):
        if run.attempt == 1:
            run.advance(1, 2, "A step")
        raise RuntimeError("killed")

    register("test.work", work)
    job = submit_job(kind="test.work", params={}, team=team, max_attempts=1)

    run_jobs()

    assert (reload(job).state, reload(job).attempts) == ("failed", 4)
    assert reload(job).dead_at is not None


@pytest.mark.parametrize(("change", "error"), [("lost", JobLost), ("cancelled", JobCancelled)])
def test_a_step_of_a_job_that_is_no_longer_mine_is_refused(team, register, change, error):
    def work(run):
        if change == "lost":
            Job.objects.filter(pk=run.job.pk).update(attempts=2)
        else:
            cancel_job(job_id=run.job.pk)
        with pytest.raises(error):
            run.advance(1, 2, "A step")
        return {}

    register("test.work", work)
    job = submit_job(kind="test.work", params={}, team=team)
    run_job(job.pk)

    assert reload(job).progress_done == 0
