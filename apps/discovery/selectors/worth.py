"""What post analytics must contain to be worth their price, and when they are ready without more work."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from apps.profiles.models import Post


def find_post_shortfalls(post: Post) -> list[dict[str, Any]]:
    """Why a post's analytics would be hollow: `[{code, message}]`, empty when they are worth their price.

    The minimum: a visible count of likes, comments or views, and the comments, where the post has any, read.
    """
    reasons = []
    if not any((post.likes, post.comments, post.views, post.plays)):
        reasons.append({"code": "no_counts", "message": "No like, comment or view of this post can be seen."})
    nobody_wrote = post.comments is None and post.comments_read_at is not None
    if has_comments(post) and not nobody_wrote and not post.comment_rows.exists():
        reasons.append({"code": "comments_unread", "message": _UNREAD.get(post.comments_refusal, _UNREAD[""])})
    return reasons


_UNREAD = {
    "": "The comments of this post have not been read.",
    "no_source": "None of the data sources that are set up gives the comments of a post.",
    "source_unavailable": "The data source did not give the comments of this post.",
    "absent": "The data source does not find this post any more.",
}


def has_comments(post: Post) -> bool:
    """Whether there is anything to read; an unknown count counts as some."""
    return post.comments != 0 and not post.comments_disabled


def is_ready(post: Post) -> bool:
    """Whether the post was read within the day, and its comments as deep as a purchase promises."""
    since = timezone.now() - timedelta(hours=settings.REPORT_FRESH_HOURS)
    if post.last_seen_at < since or post.missing_since is not None:
        return False
    if not has_comments(post):
        return True
    most = settings.COMMENTS_OF_BOUGHT_POST
    deep_enough = post.comments_asked >= min(most, post.comments or most)
    return post.comments_read_at is not None and post.comments_read_at >= since and deep_enough
