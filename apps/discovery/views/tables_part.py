"""The tables among a report's metrics: formats, hours, hashtags, mentions, paid posts."""

from typing import Any

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FULL_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHOWN_ROWS = 8
SHADES = 5


def describe_formats(metrics: dict[str, Any]) -> dict[str, Any]:
    metric = metrics["formats"]
    rows = [
        {
            "label": row["format"].capitalize(),
            "n": row["posts"],
            "share": row["share"],
            **{name: row[name]["median"] for name in ("likes", "comments", "views")},
        }
        for row in metric["value"] or []
    ]
    return {"metric": metric, "card": _card("formats", "formats", metric), "rows": rows, "sub": _of_posts(metric)}


def describe_hours(metric: dict[str, Any]) -> dict[str, Any]:
    """A week of hours shaded by how many posts fell there, and the hours whose posts do best."""
    card = _card("best_hours", "posting hours", metric)
    if not metric["value"]:
        return {"metric": metric, "card": card, "sub": "Times in UTC", "rows": [], "best": []}
    cells = {(cell["weekday"], cell["hour"]): cell for cell in metric["value"]["cells"]}
    most = max((cell["posts"] for cell in cells.values()), default=1)
    rows = [
        {"day": day, "cells": [_cell(cells.get((at, hour)), at, hour, most=most) for hour in range(24)]}
        for at, day in enumerate(DAYS)
    ]
    by_hour = {row["hour"]: row for row in metric["value"]["by_hour"]}
    return {
        "metric": metric,
        "card": card,
        "sub": f"{metric['sample']['size']} posts, times in UTC",
        "rows": rows,
        "hours": range(24),
        "best": [_best_hour(by_hour[hour]) for hour in metric["value"]["best"]],
    }


def _cell(slot: dict[str, Any] | None, weekday: int, hour: int, *, most: int) -> dict[str, Any]:
    posts = slot["posts"] if slot else 0
    level = -(-SHADES * posts // most)
    words = f"{posts} post{'' if posts == 1 else 's'}"
    if slot and slot["score"] is not None:
        words += f", {slot['score']:+.2f} standard deviations from the usual"
    return {"n": posts, "lv": level, "title": f"{FULL_DAYS[weekday]} {hour:02d}:00: {words}"}


def _best_hour(row: dict[str, Any]) -> dict[str, str]:
    return {
        "label": f"{row['hour']:02d}:00",
        "score": f"{row['score']:+.2f}σ",
        "title": f"{row['posts']} posts, {row['score']:+.2f} standard deviations above the creator's usual engagement",
    }


def describe_tags(metric: dict[str, Any]) -> dict[str, Any]:
    rows = (metric["value"] or [])[:SHOWN_ROWS]
    return {
        "metric": metric,
        "card": _card("hashtags", "hashtags", metric),
        "rows": rows,
        "sub": _of_posts(metric),
        "reason": _why_empty(metric, "hashtag"),
    }


def describe_mentions(metric: dict[str, Any]) -> dict[str, Any]:
    rows = (metric["value"] or [])[:SHOWN_ROWS]
    return {
        "metric": metric,
        "card": _card("mentions", "mentions", metric),
        "rows": rows,
        "sub": _of_posts(metric),
        "reason": _why_empty(metric, "account"),
    }


def describe_sponsored(metrics: dict[str, Any]) -> dict[str, Any]:
    terms = metrics["sponsored.terms"]["value"] or []
    return {
        "share": metrics["sponsored.share"],
        "card": _card("sponsored.share", "the share of paid posts", metrics["sponsored.share"]),
        "performance": [
            {"label": label, "metric": metrics[key], "card": _card(key, label.lower(), metrics[key])}
            for label, key in (
                ("Their engagement", "sponsored.performance"),
                ("Their views", "sponsored.performance.views"),
            )
        ],
        "terms": [
            {"label": "Instagram's label" if row["term"] == "platform_flag" else row["term"], "posts": row["posts"]}
            for row in terms
        ],
    }


def _card(key: str, label: str, metric: dict[str, Any]) -> dict[str, Any]:
    return {"key": key, "label": label, "metric": metric}


def _of_posts(metric: dict[str, Any]) -> str:
    size = metric["sample"]["size"]
    return f"Latest {size} post{'' if size == 1 else 's'}" if size else "Posts"


def _why_empty(metric: dict[str, Any], what: str) -> str:
    return metric.get("reason") or f"No {what} is named in the posts that were read."
