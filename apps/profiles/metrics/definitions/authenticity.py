"""How far what is public looks like people: coded reasons with evidence, and a score that adds up from them."""

from typing import Any

from apps.profiles.metrics.checks import CHECKS, Finding, published_checks, run_checks
from apps.profiles.metrics.facts import AuthenticityFacts
from apps.profiles.metrics.metric import Sample, Status, Unit
from apps.profiles.metrics.registry import Found, Missing, metric

MINIMUM_WEIGHT = 30
MINIMUM_CHECKS = 4

_COMMON: dict[str, Any] = {
    "category": "authenticity",
    "status": Status.ESTIMATED,
    "inputs": (
        "snapshots.followers", "posts.likes", "posts.comments", "comments.text", "comments.author",
        "profile.followers", "profile.following", "peers.engagement_rates",
    ),
    "full_sample": len(CHECKS),
    "published": {"checks": published_checks(), "minimum_weight": MINIMUM_WEIGHT},
    "caveats": (
        "A reason is a sign, not a proof: a viral reel makes a jump too. Each carries its evidence.",
        "A check whose inputs are missing takes nothing off and adds nothing: its weight drops out.",
    ),
}  # fmt: skip


def _sample(findings: list[Finding]) -> Sample:
    able = sum(finding.severity is not None for finding in findings)
    lacking = len(findings) - able
    excluded = (("unavailable", lacking),) if lacking else ()
    return Sample(size=able, of=len(findings), kind="checks", excluded=excluded)


@metric(
    AuthenticityFacts,
    key="authenticity.score",
    method="authenticity.score.v1",
    label="Authenticity score",
    unit=Unit.POINTS,
    formula="100 minus 100 times the sum of weight times severity over the checks that could look, divided by the sum "
    "of their weights. Severity grows evenly from 0 at the fine value to 1 at the bad value of a check.",
    maths="100 - 100 x sum(w_i x s_i) / sum(w_i)",
    minimum_sample=MINIMUM_CHECKS,
    decimals=1,
    source="The groups of HypeAuditor's AQS (engagement, growth, comments), whose weights are not public; research "
    "section 3 no. 6, [H3]. Checks, bounds and weights are ours and published.",
    **_COMMON,
)
def authenticity_score(facts: AuthenticityFacts) -> Found | Missing:
    findings = run_checks(facts)
    sample = _sample(findings)
    able = [finding for finding in findings if finding.severity is not None]
    weight = sum(finding.check.weight for finding in able)
    if weight < MINIMUM_WEIGHT or len(able) < MINIMUM_CHECKS:
        reason = (
            f"Needs {MINIMUM_CHECKS} checks of weight {MINIMUM_WEIGHT} together; "
            f"{len(able)} of weight {weight} have their inputs."
        )
        return Missing(reason=reason, sample=sample, as_of=facts.profile.as_of)
    value = 100 - 100 * sum(finding.points for finding in able) / weight
    doubts = int(bool(facts.profile.flags))
    return Found(value=value, sample=sample, as_of=facts.profile.as_of, flags=facts.profile.flags, doubts=doubts)


@metric(
    AuthenticityFacts,
    key="authenticity.reasons",
    method="authenticity.reasons.v1",
    label="Reasons",
    unit=Unit.TABLE,
    formula="Every check with what it measured, its severity from 0 to 1, its weight and its evidence.",
    maths="s_i = min(1, max(0, (x_i - fine_i) / (bad_i - fine_i)))",
    minimum_sample=1,
    source="The terms of `authenticity.score.v1`.",
    columns={
        "code": "of the published list",
        "label": "in words",
        "state": "raised, clear or unavailable",
        "value": "what was measured; null when unavailable",
        "unit": "of the value",
        "severity": "0 to 1; null when unavailable",
        "weight": "points it can take off",
        "points": "weight x severity",
        "reason": "why it is unavailable, else empty",
        "evidence": "the numbers, dates and posts it rests on",
    },
    **_COMMON,
)
def authenticity_reasons(facts: AuthenticityFacts) -> Found | Missing:
    findings = run_checks(facts)
    sample = _sample(findings)
    if not sample.size:
        return Missing(reason="No check has its inputs.", sample=sample, as_of=facts.profile.as_of)
    ranked = sorted(findings, key=lambda finding: (finding.severity is None, -finding.points, finding.check.code))
    return Found(value=[_show(finding) for finding in ranked], sample=sample, as_of=facts.profile.as_of)


def _show(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.check.code,
        "label": finding.check.label,
        "state": finding.state,
        "value": finding.value,
        "unit": finding.check.unit,
        "severity": finding.severity,
        "weight": finding.check.weight,
        "points": None if finding.severity is None else finding.points,
        "reason": finding.reason,
        "evidence": finding.evidence,
    }
