"""The summary of a report as its page shows it: sentences, each leading to the metrics and posts that it rests on."""

from typing import Any

from django.urls import reverse

from apps.core.templatetags.texts import humanised
from apps.profiles.metrics import find_definition

from .tabs import get_tab_url

# Where a metric stands, by the beginning of its key: tab and place.
_PLACES = (
    ("followers", "overview", "growth"),
    ("engagement_rate.", "overview", "engagement"),
    ("formats", "content", "formats"),
    ("content.", "content", "insights"),
    ("audience.", "audience", "audience-t"),
    ("comments.", "audience", "talk-t"),
    ("authenticity.", "authenticity", "score"),
    ("sponsored.", "brands", "sponsored"),
    ("safety.", "brands", "safety"),
)
_ELSEWHERE = ("overview", "every-metric")
_WEAKEST = ("estimated", "computed", "observed")


def describe_summary(report: dict[str, Any], *, slug: str = "") -> list[dict[str, Any]]:
    """`[{code, text, status, links}]`; without a team's `slug` the links lead to the methods, for everybody."""
    return [
        {
            "code": one["code"],
            "text": one["text"],
            "status": _find_status(one["rests_on"]),
            "links": _list_links(one["rests_on"], username=report["username"], slug=slug),
        }
        for one in report["summary"]
    ]


def _find_status(evidence: list[dict[str, Any]]) -> str:
    """A sentence is as sure as the least sure of its numbers."""
    said = {one.get("status") for one in evidence}
    return next((status for status in _WEAKEST if status in said), "observed")


def _list_links(evidence: list[dict[str, Any]], *, username: str, slug: str) -> list[dict[str, str]]:
    """Each metric and each post once."""
    links: dict[str, dict[str, str]] = {}
    posts = 0
    for one in evidence:
        if one["kind"] == "metric":
            links.setdefault(one["method"], _link_metric(one, username=username, slug=slug))
        elif not slug and "method" in one:
            url = f"{reverse('portal:methodology')}#{one['method']}"
            links[one["method"]] = {"label": "Engagement of a post", "url": url, "title": one["method"]}
        elif slug:
            posts += 1
            url = reverse("discovery:post", args=[slug, one["shortcode"]])
            links[one["shortcode"]] = {"label": f"Post {posts}" if posts > 1 else "Post", "url": url, "title": ""}
    return list(links.values())


def _link_metric(one: dict[str, Any], *, username: str, slug: str) -> dict[str, str]:
    definition = find_definition(one["method"])
    label = definition.label if definition else humanised(one["key"])
    title = f"{one['method']}, sample {one['sample']:,}, {one['confidence']} confidence"
    if not slug:
        return {"label": label, "url": f"{reverse('portal:methodology')}#{one['method']}", "title": title}
    tab, place = next(((tab, place) for start, tab, place in _PLACES if one["key"].startswith(start)), _ELSEWHERE)
    return {"label": label, "url": f"{get_tab_url(slug, username, tab)}#{place}", "title": title}
