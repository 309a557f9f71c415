"""The scores of a classification, by their usual definitions."""

from collections.abc import Callable, Iterable, Sequence

Labels = Sequence[str | None]


def score_accuracy(gold: Labels, said: Labels) -> float:
    """The share that is right; saying nothing is wrong."""
    return sum(right == one for right, one in zip(gold, said, strict=True)) / len(gold)


def score_macro_recall(gold: Labels, said: Labels) -> float:
    """The mean over the labels of the share found (TweetEval's measure)."""
    return _mean(_recall(gold, said, label) for label in set(gold))


def score_macro_f1(gold: Labels, said: Labels) -> float:
    """The mean over the labels of F1 (the measure of UMSAB)."""
    return _mean(_f1(gold, said, label) for label in set(gold))


def score_by(
    groups: Sequence[str], gold: Labels, said: Labels, *, score: Callable[[Labels, Labels], float]
) -> dict[str, float]:
    """The score within each group, by its name."""
    found = {}
    for group in sorted(set(groups)):
        places = [place for place, one in enumerate(groups) if one == group]
        found[group] = score([gold[place] for place in places], [said[place] for place in places])
    return found


def _recall(gold: Labels, said: Labels, label: str | None) -> float:
    places = [place for place, one in enumerate(gold) if one == label]
    return sum(said[place] == label for place in places) / len(places) if places else 0.0


def _f1(gold: Labels, said: Labels, label: str | None) -> float:
    hits = sum(right == one == label for right, one in zip(gold, said, strict=True))
    named = sum(one == label for one in gold) + sum(one == label for one in said)
    return 2 * hits / named if named else 0.0


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
