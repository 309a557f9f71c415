"""Real posts of every known field set."""

import json
from datetime import UTC, datetime

import pytest

from apps.profiles.normalise import read_comments, read_post_page, read_single_post
from tests.profiles.making import make_node


def read_raw_posts(data):
    """One a line; captions hold other line ends, so only the plain one parts them."""
    text = (data / "instagram/posts/shortcode_media_raw.jsonl").read_text()
    return [json.loads(line) for line in text.split("\n") if line]


def test_sixty_raw_posts_are_exact(data):
    posts = read_raw_posts(data)
    types = {"GraphImage": "photo", "GraphVideo": "video", "GraphSidecar": "carousel"}
    for raw in posts:
        post = read_single_post(raw)
        caption = "".join(edge["node"]["text"] for edge in raw["edge_media_to_caption"]["edges"])
        assert (post.shortcode, post.external_id) == (raw["shortcode"], raw["id"])
        assert (post.likes, post.comments) == (
            raw["edge_media_preview_like"]["count"],
            (raw.get("edge_media_to_parent_comment") or raw["edge_media_to_comment"])["count"],
        )
        assert (post.caption, post.type) == (caption, types[raw["__typename"]])
        assert post.owner_username == raw["owner"]["username"]
        assert post.flags == ()
    assert len(posts) == 60


def test_sponsors_tags_and_place_of_a_raw_post(data):
    raw = read_raw_posts(data)[0]

    post = read_single_post(raw)

    assert (post.is_sponsored, post.sponsors) == (True, ("tomboyx",))
    assert post.tagged[0] == "jessmeuse"
    assert (post.location["name"], post.location["country_code"]) == ("Alabama", "US")
    assert len(post.comment_rows) == 8
    assert post.comment_rows[0].text == "So damn cool"


def test_a_timeline_page_of_2020(payload):
    raw = payload("instagram/posts/robertdowneyjr_2020_timeline_page_12.json")
    nodes = [edge["node"] for edge in raw["data"]["user"]["edge_owner_to_timeline_media"]["edges"]]

    page = read_post_page(raw)

    assert (len(page.posts), page.has_more, page.contiguous, page.refused) == (12, True, True, 0)
    assert [post.likes for post in page.posts] == [node["edge_media_preview_like"]["count"] for node in nodes]
    assert [post.comments for post in page.posts] == [node["edge_media_to_comment"]["count"] for node in nodes]
    assert page.posts[0].location == {"id": "219278730", "name": "The Grand", "slug": "the-grand"}


def test_old_igtv_is_a_list_of_its_own(payload):
    page = read_post_page(payload("instagram/posts/noholita_igtv_timeline.json"))

    assert (len(page.posts), page.contiguous) == (12, False)
    first = page.posts[0]
    assert (first.type, first.product_type, first.likes, first.views, first.duration) == (
        "video",
        "igtv",
        1533,
        41758,
        90.533,
    )


def test_the_feed_of_2025(payload):
    page = read_post_page(payload("instagram/posts/scrapecreators_v2_user_posts.json"))

    (post,) = page.posts
    assert (post.external_id, post.shortcode, post.type) == ("3600545900919030401", "DH3tWudxIKB", "reel")
    assert (post.likes, post.comments, post.views, post.plays, post.duration) == (387, 12, None, 35499, 76.717)
    assert (post.mentions, post.tagged) == (("danabeers", "francisccellis"), ("danabeers",))
    assert (page.has_more, page.cursor, page.contiguous) == (True, "3599731065704772932_260462810", True)


def test_reels_of_2025_are_not_the_timeline(payload):
    page = read_post_page(payload("instagram/posts/scrapecreators_user_reels.json"))

    (post,) = page.posts
    assert (post.shortcode, post.likes, post.plays, post.caption) == ("DEiyb48AeB9", 126, 3865, "")
    assert page.contiguous is False


def test_a_single_post_of_2025(payload):
    post = read_single_post(payload("instagram/posts/scrapecreators_xdt_shortcode_media.json"))

    assert (post.shortcode, post.type, post.likes, post.comments) == ("DF5s0duxDts", "reel", 153, 17)
    assert (post.views, post.plays, post.duration) == (1639, 4651, 71.1)
    assert [comment.text for comment in post.comment_rows] == ["🔥"]


