"""The engine of the three large models."""

import hashlib
from collections.abc import Sequence
from threading import Lock
from typing import Any

from django.conf import settings

from apps.analysis.engines.base import UNDETERMINED, Category, Language, Sentiment, TextAnalysis
from apps.analysis.engines.local.heads import load_heads
from apps.analysis.engines.rules.sentiment import judge_sentiment
from apps.analysis.taxonomy import taxonomy_version
from apps.analysis.text import has_words, normalise_text, shorten

from .catalogue import LANGUAGE, SENTIMENT, TOPIC
from .files import find_models
from .loading import load_models
from .reading import Readers
from .shortlist import SHORTLIST, shortlist_categories

_MAX_CHARS = 2_200
"""Instagram's limit of a caption; nothing longer reaches a tokenizer."""


class TransformersEngine:
    """twitter-roberta for the tone, xlm-roberta for the language, bart-large-mnli for the topic among a shortlist.

    Texts are cut by tokens (catalogue.py). A text without letters has language `und` and no category; the tone of its
    emoji is read by the model, that of nothing at all by the rules.
    """

    name = "transformers"

    def __init__(self) -> None:
        self._lock = Lock()
        self._readers: Readers | None = None
        self._loaded = ""

    @property
    def version(self) -> str:
        """Of models, heads, taxonomy and method; computed from files, without torch. Raises `ModelsMissing`."""
        return self._version(self._fingerprints())

    def analyse(self, texts: Sequence[str]) -> list[TextAnalysis]:
        """One pass at a time: the models use all threads that this process has."""
        with self._lock:
            version = self.version
            if self._readers is None or self._loaded != version:
                self._readers = None
                self._readers = Readers.of(load_models(find_models(settings.AI_MODELS_CACHE_DIR)))
                self._loaded = version
            return self._read(self._readers, [shorten(normalise_text(text), _MAX_CHARS) for text in texts], version)

    def _fingerprints(self) -> list[str]:
        files = find_models(settings.AI_MODELS_CACHE_DIR)
        return [files[spec.task].fingerprint for spec in (SENTIMENT, LANGUAGE, TOPIC)]

    def _version(self, fingerprints: list[str]) -> str:
        parts = [*fingerprints, load_heads().version, *(f"{spec.max_tokens}" for spec in (SENTIMENT, LANGUAGE, TOPIC))]
        return f"1-k{SHORTLIST}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:8]}.{taxonomy_version()}"

    def _read(self, readers: Readers, texts: list[str], version: str) -> list[TextAnalysis]:
        worded = [place for place, text in enumerate(texts) if has_words(text)]
        told = [place for place, text in enumerate(texts) if text]
        moods = dict(zip(told, readers.judge_sentiments([texts[place] for place in told]), strict=True))
        languages = dict(zip(worded, readers.identify_languages([texts[place] for place in worded]), strict=True))
        topics = self._find_topics(readers, {place: texts[place] for place in worded}, languages)
        return [
            TextAnalysis(
                language=languages.get(place, Language(UNDETERMINED, 0.0)),
                sentiment=moods[place][0] if place in moods else judge_sentiment(text, UNDETERMINED),
                category=topics[place][0] if place in topics else Category(None, 0.0),
                engine=self.name,
                version=version,
                raw=_explain(readers, moods.get(place), topics.get(place)),
            )
            for place, text in enumerate(texts)
        ]

    def _find_topics(
        self, readers: Readers, texts: dict[int, str], languages: dict[int, Language]
    ) -> dict[int, tuple[Category, dict[str, float]]]:
        spoken = [languages[place].code for place in texts]
        candidates = shortlist_categories(list(texts.values()), spoken)
        return dict(zip(texts, readers.choose_categories(list(texts.values()), candidates), strict=True))


def _explain(
    readers: Readers,
    mood: tuple[Sentiment, dict[str, float]] | None,
    topic: tuple[Category, dict[str, float]] | None,
) -> dict[str, Any]:
    """The models' own output: chances of the tones, and of each category on the shortlist."""
    return {
        "precision": readers.precision,
        "sentiments": mood[1] if mood else {},
        "categories": topic[1] if topic else {},
    }
