"""Countries by their ISO 3166 codes."""

from functools import lru_cache
from importlib.resources import files


def name_country(code: str) -> str:
    """ "SA" → "Saudi Arabia"; a code that is in no list stays a code."""
    return _names().get(code, code)


def list_countries() -> list[tuple[str, str]]:
    """Every code with its name, by name."""
    return sorted(_names().items(), key=lambda one: one[1])


@lru_cache
def _names() -> dict[str, str]:
    """The table of the time zone database, which is in the public domain and here anyway."""
    lines = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))
