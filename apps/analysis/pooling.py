"""What an author's texts are about, taken together: one rule for a creator's report and for its evaluation."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

Chances = Mapping[str, float]


def read_chances(raw: Mapping[str, Any], label: str | None, confidence: float) -> dict[str, float]:
    """The chances of the categories that an engine gave a text: all that it named, else its label alone."""
    named = raw.get("categories")
    if named:
        return dict(named)
    return {label: confidence} if label else {}


def pool_chances(opinions: Iterable[Chances]) -> dict[str, float]:
    """The mean chance of each category over the texts that have any opinion.

    A text has one vote, which its categories share: where independent chances add up to more, they are scaled down.
    An unclear text adds its little to each, so many faint hints weigh as much as few clear ones.
    """
    sums: dict[str, float] = defaultdict(float)
    number = 0
    for chances in opinions:
        if chances:
            number += 1
            vote = max(1.0, sum(chances.values()))
            for code, chance in chances.items():
                sums[code] += chance / vote
    return {code: total / number for code, total in sums.items()}


def choose_pooled(pooled: Chances, among: Collection[str] | None = None) -> str | None:
    """The category with the highest mean chance; ties by name; None where there is none."""
    codes = [code for code in pooled if among is None or code in among]
    return min(codes, key=lambda code: (-round(pooled[code], 6), code), default=None)
