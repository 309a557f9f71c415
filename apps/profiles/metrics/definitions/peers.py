"""The engagement rate beside that of accounts of the same size in the catalogue."""

from collections.abc import Callable
from statistics import median
from typing import Any

from apps.profiles.metrics.facts import SIZE_TIERS, PeerStats, ProfileFacts
from apps.profiles.metrics.metric import Sample, Unit
from apps.profiles.metrics.registry import Found, Missing, metric

from .engagement import er_followers_median

MINIMUM_PEERS = 30
_TIERS = {code: [low, high] for code, low, high in SIZE_TIERS}
_COMMON: dict[str, Any] = {
    "category": "comparison",
    "inputs": ("peers.engagement_rates", "posts.likes", "posts.comments", "profile.followers"),
    "minimum_sample": MINIMUM_PEERS,
    "full_sample": 300,
    "caveats": (
        "Compared with the creators known here, which are not a random draw of all accounts.",
        "Synthetic creators are compared with synthetic ones only.",
        f"Below {MINIMUM_PEERS} peers there is no value: no outside benchmark is put in its place.",
    ),
    "published": {"size_tiers_by_followers": _TIERS},
}


def _among_peers(facts: ProfileFacts, compute: Callable[[float, PeerStats], float | None]) -> Found | Missing:
    peers = facts.peers
    size = len(peers.engagement_rates) if peers else 0
    sample = Sample(size=size, of=size, kind="peers")
    as_of = peers.as_of if peers else facts.as_of
    if peers is None or size < MINIMUM_PEERS:
        reason = f"Needs at least {MINIMUM_PEERS} creators of the same size in the catalogue; {size} are known."
        return Missing(reason=reason, sample=sample, as_of=as_of)
    own = er_followers_median(facts)
    if isinstance(own, Missing):
        reason = f"The creator's own engagement rate is unavailable: {own.reason}"
        return Missing(reason=reason, sample=sample, as_of=as_of)
    value = compute(round(own.value, 4), peers)
    if value is None:
        return Missing(reason="The peers' median engagement rate is 0.", sample=sample, as_of=as_of)
    return Found(value=value, sample=sample, as_of=as_of, flags=(f"tier_{peers.tier}", *own.flags), doubts=own.doubts)


@metric(
    ProfileFacts,
    key="engagement_rate.peers.percentile",
    method="er.peers.percentile.v1",
    label="Engagement rate against accounts of the same size",
    unit=Unit.PERCENT,
    formula="The share of creators of the same size tier in the catalogue whose median engagement rate is lower; equal "
    "ones count half.",
    maths="(n(ER_peer < ER) + n(ER_peer = ER) / 2) / n x 100",
    source="HypeAuditor `er_benchmarks`, Modash `engagementRateDistribution`, with HypeAuditor's size tiers; research "
    "1a, [H1], [H3].",
    **_COMMON,
)
def peers_percentile(facts: ProfileFacts) -> Found | Missing:
    def rank(own: float, peers: PeerStats) -> float:
        below = sum(1 for rate in peers.engagement_rates if rate < own)
        equal = sum(1 for rate in peers.engagement_rates if rate == own)
        return 100 * (below + equal / 2) / len(peers.engagement_rates)

    return _among_peers(facts, rank)


@metric(
    ProfileFacts,
    key="engagement_rate.peers.ratio",
    method="er.peers.ratio.v1",
    label="Engagement rate relative to accounts of the same size",
    unit=Unit.RATIO,
    formula="The creator's median engagement rate divided by the median of creators of the same size tier.",
    maths="ER / median(ER_peer)",
    source="Modash `engagementRate.compared`; research 1a, [M10].",
    **_COMMON,
)
def peers_ratio(facts: ProfileFacts) -> Found | Missing:
    def ratio(own: float, peers: PeerStats) -> float | None:
        middle = median(peers.engagement_rates)
        return own / middle if middle else None

    return _among_peers(facts, ratio)


@metric(
    ProfileFacts,
    key="engagement_rate.peers.median",
    method="er.peers.median.v1",
    label="Median engagement rate of accounts of the same size",
    unit=Unit.PERCENT,
    formula="The median of the median engagement rates of the creators of the same size tier in the catalogue.",
    maths="median(ER_peer)",
    source="InsightIQ `engagement_rate_histogram.is_median`; research 1a, [I3].",
    **_COMMON,
)
def peers_median(facts: ProfileFacts) -> Found | Missing:
    peers = facts.peers
    size = len(peers.engagement_rates) if peers else 0
    sample = Sample(size=size, of=size, kind="peers")
    if peers is None or size < MINIMUM_PEERS:
        reason = f"Needs at least {MINIMUM_PEERS} creators of the same size in the catalogue; {size} are known."
        return Missing(reason=reason, sample=sample, as_of=peers.as_of if peers else facts.as_of)
    return Found(
        value=float(median(peers.engagement_rates)), sample=sample, as_of=peers.as_of, flags=(f"tier_{peers.tier}",)
    )
