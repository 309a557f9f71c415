"""What is left of the plan, in the words of the pages."""

from typing import Any

SHOWN = ("influencer_unlock", "post_analytics", "email_unlock")


def describe_allowances(allowances: dict[str, Any]) -> dict[str, Any]:
    """`rows` [{label, limit, used, held, remaining}] of the plan's main allowances, and when they start anew."""
    by_action = {row["action"]: row for row in allowances["results"]}
    rows = [
        {"action": action, "label": by_action[action]["label"], "bought": by_action[action]["bought"]}
        | by_action[action]["allowance"]
        for action in SHOWN
        if action in by_action and by_action[action]["allowance"]["limit"]
    ]
    return {"rows": rows, "renews_at": allowances["period"]["end"]}
