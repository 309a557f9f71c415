"""Where every number comes from: each metric with value, status, sample, confidence and method, and how it is made."""

from typing import Any

from apps.core.templatetags.figures import metric_text
from apps.profiles.metrics import find_definition

from .sheet import GREY, Sheet

SHOWN = (
    "followers", "following", "posts_count", "engagement_rate.followers.median", "engagement_rate.followers.mean",
    "engagement_rate.views.median", "likes.median", "comments.median", "views.median", "followers_growth.30d",
    "posts_per_week", "sponsored.share", "hidden_likes_share", "content.quality", "formats", "hashtags", "mentions",
    "content.categories", "content.sentiment.shares", "audience.countries", "audience.languages",
    "comments.sentiment.shares", "authenticity.score", "price.post", "price.reel", "price.story",
    "safety.flagged.share",
)  # fmt: skip


def list_metrics(parts: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every metric of a report and its parts, by key."""
    found = {**parts["report"]["metrics"], **parts["report"]["content"]["metrics"]}
    for name in ("audience", "talk", "authenticity", "pricing", "safety"):
        found |= parts[name]["metrics"]
    return found


def draw(sheet: Sheet, parts: dict[str, Any]) -> None:
    sheet.add_page()
    sheet.heading(
        "Where the numbers come from",
        "Observed: as the public profile shows it. Computed: by the formula. Estimated: said by a model or a table.",
    )
    metrics = list_metrics(parts)
    rows = [_row(metric) for metric in metrics.values()]
    head = ["Metric", "Value", "Status", "Sample", "Confidence", "Method"]
    sheet.grid(head, rows, [0.29, 0.12, 0.11, 0.13, 0.09, 0.26])
    sheet.heading("How they are made", "The formulas in full, with sources and caveats, stand on the methodology page.")
    for key in SHOWN:
        definition = find_definition(metrics[key]["method"]) if key in metrics else None
        if definition is None:
            continue
        sheet.need(13)
        sheet.pen(8.5, bold=True)
        sheet.say(definition.label)
        sheet.pen(8, GREY)
        sheet.say(f"{definition.formula} ({definition.method})")
        sheet.ln(1.2)


def _row(metric: dict[str, Any]) -> list[str]:
    definition, sample = find_definition(metric["method"]), metric["sample"]
    value = metric_text(metric) or ("unavailable" if metric["value"] is None else "see the pages")
    return [
        definition.label if definition else metric["method"],
        value,
        metric["status"],
        f"{sample['size']:,} {sample['kind']}",
        metric["confidence"],
        metric["method"],
    ]
