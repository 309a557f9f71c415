"""Posts of every known field set to `PostData`.

Known: GraphQL nodes of 2019 to 2025 (`edge_*`, `shortcode_media`, `xdt_shortcode_media`), nodes of the private API
(`like_count`, `media_type`), items of the Apify actor (`likesCount`). Their field names do not collide, so one reader
asks for each field under all its names.
"""

from typing import Any

from .captions import find_hashtags, find_mentions
from .comments import read_embedded_comments
from .post_details import read_location, read_music, read_thumbnail
from .reading import MAX_CAPTION, Reader, dig, exact_int, unwrap
from .shapes import PostData
from .shortcodes import id_to_shortcode, read_shortcode, shortcode_to_id
from .usernames import find_username

_LIKES = (
    "like_count", "likesCount", "likes_count", "edge_liked_by.count", "edge_media_preview_like.count", "likes.count",
)  # fmt: skip
_COMMENTS = (
    "edge_media_to_comment.count", "edge_media_to_parent_comment.count", "edge_media_preview_comment.count",
    "comment_count", "comments_count", "commentsCount",
)  # fmt: skip
_VIEWS = ("video_view_count", "view_count", "videoViewCount")
_PLAYS = ("video_play_count", "play_count", "ig_play_count", "videoPlayCount")
_MOST_CHILDREN, _LONGEST_SIDE = 999, 100_000


def read_post(node: Any) -> PostData | None:
    """One post, or None when it has neither id nor shortcode."""
    if isinstance(node, dict) and isinstance(node.get("media"), dict):
        node = node["media"]
    reader = Reader(node)
    external_id, shortcode = _identity(reader)
    if not external_id:
        return None
    caption = _caption(reader)
    likes, hidden = _likes(reader)
    kind = _type(reader)
    sponsors = _sponsors(reader)
    owner_id = reader.identifier("owner.id", "owner.pk", "user.pk", "user.id", "ownerId")
    return PostData(
        external_id=external_id,
        shortcode=shortcode,
        type=kind,
        product_type=reader.text("product_type", 40, "product_type", "productType") or "",
        caption=caption,
        taken_at=reader.moment("taken_at", "taken_at_timestamp", "taken_at", "timestamp", "taken_at_ts"),
        likes=likes,
        likes_hidden=hidden,
        comments=_count(reader, "comments", _COMMENTS),
        comments_disabled=bool(reader.boolean("comments_disabled", "isCommentsDisabled")),
        views=_count(reader, "views", _VIEWS),
        plays=_count(reader, "plays", _PLAYS),
        duration=_duration(reader),
        carousel_size=_carousel_size(reader) if kind == "carousel" else None,
        is_pinned=_is_pinned(reader, owner_id),
        is_sponsored=bool(sponsors) or _is_paid(reader),
        owner_external_id=owner_id,
        owner_username=find_username(reader.first("owner.username", "user.username", "ownerUsername")),
        coauthors=_usernames(reader.objects("coauthor_producers", "coauthorProducers")),
        tagged=_usernames(_tagged(reader)),
        sponsors=sponsors,
        hashtags=_names(reader, "hashtags") or find_hashtags(caption),
        mentions=_names(reader, "mentions") or find_mentions(caption),
        location=read_location(reader),
        music=read_music(reader),
        alt_text=reader.text("alt_text", MAX_CAPTION, "accessibility_caption", "alt") or "",
        width=_side(reader, "dimensions.width", "original_width", "dimensionsWidth"),
        height=_side(reader, "dimensions.height", "original_height", "dimensionsHeight"),
        thumbnail_url=read_thumbnail(reader),
        comment_rows=read_embedded_comments(reader),
        flags=reader.flags,
    )


def _identity(reader: Reader) -> tuple[str, str]:
    shortcode = read_shortcode(reader.first("shortcode", "code", "shortCode"))
    shortcode = shortcode or read_shortcode(reader.first("url", "href", "link", "permalink"))
    external_id = reader.identifier("pk", "id", "media_id", "strong_id__")
    if shortcode and not external_id:
        external_id = shortcode_to_id(shortcode)
    return external_id, shortcode or id_to_shortcode(external_id)[:64] or external_id


def _caption(reader: Reader) -> str:
    edges = reader.objects("edge_media_to_caption")
    if edges and isinstance(edges[0].get("text"), str):
        return reader.sub(edges[0]).text("caption", MAX_CAPTION, "text") or ""
    path = "caption.text" if isinstance(reader.data.get("caption"), dict) else "caption"
    return reader.text("caption", MAX_CAPTION, path, "description") or ""


