"""Pages about the engines that read captions and the categories they know."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from apps.analysis.languages import language_name
from apps.analysis.selectors import EngineState, count_categories, list_engine_states
from apps.analysis.taxonomy import CategoryInfo, list_categories, taxonomy_version
from apps.core.caching import cached

_MINUTES = 60


def show_engines(request: HttpRequest) -> HttpResponse:
    """The chain as it stands: versions, breakers, and what each engine read within a day."""
    engines = list_engine_states()
    return _page(
        request,
        "Analysis engines",
        "Captions are read by the first engine of the chain that answers; each has its own breaker. "
        "Speed and failures are those of the last 24 hours.",
        {"headers": _ENGINE_HEADERS, "rows": [_engine_row(engine) for engine in engines]},
    )


def show_taxonomy(request: HttpRequest) -> HttpResponse:
    """The categories, what maps onto them, and how many creators each has."""
    creators = cached("backoffice:categories", ttl=5 * _MINUTES, make=count_categories)
    categories = list_categories()
    return _page(
        request,
        "Taxonomy",
        f"Version {taxonomy_version()}: {len(categories)} categories. A change is a new version, by which captions are "
        f"read again. {creators.get(None, 0):,} creators have no clear category.",
        {"headers": _TAXONOMY_HEADERS, "rows": [_category_row(info, creators) for info in categories]},
    )


def _page(request: HttpRequest, title: str, text: str, table: dict[str, Any]) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, "text": text, "table": table}
    return TemplateResponse(request, "backoffice/table.html", context)


_ENGINE_HEADERS = [
    "Place", "Engine", "Version", "Breaker", "Failures in a row", "Texts read", "Texts a second", "Had to be replaced",
    "Last read (UTC)",
]  # fmt: skip


def _engine_row(engine: EngineState) -> list[Any]:
    breaker = engine.breaker
    return [
        engine.place or "not in the chain",
        engine.name,
        engine.version or "not installed",
        breaker.state.replace("_", " ") if breaker else "closed",
        breaker.failures if breaker else 0,
        f"{engine.texts:,}",
        f"{engine.texts_a_second:,.1f}" if engine.texts_a_second else "–",
        f"{engine.passed_over:,} batches" if engine.passed_over else "–",
        f"{engine.last_at:%Y-%m-%d %H:%M}" if engine.last_at else "–",
    ]


_TAXONOMY_HEADERS = ["Category", "Code", "What it holds", "Creators", "Keywords", "Instagram's own names"]


def _category_row(info: CategoryInfo, creators: dict[str | None, int]) -> list[Any]:
    words = sum(map(len, info.keywords.values()))
    languages = ", ".join(sorted(language_name(code) for code in info.keywords if language_name(code)))
    return [
        f"{info.emoji} {info.label}",
        info.code,
        info.description,
        f"{creators.get(info.code, 0):,}",
        f"{words} in {len(info.keywords)} languages ({languages})",
        ", ".join(info.instagram) or "–",
    ]
