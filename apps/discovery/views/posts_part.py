"""The grid of posts: filtered by format, page by page."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from apps.core.numbers import read_number
from apps.discovery.selectors import list_report_posts, show_posts
from apps.profiles.models import Post, Profile
from apps.teams.access import TeamRequest

PAGE = 12


def first_page(request: TeamRequest, report: dict[str, Any], *, total: int) -> dict[str, Any]:
    """The newest of `total` posts, out of a report in hand. No query."""
    return _page(request, report["username"], shown=report["posts"][:PAGE], total=total, after=0, kind="")


def read_page(request: TeamRequest, profile: Profile) -> dict[str, Any]:
    """The posts that `?type=` and `?after=` ask for; anything else in them is taken as not given."""
    kind = request.GET.get("type", "")
    posts = list_report_posts(profile)
    if kind in Post.Type.values:
        posts = posts.filter(type=kind)
    else:
        kind = ""
    after = read_number(request.GET.get("after", ""), digits=6) or 0
    shown = show_posts(posts[after : after + PAGE], profile=profile)
    return _page(request, profile.username, shown=shown, total=posts.count(), after=after, kind=kind)


def count_kinds(profile: Profile) -> list[dict[str, Any]]:
    """The filter's choices with how many posts each has; All first. One query."""
    rows = list_report_posts(profile).order_by().values("type").annotate(n=Count("pk"))
    counts = {row["type"]: row["n"] for row in rows}
    kinds = [{"code": code, "label": label, "n": counts[code]} for code, label in Post.Type.choices if code in counts]
    return [{"code": "", "label": "All", "n": sum(counts.values())}, *kinds] if kinds else []


def _page(
    request: TeamRequest, username: str, *, shown: list[dict[str, Any]], total: int, after: int, kind: str
) -> dict[str, Any]:
    upto = after + len(shown)
    left = max(0, total - upto)
    url = reverse("discovery:posts", args=[request.team.slug, username])
    query = urlencode({"type": kind, "after": upto})
    return {"shown": shown, "left": left, "next": f"{url}?{query}" if left else "", "next_count": min(PAGE, left)}
