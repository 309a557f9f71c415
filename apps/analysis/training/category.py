"""The category head: a linear layer over the embedding, taught by written examples, topics and keyword-labelled tweets.

There is no large labelled set of this taxonomy whose licence allows it. So tweets whose keywords point to one category
alone stand in for labels (weak supervision): the embedding learns from them what the keywords do not say.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from apps.analysis.keywords import score_categories
from apps.analysis.taxonomy import list_categories
from apps.analysis.text import normalise_text

from .data import LabelledText, read_examples, read_topics
from .sentiment import Prepared, centre_and_scale
from .vectors import Report, embed_all, prepare

PER_CATEGORY = 300
WEIGHTS = {"example": 3.0, "weak": 0.5, "topic": 0.3}
INVERSE_REGULARISATION = 0.003
KEYWORD_WEIGHT = 1.0
TEMPERATURES = (0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
THRESHOLD = 0.25
"""Below this probability a post has no category: wrong is worse than unclear."""
_SURE, _ALONE = 1.0, 0.75


@dataclass(frozen=True, slots=True)
class CategoryHead:
    codes: tuple[str, ...]
    embedding: NDArray[np.float64]
    bias: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Labelled vectors with how much each counts."""

    vectors: NDArray[np.float32]
    labels: list[str]
    weights: list[float]

    def __add__(self, other: "Lesson") -> "Lesson":
        vectors = np.vstack([self.vectors, other.vectors])
        return Lesson(vectors, self.labels + other.labels, self.weights + other.weights)


def train_and_score(
    folder: Path, cache: Path, tweets: Prepared, report: Report
) -> tuple[CategoryHead, dict[str, object]]:
    """The final head, trained on everything, and its scores on topics by two folds that did not see them."""
    centre, scale = centre_and_scale(tweets)
    taught = _lesson(read_examples(), "example", cache, report) + _weak(tweets)
    base = _standardise(taught, centre, scale)
    topics = read_topics(folder)
    topic_lesson = _standardise(_lesson(topics, "topic", cache, report), centre, scale)
    words = np.array([_evidence(row.text, row.language) for row in topics])
    logits = np.zeros((len(topics), len(_codes())))
    for fold in (0, 1):
        held = np.arange(len(topics)) % 2 == fold
        head = train(base + _part(topic_lesson, ~held))
        logits[held] = topic_lesson.vectors[held] @ head.embedding.T + head.bias
    gold = np.array([_codes().index(row.label) for row in topics])
    temperature = min(TEMPERATURES, key=lambda t: _surprise(logits / t + KEYWORD_WEIGHT * words, gold))
    chances = _softmax(logits / temperature + KEYWORD_WEIGHT * words)
    report(f"category head scored on {len(topics)} topics")
    scores = {
        "codes": list(_codes()),
        "temperature": temperature,
        "keyword_weight": KEYWORD_WEIGHT,
        "threshold": THRESHOLD,
        "train_texts": dict(Counter(base.labels + topic_lesson.labels)),
        "tweet_topic": _score(chances, gold),
    }
    return train(base + topic_lesson), scores


def train(lesson: Lesson) -> CategoryHead:
    """One linear layer over standardised vectors."""
    codes = _codes()
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=500)
    model.fit(lesson.vectors, [codes.index(label) for label in lesson.labels], sample_weight=lesson.weights)
    return CategoryHead(codes, model.coef_, model.intercept_)


def _standardise(lesson: Lesson, centre: NDArray[np.float32], scale: NDArray[np.float32]) -> Lesson:
    return Lesson((lesson.vectors - centre) / scale, lesson.labels, lesson.weights)


def _codes() -> tuple[str, ...]:
    return tuple(category.code for category in list_categories())


def _lesson(rows: list[LabelledText], kind: str, cache: Path, report: Report) -> Lesson:
    vectors = embed_all([prepare(row.text) for row in rows], cache, report)
    return Lesson(vectors, [row.label for row in rows], [WEIGHTS[kind]] * len(rows))


def _part(lesson: Lesson, chosen: NDArray[np.bool_]) -> Lesson:
    places = np.flatnonzero(chosen)
    labels, weights = [lesson.labels[place] for place in places], [lesson.weights[place] for place in places]
    return Lesson(lesson.vectors[places], labels, weights)


def _weak(tweets: Prepared) -> Lesson:
    """Tweets whose keyword evidence is clear and nearly all for one category, the clearest first."""
    found: list[tuple[float, int, str]] = []
    for place, row in enumerate(tweets.rows):
        scores = score_categories(normalise_text(row.text), row.language)
        best = max(scores, key=lambda code: (scores[code], code), default=None)
        if best and scores[best] >= _SURE and scores[best] >= _ALONE * sum(scores.values()):
            found.append((-scores[best], place, best))
    taken: Counter[str] = Counter()
    chosen: list[tuple[int, str]] = []
    for _order, place, code in sorted(found):
        if taken[code] < PER_CATEGORY:
            taken[code] += 1
            chosen.append((place, code))
    places = [place for place, _code in chosen]
    return Lesson(tweets.vectors[places], [code for _place, code in chosen], [WEIGHTS["weak"]] * len(chosen))


def _evidence(text: str, language: str) -> list[float]:
    scores = score_categories(normalise_text(text), language)
    return [min(scores.get(code, 0.0), 4.0) for code in _codes()]


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(spread / spread.sum(axis=1, keepdims=True), dtype=np.float64)


def _surprise(logits: NDArray[np.float64], gold: NDArray[np.int64]) -> float:
    return float(-np.log(_softmax(logits)[np.arange(len(gold)), gold] + 1e-12).mean())


def _score(chances: NDArray[np.float64], gold: NDArray[np.int64]) -> dict[str, object]:
    best, sure = chances.argmax(axis=1), chances.max(axis=1) >= THRESHOLD
    right = best == gold
    return {
        "texts": len(gold),
        "accuracy": round(float(right.mean()), 4),
        "labelled_share": round(float(sure.mean()), 4),
        "accuracy_where_labelled": round(float(right[sure].mean()), 4) if sure.any() else None,
    }
