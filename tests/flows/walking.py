"""Walks a report and its parts: every metric must be one that its inputs can support.

The payload is read by the oracle alone. Of the product only the published definitions are used: what a metric says it
rests on, and the fewest items it says it needs.
"""

from collections.abc import Iterator
from typing import Any

from . import oracle

Metric = dict[str, Any]
Known = dict[str, int]
# Sums over parts that drop out one by one; each row says by itself what it lacks (`_find_row_fault`).
_OF_PARTS = ("authenticity.", "content.quality", "formats", "hashtags", "mentions", "sponsored.")
_ONE_OF = (
    "formats", "content.categories", "content.languages", "comments.kinds", "comments.languages", "audience.languages",
    "audience.countries", "audience.gender",
)  # fmt: skip
_RANGES = {"score": (-2.0, 2.0), "points": (0.0, 100.0)}
_AT_MOST_100 = (
    "hidden_likes_share", "sponsored.share", "mentions.saturation", "safety.flagged.share", "comments.relevance",
    "comments.duplicates", "comments.concentration", "engagement_rate.peers.percentile", "post.against.rank",
)  # fmt: skip
_CHECK_NEEDS = {
    "engagement_low": ("profile.followers", "posts.likes", "posts.comments", "peers"),
    "engagement_high": ("profile.followers", "posts.likes", "posts.comments", "peers"),
    "likes_even": ("posts.likes",),
    "comments_few": ("posts.likes", "posts.comments"),
    "comments_many": ("posts.likes", "posts.comments"),
    "follows_many": ("profile.followers", "profile.following"),
    "comments_duplicate": ("comments.text",),
    "comments_empty": ("comments.text",),
    "comments_same_few": ("comments.author",),
    "growth_spike": ("history",),
    "growth_drop": ("history",),
    "reception": ("posts.likes", "posts.comments"),
    "originality": ("posts.caption",),
}


def count_inputs(user: dict[str, Any]) -> Known:
    """How many usable values the payload has for each input that a metric may declare. A first look: no history."""
    account, posts = oracle.expect_account(user), list(oracle.expect_posts(user).values())
    known = {f"profile.{name}": int(count is not None) for name, count in account.items()}
    known |= {f"posts.{name}": sum(post[name] is not None for post in posts) for name in ("likes", "comments")}
    # A view count of 0 says nothing: Instagram sends it for what has none.
    known |= {f"posts.{name}": sum(bool(post[name]) for post in posts) for name in ("views", "plays")}
    known |= {f"posts.{name}": len(posts) for name in ("hashtags", "mentions", "type", "is_sponsored")}
    known["posts.caption"] = sum(bool(post["caption"].strip()) for post in posts)
    known["posts.taken_at"] = sum(post["taken_at"] is not None for post in posts)
    comments = count_comments(user)
    known |= {"comments.text": comments, "comments.author": comments, "peers": 0, "history": 0, "posts": len(posts)}
    return known


def count_comments(data: Any) -> int:
    """Every object of a payload that is a comment: somebody's words, under a post."""
    if isinstance(data, list):
        return sum(count_comments(item) for item in data)
    if not isinstance(data, dict):
        return 0
    return sum(_count_words(key, value) + count_comments(value) for key, value in data.items())


def _count_words(key: str, value: Any) -> int:
    if "comment" not in key:
        return 0
    found = [edge.get("node") for edge in value.get("edges") or []] if isinstance(value, dict) else value
    found = found if isinstance(found, list) else []
    return sum(1 for item in found if isinstance(item, dict) and item.get("text") is not None)


def find_faults(named: Iterator[tuple[str, Metric]], definitions: dict[str, Any], known: Known) -> list[str]:
    """What is wrong with these metrics, each with where it stands; empty when all can be supported."""
    faults = []
    for path, metric in named:
        definition = definitions.get(metric["method"])
        found = find_fault(metric, definition, known) if definition else f"{metric['method']} is not published"
        faults += [f"{path}: {found}"] if found else []
    return faults


def find_fault(metric: Metric, definition: dict[str, Any], known: Known) -> str:
    """The first thing wrong with one metric, or ""."""
    if fault := oracle.find_fault(metric) or _find_oversized(metric["sample"], definition, known):
        return fault
    if metric["value"] is None:
        return ""
    return (
        _find_unfounded(metric["sample"], definition, known)
        or _find_out_of_bounds(metric["value"], definition)
        or _find_table_fault(metric, definition["key"], known)
    )


