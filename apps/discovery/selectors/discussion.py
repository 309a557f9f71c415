"""What is said under posts: single comments, and what they add up to."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from apps.analysis.selectors import find_comment_analysis_job, get_comment_labels, label_discussion
from apps.discovery.selectors.filtering import UNKNOWN_TIME
from apps.discovery.selectors.insight import Part, keep_part, show_metrics
from apps.profiles.metrics import DiscussionFacts, is_relevant, key_words, kind_of
from apps.profiles.models import Comment, Post, Profile
from apps.profiles.selectors import find_comments_job, get_discussion, make_comment_facts, mask_addresses


def list_comments(post: Post) -> QuerySet[Comment]:
    """The stored comments of a post, newest first (unknown times last), annotated with `shown_at` for cursors."""
    rows = Comment.objects.filter(post=post).annotate(shown_at=Coalesce("written_at", Value(UNKNOWN_TIME)))
    return rows.order_by("-shown_at", "-id")


def show_comments(rows: Iterable[Comment], *, post: Post) -> list[Part]:
    """Comments with what they are like and how they sound. One query for all labels."""
    rows = list(rows)
    labels = get_comment_labels([row.pk for row in rows])
    words = key_words(post.caption)
    return [_show_comment(row, post.profile, words, labels.get(row.pk)) for row in rows]


def _show_comment(row: Comment, profile: Profile, words: frozenset[str], labels: Part | None) -> Part:
    facts = make_comment_facts(row, profile=profile)
    return {
        "id": row.external_id,
        "parent_id": row.parent_external_id or None,
        "author": row.author_username,
        "by_creator": facts.by_creator,
        "text": mask_addresses(row.text),
        "written_at": row.written_at.isoformat() if row.written_at else None,
        "likes": row.likes,
        "replies": row.replies,
        "kind": kind_of(row.text),
        "is_relevant": is_relevant(facts, words),
        "analysis": labels,
    }


def measure_discussion(discussion: DiscussionFacts) -> Part:
    """Every metric of comments, by key: what they are like, and how they sound."""
    metrics = {**show_metrics(discussion), **show_metrics(label_discussion(discussion))}
    if repeated := metrics["comments.repeated"]["value"]:
        for row in repeated:
            row["text"] = mask_addresses(row["text"])
    return metrics


def get_comment_sentiment(profile: Profile) -> Part:
    """`{username, state, coverage, metrics}`: how people talk under a creator's newest posts.

    `state`: running while comments are read or analysed, ready, or unavailable where no source gave any.
    """
    part = keep_part("comments", profile, lambda: _measure(profile))
    return {**part, "state": _state(profile, part)}


def _measure(profile: Profile) -> Part:
    discussion = get_discussion(profile)
    read = {comment.post_id for comment in discussion.comments}
    return {
        "username": profile.username,
        "coverage": {
            "posts": len(read),
            "comments": len(discussion.comments),
            "of": discussion.of,
            "reason": "" if read else discussion.refusal,
        },
        "metrics": measure_discussion(discussion),
    }


def _state(profile: Profile, part: Part) -> str:
    if find_comments_job(profile) or (settings.ENABLE_AI_ANALYSIS and find_comment_analysis_job(profile)):
        return "running"
    return "ready" if part["coverage"]["comments"] else "unavailable"
