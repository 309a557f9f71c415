"""Reading comments: once at a time, each stored once, none lost, and a reason where none came."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.jobs.models import Job
from apps.profiles.metrics import compute_metric
from apps.profiles.models import Comment, Post, Profile
from apps.profiles.selectors import get_discussion
from apps.profiles.services import asking, commenting, read_comments, read_discussion, submit_discussion
from tests.concurrency.racing import race
from tests.fakes.apify import RATE_LIMITED, failure

WEEK = timedelta(days=7)


def make_post(code: str = "RealPost001", **fields) -> Post:
    """A real creator's post, of which only the number of comments is known."""
    profile, _ = Profile.objects.get_or_create(
        username="someone", defaults={"external_id": "101", "source": "apify", "refreshed_at": timezone.now()}
    )
    values = {"external_id": code, "shortcode": code, "type": "photo", "comments": 40, "taken_at": timezone.now()}
    return Post.objects.create(profile=profile, **{**values, **fields})


def item(number: int, **more) -> dict:
    return {
        "id": f"c{number}",
        "text": f"remark number {number} here",
        "ownerUsername": f"reader{number}",
        "owner": {"id": str(number)},
        "timestamp": "2026-10-01T12:00:00.000Z",
        "likesCount": number,
        "repliesCount": 0,
        **more,
    }


@pytest.mark.django_db
class TestOnePost:
    def test_comments_are_stored_with_who_when_and_how_liked(self, apify):
        post = make_post()
        apify.add(post.shortcode, "comments", [item(1), item(2)])
        version = post.profile.version

        read = read_comments(post=post, limit=50, max_age=WEEK)

        assert (read.state, read.known) == ("read", True)
        rows = list(Comment.objects.order_by("external_id").values_list("text", "author_username", "likes"))
        assert rows == [("remark number 1 here", "reader1", 1), ("remark number 2 here", "reader2", 2)]
        post.refresh_from_db()
        assert (post.comments_asked, post.comments_refusal) == (50, "")
        assert Profile.objects.get().version == version + 2, "once for the comments, once for their labels"

    def test_young_and_deep_enough_is_not_asked_again(self, apify):
        post = make_post(comments=400)
        apify.add(post.shortcode, "comments", [item(1)])
        read_comments(post=post, limit=50, max_age=WEEK)
        asked = len(apify.asked)

        again = read_comments(post=post, limit=30, max_age=WEEK)
        assert (again.state, len(apify.asked)) == ("fresh", asked)

        deeper = read_comments(post=post, limit=200, max_age=WEEK)
        assert (deeper.state, len(apify.asked)) == ("read", asked + 1)
        older = read_comments(post=post, limit=200, max_age=timedelta(0))
        assert (older.state, len(apify.asked)) == ("read", asked + 2)

    def test_the_same_answer_twice_stores_each_once_and_takes_new_counts(self, apify):
        post = make_post()
        apify.add(post.shortcode, "comments", [item(1), item(1), item(2)])
        read_comments(post=post, limit=50, max_age=WEEK)
        apify.add(post.shortcode, "comments", [item(2, likesCount=9), item(3)])

        read_comments(post=post, limit=50, max_age=timedelta(0))

        assert dict(Comment.objects.values_list("external_id", "likes")) == {"c1": 1, "c2": 9, "c3": 3}

    def test_no_more_are_stored_than_were_asked_for(self, apify):
        post = make_post()
        apify.add(post.shortcode, "comments", [item(n) for n in range(30)])

        read_comments(post=post, limit=7, max_age=WEEK)

        assert Comment.objects.count() == 7
        assert apify.asked[-1].body["resultsLimit"] == 7

    @pytest.mark.parametrize("fields", [{"comments": 0}, {"comments_disabled": True}])
    def test_nobody_is_asked_where_there_is_nothing_to_read(self, apify, fields):
        read = read_comments(post=make_post(**fields), limit=50, max_age=WEEK)

        assert (read.state, read.known, apify.asked) == ("none", True, [])

    def test_a_post_without_a_comment_left_is_read(self, apify):
        post = make_post()
        apify.add(post.shortcode, "comments", failure("no_items"))

        assert read_comments(post=post, limit=50, max_age=WEEK).state == "read"
        assert Comment.objects.count() == 0

    def test_a_source_that_fails_keeps_what_there_is_and_says_so(self, apify):
        post = make_post()
        apify.add(post.shortcode, "comments", [item(1)])
        read_comments(post=post, limit=50, max_age=WEEK)
        apify.answer_sync_with(RATE_LIMITED)

        read = read_comments(post=post, limit=50, max_age=timedelta(0))

        assert (read.state, read.reason, read.known) == ("refused", "source_unavailable", False)
        assert Comment.objects.count() == 1
        post.refresh_from_db()
        assert post.comments_refusal == "source_unavailable"

    def test_a_source_without_the_capability_is_not_asked(self, decodo):
        post = make_post()

        read = read_comments(post=post, limit=50, max_age=WEEK)

        assert (read.state, read.reason, decodo.asked) == ("refused", "no_source", [])
        metric = compute_metric("comments.kinds", get_discussion(post.profile))
        assert metric.reason == (
            "Only the number of comments is known (40): none of the data sources that are set up gives their text."
        )

    def test_a_real_post_never_gets_synthetic_comments(self, settings):
        settings.PROFILE_SOURCES = ["sandbox"]

        assert read_comments(post=make_post(), limit=50, max_age=WEEK).reason == "no_source"


