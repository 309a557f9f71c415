"""Posts as reports and lists show them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from apps.analysis.selectors import get_post_labels
from apps.profiles.metrics import PostInContext, compute_metric, sponsorship_of
from apps.profiles.models import Post, Profile, SafetyFlag
from apps.profiles.selectors import get_picture_url, list_post_flags, list_posts, make_post_facts

_RATE = "post.engagement_rate.followers"
_RATE_BY_VIEWS = "post.engagement_rate.views"


def list_report_posts(profile: Profile) -> QuerySet[Post]:
    """The posts still shown upstream, newest first; posts of unknown time last."""
    return list_posts(profile)


def show_posts(posts: Iterable[Post], *, profile: Profile) -> list[dict[str, Any]]:
    """Posts with their own rates, AI labels and brand-safety flags. One query for all labels, one for all flags."""
    posts = list(posts)
    labels = get_post_labels([post.pk for post in posts])
    flags = list_post_flags([post.pk for post in posts])
    return [
        {**_show_post(post, profile=profile), "safety": show_flags(flags[post.pk]), "analysis": labels.get(post.pk)}
        for post in posts
    ]


def show_flags(flags: Iterable[SafetyFlag]) -> list[dict[str, Any]]:
    """Brand-safety flags with the words that raised them; `start` and `length` count characters of the caption."""
    names = ("code", "severity", "term", "quote", "start", "length", "method")
    return [{name: getattr(flag, name) for name in names} for flag in flags]


def _show_post(post: Post, *, profile: Profile) -> dict[str, Any]:
    facts = make_post_facts(post)
    as_of = profile.posts_refreshed_at or profile.refreshed_at or post.last_seen_at
    context = PostInContext(post=facts, followers=profile.followers, as_of=as_of)
    return {
        "id": post.pk,
        "shortcode": post.shortcode,
        "url": post.url,
        "type": post.type,
        "product_type": post.product_type,
        "caption": post.caption,
        "taken_at": _iso(post.taken_at),
        "likes": post.likes,
        "likes_hidden": post.likes_hidden,
        "comments": post.comments,
        "comments_disabled": post.comments_disabled,
        "views": post.views,
        "plays": post.plays,
        "duration": post.duration,
        "engagement_rate": compute_metric(_RATE, context).as_dict(),
        "engagement_rate_by_views": _by_views(context),
        "thumbnail_url": get_picture_url(post.thumbnail, label=post.type),
        "alt_text": post.alt_text,
        "hashtags": post.hashtags,
        "mentions": post.mentions,
        "tagged": post.tagged,
        "coauthors": post.coauthors,
        "sponsors": post.sponsors,
        "is_sponsored": sponsorship_of(facts) is not None,
        "sponsored_by": sponsorship_of(facts),
        "is_pinned": post.is_pinned,
        "carousel_size": post.carousel_size,
        "location": post.location,
        "music": post.music,
        "flags": post.flags,
    }


def is_paid(post: Post) -> bool:
    """Whether a post is disclosed as paid: by Instagram's label, or in its caption."""
    return sponsorship_of(make_post_facts(post)) is not None


def _by_views(context: PostInContext) -> dict[str, Any] | None:
    """Only where there are views: most formats have none."""
    return compute_metric(_RATE_BY_VIEWS, context).as_dict() if context.post.views else None


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment is not None else None
