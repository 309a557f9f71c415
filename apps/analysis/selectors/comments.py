"""Reading what was said of comments."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from apps.analysis.engines import find_preferred
from apps.analysis.metrics import CommentLabel, LabelledDiscussion
from apps.analysis.models import CommentAnalysis, TextResult
from apps.jobs.models import Job
from apps.jobs.selectors import find_active_job
from apps.profiles.metrics import DiscussionFacts
from apps.profiles.models import Comment, Profile

COMMENTS_JOB = "analysis.comments"
MOST = 3_000


def find_comment_analysis_job(profile: Profile) -> Job | None:
    """The reading of this creator's comments that is queued or running; it is shared by all teams. One query."""
    return find_active_job(kind=COMMENTS_JOB, team=None, dedup_key=str(profile.pk))


def list_unlabelled_comments(profile_id: int) -> dict[int, str]:
    """`{comment id: text}` of a creator's newest comments without a label, at most `MOST`."""
    return _texts(_comments(profile_id).filter(analysis=None))


def list_outdated_comments(profile_id: int) -> dict[int, str]:
    """As `list_unlabelled_comments`, with those that another than the preferred engine, as it is now, has read."""
    preferred = find_preferred()
    comments = _comments(profile_id)
    if preferred is None:
        return _texts(comments.filter(analysis=None))
    engine, version = preferred
    read = CommentAnalysis.objects.filter(text_result__engine=engine, text_result__engine_version=version)
    return _texts(comments.exclude(pk__in=read.filter(comment__post__profile=profile_id).values("comment")))


def label_discussion(discussion: DiscussionFacts) -> LabelledDiscussion:
    """The comments with the labels that stand for them now. One query."""
    rows = _results(comment.id for comment in discussion.comments)
    labels = {
        comment_id: CommentLabel(
            language=result.language,
            sentiment=result.sentiment,
            score=result.sentiment_score,
            engine=result.engine,
        )
        for comment_id, result in rows.items()
    }
    return LabelledDiscussion(discussion=discussion, labels=labels)


def get_comment_labels(comment_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """`{comment id: {language, sentiment, engine}}` for the comments that are analysed. One query."""
    return {
        comment_id: {
            "language": {"code": result.language, "confidence": result.language_confidence},
            "sentiment": {
                "label": result.sentiment,
                "score": result.sentiment_score,
                "confidence": result.sentiment_confidence,
            },
            "engine": result.engine,
        }
        for comment_id, result in _results(comment_ids).items()
    }


def _results(comment_ids: Iterable[Any]) -> dict[Any, TextResult]:
    rows = CommentAnalysis.objects.filter(comment__in=list(comment_ids)).select_related("text_result")
    return {row.comment_id: row.text_result for row in rows}


def _comments(profile_id: int) -> QuerySet[Comment]:
    shown = Comment.objects.filter(post__profile=profile_id, post__missing_since=None)
    return shown.exclude(text="").order_by("-id")


def _texts(comments: QuerySet[Comment]) -> dict[int, str]:
    return dict(comments.values_list("pk", "text")[:MOST])
