"""What a report says. The same for every team: only what is stored about the creator goes into it."""

from datetime import timedelta
from typing import Any

from django.conf import settings

from apps.analysis.selectors import count_preliminary, get_insights
from apps.profiles.metrics import Metric, compute_metrics
from apps.profiles.models import Profile, Snapshot
from apps.profiles.selectors import (
    describe_flags,
    get_avatar_url,
    get_facts,
    get_preview,
    list_snapshots,
    mask_addresses,
)

from .posts import list_report_posts, show_posts
from .summary import gather_facts, summarise

MOST_POSTS = 48
MOST_POINTS = 400
# How each number of a point came to be, as /methodology has it; the medians rest on its `posts_sampled`.
GROWTH_METHODS = {
    "followers": "account.followers.v1",
    "following": "account.following.v1",
    "posts_count": "account.posts.v1",
    "median_likes": "avg.likes.median.v1",
    "median_comments": "avg.comments.median.v1",
    "median_views": "avg.views.median.v1",
}


def build_report(profile: Profile) -> dict[str, Any]:
    """A creator's whole report, ready for JSON; about 16 queries and every metric computed.

    A superset of the Preview. Each number that is computed travels as a metric in `metrics`, `hashtags` and the like
    repeat the tables among them for convenience; plain counts are as upstream gave them, null when it did not.
    """
    facts = get_facts(profile)
    metrics = compute_metrics(facts)
    insights = get_insights(profile)
    report = _report(profile, metrics, insights)
    known = gather_facts(profile, facts, report=report, posts=report["posts"])
    return {**report, "summary": summarise(known)}


def _report(profile: Profile, metrics: dict[str, Metric], insights: dict[str, Any]) -> dict[str, Any]:
    return {
        **get_preview(profile),
        **_account(profile),
        "metrics": {key: metric.as_dict() for key, metric in metrics.items()},
        "growth": {"series": list_growth(profile), "methods": GROWTH_METHODS},
        "posts": show_posts(list_report_posts(profile)[:MOST_POSTS], profile=profile),
        "content": insights,
        "hashtags": _table(metrics, "hashtags"),
        "mentions": _table(metrics, "mentions"),
        "best_hours": _metric(metrics, "best_hours"),
        "formats": _metric(metrics, "formats"),
        "sponsored": {
            "share": _metric(metrics, "sponsored.share"),
            "performance": _metric(metrics, "sponsored.performance"),
            "performance_by_views": _metric(metrics, "sponsored.performance.views"),
            "terms": _table(metrics, "sponsored.terms"),
        },
        "flags": profile.flags,
        "notices": list_notices(profile, insights),
        "freshness": get_freshness(profile),
    }


def _account(profile: Profile) -> dict[str, Any]:
    return {
        "id": profile.external_id,
        "avatar_large_url": get_avatar_url(profile, large=True),
        "biography": mask_addresses(profile.biography),
        "external_url": mask_addresses(profile.external_url),
        "links": [_mask_link(link) for link in profile.links],
        "following": profile.following,
        "highlights_count": profile.highlights_count,
        "is_private": profile.is_private,
        "is_business": profile.is_business,
        "is_professional": profile.is_professional,
        "country_code": profile.country_code,
        "source": profile.source,
        "refreshed_at": _iso(profile.refreshed_at),
        "posts_refreshed_at": _iso(profile.posts_refreshed_at),
        "stale": profile.stale_since is not None,
    }


def _mask_link(link: Any) -> Any:
    if isinstance(link, dict):
        return {key: mask_addresses(value) if isinstance(value, str) else value for key, value in link.items()}
    return mask_addresses(link) if isinstance(link, str) else link


def get_freshness(profile: Profile) -> dict[str, Any]:
    """When the report was read, whether the last try failed, and from when on a refresh is free."""
    refreshed = profile.refreshed_at
    refreshable = refreshed + timedelta(hours=settings.REPORT_FRESH_HOURS) if refreshed else None
    return {
        "refreshed_at": _iso(refreshed),
        "posts_refreshed_at": _iso(profile.posts_refreshed_at),
        "refreshable_at": _iso(refreshable),
        "stale": profile.stale_since is not None,
        "stale_since": _iso(profile.stale_since),
        "stale_reason": profile.stale_reason,
    }


def list_growth(profile: Profile) -> list[dict[str, Any]]:
    """The counts over time, oldest first: the last snapshot of each day, the latest `MOST_POINTS` days."""
    days: dict[Any, Snapshot] = {snapshot.taken_at.date(): snapshot for snapshot in list_snapshots(profile)}
    return [_show_snapshot(snapshot) for snapshot in list(days.values())[-MOST_POINTS:]]


def _show_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "at": _iso(snapshot.taken_at),
        "followers": snapshot.followers,
        "following": snapshot.following,
        "posts_count": snapshot.posts_count,
        "median_likes": snapshot.median_likes,
        "median_comments": snapshot.median_comments,
        "median_views": snapshot.median_views,
        "posts_sampled": snapshot.posts_sampled,
    }


def list_notices(profile: Profile, insights: dict[str, Any]) -> list[dict[str, str]]:
    """What a reader must know before trusting the numbers: `[{code, message}]`."""
    notices = []
    if profile.synthetic:
        notices.append(("synthetic", "A synthetic creator of the sandbox: nothing about it is real."))
    if profile.is_private:
        notices.append(("private", "The account is private now: what is shown was read before."))
    if profile.unavailable_at is not None:
        notices.append(("unavailable", "The account cannot be found on Instagram any more: these are the last data."))
    if profile.stale_since is not None:
        notices.append(("stale", "The data source did not answer when this was last refreshed: older data are shown."))
    if profile.flags:
        notices.append(("implausible", " ".join(flag["message"] for flag in describe_flags(profile.flags))))
    if settings.ENABLE_AI_ANALYSIS and not insights["analysed_at"]:
        notices.append(("analysis_pending", "The captions are still being analysed."))
    if preliminary := count_preliminary(insights):
        message = f"{preliminary} of {insights['analysed']} posts were read by word rules only, which err more often."
        notices.append(("analysis_preliminary", message))
    return [{"code": code, "message": message} for code, message in notices]


def _metric(metrics: dict[str, Metric], key: str) -> dict[str, Any] | None:
    metric = metrics.get(key)
    return metric.as_dict() if metric else None


def _table(metrics: dict[str, Metric], key: str) -> list[dict[str, Any]]:
    metric = metrics.get(key)
    return list(metric.value) if metric and metric.value else []


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment is not None else None
