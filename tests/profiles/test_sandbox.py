"""Synthetic creators: the same for everybody, believable, and never mistaken for real ones."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from apps.profiles import gateways
from apps.profiles.errors import ProfileNotFound, SourceUnavailable
from apps.profiles.gateways.sandbox import EDGE_CASES, PUBLISHED, draw_picture
from apps.profiles.gateways.sandbox.creators import make_profile
from apps.profiles.gateways.sandbox.lexicon import LEXICONS
from apps.profiles.gateways.sandbox.readers import make_comments
from apps.profiles.gateways.sandbox.roster import CATEGORIES
from apps.profiles.metrics import CommentFacts, DiscussionFacts, compute_metrics
from apps.profiles.models import Snapshot
from apps.profiles.normalise import normalise_username
from apps.profiles.services import refresh_profile

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def sandbox(settings, quick_sources):
    settings.PROFILE_SOURCES = ["sandbox"]


def test_the_roster_covers_categories_and_languages():
    assert len(PUBLISHED) == 60
    assert Counter(persona.category for persona in PUBLISHED.values()) == dict.fromkeys(CATEGORIES, 3)
    assert {persona.language for persona in PUBLISHED.values()} == set(LEXICONS)
    assert (len(CATEGORIES), len(LEXICONS)) == (20, 8)
    assert all(normalise_username(handle) == handle for handle in (*PUBLISHED, *EDGE_CASES))


def test_every_lexicon_knows_every_category():
    for lexicon in LEXICONS.values():
        assert set(lexicon.topics) == set(lexicon.tags) == set(lexicon.jobs) == set(CATEGORIES)
        assert all(len(phrases) == 3 for phrases in (*lexicon.topics.values(), *lexicon.tags.values()))


def test_the_same_handle_is_the_same_creator():
    assert make_profile("lena.cooks", now=NOW) == make_profile("lena.cooks", now=NOW)
    assert make_profile("any_other.name", now=NOW) == make_profile("any_other.name", now=NOW)
    assert make_profile("any_other.name", now=NOW) != make_profile("any_other.nam", now=NOW)


def test_a_creator_goes_on_living():
    today, later = (make_profile("lena.cooks", now=NOW + timedelta(days=days)) for days in (0, 30))

    before = {post.shortcode: post for post in today.timeline.posts}
    kept = [post for post in later.timeline.posts if post.shortcode in before]
    assert kept
    assert all(before[post.shortcode] == post for post in kept)
    assert later.timeline.posts[0].taken_at > today.timeline.posts[0].taken_at
    assert later.posts_count > today.posts_count
    told = {row.taken_at: row.followers for row in later.history}
    midnight = NOW.replace(hour=0) + timedelta(days=16)
    assert told[midnight] == make_profile("lena.cooks", now=midnight).followers


def test_numbers_are_believable():
    rates, sizes = [], []
    for handle, persona in PUBLISHED.items():
        profile = make_profile(handle, now=NOW)
        visible = [post for post in profile.timeline.posts if post.likes is not None]
        rate = median((post.likes + post.comments) / profile.followers for post in visible[:12])
        rates.append((persona.followers, rate))
        sizes.append(profile.followers)
        assert 0.004 < rate < 0.16
        assert all(post.plays > post.likes for post in visible if post.plays)
        assert 0.7 < profile.followers / persona.followers < 1.5
    small = median(rate for followers, rate in rates if followers < 30_000)
    large = median(rate for followers, rate in rates if followers > 300_000)
    assert small > 1.5 * large, "engagement falls with size"


def test_captions_speak_the_creators_language():
    scripts = {"ar": "[\u0600-\u06ff]", "hi": "[\u0900-\u097f]"}
    for handle, persona in PUBLISHED.items():
        posts = make_profile(handle, now=NOW).timeline.posts
        assert len(posts) >= 24
        assert len({post.caption for post in posts}) > 12
        if persona.language in scripts:
            assert re.search(scripts[persona.language], posts[0].caption or posts[1].caption)
        assert all(post.hashtags for post in posts if post.caption)


def test_some_posts_are_paid_hidden_and_of_every_kind():
    posts = [post for handle in PUBLISHED for post in make_profile(handle, now=NOW).timeline.posts]

    paid = [post for post in posts if post.sponsors]
    assert 0.04 < len(paid) / len(posts) < 0.2
    assert all("ad" in post.hashtags and post.sponsors[0] in post.mentions for post in paid if post.caption)
    assert 0.02 < sum(post.likes_hidden for post in posts) / len(posts) < 0.2
    assert {post.type for post in posts} == {"photo", "carousel", "reel"}


@pytest.mark.django_db
def test_it_is_stored_as_synthetic_with_a_history(sandbox):
    profile = refresh_profile(username="lena.cooks").profile

    assert (profile.synthetic, profile.source, profile.external_id) == (True, "sandbox", "sandbox-lena.cooks")
    assert Snapshot.objects.filter(profile=profile, synthetic=True).count() > 50
    refresh_profile(username="lena.cooks")
    assert Snapshot.objects.filter(profile=profile, synthetic=False).count() == 0
    assert profile.posts.count() == 36
    assert profile.flags == []


@pytest.mark.django_db
def test_edge_cases_show_what_they_promise(sandbox):
    private = refresh_profile(username="private.person").profile
    empty = refresh_profile(username="empty.page").profile
    odd = refresh_profile(username="odd.numbers").profile
    hidden = refresh_profile(username="hidden.likes").profile

    assert (private.is_private, private.posts.count()) == (True, 0)
    assert (empty.posts_count, empty.posts.count()) == (0, 0)
    assert (odd.followers, odd.flags) == (80_080, ["likes_above_followers"])
    assert set(hidden.posts.values_list("likes", "likes_hidden")) == {(None, True)}
    assert refresh_profile(username="one.post").profile.posts.count() == 1
    assert refresh_profile(username="renamed.before").profile.username == "renamed.after"
    assert refresh_profile(username="flaky.source").reason == "refreshed"
    with pytest.raises(ProfileNotFound):
        refresh_profile(username="nobody.here")
    with pytest.raises(SourceUnavailable):
        refresh_profile(username="down.source")


@pytest.mark.django_db
def test_a_synthetic_post_and_its_comments_are_found(sandbox):
    post = make_profile("lena.cooks", now=datetime.now(UTC)).timeline.posts[0]

    found = gateways.fetch_post(post.shortcode, keep_alive=lambda: None)
    comments = gateways.fetch_comments(post.shortcode, limit=10, synthetic=True, keep_alive=lambda: None)

    assert (found.synthetic, found.data.shortcode, found.data.owner_username) == (True, post.shortcode, "lena.cooks")
    assert len(comments.data) == min(10, post.comments)


def discuss(handle):
    """The comments under a creator's twelve newest posts, as facts."""
    posts = make_profile(handle, now=NOW).timeline.posts[:12]
    comments = [(post, comment) for post in posts for comment in make_comments(handle, post, limit=60)]
    return DiscussionFacts(
        username=handle,
        as_of=NOW,
        comments=tuple(
            CommentFacts(
                id=comment.external_id,
                post_id=post.shortcode,
                text=comment.text,
                author=comment.author_external_id,
                by_creator=comment.author_username == handle,
            )
            for post, comment in comments
        ),
    )


