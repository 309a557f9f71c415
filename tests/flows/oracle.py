"""What a report must say about an Instagram user object, worked out from the payload alone.

Nothing of the product is imported: the fields are read and the numbers computed a second time, by whoever checks.
"""

from datetime import UTC, datetime
from statistics import fmean, median
from typing import Any

WINDOW = 12
PROVENANCE = {"value", "unit", "as_of", "status", "method", "sample", "confidence"}
STATUSES = {"observed", "computed", "estimated", "unavailable"}
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_OPENED = datetime(2010, 10, 1, tzinfo=UTC).timestamp()
_LIKES = ("like_count", "edge_liked_by.count", "edge_media_preview_like.count")
_COMMENTS = (
    "edge_media_to_comment.count", "edge_media_to_parent_comment.count", "edge_media_preview_comment.count",
    "comment_count",
)  # fmt: skip


def numbers(data: Any, *paths: str) -> list[int]:
    """The whole numbers at these dotted paths, also those written as text."""
    found = []
    for path in paths:
        value = data
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str) and value.lstrip("-").isdecimal():
            value = int(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value):
            found.append(int(value))
    return found


def number(data: Any, *paths: str) -> int | None:
    return next((found for found in numbers(data, *paths) if found >= 0), None)


def expect_account(user: dict[str, Any]) -> dict[str, int | None]:
    return {
        "followers": number(user, "edge_followed_by.count", "follower_count"),
        "following": number(user, "edge_follow.count", "following_count"),
        "posts_count": number(user, "edge_owner_to_timeline_media.count", "media_count"),
    }


