"""What `/methodology` publishes, made from the definitions that compute the numbers."""

from itertools import groupby
from typing import Any

from .registry import list_definitions

CATEGORIES = {
    "account": "Account",
    "engagement": "Engagement",
    "averages": "Averages",
    "activity": "Activity and timing",
    "growth": "Growth",
    "content": "Hashtags and mentions",
    "sponsorship": "Sponsored posts",
    "comparison": "Against accounts of the same size",
    "post": "Single posts",
    "analysis": "What the posts are about",
    "comments": "What is said under the posts",
    "audience": "Who takes part",
    "authenticity": "Is it real",
    "pricing": "What it may cost",
    "safety": "Brand safety",
}


def list_methodology() -> list[dict[str, Any]]:
    """`[{category, title, definitions: [definition]}]` in the order of a report; every definition exactly once."""
    order = {code: place for place, code in enumerate(CATEGORIES)}
    known = sorted(list_definitions(), key=lambda definition: order[definition.category])
    return [
        {"category": code, "title": CATEGORIES[code], "definitions": [definition.as_dict() for definition in group]}
        for code, group in groupby(known, key=lambda definition: definition.category)
    ]
