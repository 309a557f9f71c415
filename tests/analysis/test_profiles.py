"""Analysing a creator: by post, once per text, repeatable, resumable, never mixed."""

import pytest
from django.utils import timezone

from apps.analysis.errors import AnalysisDisabled
from apps.analysis.models import PostAnalysis, ProfileAnalysis, TextResult
from apps.analysis.selectors import get_insights, get_post_labels
from apps.analysis.services import analyse_profile
from apps.analysis.text import hash_caption
from apps.jobs.models import Job
from apps.jobs.services import run_job
from apps.profiles.models import Profile
from apps.profiles.signals import profile_refreshed

PASTA, OTHER = "pasta tonight", "a walk"


def labels_of(profile):
    return list(
        PostAnalysis.objects.filter(post__profile=profile)
        .order_by("post_id")
        .values_list("post__caption", "text_result__category", "text_result__engine_version")
    )


def test_every_post_gets_its_own_label_even_beside_empty_captions(install, make_creator):
    install()
    profile = make_creator(PASTA, "", OTHER, "more pasta")

    analysis = analyse_profile(profile_id=profile.pk)

    assert labels_of(profile) == [
        (PASTA, "food", "1"),
        ("", None, "1"),
        (OTHER, None, "1"),
        ("more pasta", "food", "1"),
    ]
    assert (analysis.analysed_count, analysis.total_count) == (4, 4)
    assert analysis.engines == [{"engine": "scripted", "version": "1", "posts": 4}]


def test_the_sums_are_those_of_the_labels(install, make_creator):
    install()
    profile = make_creator(PASTA, "pasta 2", "pasta 3", OTHER)

    insights = get_insights(analyse_profile(profile_id=profile.pk).profile)

    assert insights["categories"] == [{"label": "food", "name": "Food & drink", "share": 100.0, "n": 3}]
    assert insights["languages"] == [{"label": "en", "name": "English", "share": 100.0, "n": 4}]
    assert insights["sentiment"] == {"mean": 0.375, "positive": 75.0, "neutral": 25.0, "negative": 0.0, "n": 4}
    assert insights["primary_category"] == "food"
    assert (insights["analysed"], insights["total"]) == (4, 4)
    assert insights["metrics"]["content.categories"]["sample"] == {
        "size": 3,
        "of": 4,
        "kind": "posts",
        "excluded": {"category_unclear": 1},
    }


def test_a_text_is_read_once_whoever_wrote_it(install, make_creator):
    engine = install()
    first, second = make_creator(PASTA, PASTA), make_creator(PASTA, OTHER, username="someone.else")

    analyse_profile(profile_id=first.pk)
    analyse_profile(profile_id=second.pk)

    assert sorted(engine.asked) == [OTHER, PASTA]
    assert TextResult.objects.count() == 2


def test_doing_it_again_asks_and_changes_nothing(install, make_creator):
    engine = install()
    profile = make_creator(PASTA, OTHER)
    analyse_profile(profile_id=profile.pk)
    before = list(PostAnalysis.objects.order_by("pk").values()), engine.asked.copy()

    analyse_profile(profile_id=profile.pk)

    assert (list(PostAnalysis.objects.order_by("pk").values()), engine.asked) == before
    assert ProfileAnalysis.objects.count() == 1


def test_a_stop_keeps_whole_batches_and_the_rest_is_done_later(install, make_creator, settings):
    settings.AI_BATCH_SIZE = 2
    engine = install()
    profile = make_creator(*(f"pasta {number}" for number in range(5)))

    def stop(done, total, message):
        raise RuntimeError(message)

    with pytest.raises(RuntimeError, match="Analysing posts: 2 of 5"):
        analyse_profile(profile_id=profile.pk, report=stop)
    assert PostAnalysis.objects.count() == 2
    assert not ProfileAnalysis.objects.exists()

    analyse_profile(profile_id=profile.pk)

    assert PostAnalysis.objects.count() == 5
    assert sorted(engine.asked) == [f"pasta {number}" for number in range(5)]


def test_progress_is_told_after_every_batch(install, make_creator, settings):
    settings.AI_BATCH_SIZE = 2
    install()
    told = []

    analyse_profile(
        profile_id=make_creator("a", "b", "c").pk, report=lambda done, total, message: told.append((done, total))
    )

    assert told == [(2, 3), (3, 3)]


def test_a_new_version_replaces_every_label(install, make_creator):
    engine = install()
    profile = make_creator(PASTA, OTHER)
    analyse_profile(profile_id=profile.pk)
    engine.version = "2"

    analysis = analyse_profile(profile_id=profile.pk)

    assert [version for _caption, _category, version in labels_of(profile)] == ["2", "2"]
    assert analysis.engines == [{"engine": "scripted", "version": "2", "posts": 2}]


