"""What a team reads of a post whose analytics it bought."""

from typing import Any

from apps.discovery.selectors.discussion import list_comments, measure_discussion, show_comments
from apps.discovery.selectors.insight import show_metrics
from apps.discovery.selectors.reports.posts import show_posts
from apps.profiles.metrics import PostAmongOthers
from apps.profiles.models import Post
from apps.profiles.selectors import get_facts, get_post_discussion, make_post_facts

SHOWN_COMMENTS = 25
MOST_OTHERS = 50


def get_post_analytics(post: Post) -> dict[str, Any]:
    """`{username, post, comparison, comments: {metrics, coverage, results}}`: about ten queries.

    `results` are the newest comments; the rest is at `posts/{shortcode}/comments`.
    """
    discussion = get_post_discussion(post)
    return {
        "username": post.profile.username,
        "post": show_posts([post], profile=post.profile)[0],
        "comparison": show_metrics(_among_others(post)),
        "comments": {
            "coverage": {
                "posts": int(bool(discussion.comments)),
                "comments": len(discussion.comments),
                "of": discussion.of,
                "reason": "" if discussion.comments else discussion.refusal,
            },
            "metrics": measure_discussion(discussion),
            "results": show_comments(list_comments(post)[:SHOWN_COMMENTS], post=post),
        },
    }


def _among_others(post: Post) -> PostAmongOthers:
    facts = get_facts(post.profile, with_peers=False)
    others = tuple(other for other in facts.posts if other.shortcode != post.shortcode)[:MOST_OTHERS]
    return PostAmongOthers(post=make_post_facts(post), others=others, as_of=post.last_seen_at)
