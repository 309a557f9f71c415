"""Analysis jobs: their log, their turns, what a stop keeps, and the batches that beat queues."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.analysis.models import AnalysisLog, PostAnalysis, ProfileAnalysis, TextResult
from apps.analysis.selectors import list_due_profiles
from apps.analysis.services import (
    analyse_profile,
    label_at_once,
    purge_unused_results,
    replay_analysis,
    submit_due_analyses,
    submit_profile_analysis,
)
from apps.jobs.models import Job
from apps.jobs.services import cancel_job, run_job
from apps.profiles.models import Profile, TrackedProfile

CAPTIONS = [f"pasta number {number}" for number in range(5)]


@pytest.fixture(autouse=True)
def small_batches(settings):
    settings.AI_BATCH_SIZE = 2


def reload(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def list_log(job: Job) -> list[tuple]:
    return list(AnalysisLog.objects.filter(job=job).values_list("attempt", "event", "done", "texts_read"))


def test_the_log_says_what_happened(install, make_creator):
    install(version="7")
    profile = make_creator(*CAPTIONS)
    job = submit_profile_analysis(profile_id=profile.pk)

    run_job(job.pk)

    assert list_log(job) == [
        (0, "queued", None, 0),
        (1, "leased", None, 0),
        (1, "progress", 2, 2),
        (1, "progress", 4, 2),
        (1, "progress", 5, 1),
        (1, "succeeded", 5, 0),
    ]
    step = AnalysisLog.objects.filter(job=job, event="progress").first()
    first, second = profile.posts.order_by("pk").values_list("pk", flat=True)[:2]
    assert (step.posts, step.total, step.engine, step.engine_version) == ([first, second], 5, "scripted", "7")
    assert (step.instead_of, step.took_ms is not None) == ("", True)


def test_a_text_that_is_known_is_read_by_nobody(install, make_creator):
    engine = install()
    analyse_profile(profile_id=make_creator(*CAPTIONS).pk)
    engine.asked.clear()
    job = submit_profile_analysis(profile_id=make_creator(*CAPTIONS, username="somebody.else").pk)

    run_job(job.pk)

    assert engine.asked == []
    steps = AnalysisLog.objects.filter(job=job, event="progress")
    assert list(steps.values_list("texts_read", "took_ms", "engine")) == [(0, None, "scripted")] * 3


def test_a_long_analysis_lets_others_have_a_turn_and_goes_on(install, make_creator, settings, run_jobs):
    engine = install()
    settings.AI_TURN_SECONDS = 0
    job = submit_profile_analysis(profile_id=make_creator(*CAPTIONS).pk)

    assert run_jobs() == ["jobs.run"] * 3

    assert (reload(job).state, sorted(engine.asked)) == ("succeeded", CAPTIONS)
    assert [event for _, event, _, _ in list_log(job)].count("paused") == 2


def test_turns_do_not_begin_again_with_what_another_engine_had_to_read(install, make_creator, settings, run_jobs):
    """The preferred engine is away: its posts stay outdated, and would be read in every turn for ever."""
    install().failures = 1_000
    settings.AI_TURN_SECONDS = 0
    profile = make_creator(*CAPTIONS)
    job = submit_profile_analysis(profile_id=profile.pk)

    run_jobs()

    assert reload(job).result == {"analysed": 5, "total": 5}
    steps = AnalysisLog.objects.filter(job=job, event="progress")
    assert sorted(post for posts in steps.values_list("posts", flat=True) for post in posts) == sorted(
        profile.posts.values_list("pk", flat=True)
    )
    assert set(steps.values_list("engine", "instead_of")) == {("rules", "scripted")}


def test_cancelled_half_way_it_keeps_and_sums_up_what_is_done(install, make_creator):
    engine = install()
    profile = make_creator(*CAPTIONS)
    label_at_once(profile_id=profile.pk)
    job = submit_profile_analysis(profile_id=profile.pk)
    engine.change = lambda answers: cancel_job(job_id=job.pk) and answers if len(engine.asked) == 4 else answers

    run_job(job.pk)

    assert reload(job).state == "cancelled"
    assert PostAnalysis.objects.filter(text_result__engine="scripted").count() == 2
    assert ProfileAnalysis.objects.get().engines == [
        {"engine": "rules", "version": ProfileAnalysis.objects.get().engines[0]["version"], "posts": 3},
        {"engine": "scripted", "version": "1", "posts": 2},
    ]
    assert list_log(job)[-1] == (1, "cancelled", 2, 0)


def test_a_job_that_dies_of_one_post_is_parked_and_its_replay_does_the_rest(
    committed_db, install, make_creator, run_jobs, settings
):
    engine = install()
    settings.JOB_RETRY_SECONDS = 0
    analysis = submit_profile_analysis(profile_id=make_creator(*CAPTIONS).pk)
    engine.change = lambda answers: [
        replace(answer, raw={"odd": object()}) if len(engine.asked) > 2 else answer for answer in answers
    ]
    run_jobs()

    dead = reload(analysis)
    assert (dead.state, dead.dead_at is not None) == ("failed", True)
    assert PostAnalysis.objects.count() == 2
    assert [event for _, event, _, _ in list_log(analysis)].count("stumbled") == dead.attempts == 4

    engine.change = list
    replay_analysis(job_id=analysis.pk)
    run_jobs()

    assert reload(analysis).result == {"analysed": 5, "total": 5}
    assert AnalysisLog.objects.filter(job=analysis, detail="replayed").count() == 1


def due() -> list[tuple[str, str]]:
    names = dict(Profile.objects.values_list("pk", "username"))
    return [(names[profile_id], reason) for profile_id, reason in list_due_profiles(limit=10)]


def test_who_is_due_in_which_order(install, make_creator):
    engine = install()
    ready, outdated, changed = (make_creator("a", username=name) for name in ("ready", "outdated", "changed"))
    analyse_profile(profile_id=outdated.pk)
    engine.version = "2"
    for profile in (ready, changed):
        analyse_profile(profile_id=profile.pk)
    changed.posts_refreshed_at = timezone.now()
    changed.save()
    make_creator("a", username="new")
    wanted = make_creator("a", username="wanted")
    TrackedProfile.objects.create(profile=wanted)
    for name, field in (("removed", "suppressed_at"), ("gone", "unavailable_at")):
        profile = make_creator("a", username=name)
        setattr(profile, field, timezone.now())
        profile.save()
    submit_profile_analysis(profile_id=make_creator("a", username="running").pk)

    assert due() == [("wanted", "new"), ("new", "new"), ("changed", "new posts"), ("outdated", "newer engine")]


def test_whoever_was_tried_lately_is_left_alone(install, make_creator):
    install()
    job = submit_profile_analysis(profile_id=make_creator("a").pk)
    cancel_job(job_id=job.pk)
    assert due() == []

    Job.objects.update(finished_at=timezone.now() - timedelta(hours=7))

    assert due() == [("mara.lind", "new")]


def test_a_batch_is_no_larger_than_the_workers_can_take(install, make_creator, settings):
    install()
    settings.AI_MAX_WORKERS = 1
    for number in range(12):
        make_creator("a", username=f"creator{number}")

    assert (submit_due_analyses(), submit_due_analyses()) == (10, 0)

    assert set(Job.objects.values_list("queue", "state")) == {("batch", "queued")}
    Job.objects.filter(pk=Job.objects.first().pk).update(state="succeeded", finished_at=timezone.now())
    assert submit_due_analyses() == 1


def test_switched_off_no_batch_is_queued(install, make_creator, settings):
    install()
    settings.ENABLE_AI_ANALYSIS = False
    make_creator("a")

    assert submit_due_analyses() == 0
    assert not Job.objects.exists()


def test_who_asks_for_a_creator_in_the_batch_gets_it_to_the_front(install, make_creator, run_jobs):
    install()
    profile = make_creator("a")
    submit_due_analyses()

    job = submit_profile_analysis(profile_id=profile.pk)

    assert (job.is_new, reload(job).queue) == (False, "analysis")
    assert run_jobs()[-1] == "jobs.run"
    assert reload(job).attempts == 1


def test_readings_of_no_post_are_kept_for_seven_days(install, make_creator):
    install()
    profile = make_creator("a", "b")
    analyse_profile(profile_id=profile.pk)
    PostAnalysis.objects.filter(post__caption="a").delete()
    TextResult.objects.update(created_at=timezone.now() - timedelta(days=6, hours=23))
    assert purge_unused_results() == 0

    TextResult.objects.update(created_at=timezone.now() - timedelta(days=7, hours=1))

    assert purge_unused_results() == 1
    assert PostAnalysis.objects.get().text_result_id == TextResult.objects.get().pk