def test_a_changed_caption_is_read_again(install, make_creator):
    engine = install()
    profile = make_creator(OTHER)
    analyse_profile(profile_id=profile.pk)
    profile.posts.update(caption=PASTA)

    analyse_profile(profile_id=profile.pk)

    assert engine.asked == [OTHER, PASTA]
    assert labels_of(profile) == [(PASTA, "food", "1")]


def test_a_failing_engine_leaves_a_mixed_profile_that_says_so_and_heals(install, make_creator, settings):
    settings.AI_BATCH_SIZE = 1
    engine = install()
    profile = make_creator("My pasta recipe", OTHER)
    engine.failures = 4  # the first batch, with its retries, and no more

    analysis = analyse_profile(profile_id=profile.pk)
    assert {entry["engine"] for entry in analysis.engines} == {"rules"}  # the breaker is open for the second batch

    from apps.core.resilience import reset_breaker

    reset_breaker("ai.scripted")
    PostAnalysis.objects.filter(post__caption=OTHER).delete()
    engine.failures = 0
    healed = analyse_profile(profile_id=profile.pk)

    assert healed.engines == [{"engine": "scripted", "version": "1", "posts": 2}]


def test_posts_that_upstream_no_longer_shows_do_not_count(install, make_creator):
    install()
    profile = make_creator(PASTA, OTHER)
    profile.posts.filter(caption=OTHER).update(missing_since=timezone.now())

    analysis = analyse_profile(profile_id=profile.pk)

    assert (analysis.analysed_count, analysis.total_count) == (1, 1)


def test_a_creator_without_posts_has_sums_without_numbers(install, make_creator):
    install()
    profile = make_creator()

    analyse_profile(profile_id=profile.pk)
    insights = get_insights(profile)

    assert insights["categories"] == []
    assert insights["sentiment"] == {"mean": None, "positive": None, "neutral": None, "negative": None, "n": 0}
    assert insights["metrics"]["content.sentiment.mean"]["reason"] == "No posts are known."


def test_insights_before_the_first_analysis_are_empty(make_creator):
    insights = get_insights(make_creator(PASTA))

    assert (insights["analysed"], insights["total"], insights["categories"], insights["analysed_at"]) == (
        0,
        1,
        [],
        None,
    )


def test_labels_by_post_id(install, make_creator, django_assert_num_queries):
    install()
    profile = make_creator(PASTA, OTHER)
    analyse_profile(profile_id=profile.pk)
    first, second = profile.posts.order_by("pk").values_list("pk", flat=True)

    with django_assert_num_queries(1):
        labels = get_post_labels([second, first, 0])

    assert labels[first] == {
        "language": {"code": "en", "confidence": 0.9},
        "sentiment": {"label": "positive", "score": 0.5, "confidence": 0.8},
        "category": {"label": "food", "confidence": 0.7},
        "engine": "scripted",
        "engine_version": "1",
    }
    assert labels[second]["category"] == {"label": None, "confidence": 0.1}
    assert set(labels) == {first, second}


def test_switched_off_means_off(install, make_creator, settings):
    engine = install()
    settings.ENABLE_AI_ANALYSIS = False
    profile = make_creator(PASTA)

    with pytest.raises(AnalysisDisabled):
        analyse_profile(profile_id=profile.pk)
    profile_refreshed.send(sender=None, profile_id=profile.pk)

    assert engine.asked == []
    assert not Job.objects.filter(kind="analysis.profile").exists()
    assert not TextResult.objects.exists()


def test_a_refresh_queues_one_analysis_which_the_job_does(install, make_creator):
    install()
    profile = make_creator(PASTA)
    profile_refreshed.send(sender=None, profile_id=profile.pk)
    profile_refreshed.send(sender=None, profile_id=profile.pk)

    job = Job.objects.get(kind="analysis.profile")
    assert (job.queue, job.dedup_key, job.team) == ("analysis", str(profile.pk), None)

    run_job(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.result) == ("succeeded", {"analysed": 1, "total": 1})
    assert get_insights(profile)["analysed"] == 1


def test_a_job_for_a_creator_that_is_gone_ends_quietly(install, make_creator):
    install()
    profile = make_creator(PASTA)
    profile_refreshed.send(sender=None, profile_id=profile.pk)
    Profile.objects.filter(pk=profile.pk).delete()
    job = Job.objects.get(kind="analysis.profile")

    run_job(str(job.pk))
    job.refresh_from_db()

    assert (job.state, job.result) == ("succeeded", {"analysed": 0, "skipped": True})


def test_captions_are_hashed_as_stored():
    assert hash_caption("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert hash_caption("a ") != hash_caption("a")


def test_a_post_without_a_text_has_no_tone(install, make_creator):
    install()
    profile = make_creator(PASTA, "", " \n")
    analyse_profile(profile_id=profile.pk)

    labels = get_post_labels(profile.posts.values_list("pk", flat=True))

    assert [(labels[post.pk]["sentiment"] or {}).get("label") for post in profile.posts.order_by("pk")] == [
        "positive", None, None,
    ]  # fmt: skip
