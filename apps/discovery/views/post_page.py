"""A post's analytics as the parts of its page."""

from typing import Any

from apps.discovery.selectors.analytics import get_post_analytics
from apps.profiles.models import Post

from .discussion_part import describe_discussion

AGAINST = (
    ("post.against.likes", "Likes"),
    ("post.against.comments", "Comments"),
    ("post.against.views", "Views"),
    ("post.against.plays", "Plays"),
)


def describe_analytics(post: Post) -> dict[str, Any]:
    """`{a, cards, talk}`: the analytics, their figures as `c-metric` takes them, the discussion."""
    analytics = get_post_analytics(post)
    comparison = analytics["comparison"]
    cards = [
        {"key": "post.engagement_rate.followers", "label": "Engagement rate",
         "metric": analytics["post"]["engagement_rate"]},
        {"key": "post.against.rank", "label": "Better than", "metric": comparison["post.against.rank"],
         "suffix": "of its other posts"},
        *(
            {"key": key, "label": label, "metric": comparison[key], "suffix": "of the usual"}
            for key, label in AGAINST
            if comparison[key]["value"] is not None or key in {"post.against.likes", "post.against.comments"}
        ),
    ]  # fmt: skip
    talk = describe_discussion(analytics["comments"]) | {"username": f"{analytics['username']}-{post.shortcode}"}
    return {"a": analytics, "cards": cards, "talk": talk, "chart_note": f"A post by @{analytics['username']}"}
