"""The data sets, read as they are, with fingerprints and without texts that stand in two of them."""

import hashlib
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apps.analysis.taxonomy import list_categories, map_tweet_topic

SENTIMENT_TRAIN = "sentiment_8lang_xlmt_train.jsonl"
SENTIMENT_TEST = "sentiment_8lang_xlmt.jsonl"
SENTIMENT_ENGLISH = "sentiment_en_tweeteval_val.jsonl"
TOPICS = ("tweet_topic_en.jsonl", "tweet_topic_es.jsonl")
_EXAMPLES = Path(__file__).with_name("examples.toml")
_NOISE = re.compile(r"@\w+|https?\S*|\W|_")


@dataclass(frozen=True, slots=True)
class LabelledText:
    text: str
    label: str
    language: str = ""
    author: str = ""

    @property
    def key(self) -> str:
        """The same for texts that differ only in people, links, case and punctuation."""
        return _NOISE.sub("", self.text.lower())


def read_rows(folder: Path, name: str) -> list[dict[str, Any]]:
    with (folder / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_sentiment(folder: Path, name: str) -> list[LabelledText]:
    return [LabelledText(row["text"], row["label"], row.get("lang", "en")) for row in read_rows(folder, name)]


def read_topics(folder: Path) -> list[LabelledText]:
    """Tweets of exactly one topic, with our category for it."""
    texts: list[LabelledText] = []
    for name in TOPICS:
        for row in read_rows(folder, name):
            codes = {map_tweet_topic(topic) for topic in topics_of(row)}
            if len(codes) == 1:
                texts.append(LabelledText(row["text"], str(codes.pop()), name.rsplit("_", 1)[1][:2]))
    return texts


def topics_of(row: dict[str, Any]) -> list[str]:
    return [name for name, value in row.items() if name not in {"id", "text", "topics"} and value]


def read_examples() -> list[LabelledText]:
    """The captions written for this product, and the descriptions of the taxonomy."""
    examples = tomllib.loads(_EXAMPLES.read_text(encoding="utf-8"))
    written = [LabelledText(text, code) for code, texts in examples.items() for text in texts]
    described = [LabelledText(category.description, category.code) for category in list_categories()]
    return written + described


def fingerprint(folder: Path) -> dict[str, str]:
    """SHA-256 of every file that training or scoring reads."""
    files = [folder / name for name in (SENTIMENT_TRAIN, SENTIMENT_TEST, SENTIMENT_ENGLISH, *TOPICS)] + [_EXAMPLES]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
