"""Parts of a report, each an answer of its own."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from apps.analysis.selectors import find_analysis_job, find_profile_analysis, get_insights
from apps.jobs.models import Job
from apps.profiles.models import Mention, Profile, RelatedProfile
from apps.profiles.selectors import get_picture_url, get_preview, list_profiles, mask_addresses


def show_growth(report: dict[str, Any]) -> dict[str, Any]:
    """`{username, series, methods, metrics, freshness}`: the counts over time and the growth metrics."""
    metrics = {key: metric for key, metric in report["metrics"].items() if key.startswith("followers")}
    return {
        "username": report["username"],
        **report["growth"],
        "metrics": metrics,
        "freshness": report["freshness"],
    }


def show_content(report: dict[str, Any]) -> dict[str, Any]:
    """`{username, content, formats, hashtags, best_hours}`: what the posts are about and how they do."""
    return {
        "username": report["username"],
        **{name: report[name] for name in ("content", "formats", "hashtags", "best_hours", "notices")},
    }


def show_brands(report: dict[str, Any], profile: Profile) -> dict[str, Any]:
    """`{username, sponsored, sponsors, mentions}`: paid posts, who paid, and whom the captions name."""
    return {
        "username": report["username"],
        "sponsored": report["sponsored"],
        "sponsors": list_sponsors(profile),
        "mentions": report["mentions"],
    }


def list_sponsors(profile: Profile) -> list[dict[str, Any]]:
    """The accounts that posts name as paid partners, as `list_mentions` gives them."""
    return [row for row in list_mentions(profile) if "sponsor" in row["kinds"]]


def list_mentions(profile: Profile) -> list[dict[str, Any]]:
    """Accounts that the posts name, most named first: `[{username, posts, kinds: {kind: posts}, profile}]`."""
    rows = Mention.objects.filter(profile=profile, post__missing_since=None).order_by()
    posts: dict[str, set[int]] = defaultdict(set)
    kinds: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for username, kind, post_id in rows.values_list("username", "kind", "post_id"):
        posts[username].add(post_id)
        kinds[username][kind] += 1
    known = list_profiles(posts)
    named = sorted(posts, key=lambda username: (-len(posts[username]), username))
    return [
        {
            "username": username,
            "posts": len(posts[username]),
            "kinds": dict(kinds[username]),
            "profile": get_preview(known[username]) if username in known else None,
        }
        for username in named
    ]


def list_related(profile: Profile) -> QuerySet[RelatedProfile]:
    """Accounts that Instagram suggests beside this one, in its order."""
    return RelatedProfile.objects.filter(profile=profile).order_by("position", "id")


def show_related(rows: list[RelatedProfile]) -> list[dict[str, Any]]:
    """Each with its preview where the account is known here. One query."""
    known = list_profiles([row.username for row in rows])
    return [_show_related(row, known.get(row.username)) for row in rows]


def _show_related(row: RelatedProfile, profile: Profile | None) -> dict[str, Any]:
    return {
        "username": row.username,
        "full_name": mask_addresses(row.full_name),
        "is_verified": row.is_verified,
        "is_private": row.is_private,
        "avatar_url": get_picture_url(profile.avatar if profile else None, label=row.full_name or row.username),
        "profile": get_preview(profile) if profile else None,
    }


def get_analysis_state(profile: Profile) -> dict[str, Any]:
    """`{username, state, analysed, total, engines, analysed_at, job}`; state: disabled, running, ready or missing."""
    insights = get_insights(profile)
    job = find_analysis_job(profile)
    state = _analysis_state(profile, job)
    return {
        "username": profile.username,
        "state": state,
        **{name: insights[name] for name in ("analysed", "total", "engines", "analysed_at")},
        # Without its id: the job is nobody's, and shared by all teams.
        "job": {"state": job.state, "progress": job.progress} if job else None,
    }


def _analysis_state(profile: Profile, job: Job | None) -> str:
    if not settings.ENABLE_AI_ANALYSIS:
        return "disabled"
    if job is not None:
        return "running"
    return "ready" if find_profile_analysis(profile) else "missing"
