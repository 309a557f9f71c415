"""Who takes part under a creator's posts, as the page shows it."""

from collections.abc import Callable
from typing import Any

from apps.core.countries import name_country

from .insights_part import SHOWN, name_language, name_topic

_GENDERS = {"female": "Women", "male": "Men"}
Words = tuple[str, str, Callable[[str], str]]
_PANELS: tuple[tuple[str, Words], ...] = (
    ("audience.languages", ("Languages", "languages", name_language)),
    ("audience.countries", ("Countries", "map-pin", name_country)),
    ("audience.interests", ("Interests", "heart", name_topic)),
)
_GENDER: tuple[str, Words] = ("audience.gender", ("Women and men", "users", lambda code: _GENDERS.get(code, code)))


def describe_audience(part: dict[str, Any], *, gender: bool) -> dict[str, Any]:
    """`{known, reason, people, panels}`; a panel has bars, or the reason why there are none.

    Gender is shown only where the operator lets it be inferred.
    """
    metrics = part["metrics"]
    people = metrics["audience.people"]
    panels = [_panel(metrics[key], key, words) for key, words in (*_PANELS, *([_GENDER] if gender else []))]
    return {
        "known": bool(people["sample"]["size"]),
        "reason": people.get("reason", ""),
        "people": people["sample"]["size"],
        "panels": panels,
    }


def _panel(metric: dict[str, Any], key: str, words: Words) -> dict[str, Any]:
    title, icon, name = words
    rows = (metric["value"] or [])[:SHOWN]
    return {
        "id": key.replace(".", "-"),
        "icon": icon,
        "card": {"key": key, "label": title, "metric": metric},
        "sub": _sub(metric),
        "rows": [{"label": name(row["label"]), "n": row["n"], "share": row["share"]} for row in rows],
        "more": len(metric["value"] or []) - len(rows),
    }


def _sub(metric: dict[str, Any]) -> str:
    """ "Told by 41 of 90 people, low confidence"."""
    sample = metric["sample"]
    if metric["value"] is None:
        return "Of people who comment"
    return f"Told by {sample['size']:,} of {sample['of']:,} people, {metric['confidence']} confidence"