def expect_posts(user: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The posts of the timeline by shortcode, each once."""
    timeline = user.get("edge_owner_to_timeline_media") or {}
    edges = timeline.get("edges") if isinstance(timeline, dict) else None
    nodes = [edge.get("node") for edge in edges or [] if isinstance(edge, dict)]
    posts: dict[str, dict[str, Any]] = {}
    for node in nodes:
        if isinstance(node, dict) and node:
            post = expect_post(node)
            posts.setdefault(post["shortcode"], post)
    return posts


def expect_post(node: dict[str, Any]) -> dict[str, Any]:
    likes = numbers(node, *_LIKES)
    hidden = bool(node.get("like_and_view_counts_disabled")) or -1 in likes
    return {
        "shortcode": node.get("shortcode") or node.get("code") or to_shortcode(node["id"]),
        "caption": storable(_caption(node)),
        "likes": None if hidden or not likes else likes[0],
        "likes_hidden": hidden,
        "comments": number(node, *_COMMENTS),
        "views": number(node, "video_view_count", "view_count"),
        "plays": number(node, "video_play_count", "play_count"),
        "taken_at": number(node, "taken_at_timestamp", "taken_at"),
    }


def _caption(node: dict[str, Any]) -> str:
    edges = (node.get("edge_media_to_caption") or {}).get("edges") or []
    inner = edges[0].get("node") if edges and isinstance(edges[0], dict) else node.get("caption")
    return (inner.get("text") if isinstance(inner, dict) else inner) or ""


def storable(text: str) -> str:
    """PostgreSQL holds no NUL, UTF-8 no half of a pair; all else is kept to the letter."""
    return "".join("\ufffd" if 0xD800 <= ord(char) <= 0xDFFF else char for char in text if char != "\0")


def to_shortcode(external_id: Any) -> str:
    rest, code = int(str(external_id).split("_")[0]), ""
    while rest:
        rest, digit = divmod(rest, 64)
        code = _ALPHABET[digit] + code
    return code


def expect_metrics(user: dict[str, Any]) -> dict[str, float | None]:
    """The numbers over the 12 latest posts, and the counts; None where nothing can be said."""
    account = expect_account(user)
    latest = sorted(expect_posts(user).values(), key=_time, reverse=True)[:WINDOW]
    followers = account["followers"]
    seen = [post for post in latest if post["likes"] is not None and post["comments"] is not None]
    rates = [100 * (post["likes"] + post["comments"]) / followers for post in seen] if followers else []
    expected: dict[str, float | None] = {
        **account,
        "engagement_rate.followers.median": median(rates) if rates else None,
        "engagement_rate.followers.mean": fmean(rates) if rates else None,
        "hidden_likes_share": 100 * sum(post["likes_hidden"] for post in latest) / len(latest) if latest else None,
    }
    for name in ("likes", "comments", "views", "plays"):
        counted = name in {"likes", "comments"}
        values = [post[name] for post in latest if post[name] is not None and (post[name] or counted)]
        expected[f"{name}.median"] = median(values) if values else None
        expected[f"{name}.mean"] = fmean(values) if values else None
    return expected


def _time(post: dict[str, Any]) -> int:
    moment = post["taken_at"]
    return moment if moment is not None and _OPENED <= moment < 10**11 else 0


def is_worth_its_price(user: dict[str, Any]) -> bool:
    """Identity, counts, and three posts with a visible like or comment."""
    reacted = [post for post in expect_posts(user).values() if post["likes"] or post["comments"]]
    has_id = bool(user.get("id") or user.get("pk"))
    return has_id and None not in expect_account(user).values() and len(reacted) >= 3


def find_faults(user: dict[str, Any], report: dict[str, Any]) -> list[str]:
    """Everything in which the report differs from the payload; empty when it is right."""
    faults = [f"{path}: {fault}" for path, metric in list_metrics(report) if (fault := find_fault(metric))]
    for name, count in expect_account(user).items():
        if report[name] != count:
            faults.append(f"{name}: {report[name]}, not {count}")
    faults += _compare_posts(expect_posts(user), {post["shortcode"]: post for post in report["posts"]})
    for key, value in expect_metrics(user).items():
        shown = report["metrics"][key]["value"]
        if not _equal(shown, value):
            faults.append(f"{key}: {shown}, not {value}")
    if report["engagement_rate"]["value"] != report["metrics"]["engagement_rate.followers.median"]["value"]:
        faults.append("the preview shows another engagement rate")
    return faults


def _compare_posts(expected: dict[str, Any], shown: dict[str, Any]) -> list[str]:
    faults = [f"{code}: not shown" for code in expected.keys() - shown.keys()]
    faults += [f"{code}: invented" for code in shown.keys() - expected.keys()]
    for code in expected.keys() & shown.keys():
        for name in ("caption", "likes", "likes_hidden", "comments", "views", "plays"):
            if shown[code][name] != expected[code][name]:
                faults.append(f"{code}.{name}: {shown[code][name]!r}, not {expected[code][name]!r}")
    return faults


def _equal(shown: float | None, value: float | None) -> bool:
    """Metrics are rounded: rates to four decimals, averages to two."""
    if shown is None or value is None:
        return shown is value
    return abs(shown - value) <= max(0.006, 1e-9 * abs(value))


def list_metrics(data: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Every metric anywhere in an answer, with where it stands."""
    if isinstance(data, list):
        return [found for place, item in enumerate(data) for found in list_metrics(item, f"{path}[{place}]")]
    if not isinstance(data, dict):
        return []
    own = [(path, data)] if "method" in data and "value" in data else []
    return own + [found for key, item in data.items() for found in list_metrics(item, f"{path}.{key}")]


def find_fault(metric: dict[str, Any]) -> str:
    """What a metric lacks of its provenance, or ""."""
    if missing := PROVENANCE - metric.keys():
        return f"lacks {sorted(missing)}"
    empty = [name for name in ("unit", "as_of", "method", "sample", "confidence") if not metric[name]]
    if empty or metric["status"] not in STATUSES:
        return f"{empty} are empty, status {metric['status']}"
    if (metric["value"] is None) != (metric["status"] == "unavailable"):
        return f"value {metric['value']} with status {metric['status']}"
    return "no reason" if metric["value"] is None and not metric.get("reason") else ""
