"""User objects as Instagram has sent them over the years, and as it hopefully never will: what the oracle is fed."""

import json
from pathlib import Path
from typing import Any

ABSENT = object()
_NOW = 1_795_300_000
_DAY = 86_400
_LONG_AGO = _NOW - 900 * _DAY
_IMPOSSIBLE = (4_102_444_800, 0, -5, 10**18, None)

CAPTIONS = [
    "مرحبا بالعالم #هاشتاق_عربي @friend ١٢٣", "שלום עולם #תגית", "नमस्ते दुनिया #हिन्दी_टैग", "สวัสดีชาวโลก #แฮชแท็ก",
    "👨‍👩‍👧‍👦 ❤️‍🔥 🏳️‍🌈 🇸🇦", "x" * 2200, "NUL\0inside", "half \ud83d pair", "<script>alert(1)</script> &amp;&lt;\"'",
    "こんにちは #日本語タグ＃全角", "\u202eevil\u202c bidi\u200f", "one\r\ntwo\n\n\ttab\u2028ls\u2029ps  end  ",
    "   start", "", None, "\ufeffe\u0301 and \u00e9 ﬁ", "한국어 #해시태그 中文 #标签。",
    "{{7*7}} {% now %} ${x} '; DROP TABLE x;--",
]  # fmt: skip


def make_post(n: int, *, likes: Any = 100, comments: Any = 10, caption: Any = "hello", **more: Any) -> dict[str, Any]:
    """A timeline node; `ABSENT` takes a field away."""
    node = {
        "__typename": "GraphVideo" if more.get("is_video") else "GraphImage",
        "id": str(3_500_000_000_000_000_000 + 7_919 * n),
        "shortcode": f"Acceptance{n % 10}" if n < 10 else f"Acceptanc{n}",
        "is_video": False,
        "edge_media_to_caption": {"edges": [] if caption is None else [{"node": {"text": caption}}]},
        "edge_media_to_comment": {"count": comments},
        "edge_liked_by": {"count": likes},
        "edge_media_preview_like": {"count": likes},
        "taken_at_timestamp": _NOW - _DAY * (2 + 3 * n),
        "owner": {"id": "71", "username": "someone"},
        **more,
    }
    return {key: value for key, value in node.items() if value is not ABSENT}


def make_account(posts: list[Any], **more: Any) -> dict[str, Any]:
    """A user of web_profile_info with these posts."""
    user = {
        "id": "71",
        "username": "someone",
        "full_name": "Some One",
        "biography": "bio",
        "is_private": False,
        "is_verified": False,
        "edge_followed_by": {"count": 10_000},
        "edge_follow": {"count": 321},
        "profile_pic_url": "https://scontent.cdninstagram.com/p.jpg",
        "edge_owner_to_timeline_media": {
            "count": 50,
            "page_info": {"has_next_page": True, "end_cursor": "x"},
            "edges": [{"node": post} for post in posts],
        },
        **more,
    }
    return {key: value for key, value in user.items() if value is not ABSENT}


def some(count: int = 12, **more: Any) -> list[dict[str, Any]]:
    return [
        make_post(n, likes=50 + 37 * n, comments=n % 7, caption=f"Post {n} #tag{n % 3}", **more) for n in range(count)
    ]


def _videos(**more: Any) -> list[dict[str, Any]]:
    return [make_post(n, likes=50 + n, is_video=True, video_view_count=900 + n, **more) for n in range(12)]


def _v1_node(n: int) -> dict[str, Any]:
    """As the private API and the newest web answers write a post."""
    pk = 3_600_000_000_000_000_000 + n
    counts = {"like_count": 60 + n, "comment_count": 6, "play_count": 4_000 + n if n % 3 == 1 else None}
    kind = {"media_type": (1, 2, 8)[n % 3], "user": {"pk": "71", "username": "someone"}}
    return {
        "pk": str(pk),
        "id": f"{pk}_71",
        "taken_at": _NOW - n * _DAY,
        "caption": {"text": f"v1 {n}"},
        **kind,
        **counts,
    }


