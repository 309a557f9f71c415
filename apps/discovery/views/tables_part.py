"""The tables among a report's metrics: formats, hours, hashtags, mentions, paid posts."""

from typing import Any

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FULL_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHOWN_ROWS = 8
# Standard deviations above the creator's mean at which a cell takes the next shade.
SHADES = (0.1, 0.4, 0.7, 1.1, 1.6)


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
    return {"metric": metric, "rows": rows, "sub": _of_posts(metric)}


def describe_hours(metric: dict[str, Any]) -> dict[str, Any]:
    """A week of hours: shaded by how far a slot's posts do above the usual; unshaded where too few were posted."""
    sub = "Engagement above the usual, times in UTC"
    if not metric["value"]:
        return {"metric": metric, "sub": sub, "rows": []}
    cells = {(cell["weekday"], cell["hour"]): cell for cell in metric["value"]["cells"]}
    by_hour = {row["hour"]: row for row in metric["value"]["by_hour"]}
    rows = [{"day": day, "cells": [_cell(cells, at, hour) for hour in range(24)]} for at, day in enumerate(DAYS)]
    overall = [_hour_cell(by_hour.get(hour), hour) for hour in range(24)]
    return {
        "metric": metric,
        "sub": f"{sub}; {metric['sample']['size']} posts",
        "rows": [{"day": "All", "cells": overall}, *rows],
        "hours": range(24),
        "best": ", ".join(f"{hour:02d}:00" for hour in metric["value"]["best"]),
    }


def _cell(cells: dict[tuple[int, int], dict[str, Any]], weekday: int, hour: int) -> dict[str, Any]:
    return _shade(cells.get((weekday, hour)), f"{FULL_DAYS[weekday]} {hour:02d}:00", hour)


def _hour_cell(row: dict[str, Any] | None, hour: int) -> dict[str, Any]:
    return _shade(row, f"All days {hour:02d}:00", hour)


def _shade(slot: dict[str, Any] | None, name: str, hour: int) -> dict[str, Any]:
    posts = slot["posts"] if slot else 0
    score = slot["score"] if slot else None
    level = 0 if score is None else sum(score >= step for step in SHADES)
    words = f"{posts} post{'' if posts == 1 else 's'}" + ("" if score is None else f", {score:+.2f} σ")
    return {"h": hour, "n": posts, "lv": level, "title": f"{name}: {words}"}


def describe_tags(metric: dict[str, Any]) -> dict[str, Any]:
    rows = (metric["value"] or [])[:SHOWN_ROWS]
    return {"metric": metric, "rows": rows, "sub": _of_posts(metric), "reason": _why_empty(metric, "hashtag")}


def describe_mentions(metric: dict[str, Any]) -> dict[str, Any]:
    rows = (metric["value"] or [])[:SHOWN_ROWS]
    return {"metric": metric, "rows": rows, "sub": _of_posts(metric), "reason": _why_empty(metric, "account")}


def describe_sponsored(metrics: dict[str, Any]) -> dict[str, Any]:
    terms = metrics["sponsored.terms"]["value"] or []
    return {
        "share": metrics["sponsored.share"],
        "performance": [
            {"label": "Their engagement", "metric": metrics["sponsored.performance"]},
            {"label": "Their views", "metric": metrics["sponsored.performance.views"]},
        ],
        "terms": [
            {"label": "Instagram's label" if row["term"] == "platform_flag" else row["term"], "posts": row["posts"]}
            for row in terms
        ],
    }


def _of_posts(metric: dict[str, Any]) -> str:
    size = metric["sample"]["size"]
    return f"Latest {size} post{'' if size == 1 else 's'}" if size else "Posts"


def _why_empty(metric: dict[str, Any], what: str) -> str:
    return metric.get("reason") or f"No {what} is named in the posts that were read."