def _likes(reader: Reader) -> tuple[int | None, bool]:
    """Likes, and whether they are hidden: by a -1 or by the setting, which makes any number beside it a partial one."""
    numbers = [exact_int(value) for value in reader.values(*_LIKES)]
    setting = reader.boolean("like_and_view_counts_disabled", "likeAndViewCountsDisabled", "hide_like_and_view_counts")
    if setting or -1 in numbers:
        return None, True
    return reader.count("likes", *_LIKES), False


def _count(reader: Reader, name: str, paths: tuple[str, ...]) -> int | None:
    """A count, where upstream's -1 says "hidden" and is no refusal."""
    if -1 in (exact_int(value) for value in reader.values(*paths)):
        reader.flag(f"{name}_hidden")
        paths = tuple(path for path in paths if exact_int(dig(reader.data, path)) != -1)
    return reader.count(name, *paths)


def _type(reader: Reader) -> str:
    name = reader.first("__typename", "type")
    name = name.lower() if isinstance(name, str) else ""
    media_type = exact_int(reader.first("media_type"))
    if "sidecar" in name or "carousel" in name or media_type == 8 or reader.objects(*_CHILDREN):
        return "carousel"
    if "video" in name or "reel" in name or media_type == 2 or reader.boolean("is_video", "isVideo"):
        product = reader.first("product_type", "productType")
        return "reel" if product in ("clips", "reels", "reel") or "reel" in name else "video"
    return "photo"


_CHILDREN = ("edge_sidecar_to_children", "carousel_media", "childPosts")


def _carousel_size(reader: Reader) -> int | None:
    size = reader.count("carousel_size", "carousel_media_count", "carouselMediaCount", limit=_MOST_CHILDREN)
    children = len(reader.objects(*_CHILDREN))
    if not size and not children:
        images = reader.first("images")
        children = len(images) if isinstance(images, list) else 0
    return size or min(children, _MOST_CHILDREN) or None


def _side(reader: Reader, *paths: str) -> int | None:
    """Pixels of one side. One that cannot be is dropped without a flag: it casts no doubt on the numbers of a post."""
    return Reader(reader.data).count("side", *paths, limit=_LONGEST_SIDE)


def _duration(reader: Reader) -> float | None:
    value = reader.first("video_duration", "videoDuration")
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 86_400:
        return float(value)
    return None


def _is_pinned(reader: Reader, owner_id: str) -> bool:
    if pinned := reader.boolean("isPinned", "is_pinned"):
        return pinned
    by_user = reader.first("pinned_for_users")
    if isinstance(by_user, list) and by_user:
        return True
    ids = reader.first("timeline_pinned_user_ids")
    return isinstance(ids, list) and bool(owner_id) and owner_id in {str(item) for item in ids}


def _is_paid(reader: Reader) -> bool:
    return any(
        reader.boolean(path) for path in ("is_paid_partnership", "isPaidPartnership", "paidPartnership", "isSponsored")
    )


def _sponsors(reader: Reader) -> tuple[str, ...]:
    holders = reader.objects("edge_media_to_sponsor_user", "sponsor_tags", "sponsors")
    return _usernames([holder.get("sponsor", holder) for holder in holders])


def _tagged(reader: Reader) -> list[Any]:
    holders = reader.objects("edge_media_to_tagged_user", "usertags.in", "taggedUsers")
    return [holder.get("user", holder) for holder in holders]


def _usernames(users: list[Any]) -> tuple[str, ...]:
    names = (find_username(user.get("username")) for user in users if isinstance(user, dict))
    return tuple(dict.fromkeys(name for name in names if name))[:100]


def _names(reader: Reader, key: str) -> tuple[str, ...]:
    """Hashtags or mentions that upstream has taken out of the caption itself."""
    value = reader.data.get(key)
    texts = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    find, sign = (find_hashtags, "#") if key == "hashtags" else (find_mentions, "@")
    return tuple(dict.fromkeys(name for text in texts for name in find(sign + text.lstrip(sign))))[:100]


def read_posts(nodes: Any) -> tuple[tuple[PostData, ...], int]:
    """All readable posts of a list, each once, and how many were refused."""
    items = unwrap(nodes)
    posts: dict[str, PostData] = {}
    refused = len(nodes) - len(items) if isinstance(nodes, list) else 0
    for item in items:
        post = read_post(item)
        if post is None:
            refused += 1
        else:
            posts.setdefault(post.external_id, post)
    return tuple(posts.values()), refused
