"""Pages of posts: where each envelope keeps them, and whether they are a timeline without gaps."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from .posts import read_post, read_posts
from .reading import Reader, dig
from .shapes import PostData, PostPage

# Instagram lets an account pin so many posts to the top of its grid.
_MOST_PINNED = 3
_TIMELINES = (
    "data.user.edge_owner_to_timeline_media",
    "data.xdt_api__v1__feed__user_timeline_graphql_connection",
    "data.user.xdt_api__v1__feed__user_timeline_graphql_connection",
    "user.edge_owner_to_timeline_media",
    "graphql.user.edge_owner_to_timeline_media",
    "edge_owner_to_timeline_media",
)
_OTHERS = (
    "data.user.edge_felix_video_timeline",
    "data.xdt_api__v1__clips__user__connection_v2",
    "edge_felix_video_timeline",
)
_SINGLE = (
    "data.xdt_shortcode_media", "data.shortcode_media", "graphql.shortcode_media", "xdt_shortcode_media",
    "shortcode_media", "data.xdt_api__v1__media__shortcode__web_info.items.0", "media", "data.media", "item",
)  # fmt: skip


def read_timeline(user: dict[str, Any]) -> PostPage:
    """The posts inside a user object. Old IGTV (`edge_felix_video_timeline`) is another list and not part of it."""
    if isinstance(user.get("latestPosts"), list):
        posts, refused = read_posts(user["latestPosts"])
        return PostPage(posts=_find_pinned(posts), refused=refused, contiguous=True)
    return _read_connection(user.get("edge_owner_to_timeline_media"), contiguous=True)


def read_post_page(payload: Any) -> PostPage:
    """The posts of an answer to "posts of this account", in any known envelope. Never raises."""
    if isinstance(payload, list):
        posts, refused = read_posts(payload)
        return PostPage(posts=_find_pinned(posts), refused=refused, contiguous=True)
    for paths, contiguous in ((_TIMELINES, True), (_OTHERS, False)):
        for path in paths:
            if isinstance(connection := dig(payload, path), dict) and "edges" in connection:
                return _read_connection(connection, contiguous=contiguous)
    return _read_items(payload)


def read_single_post(payload: Any) -> PostData | None:
    """The post of an answer to "this post", in any known envelope. Never raises."""
    if isinstance(payload, list):
        return next((post for item in payload if (post := read_post(item))), None)
    for path in _SINGLE:
        value = _dig_lists(payload, path)
        if isinstance(value, dict) and (post := read_post(value)):
            return post
    items = dig(payload, "items")
    if isinstance(items, list) and items:
        return read_single_post(items)
    return read_post(payload)


def _dig_lists(payload: Any, path: str) -> Any:
    head, _, index = path.partition(".0")
    value = dig(payload, head)
    return value[0] if index == "" and path.endswith(".0") and isinstance(value, list) and value else value


def _read_connection(connection: Any, *, contiguous: bool) -> PostPage:
    reader = Reader(connection)
    posts, refused = read_posts(reader.first("edges"))
    return PostPage(
        posts=_find_pinned(posts) if contiguous else posts,
        refused=refused,
        has_more=reader.boolean("page_info.has_next_page"),
        cursor=reader.text("cursor", 2_000, "page_info.end_cursor") or "",
        contiguous=contiguous,
    )


def _find_pinned(posts: tuple[PostData, ...]) -> tuple[PostData, ...]:
    """Mark as pinned the first posts that are older than what follows, where all that follows is newest first.

    Many answers lack the mark. Without it a pinned post of years ago would look like the end of the timeline.
    """
    times = [post.taken_at for post in posts]
    for start in range(_MOST_PINNED + 1):
        rest = times[start:]
        if len(rest) > 1 and _is_newest_first(rest):
            newest = rest[0]
            return tuple(
                replace(post, is_pinned=True) if place < start and _is_before(post.taken_at, newest) else post
                for place, post in enumerate(posts)
            )
    return posts


def _is_newest_first(times: list[datetime | None]) -> bool:
    return all(_is_before(later, earlier) or later == earlier for earlier, later in pairwise(times))


def _is_before(moment: datetime | None, other: datetime | None) -> bool:
    return moment is not None and other is not None and moment < other


def _read_items(payload: Any) -> PostPage:
    """Lists of the private API: `items` of posts, or of `{"media": post}` for reels, which are not all posts."""
    reader = Reader(payload)
    items = reader.first("items", "data.items", "posts", "data.posts")
    posts, refused = read_posts(items)
    wrapped = isinstance(items, list) and any(isinstance(item, dict) and "media" in item for item in items)
    return PostPage(
        posts=posts if wrapped else _find_pinned(posts),
        refused=refused,
        has_more=reader.boolean("more_available", "paging_info.more_available"),
        cursor=str(reader.first("next_max_id", "paging_info.max_id") or "")[:2_000],
        contiguous=bool(posts) and not wrapped,
    )
