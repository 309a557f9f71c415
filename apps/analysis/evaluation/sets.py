"""The labelled texts that engines are scored on, and which engine has been taught with them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

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
    `by_author`: an author's texts are one answer, pooled as a creator's report does it.
    """

    __test__ = False

    name: str
    measure: str
    read: Callable[[Path], list[LabelledText]]
    label: Callable[[TextAnalysis], str | None]
    score: Callable[[Labels, Labels], float]
    taught: frozenset[str] = frozenset()
    by_author: bool = False


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
    return [
        LabelledText(row["caption"], code, code, row.get("username", ""))
        for row, code in rows
        if code and row["caption"].strip()
    ]


def is_for_tuning(author: str) -> bool:
    """The half of the authors whose labels may be looked at to choose a constant. Heads are taught with neither."""
    return crc32(author.encode()) % 2 == 0


def read_held_back_captions(folder: Path) -> list[LabelledText]:
    """Captions of the other half of the authors: nothing was chosen by their labels."""
    return [row for row in read_captions(folder) if not is_for_tuning(row.author)]


LOCAL = frozenset({"local"})
SETS = (
    TestSet("sentiment, 8 languages", "macro F1", _read_moods, _sentiment, score_macro_f1),
    TestSet("sentiment, English", "macro recall", _read_english_moods, _sentiment, score_macro_recall, LOCAL),
    TestSet("language, 20 languages", "accuracy", _read_languages, _language, score_accuracy),
    TestSet("category, tweets of one topic", "accuracy", read_topics, _category, score_accuracy, LOCAL),
    TestSet("category, captions by author", "accuracy", read_captions, _category, score_accuracy),
    TestSet(
        "category of authors, held back", "accuracy", read_held_back_captions, _category, score_accuracy, by_author=True
    ),
)
