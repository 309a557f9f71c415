"""What a sentence may rest on: numbers of metrics that are there, with the place of each, and posts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Metric = Mapping[str, Any]
Evidence = dict[str, Any]
Claim = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """Every metric of a creator by key, as it travels, and the posts of the report, newest first."""

    metrics: Mapping[str, Metric]
    posts: list[dict[str, Any]]

    def find(self, key: str, *, fewest: int = 1) -> Metric | None:
        """A metric that has a value from at least so many items; else None, and nothing may be said of it."""
        metric = self.metrics.get(key)
        if metric is None or metric["value"] is None or metric["sample"]["size"] < fewest:
            return None
        return metric

    def read(self, key: str, *, fewest: int = 1) -> Any:
        """Its value, or None."""
        metric = self.find(key, fewest=fewest)
        return None if metric is None else metric["value"]

    def cite(self, key: str, *path: str | int) -> Evidence:
        """A number of a metric: its value, or what stands in its table under `path`; it is no metric itself."""
        metric = self.metrics[key]
        value = metric["value"]
        for step in path:
            value = value[step]
        return {
            "kind": "metric",
            "key": key,
            "method": metric["method"],
            "status": metric["status"],
            "confidence": metric["confidence"],
            "sample": metric["sample"]["size"],
            "path": ".".join(map(str, path)),
            "number": value,
        }


Rule = Callable[[Facts], Claim | None]


def cite_posts(shortcodes: Iterable[str], *, most: int = 3) -> list[Evidence]:
    """Posts by their shortcodes; those without one cannot be shown."""
    return [{"kind": "post", "shortcode": code} for code in list(dict.fromkeys(filter(None, shortcodes)))[:most]]


def claim(code: str, text: str, *rests_on: Evidence) -> Claim:
    """A sentence, its stable code, and what it rests on."""
    return {"code": code, "text": text, "rests_on": list(rests_on)}


def join(words: Iterable[str]) -> str:
    """ "a, b and c"."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last
