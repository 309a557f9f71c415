"""Comments that nobody in particular wrote."""

from apps.profiles.metrics.definitions.discussion import (
    comment_concentration,
    comment_duplicates,
    comment_kinds,
    repeated_comments,
)
from apps.profiles.metrics.facts import AuthenticityFacts
from apps.profiles.metrics.registry import Found, Missing

from .base import Reading, check

MINIMUM = 30


def _why_unread(found: Found | Missing) -> str:
    """Why a metric of comments cannot carry a check."""
    if isinstance(found, Missing):
        return found.reason
    return f"Needs {MINIMUM} comments that can be used; there are {found.sample.size}."


@check(
    code="comments_duplicate",
    label="The same comments again and again",
    weight=10,
    measures="`comments.duplicates.v1`.",
    unit="percent",
    fine=15.0,
    bad=60.0,
    needs=f"{MINIMUM} comments of two words or more.",
)
def comments_duplicate(facts: AuthenticityFacts) -> Reading | str:
    found = comment_duplicates(facts.discussion)
    if isinstance(found, Missing) or found.sample.size < MINIMUM:
        return _why_unread(found)
    repeated = repeated_comments(facts.discussion)
    examples = [] if isinstance(repeated, Missing) else repeated.value[:3]
    evidence = {"duplicates_percent": round(found.value, 4), "comments": found.sample.size, "examples": examples}
    return Reading(value=found.value, evidence=evidence)


@check(
    code="comments_empty",
    label="Comments that say nothing",
    weight=5,
    measures="Comments without words and stock praise (`comments.kinds.v1`).",
    unit="percent",
    fine=75.0,
    bad=98.0,
    needs=f"{MINIMUM} comments.",
)
def comments_empty(facts: AuthenticityFacts) -> Reading | str:
    found = comment_kinds(facts.discussion)
    if isinstance(found, Missing) or found.sample.size < MINIMUM:
        return _why_unread(found)
    empty = sum(row["share"] for row in found.value if row["kind"] in {"emoji", "generic", "mention"})
    return Reading(value=empty, evidence={"empty_percent": round(empty, 4), "comments": found.sample.size})


@check(
    code="comments_same_few",
    label="Always the same few comment",
    weight=5,
    measures="`comments.concentration.v1`.",
    unit="percent",
    fine=50.0,
    bad=90.0,
    needs=f"{MINIMUM} comments of known authors.",
)
def comments_same_few(facts: AuthenticityFacts) -> Reading | str:
    found = comment_concentration(facts.discussion)
    if isinstance(found, Missing) or found.sample.size < MINIMUM:
        return _why_unread(found)
    return Reading(value=found.value, evidence={"top_5_percent": round(found.value, 4), "comments": found.sample.size})