@pytest.mark.parametrize("language", sorted(LEXICONS))
def test_comments_read_as_if_people_had_written_them(language):
    """The largest creator of each language has the most comments, and so the most chances of repeating."""
    largest = max((one for one in PUBLISHED.values() if one.language == language), key=lambda one: one.followers)
    facts = discuss(largest.handle)

    metrics = compute_metrics(facts)

    assert len(facts.comments) > 600
    assert 0 < metrics["comments.duplicates"].value < 15
    assert metrics["comments.relevance"].value > 60
    assert 2 < metrics["comments.concentration"].value < 15
    assert {row["kind"] for row in metrics["comments.kinds"].value if row["comments"]} >= {"emoji", "substantive"}
    assert any(comment.by_creator for comment in facts.comments)
    handles = [comment.author.removeprefix("sandbox-") for comment in facts.comments]
    assert all(normalise_username(handle) == handle for handle in handles)


def test_the_same_post_has_the_same_comments_whatever_is_asked_for():
    post = make_profile("maya.slowtravel", now=NOW).timeline.posts[3]

    assert make_comments("maya.slowtravel", post, limit=5) == make_comments("maya.slowtravel", post, limit=60)[:5]


@pytest.mark.django_db
def test_a_stored_post_of_any_handle_is_found_again(sandbox):
    """Handles that are not published can be asked for too; their posts are found because they are stored."""
    profile = refresh_profile(username="any_other.name").profile
    post = profile.posts.exclude(comments=0).first()

    answer = gateways.fetch_comments(post.shortcode, limit=5, synthetic=True, keep_alive=lambda: None)

    assert len(answer.data) == min(5, post.comments)


def test_pictures_are_the_same_at_every_call():
    profile = make_profile("lena.cooks", now=NOW)
    for url in (profile.avatar_url, profile.timeline.posts[0].thumbnail_url):
        assert draw_picture(url).tobytes() == draw_picture(url).tobytes()
    assert draw_picture(profile.avatar_url).size == (640, 640)
    with pytest.raises(ValueError, match="nothing"):
        draw_picture("sandbox://nothing/food/x")


@pytest.mark.parametrize("sources", [[], ["decodoo"], ["sandbox", "sandbox"]])
def test_wrong_sources_are_an_error_at_start(settings, sources):
    settings.PROFILE_SOURCES = sources

    with pytest.raises(SystemCheckError, match=r"profiles\.E001"):
        call_command("check", "--tag", "compatibility")
