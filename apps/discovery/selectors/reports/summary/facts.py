"""The metrics that a summary speaks of, from what a report has in hand."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apps.analysis.selectors import get_audience_facts, label_discussion
from apps.profiles.metrics import AuthenticityFacts, ProfileFacts, compute_metrics
from apps.profiles.metrics.definitions.safety import SafetyFacts
from apps.profiles.models import Profile
from apps.profiles.selectors import get_discussion

from .evidence import Facts


def gather_facts(
    profile: Profile, facts: ProfileFacts, *, report: Mapping[str, Any], posts: list[dict[str, Any]]
) -> Facts:
    """All metrics of a creator by key: those of the report, and its audience, comments, authenticity and safety.

    Gender is never among them: a summary says nothing of it. Six queries.
    """
    discussion = get_discussion(profile)
    labelled = label_discussion(discussion)
    audience = replace(get_audience_facts(profile, labelled), infer_gender=False)
    others = (AuthenticityFacts(profile=facts, discussion=discussion), SafetyFacts(profile=facts), labelled, audience)
    metrics: dict[str, Any] = {**report["metrics"], **report["content"]["metrics"]}
    for subject in others:
        metrics |= {key: known.as_dict() for key, known in compute_metrics(subject).items()}
    return Facts(metrics=metrics, posts=posts)
