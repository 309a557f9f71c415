"""Engines that read texts, behind one interface, and the chain in which each falls back to the next."""

from .base import UNDETERMINED, Category, Engine, Language, Sentiment, TextAnalysis
from .chain import LAST_RESORT, analyse_with_chain, answer_directly, ask_engine, find_preferred
from .registry import get_engine, list_engine_names, register_engine

__all__ = [
    "LAST_RESORT",
    "UNDETERMINED",
    "Category",
    "Engine",
    "Language",
    "Sentiment",
    "TextAnalysis",
    "analyse_with_chain",
    "answer_directly",
    "ask_engine",
    "find_preferred",
    "get_engine",
    "list_engine_names",
    "register_engine",
]
