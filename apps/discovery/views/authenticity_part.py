"""How far a creator looks like people, as the page shows it: the score, and each check with its evidence."""

from typing import Any

from apps.core.templatetags.figures import as_time, compact, day, percent
from apps.core.templatetags.texts import humanised

STATES = {"raised": "Raised", "clear": "Clear", "unavailable": "Could not look"}
MOST_SHOWN = 3


def describe_authenticity(part: dict[str, Any]) -> dict[str, Any]:
    """`{card, sub, raised, clear, unavailable}`; checks as rows, those that take most off first."""
    score, reasons = part["score"], part["metrics"]["authenticity.reasons"]
    sample = score["sample"]
    rows = [_row(reason) for reason in part["reasons"]]
    return {
        "card": {"key": "authenticity.score", "label": "Authenticity score", "metric": score, "suffix": "of 100"},
        "reasons": {"key": "authenticity.reasons", "label": "Reasons", "metric": reasons},
        "sub": f"{sample['size']} of {sample['of']} checks had what they need",
        "groups": [
            {"code": code, "label": label, "rows": [row for row in rows if row["state"] == code]}
            for code, label in STATES.items()
        ],
    }  # fmt: skip


def _row(reason: dict[str, Any]) -> dict[str, Any]:
    value = reason["value"]
    return {
        "code": reason["code"],
        "label": reason["label"],
        "state": reason["state"],
        "measured": "" if value is None else _measure(value, reason["unit"]),
        "severity": None if reason["severity"] is None else 100 * reason["severity"],
        "points": reason["points"],
        "weight": reason["weight"],
        "reason": reason["reason"],
        "evidence": [
            {"label": humanised(name.removesuffix("_percent")), "text": _tell(value, name)}
            for name, value in reason["evidence"].items()
            if value not in (None, "", [])
        ],
    }


def _measure(value: float, unit: str) -> str:
    """ "12.5% a day", "3.2 times"."""
    number = percent(value) if unit.startswith("percent") else _number(value)
    return f"{number} {unit.removeprefix('percent').strip()}".strip()


def _number(value: float) -> str:
    return compact(value) if abs(value) >= 100 or float(value).is_integer() else f"{value:.1f}"


def _tell(value: Any, name: str) -> str:
    if isinstance(value, list):
        return ", ".join(_tell(item, name) for item in value[:MOST_SHOWN])
    if isinstance(value, dict):
        return f"“{value['text']}” {value['times']}×" if "times" in value else ", ".join(map(str, value.values()))
    if isinstance(value, int | float):
        return percent(value) if "percent" in name else _number(value)
    return day(value) if name in {"from", "to"} and as_time(value) else str(value)
