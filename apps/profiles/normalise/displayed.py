"""The 2023 envelope of the scraping API that gave what the page displayed ("76.5M") instead of Instagram's own JSON.

Such counts are rounded: they are read as the middle they stand for and marked `counts_approximate`.
"""

import re
from decimal import Decimal
from typing import Any

from .captions import find_hashtags, find_mentions
from .reading import MAX_BIOGRAPHY, MAX_CAPTION, MAX_NAME, Reader, web_address
from .shapes import PostData, PostPage, ProfileData, RelatedData
from .shortcodes import read_shortcode, shortcode_to_id
from .usernames import find_username

_DISPLAYED = re.compile(r"(\d{1,3}(?:,\d{3})*|\d+)(\.\d+)?\s*([KMB]?)", re.ASCII | re.IGNORECASE)
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9}


def read_displayed_count(text: Any) -> tuple[int | None, bool]:
    """A displayed number and whether it is rounded: "1,108" → (1108, False), "76.5M" → (76500000, True)."""
    match = _DISPLAYED.fullmatch(text.strip()) if isinstance(text, str) and len(text) < 30 else None
    if match is None:
        return None, False
    whole, fraction, unit = match.groups()
    if fraction and not unit:
        return None, False
    number = Decimal(whole.replace(",", "") + (fraction or "")) * _UNITS[unit.upper()]
    return int(number), bool(unit)


def is_displayed_profile(payload: Any) -> bool:
    return isinstance(payload, dict) and isinstance(payload.get("account"), dict)


def read_displayed_profile(payload: dict[str, Any]) -> ProfileData | None:
    """The parsed profile page, or None without a usable handle. It has no id, so the handle is all that identifies."""
    reader = Reader(payload)
    username = find_username(reader.first("account.username"))
    if not username:
        return None
    counts = {key: read_displayed_count(reader.first(f"stats.{key}")) for key in ("followers", "following", "posts")}
    if any(rounded for _, rounded in counts.values()):
        reader.flag("counts_approximate")
    posts = _read_posts(reader.first("posts"))
    return ProfileData(
        username=username,
        full_name=reader.text("full_name", MAX_NAME, "biography.name"),
        biography=reader.text("biography", MAX_BIOGRAPHY, "biography.description"),
        external_url=_address(reader.first("biography.url")),
        category=reader.text("category", 120, "biography.occupation"),
        is_verified=reader.boolean("account.verified"),
        is_private=reader.boolean("account.private"),
        followers=counts["followers"][0],
        following=counts["following"][0],
        posts_count=counts["posts"][0],
        avatar_url=reader.url("account.image", "account.profilePicture"),
        related=_read_related(reader.first("relatedAccounts")),
        timeline=PostPage(posts=posts, contiguous=False),
        flags=reader.flags,
    )


def _address(text: Any) -> str | None:
    """The page shows addresses without their scheme."""
    if not isinstance(text, str) or not text.strip():
        return None
    return web_address(text) or web_address(f"https://{text.strip()}") or None


def _read_posts(items: Any) -> tuple[PostData, ...]:
    posts = [post for item in items if (post := _read_post(item))] if isinstance(items, list) else []
    return tuple({post.external_id: post for post in posts}.values())


def _read_post(item: Any) -> PostData | None:
    reader = Reader(item)
    shortcode = read_shortcode(reader.first("href"))
    if not shortcode:
        return None
    caption = reader.text("caption", MAX_CAPTION, "description") or ""
    kind = "reel" if "/reel/" in str(reader.first("href")) else "photo"
    return PostData(
        external_id=shortcode_to_id(shortcode),
        shortcode=shortcode,
        type=kind,
        caption=caption,
        hashtags=find_hashtags(caption),
        mentions=find_mentions(caption),
        thumbnail_url=reader.url("image") or "",
        flags=(*reader.flags, "type_unknown"),
    )


def _read_related(items: Any) -> tuple[RelatedData, ...]:
    related: dict[str, RelatedData] = {}
    for item in items if isinstance(items, list) else []:
        reader = Reader(item)
        if username := find_username(reader.first("username")):
            name = reader.text("full_name", MAX_NAME, "name") or ""
            related[username] = RelatedData(username=username, full_name=name, is_verified=reader.boolean("verified"))
    return tuple(related.values())
