"""A report (`get_report`) as the parts of its page. Nothing is computed here but places on a chart."""

from typing import Any

from apps.discovery.selectors.wording import CARDS, DRAWN_POSTS, FORMATS, NO_COUNTS, NO_TREND
from apps.profiles.metrics import list_definitions
from apps.profiles.metrics.methodology import CATEGORIES

from .quality_part import describe_quality
from .tables_part import describe_formats, describe_hours, describe_mentions, describe_sponsored, describe_tags

BRAND_CARDS: tuple[dict[str, Any], ...] = (
    {"key": "sponsored.share", "label": "Paid posts"},
    {"key": "sponsored.performance", "label": "Paid against unpaid", "suffix": "of the usual engagement"},
    {"key": "sponsored.brands", "label": "Paying accounts", "suffix": "per ten posts"},
    {"key": "mentions.saturation", "label": "Posts that name an account"},
)
GROWTH_DAYS = (7, 30, 90, 365)


def describe_report(report: dict[str, Any]) -> dict[str, Any]:
    """All parts at once, for a page that shows a report as a whole."""
    return describe_overview(report) | describe_content(report) | describe_brands(report)


def describe_overview(report: dict[str, Any]) -> dict[str, Any]:
    """The key figures, growth and engagement, and the table of all metrics."""
    metrics = report["metrics"]
    return {
        "cards": describe_cards(report),
        "growth": describe_growth(report),
        "growth_rates": [_growth_rate(metrics, days) for days in GROWTH_DAYS],
        "engagement": describe_engagement(report),
        "every_metric": describe_every_metric(metrics),
    }


def describe_content(report: dict[str, Any]) -> dict[str, Any]:
    """What is posted, in which form, when, and how well it does."""
    metrics = report["metrics"]
    return {
        "quality": describe_quality(metrics),
        "formats": describe_formats(metrics),
        "hours": describe_hours(metrics["best_hours"]),
        "hashtags": describe_tags(metrics["hashtags"]),
    }


def describe_brands(report: dict[str, Any]) -> dict[str, Any]:
    """Whom the posts name and who paid for them."""
    metrics = report["metrics"]
    return {
        "brand_cards": describe_cards(report, BRAND_CARDS),
        "sponsored": describe_sponsored(metrics),
        "mentions": describe_mentions(metrics["mentions"]),
    }


def describe_cards(report: dict[str, Any], cards: tuple[dict[str, Any], ...] = CARDS) -> list[dict[str, Any]]:
    """Key metrics as `c-metric` takes them; a trend only where it was seen on at least two days."""
    shown = [{**card, "metric": report["metrics"][card["key"]]} for card in cards if card["key"] in report["metrics"]]
    series = report["growth"]["series"]
    for card in shown:
        if card["key"] == "followers":
            card["spark"] = _counted(series, "followers")
        elif card["key"] in {"likes.median", "comments.median", "views.median"}:
            card["spark"] = _counted(series, f"median_{card['key'].split('.')[0]}")
    return shown


def _counted(series: list[dict[str, Any]], name: str) -> list[float]:
    return [point[name] for point in series if point.get(name) is not None]


def describe_growth(report: dict[str, Any]) -> dict[str, Any]:
    """The followers over time; a chart from two dated counts on, never a line between guesses."""
    points = [
        {"at": point["at"], "value": point["followers"]}
        for point in report["growth"]["series"]
        if point["followers"] is not None
    ]
    if len(points) < 2:
        return {
            "sub": "From dated snapshots",
            "title": "Growth starts today" if points else "No counts yet",
            "reason": NO_TREND,
        }
    change = points[-1]["value"] - points[0]["value"]
    return {
        "sub": f"{len(points)} dated counts",
        "chart": {"name": "Followers", "points": points},
        "change": change,
        "label": f"Line chart. Followers went from {points[0]['value']:,} to {points[-1]['value']:,}.",
    }


def _growth_rate(metrics: dict[str, Any], days: int) -> dict[str, Any]:
    label = "1 year" if days == 365 else f"{days} days"
    key = f"followers_growth.{days}d"
    return {
        "label": label,
        "metric": metrics[key],
        "card": {"key": key, "label": f"growth over {label}", "metric": metrics[key]},
        "change": metrics[f"followers_change.{days}d"],
    }


def describe_engagement(report: dict[str, Any]) -> dict[str, Any]:
    """The latest posts' own rates, oldest first. A post with hidden likes is a gap, not a zero."""
    posts = [post for post in report["posts"] if post["taken_at"]][:DRAWN_POSTS][::-1]
    points = [
        {"at": post["taken_at"], "kind": post["type"], "value": post["engagement_rate"]["value"]} for post in posts
    ]
    rated = [point for point in points if point["value"] is not None]
    if not rated:
        reason = report["metrics"]["engagement_rate.followers.median"].get("reason", NO_COUNTS)
        return {"sub": "By followers", "reason": reason}
    median = report["metrics"]["engagement_rate.followers.median"]["value"]
    kinds = [kind for kind in FORMATS if any(point["kind"] == kind for point in points)]
    hidden = len(points) - len(rated)
    return {
        "card": {
            "key": "engagement_rate.followers.median",
            "label": "the median engagement rate",
            "metric": report["metrics"]["engagement_rate.followers.median"],
        },
        "sub": f"Latest {len(points)} posts, oldest first" + (f"; {hidden} with hidden counts" if hidden else ""),
        "chart": {"points": points, "median": median},
        "legend": [{"label": FORMATS[kind][0], "tone": FORMATS[kind][1]} for kind in kinds],
        "label": f"Bar chart. Engagement rate of {len(rated)} posts"
        + (f" around a median of {median:.2f} percent." if median is not None else "."),
    }


def describe_every_metric(metrics: dict[str, Any]) -> list[dict[str, Any]]:
    """All single-valued metrics of the report by category, in the order of the methodology."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for known in list_definitions():
        metric = metrics.get(known.key)
        if metric is None or metric["unit"] == "table":
            continue
        groups.setdefault(known.category, []).append({"label": known.label, "metric": metric})
    return [{"name": CATEGORIES.get(code, code.capitalize()), "rows": rows} for code, rows in groups.items()]
