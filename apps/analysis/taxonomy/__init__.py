"""What a post can be about, and how other label sets map onto it. `taxonomy.toml` is the one source."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("taxonomy.toml")


@dataclass(frozen=True, slots=True)
class CategoryInfo:
    """One category; `keywords` by language as written in the file (`_` a space, `*` the end of a stem)."""

    code: str
    label: str
    description: str
    emoji: str
    tweet_topics: tuple[str, ...]
    authors: tuple[str, ...]
    instagram: tuple[str, ...]
    keywords: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def list_categories() -> tuple[CategoryInfo, ...]:
    """All categories, in the file's order."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        CategoryInfo(
            code=code,
            label=entry["label"],
            description=entry["description"],
            emoji=entry["emoji"],
            tweet_topics=tuple(entry["tweet_topic"]),
            authors=tuple(entry["author"]),
            instagram=tuple(entry["instagram"]),
            keywords={language: tuple(words.split()) for language, words in entry["keywords"].items()},
        )
        for code, entry in data.items()
        if code != "version"
    )


@lru_cache(maxsize=1)
def taxonomy_version() -> str:
    version: str = tomllib.loads(_FILE.read_text(encoding="utf-8"))["version"]
    return version


def find_category(code: str) -> CategoryInfo | None:
    return next((category for category in list_categories() if category.code == code), None)


def category_label(code: str | None) -> str:
    """What people read for a code; an unknown or missing one is "Unclear"."""
    category = find_category(code) if code else None
    return category.label if category else "Unclear"


def map_tweet_topic(topic: str) -> str | None:
    """Our code for one of the 19 topics of tweet_topic."""
    return next((category.code for category in list_categories() if topic in category.tweet_topics), None)


def map_author_category(name: str) -> str | None:
    """Our code for an author category of the Instagram influencer set; `other` means none."""
    return next((category.code for category in list_categories() if name in category.authors), None)


def map_instagram_category(name: str) -> str | None:
    """Our code for Instagram's own name of an account's category; None where it says nothing ("Digital creator")."""
    folded = name.strip().casefold()
    return next((category.code for category in list_categories() if folded in category.instagram), None)
