"""Words in captions that a brand may mind, as the page shows them: how many posts, and each place with its quote."""

from typing import Any
from urllib.parse import urlencode

from apps.profiles.metrics.safety import LABELS

SEVERITIES = {1: "Mild", 2: "Notable", 3: "Severe"}
SHOWN = 50


def describe_safety(part: dict[str, Any], *, flag: str) -> dict[str, Any]:
    """`{share, categories, choices, rows, found, query}`; a flag that is unknown asks nothing.

    `choices` narrow the rows to one code; `query` asks for the same rows as a file.
    """
    metrics, results = part["metrics"], part["results"]
    codes = [code for code in LABELS if any(row["code"] == code for row in results)]
    asked = flag if flag in codes else ""
    found = [row for row in results if asked in {"", row["code"]}]
    return {
        "share": {
            "key": "safety.flagged.share",
            "label": "posts with a flag",
            "metric": metrics["safety.flagged.share"],
        },
        "categories": [
            {"label": row["label"], "n": row["posts"], "share": row["share"]}
            for row in metrics["safety.categories"]["value"] or []
        ],
        "choices": [_choice(code, asked) for code in ["", *codes]] if len(codes) > 1 else [],
        "rows": [{**row, "label": LABELS[row["code"]], "level": SEVERITIES[row["severity"]]} for row in found[:SHOWN]],
        "found": len(found),
        "query": f"?{urlencode({'flag': asked})}" if asked else "",
    }


def _choice(code: str, asked: str) -> dict[str, Any]:
    query = f"?{urlencode({'flag': code})}" if code else "?"
    return {"label": LABELS.get(code, "All"), "query": query, "is_current": code == asked}
