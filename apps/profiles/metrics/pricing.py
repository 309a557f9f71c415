"""The rates that price estimates use, and their first published table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .facts import SIZE_TIERS, ProfileFacts

FORMATS = ("post", "reel", "story")
TIERS = tuple(code for code, _low, _high in SIZE_TIERS)
FIRST_RATES: dict[str, Any] = {
    "currency": "USD",
    "cpm": {"post": [8, 20], "reel": [10, 25], "story": [6, 14]},
    "size_factor": {"below_nano": 1.3, "nano": 1.3, "micro": 1.15, "mid": 1.0, "macro": 0.9, "mega": 0.75},
    "impressions_per_engagement": 8.7,
    "story_reach_percent": 3,
    "emv_cpm": 10,
}
"""8.7 impressions an engagement, 3 % of the followers for a story and a CPM of 10 dollars are MightyScout's published
figures (research section 3 no. 11, [MS]). The ranges of CPM and the factors by size are the house's own defaults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """A rate table as formulas read it. `cpm` holds dollars per 1,000 impressions, lowest and highest, by format."""

    version: int
    published_at: datetime
    cpm: Mapping[str, tuple[float, float]]
    size_factor: Mapping[str, float]
    impressions_per_engagement: float
    story_reach_percent: float
    emv_cpm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PricingFacts:
    """A creator and the rates of the day."""

    profile: ProfileFacts
    rates: Rates


def read_rates(table: Any, *, version: int, published_at: datetime) -> Rates:
    """A stored table as `Rates`. Raises `ValueError` that says what is wrong with it."""
    if not isinstance(table, dict) or set(table) != set(FIRST_RATES):
        raise ValueError(f"The table needs exactly the keys {', '.join(FIRST_RATES)}.")
    if table["currency"] != "USD":
        raise ValueError("The currency of rates is USD.")
    cpm = {name: _range(_of(table, "cpm", FORMATS)[name], f"cpm.{name}") for name in FORMATS}
    factors = {name: _positive(_of(table, "size_factor", TIERS)[name], f"size_factor.{name}") for name in TIERS}
    return Rates(
        version=version,
        published_at=published_at,
        cpm=cpm,
        size_factor=factors,
        impressions_per_engagement=_positive(table["impressions_per_engagement"], "impressions_per_engagement"),
        story_reach_percent=min(100.0, _positive(table["story_reach_percent"], "story_reach_percent")),
        emv_cpm=_positive(table["emv_cpm"], "emv_cpm"),
    )


def _of(table: dict[str, Any], name: str, keys: tuple[str, ...]) -> dict[str, Any]:
    part = table[name]
    if not isinstance(part, dict) or set(part) != set(keys):
        raise ValueError(f"{name} needs exactly the keys {', '.join(keys)}.")
    return part


def _range(value: Any, name: str) -> tuple[float, float]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise ValueError(f"{name} is a pair: lowest and highest.")
    low, high = (_positive(part, name) for part in value)
    if low > high:
        raise ValueError(f"{name}: the lowest comes first.")
    return low, high


def _positive(value: Any, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 100_000:
        raise ValueError(f"{name} is a number above 0.")
    return float(value)