@pytest.mark.concurrency
def test_many_at_once_ask_the_source_once(committed_db, apify):
    post = make_post()
    apify.add(post.shortcode, "comments", [item(n) for n in range(20)])

    outcomes = race(16, lambda _: read_comments(post=Post.objects.get(pk=post.pk), limit=50, max_age=WEEK).state)

    assert outcomes.errors == []
    assert (outcomes.count("read"), outcomes.count("fresh")) == (1, 15)
    assert (len(apify.asked), Comment.objects.count()) == (1, 20)


@pytest.mark.concurrency
def test_the_race_is_real_without_the_lease(committed_db, apify, monkeypatch):
    """The canary: who need not wait for the lease asks again."""
    post = make_post()
    apify.add(post.shortcode, "comments", [item(1)])
    claim = asking.claim_lease
    monkeypatch.setattr(asking, "claim_lease", lambda name: claim(f"{name}/{timezone.now().timestamp()}"))
    fetch = commenting.gateways.fetch_comments
    together = threading.Barrier(2)

    def fetch_together(code, **wanted):
        together.wait(20)
        return fetch(code, **wanted)

    monkeypatch.setattr(commenting.gateways, "fetch_comments", fetch_together)

    race(2, lambda _: read_comments(post=Post.objects.get(pk=post.pk), limit=50, max_age=WEEK).state)

    assert len(apify.asked) == 2


@pytest.mark.django_db
class TestACreator:
    def test_the_newest_posts_with_comments_are_read_by_one_job(self, apify, settings):
        settings.COMMENTS_POSTS = 2
        now = timezone.now()
        for number, comments in enumerate([5, 0, 5, 5]):
            post = make_post(f"Newest{number:05d}", comments=comments, taken_at=now - timedelta(days=number))
            apify.add(post.shortcode, "comments", [item(number)])
        profile = Profile.objects.get()

        job, twin = submit_discussion(profile), submit_discussion(profile)
        counts = read_discussion(profile_id=profile.pk, report=lambda *_: None)

        assert (job.kind, job.pk) == ("profiles.comments", twin.pk)
        assert counts == {"read": 2}
        assert set(Comment.objects.values_list("post__shortcode", flat=True)) == {"Newest00000", "Newest00002"}
        assert submit_discussion(profile) is None

    def test_none_is_submitted_where_none_can_come(self, decodo):
        post = make_post()

        assert submit_discussion(post.profile) is None
        post.refresh_from_db()
        assert (post.comments_refusal, Job.objects.count()) == ("no_source", 0)

    def test_it_can_be_switched_off(self, apify, settings):
        settings.COMMENTS_POSTS = 0

        assert submit_discussion(make_post().profile) is None
