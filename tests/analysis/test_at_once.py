"""Labels at once: by the rules where nothing better is known, never in place of something better."""

import pytest

from apps.analysis.errors import AnalysisDisabled
from apps.analysis.models import PostAnalysis, ProfileAnalysis
from apps.analysis.selectors import count_preliminary, get_insights
from apps.analysis.services import analyse_profile, label_at_once, warm_up
from apps.analysis.services import profiles as services
from apps.profiles.models import Post, Profile

PASTA, OTHER = "pasta tonight", "a walk"


def engines_of(profile: Profile) -> list[tuple[str, str]]:
    labels = PostAnalysis.objects.filter(post__profile=profile).order_by("post_id")
    return list(labels.values_list("post__caption", "text_result__engine"))


def version_of(profile: Profile) -> int:
    return Profile.objects.get(pk=profile.pk).version


def test_every_post_has_a_label_of_the_rules_and_no_engine_was_asked(install, make_creator):
    engine = install()
    profile = make_creator(PASTA, "", OTHER)

    analysis = label_at_once(profile_id=profile.pk)

    assert engine.asked == []
    assert engines_of(profile) == [(PASTA, "rules"), ("", "rules"), (OTHER, "rules")]
    assert (analysis.analysed_count, analysis.total_count) == (3, 3)
    assert count_preliminary(get_insights(profile)) == 3


def test_the_deeper_analysis_replaces_them_and_makes_a_new_version(install, make_creator):
    install()
    profile = make_creator(PASTA, OTHER)
    label_at_once(profile_id=profile.pk)
    version = version_of(profile)

    analysis = analyse_profile(profile_id=profile.pk)

    assert engines_of(profile) == [(PASTA, "scripted"), (OTHER, "scripted")]
    assert analysis.engines == [{"engine": "scripted", "version": "1", "posts": 2}]
    assert version_of(profile) == version + 1
    assert count_preliminary(get_insights(profile)) == 0


def test_what_a_better_engine_said_stays(install, make_creator):
    install()
    profile = make_creator(PASTA)
    analyse_profile(profile_id=profile.pk)
    Post.objects.create(profile=profile, external_id="new", shortcode="new", type=Post.Type.PHOTO, caption=OTHER)

    analysis = label_at_once(profile_id=profile.pk)

    assert engines_of(profile) == [(PASTA, "scripted"), (OTHER, "rules")]
    assert [(entry["engine"], entry["posts"]) for entry in analysis.engines] == [("rules", 1), ("scripted", 1)]


def test_what_is_known_of_the_same_text_is_used(install, make_creator):
    engine = install()
    analyse_profile(profile_id=make_creator(PASTA).pk)
    other = make_creator(PASTA, OTHER, username="someone.else")
    engine.asked.clear()

    label_at_once(profile_id=other.pk)

    assert engine.asked == []
    assert engines_of(other) == [(PASTA, "scripted"), (OTHER, "rules")]


def test_a_changed_caption_is_labelled_anew(install, make_creator):
    install()
    profile = make_creator(OTHER)
    analyse_profile(profile_id=profile.pk)
    profile.posts.update(caption="My pasta recipe")

    label_at_once(profile_id=profile.pk)

    assert engines_of(profile) == [("My pasta recipe", "rules")]


def test_labels_that_come_while_the_rules_read_are_not_replaced(install, make_creator, monkeypatch):
    """The job may be ahead: what it stored between our look and our lock stands."""
    install()
    profile = make_creator(PASTA)
    read = services.read_at_once

    def read_slowly(captions):
        results = read(captions)
        analyse_profile(profile_id=profile.pk)
        return results

    monkeypatch.setattr(services, "read_at_once", read_slowly)

    analysis = label_at_once(profile_id=profile.pk)

    assert engines_of(profile) == [(PASTA, "scripted")]
    assert analysis.engines == [{"engine": "scripted", "version": "1", "posts": 1}]


def test_the_time_of_the_analysis_never_goes_back(install, make_creator):
    """A long analysis that began before stores its sums after: the posts are no less labelled for that."""
    install()
    profile = make_creator(PASTA)
    times = []

    def label_meanwhile(done, total, message):
        times.append(label_at_once(profile_id=profile.pk).analysed_at)

    analyse_profile(profile_id=profile.pk, report=label_meanwhile)

    assert ProfileAnalysis.objects.get(profile=profile).analysed_at == times[0]


def test_a_few_queries_whatever_the_number_of_posts(install, make_creator, django_assert_max_num_queries):
    install()
    profile = make_creator(*(f"caption {number}" for number in range(40)))

    with django_assert_max_num_queries(25):
        label_at_once(profile_id=profile.pk)


def test_with_rules_as_the_first_engine_nothing_is_preliminary(settings, make_creator):
    settings.AI_ENGINES = ["rules"]
    profile = make_creator(PASTA)

    label_at_once(profile_id=profile.pk)

    assert count_preliminary(get_insights(profile)) == 0


def test_switched_off_means_off(settings, make_creator):
    settings.ENABLE_AI_ANALYSIS = False
    profile = make_creator(PASTA)

    with pytest.raises(AnalysisDisabled):
        label_at_once(profile_id=profile.pk)

    assert not PostAnalysis.objects.exists()
    assert warm_up() is False


def test_warming_up_has_the_engine_read_and_forgives_a_failure(install):
    engine = install()
    assert warm_up() is True
    assert len(engine.asked) == 7

    engine.failures = 1
    assert warm_up() is False
