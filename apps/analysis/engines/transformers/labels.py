"""What a model's outputs mean, by the names in its own configuration. Their order is never assumed."""

from collections.abc import Mapping

from apps.analysis.engines.base import SentimentLabel
from apps.analysis.errors import ModelUnusable
from apps.analysis.languages import LANGUAGES

_SENTIMENTS: dict[str, SentimentLabel] = {
    "negative": "negative",
    "neutral": "neutral",
    "positive": "positive",
    "neg": "negative",
    "neu": "neutral",
    "pos": "positive",
}
Labels = Mapping[int, str]


def read_sentiments(labels: Labels) -> dict[SentimentLabel, int]:
    """`{our label: its output}`. Raises `ModelUnusable` unless each of the three is there once and nothing else."""
    found = {_SENTIMENTS.get(name.strip().lower()): output for output, name in labels.items()}
    if len(labels) != 3 or set(found) != {"negative", "neutral", "positive"}:
        raise ModelUnusable(f"The sentiment model has the labels {_list(labels)}, not negative, neutral and positive.")
    return {label: output for label, output in found.items() if label}


def read_languages(labels: Labels) -> list[str | None]:
    """The language code of each output, None for a language that the product does not read.

    Raises `ModelUnusable` where fewer than half of the names are languages of ours: then they are not language codes.
    """
    codes = [labels[output].strip().lower().split("-")[0].split("_")[0] for output in sorted(labels)]
    known = [code if code in LANGUAGES else None for code in codes]
    if sorted(labels) != list(range(len(labels))) or sum(code is not None for code in known) * 2 < len(known):
        raise ModelUnusable(f"The language model's labels are no language codes: {_list(labels)}.")
    return known


def read_entailment(labels: Labels) -> tuple[int, int]:
    """(output of contradiction, output of entailment). Raises `ModelUnusable` where either has no name."""
    names = {name.strip().lower(): output for output, name in labels.items()}
    contradiction = next((output for name, output in names.items() if name.startswith("contra")), None)
    entailment = next((output for name, output in names.items() if name.startswith("entail")), None)
    if contradiction is None or entailment is None:
        raise ModelUnusable(f"The topic model has the labels {_list(labels)}, not contradiction and entailment.")
    return contradiction, entailment


def _list(labels: Labels) -> str:
    return ", ".join(str(labels[output]) for output in sorted(labels))[:200]
