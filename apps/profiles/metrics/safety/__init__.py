"""Brand safety: words in captions that a brand may mind, each with its place and a quote."""

from .matching import METHOD, Flag, find_flags, published_terms
from .terms import CATEGORIES, SafetyCategory

SAFETY_CODES = tuple(category.code for category in CATEGORIES)
LABELS = {category.code: category.label for category in CATEGORIES}

__all__ = ["CATEGORIES", "LABELS", "METHOD", "SAFETY_CODES", "Flag", "SafetyCategory", "find_flags", "published_terms"]
