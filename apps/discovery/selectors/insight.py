"""What makes a brand choose: parts of a report that are worked out apart from it, and kept for six hours."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings

from apps.analysis.selectors import get_audience_facts
from apps.core.caching import cached
from apps.discovery.selectors.reports import get_report_key
from apps.discovery.selectors.reports.posts import show_flags
from apps.profiles.metrics import compute_metrics
from apps.profiles.models import Profile, SafetyFlag
from apps.profiles.selectors import (
    get_authenticity_facts,
    get_pricing_facts,
    get_rate_table,
    get_safety_facts,
    list_flags,
    mask_addresses,
)

Part = dict[str, Any]
Kept = TypeVar("Kept")
MOST_FLAGS = 2_000


def keep_part(name: str, profile: Profile, make: Callable[[], Kept], *, version: object = "") -> Kept:
    """A part as plain data, made once for each state of the creator, whichever team asks.

    `version` stands for what else the part depends on. Where the team has no right to the report (the caller guards
    the door) it is made anew.
    """
    key = get_report_key(profile)
    if key is None:
        return make()
    return cached(
        f"discovery:part:{name}:{version}:{key.state}", ttl=settings.ANALYTICS_CACHE_SECONDS, stale_for=0, make=make
    )


def show_metrics(facts: object, *prefixes: str) -> Part:
    """The metrics of these facts by key, as they travel; with prefixes only theirs."""
    metrics = compute_metrics(facts)
    return {key: known.as_dict() for key, known in metrics.items() if not prefixes or key.startswith(prefixes)}


def get_authenticity(profile: Profile) -> Part:
    """`{username, score, reasons, metrics}`: how far what is public looks like people, and why."""
    return keep_part("authenticity", profile, lambda: _authenticity(profile))


def _authenticity(profile: Profile) -> Part:
    metrics = show_metrics(get_authenticity_facts(profile))
    for row in metrics["authenticity.reasons"]["value"] or []:
        for example in row["evidence"].get("examples", []):
            example["text"] = mask_addresses(example["text"])
    return {
        "username": profile.username,
        "score": metrics["authenticity.score"],
        "reasons": metrics["authenticity.reasons"]["value"] or [],
        "metrics": metrics,
    }


def get_audience(profile: Profile) -> Part:
    """`{username, metrics}`: languages, countries, interests and gender of the people who comment, as estimates."""
    gender = settings.AUDIENCE_INFER_GENDER
    return keep_part("audience", profile, lambda: _audience(profile), version=gender)


def _audience(profile: Profile) -> Part:
    return {"username": profile.username, "metrics": show_metrics(get_audience_facts(profile))}


def get_safety(profile: Profile) -> Part:
    """`{username, metrics, results}`: how many posts say what a brand may mind, and each place with its quote."""
    return keep_part("safety", profile, lambda: _safety(profile))


def _safety(profile: Profile) -> Part:
    return {
        "username": profile.username,
        "metrics": show_metrics(get_safety_facts(profile)),
        "results": [_show_flag(flag) for flag in list_flags(profile)[:MOST_FLAGS]],
    }


def _show_flag(flag: SafetyFlag) -> Part:
    taken_at = flag.post.taken_at
    return {
        "shortcode": flag.post.shortcode,
        "url": flag.post.url,
        "taken_at": taken_at.isoformat() if taken_at else None,
        **show_flags([flag])[0],
        "found_at": flag.found_at.isoformat(),
    }


def get_pricing(profile: Profile) -> Part:
    """`{username, currency, rate_table, metrics}`: price ranges, cost per engagement and per thousand, media value."""
    table = get_rate_table()
    return keep_part("pricing", profile, lambda: _pricing(profile), version=table.version)


def _pricing(profile: Profile) -> Part:
    table = get_rate_table()
    return {
        "username": profile.username,
        "currency": table.rates["currency"],
        "rate_table": {
            "version": table.version,
            "published_at": table.published_at.isoformat(),
            "note": table.note,
            "rates": table.rates,
        },
        "inputs": _inputs(profile),
        "metrics": show_metrics(get_pricing_facts(profile)),
    }


def _inputs(profile: Profile) -> Part:
    """What the estimates rest on, so that a reader can work them out again."""
    metrics = compute_metrics(get_pricing_facts(profile).profile)
    names = ("followers", "likes.median", "comments.median", "views.median", "engagement_rate.followers.median")
    return {name: metrics[name].as_dict() for name in names}
