"""The panel of similar creators, and the same again with each filter."""

from operator import itemgetter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.analysis.languages import LANGUAGES
from apps.analysis.selectors import Wanted
from apps.analysis.taxonomy import list_categories
from apps.discovery.selectors.similar import get_similar
from apps.profiles.metrics import SIZE_TIERS
from apps.profiles.models import Profile
from apps.teams.access import TeamRequest, part_of, team_page
from apps.teams.roles import Permission

from .doors import get_unlocked_or_404

SHOWN = 8
_SIZES = {
    "below_nano": "Below 1,000", "nano": "1,000 to 5,000", "micro": "5,000 to 20,000", "mid": "20,000 to 100,000",
    "macro": "100,000 to 1 million", "mega": "From 1 million",
}  # fmt: skip
_LABELS = {"size": "Size", "language": "Language", "category": "Topic"}
_OPTIONS = {
    "size": [(code, _SIZES[code]) for code, _low, _high in SIZE_TIERS],
    "language": sorted(LANGUAGES.items(), key=itemgetter(1)),
    "category": sorted(((info.code, info.label) for info in list_categories()), key=itemgetter(1)),
}


@require_GET
@team_page(Permission.CONTENT_VIEW)
@part_of("discovery:similar", "username", with_query=True)
def similar_found(request: TeamRequest, username: str) -> HttpResponse:
    """The panel alone, for scripts."""
    profile = get_unlocked_or_404(request, username)
    context = {"report": profile, **describe_similar(request, profile)}
    return render(request, "discovery/report/similar.html", context)


def describe_similar(request: TeamRequest, profile: Profile) -> dict[str, Any]:
    """`{similar, filters, narrowed}` for the filters of the request; one that is unknown asks nothing."""
    asked = {name: value for name in _OPTIONS if (value := request.GET.get(name, "")) in dict(_OPTIONS[name])}
    found = get_similar(profile, Wanted(**asked), limit=SHOWN)
    for row in found["results"]:
        row["card"] = {"key": row["profile"]["username"], "label": "Similarity", "metric": row["similarity"]}
    return {"similar": found, "filters": _list_filters(asked), "narrowed": bool(asked)}


def _list_filters(asked: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": _LABELS[name],
            "options": [{"code": code, "label": label, "chosen": asked.get(name) == code} for code, label in options],
        }
        for name, options in _OPTIONS.items()
    ]
