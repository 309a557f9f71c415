"""Answers that Instagram gave over the years, in invented values: each beside what a careful reader makes of it.

The oracle recomputes; here every expected value is written down by hand.
"""

from dataclasses import dataclass
from typing import Any
from zlib import crc32

_T = 1_790_000_000
_DAY = 86_400


@dataclass(frozen=True)
class Variant:
    """`content` as the scraping API carries it; `posts` by shortcode: only what is named is compared."""

    content: Any
    account: tuple[int | None, int | None, int | None]
    posts: dict[str, dict[str, Any]]
    metrics: dict[str, float | None]
    username: str = "someone"
    worth_its_price: bool = True


def web_user(nodes: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """`web_profile_info` of 2021 to 2026."""
    user = {
        "id": "4401", "username": "someone", "full_name": "Some One", "biography": "", "is_private": False,
        "is_verified": False, "edge_followed_by": {"count": 1_000}, "edge_follow": {"count": 10},
        "edge_felix_video_timeline": {"count": 0, "page_info": {"has_next_page": False}, "edges": []},
        "edge_owner_to_timeline_media": {
            "count": 90, "page_info": {"has_next_page": True}, "edges": [{"node": n} for n in nodes],
        },
        **more,
    }  # fmt: skip
    return {"data": {"user": user}, "status": "ok"}


def web_node(code: str, *, at: int = _T, caption: str | None = "hi", **more: Any) -> dict[str, Any]:
    return {
        "__typename": "GraphImage", "shortcode": code, "id": str(3 * 10**18 + crc32(code.encode())),
        "is_video": False, "taken_at_timestamp": at,
        "edge_media_to_caption": {"edges": [] if caption is None else [{"node": {"text": caption}}]},
        "edge_media_to_comment": {"count": 5}, "edge_liked_by": {"count": 50}, "edge_media_preview_like": {"count": 50},
        "comments_disabled": False, "owner": {"id": "4401", "username": "someone"}, **more,
    }  # fmt: skip


def feed_node(pk: int, code: str, *, at: Any = _T, caption: str | None = "hi", **more: Any) -> dict[str, Any]:
    """A post as the private API and the GraphQL of 2024 on write it."""
    return {
        "pk": pk, "id": f"{pk}_4401", "code": code, "taken_at": at, "media_type": 1, "product_type": "feed",
        "caption": None if caption is None else {"pk": "1", "text": caption, "created_at": at},
        "like_count": 50, "comment_count": 5, "like_and_view_counts_disabled": False,
        "user": {"pk": "4401", "username": "someone"}, **more,
    }  # fmt: skip


def feed(user: dict[str, Any], nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """A user of 2024 on, whose posts stand in a connection beside it."""
    connection = {"edges": [{"node": n, "cursor": "c"} for n in nodes], "page_info": {"has_next_page": True}}
    return {"data": {"user": user, "xdt_api__v1__feed__user_timeline_graphql_connection": connection}, "status": "ok"}


_PIN = web_node(
    "PinnedOldOne", at=_T - 900 * _DAY, edge_liked_by={"count": 9_000}, edge_media_preview_like={"count": 9_000}
)
_NEW = [web_node(f"PlainPost{n:03}", at=_T - n * _DAY) for n in range(4)]
_USER_2024 = {
    "pk": "4401", "id": "4401", "username": "someone", "full_name": "Some One", "biography": "x", "is_private": False,
    "is_verified": True, "follower_count": 1_000, "following_count": 10, "media_count": 90, "account_type": 3,
}  # fmt: skip

VARIANTS: dict[str, Variant] = {
    "likes hidden in every way": Variant(
        web_user([
            web_node("HiddenMinus1", edge_liked_by={"count": -1}, edge_media_preview_like={"count": -1}),
            web_node("HiddenBySet1", like_and_view_counts_disabled=True, edge_liked_by={"count": 3}),
            web_node("HiddenFeed01", like_count=3, like_and_view_counts_disabled=True),
            web_node("UnknownLikes", edge_liked_by=None, edge_media_preview_like={}),
            web_node("VisibleThree", edge_liked_by={"count": 3}, edge_media_preview_like={"count": 3}),
        ]),
        (1_000, 10, 90),
        {
            "HiddenMinus1": {"likes": None, "likes_hidden": True, "comments": 5},
            "HiddenBySet1": {"likes": None, "likes_hidden": True, "comments": 5},
            "HiddenFeed01": {"likes": None, "likes_hidden": True, "comments": 5},
            "UnknownLikes": {"likes": None, "likes_hidden": False, "comments": 5},
            "VisibleThree": {"likes": 3, "likes_hidden": False, "comments": 5},
        },
        {"hidden_likes_share": 60.0, "likes.median": 3.0, "engagement_rate.followers.median": 0.8},
    ),
    "a pinned post without its mark": Variant(
        web_user([_PIN, *_NEW]), (1_000, 10, 90),
        {"PinnedOldOne": {"is_pinned": True, "likes": 9_000}, "PlainPost000": {"is_pinned": False}},
        {"likes.median": 50.0, "likes.mean": 1_840.0},
    ),
    "joint posts, one of somebody else's": Variant(
        web_user([
            *_NEW[:2],
            web_node("JointPost001", owner={"id": "77", "username": "partner"},
                     coauthor_producers=[{"id": "4401", "username": "someone"}]),
            web_node("JointPost002", coauthor_producers=[{"id": "77", "username": "Partner"}]),
        ]),
        (1_000, 10, 90),
        {"JointPost001": {"coauthors": ["someone"], "likes": 50}, "JointPost002": {"coauthors": ["partner"]}},
        {"engagement_rate.followers.median": 5.5},
    ),
    "carousels, reels and videos": Variant(
        web_user([
            web_node("Carousel0001", __typename="GraphSidecar", edge_sidecar_to_children={"edges": [
                {"node": {"__typename": "GraphImage", "id": "1"}}, {"node": {"__typename": "GraphVideo", "id": "2"}}]}),
            web_node("ReelOfToday1", __typename="GraphVideo", is_video=True, product_type="clips",
                     video_view_count=None, video_play_count=4_000),
            web_node("ReelOfToday2", __typename="GraphVideo", is_video=True, product_type="clips",
                     video_view_count=900, video_play_count=None),
            web_node("VideoOfOld01", __typename="GraphVideo", is_video=True, product_type="feed", video_view_count=0),
        ]),
        (1_000, 10, 90),
        {
            "Carousel0001": {"type": "carousel", "carousel_size": 2, "views": None},
            "ReelOfToday1": {"type": "reel", "views": None, "plays": 4_000},
            "ReelOfToday2": {"type": "reel", "views": 900, "plays": None},
            "VideoOfOld01": {"type": "video", "views": 0, "plays": None},
        },
        {"views.median": 900.0, "plays.median": 4_000.0, "engagement_rate.plays.median": 1.375},
    ),
    "the connection of 2024": Variant(
        feed(_USER_2024, [
            feed_node(3_500_000_000_000_000_001, "XdtPhoto0001", caption="مرحبا 👩🏽‍🚀\u200f"),
            feed_node(3_500_000_000_000_000_002, "XdtCarousel1", media_type=8, product_type="carousel_container",
                      carousel_media_count=3, caption=None),
            feed_node(3_500_000_000_000_000_003, "XdtReel00001", media_type=2, product_type="clips", view_count=None,
                      play_count=7_000, ig_play_count=6_500, like_count=None),
            feed_node(3_500_000_000_000_000_004, "XdtPinned001", at=_T - 400 * _DAY, timeline_pinned_user_ids=[4401]),
        ]),
        (1_000, 10, 90),
        {
            "XdtPhoto0001": {"type": "photo", "caption": "مرحبا 👩🏽‍🚀\u200f", "likes": 50},
            "XdtCarousel1": {"type": "carousel", "carousel_size": 3, "caption": ""},
            "XdtReel00001": {"type": "reel", "plays": 7_000, "views": None, "likes": None, "likes_hidden": False},
            "XdtPinned001": {"is_pinned": True},
        },
        {"plays.median": 7_000.0, "hidden_likes_share": 0.0},
    ),
    "times in every unit": Variant(
        web_user([], edge_owner_to_timeline_media={"count": 4, "edges": [{"node": n} for n in (
            feed_node(1_000_000_000_000_000_001, "TimeText0001", at=str(_T)),
            feed_node(1_000_000_000_000_000_002, "TimeMillis01", at=_T * 1_000),
            feed_node(1_000_000_000_000_000_003, "TimeMicros01", at=str(_T * 1_000_000)),
            feed_node(1_000_000_000_000_000_004, "TimeIso00001", at="2026-09-21T14:13:20.000Z"),
        )]}),
        (1_000, 10, 4),
        {code: {"taken_at": "2026-09-21T14:13:20+00:00", "flags": []}
         for code in ("TimeText0001", "TimeMillis01", "TimeMicros01", "TimeIso00001")},
        {"likes.median": 50.0},
    ),
    "what no column could hold": Variant(
        web_user(
            [web_node(f"Impossible{n:02}", dimensions={"width": 10**11, "height": -4}, carousel_media_count=10**9,
                      caption="kept \x00\ud800 whole", location={"id": "5", "name": "A\x00B", "lat": 1e300})
             for n in range(3)],
            pronouns=["she\x00", "\udc00"], public_phone_number="50\x00\ud800", public_phone_country_code="971",
            edge_followed_by={"count": 2**31 + 5}, bio_links=[{"url": "https://a.example/\x00", "title": "\ud800"}],
            biography_with_entities={"entities": [{"hashtag": {"name": "a\x00"}}]},
        ),
        (2**31 + 5, 10, 90),
        {"Impossible00": {"caption": "kept \ufffd whole", "likes": 50, "flags": [], "carousel_size": None}},
        {"likes.mean": 50.0},
    ),
    "the same post twice": Variant(
        web_user([*_NEW, *_NEW[:2]]), (1_000, 10, 90), {post["shortcode"]: {} for post in _NEW}, {"likes.mean": 50.0}
    ),
    "a name in capitals, counts as text": Variant(
        web_user(_NEW, username="Some.ONE_", edge_followed_by={"count": "1,000"}, edge_follow={"count": "0"}),
        (1_000, 0, 90), {}, {"engagement_rate.followers.mean": 5.5}, username="some.one_",
    ),
    "old videos only": Variant(
        web_user([], edge_felix_video_timeline={"count": 2, "edges": [{"node": n} for n in _NEW]}),
        (1_000, 10, 90), {}, {}, worth_its_price=False,
    ),
    "two posts that show anything": Variant(
        web_user([*_NEW[:2], *(
            web_node(f"Silent{n:06}", edge_liked_by={"count": -1}, edge_media_to_comment={"count": 0}) for n in range(9)
        )]),
        (1_000, 10, 90), {}, {}, worth_its_price=False,
    ),
}  # fmt: skip
