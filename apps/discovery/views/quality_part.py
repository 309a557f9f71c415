"""The score of a creator's content with the parts it is made of, as the page shows it."""

from typing import Any

from apps.profiles.metrics.definitions.quality import PARTS

_MEASURES = {part.code: part.measures for part in PARTS}


def describe_quality(metrics: dict[str, Any]) -> dict[str, Any]:
    """`{card, sub, parts}`: each part with what it measures, its weight, and its value or why there is none."""
    score = metrics["content.quality"]
    sample = score["sample"]
    return {
        "card": {"key": "content.quality", "label": "Content quality", "metric": score},
        "sub": f"Craft that can be counted, over {sample['size']:,} post{'' if sample['size'] == 1 else 's'}",
        "parts": [
            {**row, "measures": _MEASURES[row["code"]]} for row in metrics["content.quality.parts"]["value"] or []
        ],
    }
