"""How near two creators are by what they write, as a metric of the same registry as all others."""

from dataclasses import dataclass
from datetime import datetime

from apps.profiles.metrics import Found, Missing, Sample, Status, Unit, metric

MINIMUM_TEXTS, MOST_TEXTS = 3, 24
METHOD = "similar.texts.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFacts:
    """Two creators' places: the cosine between them, and the texts that the smaller of the two rests on."""

    cosine: float | None
    texts: int
    model: str
    as_of: datetime | None


@metric(
    PairFacts,
    key="similarity",
    method=METHOD,
    label="Similarity of content",
    unit=Unit.SCORE,
    category="analysis",
    status=Status.ESTIMATED,
    formula=(
        "How alike two creators' texts are in meaning, whatever the language: the angle between the means of their "
        "texts' embeddings, in which what tells topics apart counts more. 1 is the same, 0 unrelated."
    ),
    maths=(
        "m = Σ wᵢ·(embedding(textᵢ) − μ) / Σ wᵢ; c = m + 3·A·Aᵀ·m, at length 1; similarity = c₁ · c₂. w = min(1, "
        "letters/80) for each of the newest 24 captions, 3 for the biography; μ and A are the mean and the axes of the "
        "embedded descriptions of the taxonomy."
    ),
    inputs=("biography", "captions"),
    minimum_sample=MINIMUM_TEXTS,
    full_sample=MOST_TEXTS,
    source="multilingual-e5-small (Wang et al., 2024) in 4 bits; sentence embeddings averaged per author.",
    decimals=3,
    caveats=(
        "It compares words, neither pictures nor audiences.",
        "Only creators placed by the same model and version are compared, real ones with real ones.",
        "The sample is that of the creator of the two with fewer texts.",
    ),
)
def similarity(facts: PairFacts) -> Found | Missing:
    sample = Sample(size=facts.texts, of=MOST_TEXTS + 1, kind="texts")
    if facts.cosine is None:
        return Missing(reason="The creator has too few texts to compare.", sample=sample, as_of=facts.as_of)
    return Found(value=max(-1.0, min(1.0, facts.cosine)), sample=sample, as_of=facts.as_of)