def _find_oversized(sample: dict[str, Any], definition: dict[str, Any], known: Known) -> str:
    size, kind = sample["size"], sample["kind"]
    if not 0 <= size <= sample["of"]:
        return f"uses {size} of {sample['of']}"
    if size + sum(sample["excluded"].values()) > sample["of"]:
        return f"uses {size} and leaves out {sample['excluded']} of {sample['of']}"
    if kind == "posts" and sample["of"] > known["posts"]:
        return f"{sample['of']} posts where the payload has {known['posts']}"
    if kind in {"comments", "people"} and size > known["comments.text"]:
        return f"{size} {kind} where the payload has {known['comments.text']}"
    return _find_more_than_inputs(size, definition, known) if kind == "posts" else ""


def _find_more_than_inputs(size: int, definition: dict[str, Any], known: Known) -> str:
    if definition["key"].startswith((*_OF_PARTS, "post.")):
        return ""
    for name in definition["inputs"]:
        # Posts of unknown time stand last in a window, and are of it.
        if name.startswith("posts.") and name != "posts.taken_at" and size > known.get(name, size):
            return f"uses {size} posts where {known[name]} have {name}"
    return ""


def _find_unfounded(sample: dict[str, Any], definition: dict[str, Any], known: Known) -> str:
    least = max(1, definition["minimum_sample"])
    if sample["size"] < least:
        return f"rests on {sample['size']}, at least {least} are needed"
    if definition["key"].startswith(_OF_PARTS):
        return ""
    lacking = [name for name in definition["inputs"] if known.get(name, 1) == 0]
    return f"has a value without {', '.join(lacking)}" if lacking else ""


def _find_out_of_bounds(value: Any, definition: dict[str, Any]) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    low, high = _RANGES.get(definition["unit"], (0.0, float("inf")))
    if definition["key"].startswith(("followers_growth.", "followers_change.")):
        low = float("-inf")
    if definition["key"] in _AT_MOST_100:
        high = 100.0
    return "" if low <= value <= high else f"{value} is no {definition['unit']}"


def _find_table_fault(metric: Metric, key: str, known: Known) -> str:
    value = metric["value"]
    if key.endswith("sentiment.shares"):
        return _find_uneven(list(value.values()))
    if not isinstance(value, list):
        return ""
    rows = [row for row in value if isinstance(row, dict)]
    if key in _ONE_OF and (fault := _find_uneven([row["share"] for row in rows])):
        return fault
    return next((fault for row in rows if (fault := _find_row_fault(row, metric["sample"], known))), "")


def _find_uneven(shares: list[float]) -> str:
    """Parts of a whole add up to it, but for the rounding of each to four decimals."""
    if abs(sum(shares) - 100) > 0.0001 * max(1, len(shares)):
        return f"the shares add up to {sum(shares)}"
    return ""


def _find_row_fault(row: dict[str, Any], sample: dict[str, Any], known: Known) -> str:
    share, name = row.get("share"), next(iter(row.values()))
    if share is not None and not 0 < share <= 100 and row.get("comments") != 0:
        return f"{name}: {share} is no share"
    if sample["kind"] in {"posts", "comments"}:
        most = max(
            (row.get(count) or 0 for count in ("n", "posts", "comments") if _is_count(row.get(count))), default=0
        )
        if most > sample["size"]:
            return f"{name}: rests on {most} of {sample['size']}"
    return _find_rate_fault(row, name, known) or _find_part_fault(row, known) or _find_cell_fault(row, name, known)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _find_rate_fault(row: dict[str, Any], name: str, known: Known) -> str:
    if "engagement_rate" not in row:
        return ""
    if (row["engagement_rate"] is None) != (row["n"] == 0):
        return f"{name}: a rate of {row['engagement_rate']} from {row['n']} posts"
    needs = ("profile.followers", "posts.likes", "posts.comments")
    lacking = [need for need in needs if not known[need]]
    return f"{name}: a rate without {', '.join(lacking)}" if lacking and row["n"] else ""


def _find_part_fault(row: dict[str, Any], known: Known) -> str:
    """A check of authenticity, or a part of the content quality."""
    if "code" not in row or "value" not in row:
        return ""
    if (row["value"] is None) != bool(row["reason"]):
        return f"{row['code']}: {row['value']} with the reason {row['reason']!r}"
    lacking = [need for need in _CHECK_NEEDS.get(row["code"], ()) if not known[need]]
    if lacking and row["value"] is not None:
        return f"{row['code']}: has a value without {', '.join(lacking)}"
    return f"{row['code']}: points of nothing" if row["value"] is None and row.get("points") is not None else ""


def _find_cell_fault(row: dict[str, Any], name: str, known: Known) -> str:
    """The averages of one format."""
    for count in ("likes", "comments", "views", "plays"):
        cell = row.get(count)
        if not isinstance(cell, dict):
            continue
        if {cell["mean"] is None, cell["median"] is None, cell["n"] == 0} not in ({True}, {False}):
            return f"{name}: {count} {cell}"
        if cell["n"] > min(row["posts"], known[f"posts.{count}"]):
            return f"{name}: {count} of {cell['n']} posts"
    return ""
