"""The grid of posts: filtered by format and by brand-safety flag, page by page."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from apps.core.numbers import read_number
from apps.discovery.selectors import list_report_posts, show_posts
from apps.discovery.selectors.filtering import ANY_FLAG, PostFilter, list_filtered_posts
from apps.profiles.metrics.safety import LABELS, SAFETY_CODES
from apps.profiles.models import Post, Profile
from apps.profiles.selectors import list_flags
from apps.teams.access import TeamRequest

PAGE = 12
Row = dict[str, Any]


def read_page(request: TeamRequest, profile: Profile) -> Row:
    """The posts that `?type=`, `?flag=` and `?after=` ask for; anything else in them is taken as not given.

    `{shown, left, next, next_count, query}`; `query` leads to the next page, "" where there is none.
    """
    asked = _read_filters(request)
    wanted = PostFilter(types=(asked["type"],) if asked["type"] else (), flag=asked["flag"])
    posts = list_filtered_posts(profile, wanted)
    after = read_number(request.GET.get("after", ""), digits=6) or 0
    shown = show_posts(posts[after : after + PAGE], profile=profile)
    left = max(0, posts.count() - after - len(shown))
    query = urlencode(asked | {"after": after + len(shown)})
    more = reverse("discovery:posts-more", args=[request.team.slug, profile.username])
    return {
        "shown": shown,
        "left": left,
        "next": f"{more}?{query}" if left else "",
        "query": f"?{query}" if left else "",
        "next_count": min(PAGE, left),
    }


def _read_filters(request: TeamRequest) -> dict[str, str]:
    kind, flag = request.GET.get("type", ""), request.GET.get("flag", "")
    return {
        "type": kind if kind in Post.Type.values else "",
        "flag": flag if flag in {ANY_FLAG, *SAFETY_CODES} else "",
    }


def count_kinds(profile: Profile) -> list[Row]:
    """The filter's choices with how many posts each has; All first. One query."""
    rows = list_report_posts(profile).order_by().values("type").annotate(n=Count("pk"))
    counts = {row["type"]: row["n"] for row in rows}
    kinds = [{"code": code, "label": label, "n": counts[code]} for code, label in Post.Type.choices if code in counts]
    return [{"code": "", "label": "All", "n": sum(counts.values())}, *kinds] if kinds else []


def count_flags(profile: Profile) -> list[Row]:
    """Brand-safety flags with how many posts each has, any of them first; empty where no post has one. One query."""
    pairs = set(list_flags(profile).order_by().values_list("code", "post_id"))
    counts = {code: sum(one == code for one, _post in pairs) for code in SAFETY_CODES}
    rows = [{"code": code, "label": LABELS[code], "n": counts[code]} for code in SAFETY_CODES if counts[code]]
    return [{"code": ANY_FLAG, "label": "Any flag", "n": len({post for _code, post in pairs})}, *rows] if rows else []


def describe_filters(request: TeamRequest, *, kinds: list[Row], flags: list[Row]) -> dict[str, list[Row]]:
    """`{kinds, flags}`: each choice with the address that it leads to, keeping the other filter."""
    asked = _read_filters(request)
    every = [{"code": "", "label": "All posts", "n": None}, *flags] if flags else []
    return {
        "kinds": [_choice(row, asked, "type") for row in kinds],
        "flags": [_choice(row, asked, "flag") for row in every],
    }


def _choice(row: Row, asked: dict[str, str], name: str) -> Row:
    query = urlencode({key: value for key, value in (asked | {name: row["code"]}).items() if value})
    return {**row, "query": f"?{query}", "is_current": asked[name] == row["code"]}
