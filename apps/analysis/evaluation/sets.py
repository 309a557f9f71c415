"""The labelled texts that engines are scored on, and which engine has been taught with them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from apps.analysis.engines import TextAnalysis
from apps.analysis.taxonomy import map_author_category
from apps.analysis.training.data import (
    SENTIMENT_ENGLISH,
    SENTIMENT_TEST,
    LabelledText,
    read_rows,
    read_sentiment,
    read_topics,
)

from .scoring import Labels, score_accuracy, score_macro_f1, score_macro_recall

LANGUAGE_TEST = "language_id_20lang.jsonl"
CAPTIONS = "instagram_posts_by_author_category.jsonl"


@dataclass(frozen=True, slots=True)
class TestSet:
    """Texts with their labels, which part of an answer is meant, and how it is scored.

    `taught`: engines whose training saw these texts; their score here would flatter them and is not made.
    """

    __test__ = False

    name: str
    measure: str
    read: Callable[[Path], list[LabelledText]]
    label: Callable[[TextAnalysis], str | None]
    score: Callable[[Labels, Labels], float]
    taught: frozenset[str] = frozenset()


def _sentiment(answer: TextAnalysis) -> str | None:
    return answer.sentiment.label


def _language(answer: TextAnalysis) -> str | None:
    return answer.language.code


def _category(answer: TextAnalysis) -> str | None:
    return answer.category.label


def _read_moods(folder: Path) -> list[LabelledText]:
    return read_sentiment(folder, SENTIMENT_TEST)


def _read_english_moods(folder: Path) -> list[LabelledText]:
    return read_sentiment(folder, SENTIMENT_ENGLISH)


def _read_languages(folder: Path) -> list[LabelledText]:
    """The rows that people labelled; silver ones would score one detector by another."""
    rows = read_rows(folder, LANGUAGE_TEST)
    return [LabelledText(row["text"], row["lang"], row["lang"]) for row in rows if row["gold"]]


def read_captions(folder: Path) -> list[LabelledText]:
    """Captions under their author's category, as far as it is one of ours: single ones may be about something else."""
    rows = ((row, map_author_category(row["category"])) for row in read_rows(folder, CAPTIONS))
    return [LabelledText(row["caption"], code, code) for row, code in rows if code and row["caption"].strip()]


LOCAL = frozenset({"local"})
SETS = (
    TestSet("sentiment, 8 languages", "macro F1", _read_moods, _sentiment, score_macro_f1),
    TestSet("sentiment, English", "macro recall", _read_english_moods, _sentiment, score_macro_recall, LOCAL),
    TestSet("language, 20 languages", "accuracy", _read_languages, _language, score_accuracy),
    TestSet("category, tweets of one topic", "accuracy", read_topics, _category, score_accuracy, LOCAL),
    TestSet("category, captions by author", "accuracy", read_captions, _category, score_accuracy),
)
