"""User objects as Instagram's web_profile_info has them, as small as a test needs."""

import zlib
from typing import Any


def make_node(
    code: str, *, likes: int = 100, comments: int = 10, taken_at: int = 1_760_000_000, **more: Any
) -> dict[str, Any]:
    """A timeline node of 2025."""
    return {
        "__typename": "GraphImage",
        "id": str(3_700_000_000_000_000_000 + zlib.crc32(code.encode())),
        "shortcode": code,
        "is_video": False,
        "edge_media_to_caption": {"edges": [{"node": {"text": f"caption of {code}"}}]},
        "edge_media_to_comment": {"count": comments},
        "edge_liked_by": {"count": likes},
        "edge_media_preview_like": {"count": likes},
        "taken_at_timestamp": taken_at,
        "display_url": f"https://scontent.cdninstagram.com/{code}.jpg?sig=1",
        "owner": {"id": "101", "username": "someone"},
        **more,
    }


def make_user(username: str = "someone", *, nodes: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """A user with counts and a timeline."""
    nodes = (
        nodes
        if nodes is not None
        else [make_node(f"CODE{n:07d}", taken_at=1_760_000_000 - n * 86_400) for n in range(4)]
    )
    return {
        "id": "101",
        "username": username,
        "full_name": "Some One",
        "biography": "hello",
        "is_private": False,
        "is_verified": False,
        "edge_followed_by": {"count": 5_000},
        "edge_follow": {"count": 300},
        "edge_owner_to_timeline_media": {
            "count": 40,
            "page_info": {"has_next_page": True, "end_cursor": "x"},
            "edges": [{"node": node} for node in nodes],
        },
        **more,
    }
