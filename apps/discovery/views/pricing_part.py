"""What a creator may cost, as the page shows it: a range for each format, what it buys, and what it rests on."""

from typing import Any

from apps.core.templatetags.figures import dollars
from apps.discovery.selectors.wording import PRICED, write_prices
from apps.profiles.metrics import SIZE_TIERS

ICONS = {"post": "image", "reel": "clapperboard", "story": "circle"}
INPUTS = {
    "followers": "Followers",
    "likes.median": "Median likes",
    "comments.median": "Median comments",
    "views.median": "Median views",
    "engagement_rate.followers.median": "Engagement rate",
}


def describe_pricing(part: dict[str, Any]) -> dict[str, Any]:
    """`{known, formats, inputs, table}` of a pricing part."""
    formats = [_format(part, kind) for kind in PRICED]
    return {
        "known": any(one["low"] for one in formats),
        "formats": formats,
        "inputs": [_card(key, label, part["inputs"][key]) for key, label in INPUTS.items()],
        "table": part["rate_table"] | {"rows": _rates(part["rate_table"]["rates"])},
    }


def _format(part: dict[str, Any], kind: str) -> dict[str, Any]:
    metrics, label = part["metrics"], PRICED[kind]
    price = metrics[f"price.{kind}"]
    names = {"price.cpe": "Per engagement", "price.cpm": "Per 1,000 impressions", "emv": "Media value"}
    return {
        "kind": kind,
        "label": label,
        "icon": ICONS[kind],
        "card": _card(f"price.{kind}", f"the price of {label.lower()}", price),
        **write_prices(price["value"]),
        "impressions": (price["value"] or {}).get("impressions"),
        "rows": [
            _card(f"{name}.{kind}", text, metrics[f"{name}.{kind}"])
            for name, text in names.items()
            if f"{name}.{kind}" in metrics
        ],
    }


def _card(key: str, label: str, metric: dict[str, Any]) -> dict[str, Any]:
    return {"key": key, "label": label, "metric": metric}


def _rates(rates: dict[str, Any]) -> list[dict[str, str]]:
    """The table's numbers in words, in the order in which the formulas use them."""
    rows = [
        (f"CPM of {PRICED[kind].lower()}", f"{dollars(low)} to {dollars(high)}")
        for kind, (low, high) in rates["cpm"].items()
    ]
    rows += [
        ("Impressions per engagement", f"{rates['impressions_per_engagement']:g}"),
        ("Followers who see a story", f"{rates['story_reach_percent']:g}%"),
        ("CPM of paid media", dollars(rates["emv_cpm"])),
    ]
    rows += [(f"Factor, {_tier(code)}", f"× {rates['size_factor'][code]:g}") for code, _low, _high in SIZE_TIERS]
    return [{"label": label, "text": text} for label, text in rows]


def _tier(code: str) -> str:
    low, high = next((low, high) for name, low, high in SIZE_TIERS if name == code)
    return f"{low:,} followers and more" if high is None else f"{low:,} to {high:,} followers"
