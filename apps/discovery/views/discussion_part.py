"""What is said under posts, as the page shows it."""

from typing import Any

from .insights_part import SHOWN, name_language, show_moods

KINDS = {
    "substantive": "Says something",
    "short": "One or two words",
    "generic": "Stock praise",
    "emoji": "Without words",
    "mention": "Only names people",
}
CARDS = (
    ("comments.relevance", "Relevant"),
    ("comments.duplicates", "Repeated"),
    ("comments.commenters", "Different people"),
    ("comments.concentration", "By the five busiest"),
)

PANELS = {
    "mood": ("comments.sentiment.mean", "the mood of comments"),
    "kinds": ("comments.kinds", "kinds of comments"),
    "languages": ("comments.languages", "languages of comments"),
}


def describe_discussion(part: dict[str, Any]) -> dict[str, Any]:
    """`{sub, reason, cards, moods, mean, kinds, languages, repeated}` of `coverage` and `metrics`."""
    metrics, coverage = part["metrics"], part["coverage"]
    return {
        "username": part.get("username", ""),
        "sub": _sub(coverage),
        "known": bool(coverage["comments"]),
        "reason": metrics["comments.kinds"].get("reason", ""),
        "cards": [{"key": key, "label": label, "metric": metrics[key]} for key, label in CARDS],
        "panels": {name: {"key": key, "label": label, "metric": metrics[key]} for name, (key, label) in PANELS.items()},
        "mean": metrics["comments.sentiment.mean"],
        "moods": show_moods(metrics["comments.sentiment.shares"]["value"]),
        "kinds": [
            {"label": KINDS[row["kind"]], "n": row["comments"], "share": row["share"]}
            for row in metrics["comments.kinds"]["value"] or []
        ],
        "languages": {
            "metric": metrics["comments.languages"],
            "rows": [
                {"label": name_language(row["label"]), "n": row["n"], "share": row["share"]}
                for row in (metrics["comments.languages"]["value"] or [])[:SHOWN]
            ],
        },
        "repeated": (metrics["comments.repeated"]["value"] or [])[:3],
    }


def _sub(coverage: dict[str, Any]) -> str:
    if not coverage["comments"]:
        return "No comment was read"
    posts = f"under {coverage['posts']} post{'' if coverage['posts'] == 1 else 's'}"
    of = f" of {coverage['of']:,}" if coverage["of"] and coverage["of"] > coverage["comments"] else ""
    return f"{coverage['comments']:,}{of} comments {posts} were read"