INVENTED: dict[str, dict[str, Any]] = {
    "twelve posts": make_account(some()),
    "three posts": make_account(some(3)),
    "more than twelve": make_account(some(30)),
    "two posts": make_account(some(2)),
    "no posts": make_account([]),
    "no edges": make_account([], edge_owner_to_timeline_media={"count": 7}),
    "no timeline": make_account([], edge_owner_to_timeline_media=None),
    "captions": make_account([make_post(n, caption=caption, likes=100 + n) for n, caption in enumerate(CAPTIONS)]),
    "no captions": make_account([make_post(n, caption=None, likes=100 + n) for n in range(12)]),
    "blank captions": make_account([make_post(n, caption=" \n", likes=100 + n) for n in range(12)]),
    "likes of minus one": make_account([make_post(n, likes=-1, comments=5 + n) for n in range(12)]),
    "likes hidden by a setting": make_account(some(like_and_view_counts_disabled=True)),
    "half of the likes hidden": make_account([make_post(n, likes=-1 if n % 2 else 200 + n) for n in range(12)]),
    "all likes and comments hidden": make_account([make_post(n, likes=-1, comments=-1) for n in range(12)]),
    "all hidden, no comments": make_account(
        [make_post(n, likes=-1, comments=0, like_and_view_counts_disabled=True) for n in range(12)]
    ),
    "likes only as preview": make_account(some(edge_liked_by=ABSENT)),
    "likes only as liked by": make_account(some(edge_media_preview_like=ABSENT)),
    "likes as like_count": make_account(some(edge_liked_by=None, edge_media_preview_like=None, like_count=4_000)),
    "likes unknown": make_account(some(edge_liked_by=None, edge_media_preview_like={"count": None})),
    "comments unknown": make_account(some(edge_media_to_comment=ABSENT)),
    "comments as parent comments": make_account(
        some(edge_media_to_comment=ABSENT, edge_media_to_parent_comment={"count": 8})
    ),
    "zero of everything": make_account([make_post(n, likes=0, comments=0) for n in range(12)]),
    "zero followers": make_account(some(), edge_followed_by={"count": 0}),
    "followers unknown": make_account(some(), edge_followed_by=None),
    "huge": make_account(
        [make_post(n, likes=5_000_000_000 + n, comments=3_000_000_000) for n in range(12)],
        edge_followed_by={"count": 4_680_123_457},
        edge_follow={"count": 0},
    ),
    "counts as text": make_account(
        [make_post(n, likes="1234", comments="56") for n in range(12)], edge_followed_by={"count": "12345"}
    ),
    "videos": make_account(_videos()),
    "videos without views": make_account(
        [make_post(n, is_video=True, video_view_count=(1_000, 0, None)[n % 3]) for n in range(12)]
    ),
    "reels": make_account(_videos(video_play_count=5_000, product_type="clips")),
    "private API nodes": make_account([_v1_node(n) for n in range(12)]),
    "pinned posts": make_account(
        [make_post(n, likes=9_000, taken_at_timestamp=_LONG_AGO - n, pinned_for_users=[{}]) for n in (91, 92)] + some()
    ),
    "impossible times": make_account(
        [make_post(n, taken_at_timestamp=moment, likes=10 * n) for n, moment in enumerate(_IMPOSSIBLE)]
        + [make_post(n) for n in range(5, 16)]
    ),
    "without ids of posts": make_account(some(6, id=ABSENT)),
    "without shortcodes": make_account(some(6, shortcode=ABSENT)),
    "broken posts": make_account([*some(5), None, {}, []]),
    "wrong types": make_account(some(), full_name=["x"], biography={"a": 1}, is_verified="yes", category_name=5),
    "bare account": make_account(
        some(), full_name=ABSENT, biography=ABSENT, is_private=ABSENT, is_verified=ABSENT, profile_pic_url=ABSENT
    ),
}  # fmt: skip


def list_users(folder: Path) -> dict[str, dict[str, Any]]:
    """The user objects of the shared data, and its posts in accounts of twelve, by where they come from."""
    users = {}
    for path in sorted((folder / "decodo").glob("envelope_*.json")):
        users[path.stem] = json.loads(path.read_text())["results"][0]["content"]["data"]["user"]
    for path in sorted((folder / "instagram" / "profiles").glob("*.json")):
        payload = json.loads(path.read_text())
        inner = payload.get("data") or payload.get("graphql") or payload
        users[path.stem] = inner.get("user", inner)
    for name, posts in _list_timelines(folder / "instagram" / "posts"):
        users[name] = make_account(posts, edge_followed_by={"count": 46_000_000}, username="shown")
    return users


def _list_timelines(folder: Path) -> list[tuple[str, list[Any]]]:
    with (folder / "shortcode_media_raw.jsonl").open() as file:  # not splitlines: captions hold U+2028
        lines = [json.loads(line) for line in file]
    raw = [line.get("shortcode_media", line) for line in lines]
    found = [(f"raw posts {start}", raw[start : start + 12]) for start in range(0, len(raw), 12)]
    for path in sorted(folder.glob("*.json")):
        payload = json.loads(path.read_text())
        items = [item.get("media", item) for item in payload.get("items", [])]
        found.append((path.stem, items or _list_nodes(payload["data"])))
    return found


def _list_nodes(data: dict[str, Any]) -> list[Any]:
    if "xdt_shortcode_media" in data:
        return [data["xdt_shortcode_media"]]
    [timeline] = [value for value in data["user"].values() if isinstance(value, dict) and "edges" in value]
    return [edge["node"] for edge in timeline["edges"]]