def test_comments_in_every_form(payload):
    newer = read_comments(payload("instagram/comments/scrapecreators_post_comments.json"))
    older = read_comments(payload("instagram/comments/shortcode_media_comments_a.json"))

    assert (len(newer), newer[0].author_username, newer[0].likes) == (2, "user_769a9b37", 0)
    assert newer[0].written_at == datetime(2025, 9, 16, 17, 3, 4, tzinfo=UTC)
    assert (len(older), older[0].text, older[0].likes) == (12, "Good themw", None)


@pytest.mark.parametrize(
    "hiding",
    [
        {"edge_liked_by": {"count": -1}, "edge_media_preview_like": {"count": -1}},
        {"like_and_view_counts_disabled": True},
        {"like_and_view_counts_disabled": True, "edge_liked_by": {"count": 3}},
        {"edge_liked_by": {"count": -1}, "edge_media_preview_like": {"count": 3}},
    ],
)
def test_hidden_likes_are_null_never_zero(hiding):
    post = read_single_post(make_node("CODE0000001", **hiding))

    assert (post.likes, post.likes_hidden, post.comments) == (None, True, 10)


def test_no_likes_at_all_are_zero_likes():
    post = read_single_post(make_node("CODE0000001", likes=0, comments=0))

    assert (post.likes, post.likes_hidden, post.comments) == (0, False, 0)


def test_like_count_is_trusted_over_the_preview_of_a_video():
    node = make_node("CODE0000001", __typename="XDTGraphVideo", is_video=True, like_count=900)

    assert read_single_post(node).likes == 900


@pytest.mark.parametrize(
    ("node", "kind", "size"),
    [
        ({"__typename": "XDTGraphSidecar", "edge_sidecar_to_children": {"edges": [{"node": {}}] * 4}}, "carousel", 4),
        ({"media_type": 8, "carousel_media_count": 3}, "carousel", 3),
        ({"media_type": 8, "carousel_media": [{}, {}]}, "carousel", 2),
        ({"media_type": 8, "carousel_media_count": 0, "carousel_media": [{}, {}]}, "carousel", 2),
        ({"media_type": 8, "carousel_media_count": 10**9}, "carousel", None),
        ({"type": "Sidecar", "images": ["a", "b", "c"]}, "carousel", 3),
        ({"media_type": 2, "product_type": "clips"}, "reel", None),
        ({"media_type": 2, "product_type": "feed"}, "video", None),
        ({"__typename": "GraphVideo", "product_type": "igtv"}, "video", None),
        ({"media_type": 1}, "photo", None),
        ({"type": "Image"}, "photo", None),
        ({"type": "Video", "productType": "clips"}, "reel", None),
    ],
)
def test_types(node, kind, size):
    post = read_single_post({"id": "5", "code": "ABCDEFGHIJK", **node})

    assert (post.type, post.carousel_size) == (kind, size)


def test_the_shortcode_and_the_number_tell_each_other():
    assert read_single_post({"shortcode": "DEiyb48AeB9"}).external_id == "3540614075954356349"
    assert read_single_post({"pk": "3540614075954356349"}).shortcode == "DEiyb48AeB9"
    assert read_single_post({"id": "3540614075954356349_2700692569"}).external_id == "3540614075954356349"


@pytest.mark.parametrize("value", ["soon", -1, 0, 10**30, None, [], True])
def test_a_wrong_time_is_refused(value):
    assert read_single_post({"pk": 5, "taken_at": value}).taken_at is None


def test_a_time_in_the_future_is_kept_and_marked():
    post = read_single_post({"pk": 5, "taken_at": 4_000_000_000})

    assert (post.taken_at.year, post.flags) == (2096, ("taken_at_in_future",))


def test_pinned_and_coauthored():
    node = make_node("CODE0000001", pinned_for_users=[{"id": "101"}], coauthor_producers=[{"username": "Second.One"}])

    post = read_single_post(node)

    assert (post.is_pinned, post.coauthors) == (True, ("second.one",))
    assert read_single_post({"pk": 5, "user": {"pk": 9}, "timeline_pinned_user_ids": [9]}).is_pinned
