"""The category head: a linear layer over the embedding, taught by written examples, topics and keyword-labelled tweets.

There is no large labelled set of this taxonomy whose licence allows it. So tweets whose keywords point to one category
alone stand in for labels (weak supervision): the embedding learns from them what the keywords do not say.

Constants marked (half) were chosen by the labels of one half of the Instagram authors, `evaluation.sets.is_for_tuning`;
the other half is what the engine is scored on. No weight is taught with either.
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
from .sentiment import Scaling
from .vectors import Report, embed_all, prepare

PER_CATEGORY = 300
WEIGHTS = {"example": 3.0, "weak": 0.5, "topic": 0.3}
INVERSE_REGULARISATION = 0.001
"""(half) 0.001 to 0.01 were tried."""
KEYWORD_WEIGHT = 2.0
"""(half) Of ln(1 + evidence); 1.5 to 3 were tried."""
TEMPERATURE = 0.8
"""(half) Of the embedding beside the keywords; 0.8 and 1 were tried."""
NICHES = ("beauty", "family", "fashion", "fitness", "food", "home", "pets", "travel")
"""What most creators are hired for on Instagram."""
NICHE_ODDS = 4.0
"""(half) So many times as often a caption is about one of them as about any other category, before it is read; 1 to 12
were tried. Tweets are about other things, and lose by it: both scores stand in docs/ai-evaluation.md."""
RECALLED = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12)
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
    folder: Path, cache: Path, tweets: list[LabelledText], scaling: Scaling, report: Report
) -> tuple[CategoryHead, dict[str, object]]:
    """The final head, trained on everything, and its scores on topics by two folds that did not see them."""
    taught = _lesson(read_examples(), "example", cache, report) + _weak(tweets, cache, report)
    base = _standardise(taught, scaling)
    topics = read_topics(folder)
    topic_lesson = _standardise(_lesson(topics, "topic", cache, report), scaling)
    logits = np.zeros((len(topics), len(_codes())))
    for fold in (0, 1):
        held = np.arange(len(topics)) % 2 == fold
        head = train(base + _part(topic_lesson, ~held))
        logits[held] = topic_lesson.vectors[held] @ head.embedding.T + head.bias
    words = np.array([_evidence(row.text, row.language) for row in topics])
    scores = {
        "codes": list(_codes()),
        "temperature": TEMPERATURE,
        "keyword_weight": KEYWORD_WEIGHT,
        "odds": dict.fromkeys(NICHES, NICHE_ODDS),
        "threshold": THRESHOLD,
        "train_texts": dict(Counter(base.labels + topic_lesson.labels)),
        "tweet_topic": _score_topics(logits / TEMPERATURE + KEYWORD_WEIGHT * np.log1p(words), topics),
    }
    report(f"category head scored on {len(topics)} topics")
    return train(base + topic_lesson), scores


def _score_topics(logits: NDArray[np.float64], topics: list[LabelledText]) -> dict[str, object]:
    """With the odds of Instagram, as the engine reads them, and without."""
    gold = np.array([_codes().index(row.label) for row in topics])
    odds = np.log([NICHE_ODDS if code in NICHES else 1.0 for code in _codes()])
    even, scored = _score(_softmax(logits), gold), _score(_softmax(logits + odds), gold)
    places = (-(logits + odds)).argsort(axis=1).argsort(axis=1)[np.arange(len(gold)), gold]
    recall = {str(size): round(float((places < size).mean()), 3) for size in RECALLED}
    return {**scored, "accuracy_with_even_odds": even["accuracy"], "recall": recall}


def train(lesson: Lesson) -> CategoryHead:
    """One linear layer over standardised vectors."""
    codes = _codes()
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=500)
    model.fit(lesson.vectors, [codes.index(label) for label in lesson.labels], sample_weight=lesson.weights)
    return CategoryHead(codes, model.coef_, model.intercept_)


def _standardise(lesson: Lesson, scaling: Scaling) -> Lesson:
    centre, scale = scaling
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


def _weak(tweets: list[LabelledText], cache: Path, report: Report) -> Lesson:
    """Tweets whose keyword evidence is clear and nearly all for one category, the clearest first."""
    found: list[tuple[float, int, str]] = []
    for place, row in enumerate(tweets):
        scores = score_categories(normalise_text(row.text), row.language)
        best = max(scores, key=lambda code: (scores[code], code), default=None)
        if best and scores[best] >= _SURE and scores[best] >= _ALONE * sum(scores.values()):
            found.append((-scores[best], place, best))
    taken: Counter[str] = Counter()
    chosen: list[LabelledText] = []
    for _order, place, code in sorted(found):
        if taken[code] < PER_CATEGORY:
            taken[code] += 1
            chosen.append(LabelledText(tweets[place].text, code))
    return _lesson(chosen, "weak", cache, report)


def _evidence(text: str, language: str) -> list[float]:
    scores = score_categories(normalise_text(text), language)
    return [scores.get(code, 0.0) for code in _codes()]


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(spread / spread.sum(axis=1, keepdims=True), dtype=np.float64)


def _score(chances: NDArray[np.float64], gold: NDArray[np.int64]) -> dict[str, object]:
    best, sure = chances.argmax(axis=1), chances.max(axis=1) >= THRESHOLD
    right = best == gold
    return {
        "texts": len(gold),
        "accuracy": round(float(right.mean()), 4),
        "labelled_share": round(float(sure.mean()), 4),
        "accuracy_where_labelled": round(float(right[sure].mean()), 4) if sure.any() else None,
    }
