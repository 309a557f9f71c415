"""What a language brings to a synthetic creator: sentences that stand alone, so that any may follow any."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """`topics` and `tags` are by category; `bios` are formats over `{job}` and `{city}`."""

    code: str
    openers: tuple[str, ...]
    closers: tuple[str, ...]
    topics: dict[str, tuple[str, ...]]
    tags: dict[str, tuple[str, ...]]
    partner: tuple[str, ...]
    """Formats over `{brand}` for a paid post."""
    ad_tag: str
    comments: tuple[str, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    jobs: dict[str, str]
    bios: tuple[str, ...]
    cities: tuple[tuple[str, str], ...]
    """City and country code."""
    contact: str
    """Format over `{email}`."""


def split(text: str) -> tuple[str, ...]:
    """Phrases written one beside the other with bars between them."""
    return tuple(part.strip() for part in text.split("|"))


def table(text: str) -> dict[str, tuple[str, ...]]:
    """Lines of `category: phrase | phrase`."""
    rows = (line.partition(":") for line in text.strip().splitlines() if line.strip())
    return {key.strip(): split(value) for key, _, value in rows}
