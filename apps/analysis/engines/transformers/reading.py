"""What the models' logits mean: tones, languages, and categories by entailment against contradiction."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.analysis.engines.base import UNDETERMINED, Category, Language, Sentiment, SentimentLabel
from apps.analysis.taxonomy import category_label

from .catalogue import LANGUAGE, SENTIMENT, TOPIC
from .classifier import Classifier, softmax
from .labels import read_entailment, read_languages, read_sentiments
from .loading import Loaded

HYPOTHESIS = "This post is about {}."
ENTAILED = 0.5
"""At least as likely entailed as contradicted; below, a post has no category."""
Moods = list[tuple[Sentiment, dict[str, float]]]
Topics = list[tuple[Category, dict[str, float]]]


@dataclass(frozen=True, slots=True)
class Readers:
    """The loaded models with the meaning of their outputs."""

    sentiment: Classifier
    language: Classifier
    topic: Classifier
    sentiments: dict[SentimentLabel, int]
    languages: list[str | None]
    contradiction: int
    entailment: int
    precision: str

    @classmethod
    def of(cls, loaded: Loaded) -> "Readers":
        """Raises `ModelUnusable` where a model's labels are not what its task needs."""
        sentiment, language, topic = (loaded.classifiers[spec.task] for spec in (SENTIMENT, LANGUAGE, TOPIC))
        contradiction, entailment = read_entailment(topic.labels)
        return cls(
            sentiment=sentiment,
            language=language,
            topic=topic,
            sentiments=read_sentiments(sentiment.labels),
            languages=read_languages(language.labels),
            contradiction=contradiction,
            entailment=entailment,
            precision=loaded.precision,
        )

    def judge_sentiments(self, texts: Sequence[str]) -> Moods:
        """The likeliest tone with its chance, score P(positive) - P(negative), and all three chances."""
        found: Moods = []
        for row in softmax(self.sentiment.rate(texts)):
            chances = {label: float(row[output]) for label, output in self.sentiments.items()}
            best = max(chances, key=lambda label: chances[label])
            score = round(chances["positive"] - chances["negative"], 4)
            mood = Sentiment(best, max(-1.0, min(1.0, score)), round(chances[best], 4))
            found.append((mood, {label: round(chance, 4) for label, chance in chances.items()}))
        return found

    def identify_languages(self, texts: Sequence[str]) -> list[Language]:
        """The likeliest language with its chance; `und` where it is none that the product reads."""
        found = []
        for row in softmax(self.language.rate(texts)):
            best = int(row.argmax())
            code = self.languages[best]
            found.append(Language(code or UNDETERMINED, round(float(row[best]), 4) if code else 0.0))
        return found

    def choose_categories(self, texts: Sequence[str], candidates: Sequence[Sequence[str]]) -> Topics:
        """Of each text's candidates the one most entailed, with its chance against contradiction, and all chances.

        As the zero-shot pipeline does by `multi_label=True`; None below one half. All pairs share batches.
        """
        pairs = [
            (text, HYPOTHESIS.format(category_label(code).lower()))
            for text, codes in zip(texts, candidates, strict=True)
            for code in codes
        ]
        logits = self.topic.rate(pairs)
        entailed = iter(softmax(logits[:, [self.contradiction, self.entailment]])[:, 1])
        return [_choose({code: round(float(next(entailed)), 4) for code in codes}) for codes in candidates]


def _choose(chances: dict[str, float]) -> tuple[Category, dict[str, float]]:
    best = max(chances, key=lambda code: chances[code], default=None)
    chance = chances[best] if best else 0.0
    return Category(best if chance >= ENTAILED else None, chance), chances
