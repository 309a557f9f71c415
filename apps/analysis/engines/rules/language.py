"""Language by script, then by little words and tell-tale letters."""

import re

from apps.analysis.engines.base import UNDETERMINED, Language
from apps.core.words import list_words

from .lexicon import little_words

_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("kana", "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"),
    ("han", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"),
    ("thai", "\u0e00-\u0e7f"),
    ("devanagari", "\u0900-\u097f"),
    ("greek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"),
    ("cyrillic", "\u0400-\u04ff"),
    ("latin", "a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff"),
)
_COUNTERS = tuple((name, re.compile(f"[{chars}]")) for name, chars in _SCRIPTS)
_ONE_LANGUAGE = {"thai": "th", "devanagari": "hi", "greek": "el"}
_CANDIDATES = {
    "arabic": ("ar", "ur"),
    "cyrillic": ("ru", "bg"),
    "latin": ("en", "es", "pt", "fr", "de", "it", "nl", "pl", "tr", "vi", "sw", "hi"),
}
_LETTERS = {
    "ur": "ٹڈڑںےھہگچپژی",
    "ar": "ةىيكأإؤئ",
    "ru": "ыэё",
    "bg": "ъ",
    "es": "ñ¿¡",
    "pt": "ãõ",
    "de": "äöüß",
    "pl": "łąęśżźćń",
    "tr": "ğışİ",
    "vi": "ăđơưạảấầậếềệịọỏốộớờợụủứừựỳỹ",
    "fr": "çèêœ",
}
_LETTER_WEIGHT = 1.5


def detect_language(text: str) -> Language:
    """The most likely of the supported languages; `und` with confidence 0 where nothing tells."""
    lowered = text.lower()
    counts = {name: len(pattern.findall(lowered)) for name, pattern in _COUNTERS}
    total = sum(counts.values())
    if not total:
        return Language(UNDETERMINED, 0.0)
    if counts["kana"] and counts["kana"] + counts["han"] > total / 3:
        return Language("ja", round(min(0.99, 0.6 + counts["kana"] / total), 4))
    script = max(counts, key=lambda name: counts[name])
    share = counts[script] / total
    if script == "han":
        return Language("zh", round(0.9 * share, 4))
    if script in _ONE_LANGUAGE:
        return Language(_ONE_LANGUAGE[script], round(0.98 * share, 4))
    return _by_words(lowered, _CANDIDATES.get(script, ()), share)


def _by_words(lowered: str, candidates: tuple[str, ...], share: float) -> Language:
    words = list_words(lowered)
    scores: dict[str, float] = dict.fromkeys(candidates, 0.0)
    for code in candidates:
        scores[code] += sum(1 for word in words if word in little_words()[code])
        scores[code] += _LETTER_WEIGHT * sum(1 for char in set(lowered) if char in _LETTERS.get(code, ""))
    (best, top), *rest = sorted(scores.items(), key=lambda pair: -pair[1]) or [("", 0.0)]
    if top < 1:
        return Language(UNDETERMINED, 0.0)
    second = rest[0][1] if rest else 0.0
    certainty = (top - second) / top * min(1.0, top / 3)
    return Language(best, round(max(0.05, certainty * share), 4))
