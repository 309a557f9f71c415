"""The sentiment head: one linear layer over the scaled embedding and weighted n-grams."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, spmatrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, recall_score

from apps.analysis.engines.local.features import BUCKETS, count_ngrams, weigh_ngrams
from apps.analysis.engines.local.heads import SENTIMENTS

from .data import SENTIMENT_ENGLISH, SENTIMENT_TEST, SENTIMENT_TRAIN, LabelledText, read_sentiment
from .vectors import Report, embed_all, prepare

EMBEDDING_SHARE = 0.03
"""The embedding's weight beside n-grams of length 1; 0.02 to 0.06 were tried."""
INVERSE_REGULARISATION = 0.25
FOLDS = 4


Scaling = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Centre and scale of the training tweets' vectors, which both heads read by."""


@dataclass(frozen=True, slots=True)
class SentimentHead:
    centre: NDArray[np.float32]
    scale: NDArray[np.float32]
    idf: NDArray[np.float32]
    embedding: NDArray[np.float64]
    ngrams: NDArray[np.float64]
    bias: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A data set ready to train on."""

    rows: list[LabelledText]
    vectors: NDArray[np.float32]
    counts: list[Counter[int]]

    @property
    def labels(self) -> NDArray[np.int64]:
        return np.array([SENTIMENTS.index(row.label) for row in self.rows], dtype=np.int64)

    def take(self, places: Sequence[int]) -> "Prepared":
        rows, counts = [self.rows[place] for place in places], [self.counts[place] for place in places]
        return Prepared(rows, self.vectors[list(places)], counts)

    def without(self, keys: set[str]) -> "Prepared":
        """The rows whose text is none of `keys`: what is scored on must not be trained on."""
        return self.take([place for place, row in enumerate(self.rows) if row.key not in keys])


def load(folder: Path, name: str, cache: Path, report: Report) -> Prepared:
    rows = read_sentiment(folder, name)
    texts = [prepare(row.text) for row in rows]
    report(f"{name}: {len(rows)} texts")
    return Prepared(rows, embed_all(texts, cache, report), [count_ngrams(text) for text in texts])


def centre_and_scale(data: Prepared) -> Scaling:
    return data.vectors.mean(axis=0), data.vectors.std(axis=0) + 1e-6


def train(data: Prepared) -> SentimentHead:
    centre, scale = centre_and_scale(data)
    idf = _idf(data.counts)
    features = _features(data, centre, scale, idf)
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=300, class_weight="balanced")
    model.fit(features, data.labels)
    width = data.vectors.shape[1]
    return SentimentHead(
        centre, scale, idf, model.coef_[:, :width] * EMBEDDING_SHARE, model.coef_[:, width:], model.intercept_
    )


def predict(head: SentimentHead, data: Prepared) -> NDArray[np.int64]:
    features = _features(data, head.centre, head.scale, head.idf)
    weights = np.hstack([head.embedding / EMBEDDING_SHARE, head.ngrams])
    return np.asarray((features @ weights.T + head.bias).argmax(axis=1), dtype=np.int64)


def train_and_score(folder: Path, cache: Path, report: Report) -> tuple[SentimentHead, dict[str, object]]:
    """The final head and its scores. No head is scored on what it was trained on."""
    train_set, test, english = (
        load(folder, name, cache, report) for name in (SENTIMENT_TRAIN, SENTIMENT_TEST, SENTIMENT_ENGLISH)
    )
    held_back = {row.key for row in test.rows}
    taught = train_set.without(held_back)
    head = train(taught)
    report("final head trained")
    scores = {
        "train_texts": len(taught.rows),
        "test_8lang": score_by_language(test, predict(head, test)),
        "english_validation": _cross_validate(train_set, english, held_back, report),
    }
    return head, scores


def read_taught(folder: Path) -> list[LabelledText]:
    """The tweets that the heads are taught with: the training split without what stands in the test split too."""
    held_back = {row.key for row in read_sentiment(folder, SENTIMENT_TEST)}
    return [row for row in read_sentiment(folder, SENTIMENT_TRAIN) if row.key not in held_back]


def _cross_validate(train_set: Prepared, english: Prepared, held_back: set[str], report: Report) -> dict[str, object]:
    """TweetEval's validation split stands for the most part inside the training set: so by folds, each trained without
    the texts it is scored on."""
    fold = np.random.RandomState(0).randint(0, FOLDS, len(english.rows))
    predicted = np.zeros(len(english.rows), dtype=np.int64)
    for number in range(FOLDS):
        places = np.flatnonzero(fold == number)
        part = english.take(list(places))
        head = train(train_set.without(held_back | {row.key for row in part.rows}))
        predicted[places] = predict(head, part)
        report(f"fold {number + 1} of {FOLDS} scored")
    recall = recall_score(english.labels, predicted, average="macro")
    return {"texts": len(english.rows), "macro_recall": round(float(recall), 4), "folds": FOLDS}


def score_by_language(data: Prepared, predicted: NDArray[np.int64]) -> dict[str, object]:
    def macro(places: NDArray[np.intp]) -> float:
        return round(float(f1_score(data.labels[places], predicted[places], average="macro")), 4)

    languages = np.array([row.language for row in data.rows])
    by_language = {str(code): macro(np.flatnonzero(languages == code)) for code in sorted(set(languages))}
    return {"texts": len(data.rows), "macro_f1": macro(np.arange(len(data.rows))), "by_language": by_language}


def _idf(counts: list[Counter[int]]) -> NDArray[np.float32]:
    seen = np.zeros(BUCKETS, dtype=np.float32)
    for count in counts:
        seen[list(count)] += 1
    return np.asarray(np.log((1 + len(counts)) / (1 + seen)) + 1, dtype=np.float32)


def _features(
    data: Prepared, centre: NDArray[np.float32], scale: NDArray[np.float32], idf: NDArray[np.float32]
) -> spmatrix:
    weighed = [weigh_ngrams(count, idf) for count in data.counts]
    starts = np.cumsum([0, *(len(buckets) for buckets, _weights in weighed)])
    ngrams = csr_matrix(
        (
            np.concatenate([weights for _buckets, weights in weighed]),
            np.concatenate([buckets for buckets, _weights in weighed]),
            starts,
        ),
        shape=(len(weighed), BUCKETS),
    )
    standard = (data.vectors - centre) / scale * EMBEDDING_SHARE
    return hstack([csr_matrix(standard), ngrams]).tocsr()
