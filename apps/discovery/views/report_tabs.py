"""A report, tab by tab: each is worked out only when it is looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from apps.discovery.selectors import get_report
from apps.discovery.selectors.discussion import get_comment_sentiment
from apps.discovery.selectors.insight import get_audience, get_authenticity, get_pricing, get_safety
from apps.discovery.selectors.parts import list_related, list_sponsors, show_related
from apps.discovery.selectors.purchases import describe_contacts
from apps.discovery.services.refreshing import REFRESH_KIND
from apps.discovery.services.trails import record_access
from apps.jobs.selectors import find_active_job
from apps.profiles.models import Profile
from apps.teams.access import TeamRequest, team_page
from apps.teams.roles import Permission, can

from .analysing import find_running_analysis
from .audience_part import describe_audience
from .authenticity_part import describe_authenticity
from .discussion_part import describe_discussion
from .doors import get_unlocked_or_404
from .insights_part import describe_insights, note_charts
from .posts_part import count_flags, count_kinds, describe_filters, read_page
from .preview_part import list_steps
from .pricing_part import describe_pricing
from .report_page import describe_brands, describe_content, describe_overview
from .safety_part import describe_safety
from .similar_part import describe_similar
from .summary_part import describe_summary
from .tabs import OVERVIEW, TABS, get_tab_url, list_tabs

Context = dict[str, Any]
RELATED = 12


@dataclass(frozen=True, slots=True)
class Sight:
    """What every tab is made of; `kinds` are the formats of the posts with their numbers, all of them first."""

    request: TeamRequest
    profile: Profile
    report: Context
    kinds: list[Context]


@require_GET
@team_page(Permission.CONTENT_VIEW)
def report_tab(request: TeamRequest, username: str, tab: str) -> HttpResponse:
    """One tab of a report; without the report there is no such page."""
    return show_tab(request, get_unlocked_or_404(request, username), tab)


def show_tab(request: TeamRequest, profile: Profile, tab: str) -> HttpResponse:
    """The whole page, or for a boosted link only what changes between tabs."""
    record_access(member=request.user, profile_id=profile.pk)
    sight = Sight(request, profile, get_report(profile), count_kinds(profile))
    boosted = request.headers.get("HX-Boosted") == "true"
    context = _describe_tabs(sight, tab) | ({} if boosted else _describe_frame(sight))
    template = "discovery/report/tabbed.html" if boosted else "discovery/report.html"
    response = render(request, template, {**context, **_BUILDERS[tab](sight), "boosted": boosted})
    patch_vary_headers(response, ("HX-Boosted",))
    return response


def _describe_tabs(sight: Sight, tab: str) -> Context:
    report, slug, username = sight.report, sight.request.team.slug, sight.profile.username
    return {
        "nav": "creators",
        "report": report,
        "username": username,
        "chart_note": note_charts(username, read_at=report["refreshed_at"], synthetic=report["synthetic"]),
        "posts_total": sight.kinds[0]["n"] if sight.kinds else 0,
        "tab": tab,
        "tab_label": TABS[tab],
        "tab_url": get_tab_url(slug, username, tab),
        "tabs": list_tabs(slug, username, tab),
        "insights": describe_insights(report["content"], job=find_running_analysis(sight.profile, report["content"])),
    }


def _describe_frame(sight: Sight) -> Context:
    """What stands above the tabs."""
    job = find_active_job(kind=REFRESH_KIND, team=sight.request.team, dedup_key=sight.profile.username)
    return {
        "job": job,
        "steps": list_steps(job) if job else [],
        "may_share": can(sight.request.membership, Permission.EXPORT),
    }


def _overview(sight: Sight) -> Context:
    return {
        "page": describe_overview(sight.report),
        "summary": describe_summary(sight.report, slug=sight.request.team.slug),
        "contacts": describe_contacts(sight.profile),
        "pricing": describe_pricing(get_pricing(sight.profile)),
        "authenticity": describe_authenticity(get_authenticity(sight.profile)),
    }


def _content(sight: Sight) -> Context:
    return {"page": describe_content(sight.report)}


def _audience(sight: Sight) -> Context:
    return {
        "audience": describe_audience(get_audience(sight.profile), gender=settings.AUDIENCE_INFER_GENDER),
        "talk": describe_discussion(get_comment_sentiment(sight.profile)),
    }


def _authenticity(sight: Sight) -> Context:
    return {"authenticity": describe_authenticity(get_authenticity(sight.profile))}


def _brands(sight: Sight) -> Context:
    return {
        "page": describe_brands(sight.report),
        "sponsors": list_sponsors(sight.profile),
        "safety": describe_safety(get_safety(sight.profile), flag=sight.request.GET.get("flag", "")),
    }


def _pricing(sight: Sight) -> Context:
    return {"pricing": describe_pricing(get_pricing(sight.profile))}


def _similar(sight: Sight) -> Context:
    related = show_related(list(list_related(sight.profile)[:RELATED]))
    return {"related": related, **describe_similar(sight.request, sight.profile)}


def _posts(sight: Sight) -> Context:
    flags = count_flags(sight.profile)
    return {
        "posts": read_page(sight.request, sight.profile),
        "filters": describe_filters(sight.request, kinds=sight.kinds, flags=flags),
    }


_BUILDERS: dict[str, Callable[[Sight], Context]] = {
    OVERVIEW: _overview,
    "content": _content,
    "audience": _audience,
    "authenticity": _authenticity,
    "brands": _brands,
    "pricing": _pricing,
    "similar": _similar,
    "posts": _posts,
}
