"""Apify: items of both spellings, failures inside good runs, runs that are polled."""

import pytest

from apps.profiles import gateways
from apps.profiles.errors import SourceUnavailable
from apps.profiles.gateways import AccountAbsent
from tests.fakes import apify as says
from tests.fakes.apify import failure

pytestmark = pytest.mark.django_db

POST = {
    "id": "3540614075954356349", "type": "Video", "productType": "clips", "shortCode": "DEiyb48AeB9",
    "caption": "Hallo #Berlin mit @freund", "hashtags": ["Berlin"], "mentions": ["freund"], "commentsCount": 12,
    "likesCount": -1, "videoViewCount": 1318, "videoPlayCount": 3865, "timestamp": "2025-01-07T23:56:41.000Z",
    "displayUrl": "https://x.cdninstagram.com/a.jpg", "ownerUsername": "someone", "ownerId": "101",
    "videoDuration": 7.5,
    "locationName": "Berlin", "locationId": "213", "taggedUsers": [{"username": "freund"}],
    "coauthorProducers": [{"username": "zweite"}], "isPinned": True, "isSponsored": True,
    "latestComments": [{"id": "1", "text": "toll", "ownerUsername": "x", "likesCount": 2}],
}  # fmt: skip
DETAILS = {
    "id": "101", "username": "Someone", "fullName": "Some One", "biography": "mail me: a@b.example",
    "followersCount": 5000, "followsCount": 300, "postsCount": 40, "private": False, "verified": True,
    "isBusinessAccount": True, "businessCategoryName": "None,Public figure", "highlightReelCount": 3,
    "externalUrls": [{"title": "Shop", "url": "https://shop.example/"}], "profilePicUrlHD": "https://x.cdninstagram.com/p.jpg",
    "relatedProfiles": [{"id": "7", "username": "other", "full_name": "Other"}], "latestPosts": [POST],
}  # fmt: skip


def ask(username="someone"):
    return gateways.fetch_profile(username, keep_alive=lambda: None)


def refusal():
    with pytest.raises(SourceUnavailable) as refused:
        ask()
    return refused.value.details["reasons"]["apify"]


def test_it_asks_as_the_actor_wants(apify):
    apify.add("someone", "details", [DETAILS])

    ask()

    asked = apify.asked[0]
    assert asked.path == "/v2/acts/apify~instagram-scraper/run-sync-get-dataset-items"
    assert asked.headers["Authorization"] == "Bearer token"
    assert asked.body == {
        "directUrls": ["https://www.instagram.com/someone/"], "resultsType": "details", "resultsLimit": 1,
        "addParentData": False,
    }  # fmt: skip


def test_details_and_their_posts(apify):
    apify.add("someone", "details", [DETAILS])

    profile = ask().data

    assert (profile.username, profile.external_id, profile.followers, profile.following) == (
        "someone",
        "101",
        5000,
        300,
    )
    assert (profile.category, profile.is_business, profile.highlights_count) == ("Public figure", True, 3)
    assert profile.links == ({"url": "https://shop.example/", "title": "Shop"},)
    assert [item.username for item in profile.related] == ["other"]
    (post,) = profile.timeline.posts
    assert (post.type, post.likes, post.likes_hidden, post.comments) == ("reel", None, True, 12)
    assert (post.views, post.plays, post.duration) == (1318, 3865, 7.5)
    assert (post.hashtags, post.mentions, post.tagged, post.coauthors) == (
        ("berlin",),
        ("freund",),
        ("freund",),
        ("zweite",),
    )
    assert (post.is_pinned, post.is_sponsored, post.location) == (True, True, {"id": "213", "name": "Berlin"})
    assert post.comment_rows[0].likes == 2


def test_the_other_spelling_and_missing_counts(apify):
    item = {"id": "5", "type": "Image", "shortcode": "ABCDEFGHIJK", "timestamp": "2025-01-07T23:56:41.000Z"}
    apify.add("someone", "posts", [item])

    page = gateways.fetch_posts("someone", limit=30, synthetic=False, keep_alive=lambda: None).data

    (post,) = page.posts
    assert (post.shortcode, post.likes, post.likes_hidden, post.comments, post.type) == (
        "ABCDEFGHIJK",
        None,
        False,
        None,
        "photo",
    )


def test_comments(apify):
    apify.add(
        "ABCDEFGHIJK",
        "comments",
        [{"id": "9", "text": "schön", "ownerUsername": "x", "likesCount": 1, "repliesCount": 0}],
    )

    (comment,) = gateways.fetch_comments("ABCDEFGHIJK", limit=50, synthetic=False, keep_alive=lambda: None).data

    assert (comment.external_id, comment.text, comment.likes, comment.replies) == ("9", "schön", 1, 0)


@pytest.mark.parametrize("code", ["not_found", "no_items"])
def test_absence_inside_a_good_run(apify, code):
    apify.add("someone", "details", failure(code))

    with pytest.raises(AccountAbsent):
        ask()
    assert len(apify.asked) == 1


def test_a_private_account_is_known_to_be_private_and_nothing_more(apify):
    apify.add("someone", "details", failure("private"))

    profile = ask().data

    assert (profile.username, profile.is_private, profile.followers) == ("someone", True, None)


def test_a_restricted_page_is_a_failure(apify):
    apify.add("someone", "details", failure("restricted_page"))

    assert refusal() == "item_restricted_page"


@pytest.mark.parametrize(("reply", "reason"), [(says.OUT_OF_FUNDS, "quota_used"), (says.BAD_TOKEN, "unauthorised")])
def test_a_lasting_refusal_is_asked_once(apify, reply, reason):
    apify.script(reply)

    assert refusal() == reason
    assert refusal() == "resting"
    assert len(apify.asked) == 1


def test_the_rate_limit_is_waited_for(apify):
    apify.add("someone", "details", [DETAILS])
    apify.script(says.RATE_LIMITED)

    assert ask().data.followers == 5000


def test_what_takes_too_long_is_polled(apify):
    apify.add("someone", "details", [DETAILS])
    apify.script(says.TOO_LONG)

    assert ask().data.followers == 5000
    assert [asked.path.rpartition("/")[2] for asked in apify.asked] == [
        "run-sync-get-dataset-items", "runs", "run1", "run1", "items?clean=true",
    ]  # fmt: skip


def test_a_failed_run_is_a_failure(apify):
    apify.ends, apify.polls = "FAILED", 0
    apify.answer_sync_with(says.TOO_LONG)

    assert refusal() == "run_failed"
