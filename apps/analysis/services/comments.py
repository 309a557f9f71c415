"""Labelling comments: some at once by the rules, better ones by a job of the analysis queue."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.analysis.models import CommentAnalysis, TextResult
from apps.analysis.selectors.comments import COMMENTS_JOB, list_outdated_comments, list_unlabelled_comments
from apps.analysis.text import hash_caption
from apps.jobs.models import Job
from apps.jobs.services import submit_job
from apps.profiles.models import Comment

from .results import read_at_once, read_captions
from .storing import lock_labels

Report = Callable[[int, int, str], Any]


def label_comments_at_once(*, profile_id: int) -> int:
    """Give the comments that have no label one by the rules, or what a better engine said of the same text before.

    How many were labelled. Milliseconds, and no model is loaded; nothing where analysis is switched off. Repeatable.
    """
    if not settings.ENABLE_AI_ANALYSIS:
        return 0
    texts = list_unlabelled_comments(profile_id)
    if not texts:
        return 0
    _write(profile_id, texts, read_at_once(texts.values()), replace=False)
    return len(texts)


def submit_comment_analysis(*, profile_id: int) -> Job | None:
    """Have a creator's comments read by the preferred engine, once at a time; None where nothing is left to read."""
    if not settings.ENABLE_AI_ANALYSIS or not list_outdated_comments(profile_id):
        return None
    return submit_job(
        kind=COMMENTS_JOB, params={"profile_id": profile_id}, dedup_key=str(profile_id), queue=Job.Queue.ANALYSIS
    )


def analyse_comments(*, profile_id: int, report: Report) -> int:
    """Read every comment that the preferred engine has not read, in batches; how many. Resumable after each batch."""
    pending = list_outdated_comments(profile_id) if settings.ENABLE_AI_ANALYSIS else {}
    ids = list(pending)
    for start in range(0, len(ids), settings.AI_BATCH_SIZE):
        batch = {comment_id: pending[comment_id] for comment_id in ids[start : start + settings.AI_BATCH_SIZE]}
        _write(profile_id, batch, read_captions(batch.values()).results, replace=True)
        done = min(len(ids), start + len(batch))
        report(done, len(ids), f"Analysing comments: {done} of {len(ids)}")
    return len(ids)


@transaction.atomic
def _write(profile_id: int, texts: Mapping[int, str], results: Mapping[str, TextResult], *, replace: bool) -> None:
    """Make these readings stand, and what a report shows a new version. A comment that vanished is skipped."""
    profile = lock_labels(profile_id)
    now = timezone.now()
    alive = set(Comment.objects.filter(pk__in=texts).values_list("pk", flat=True))
    rows = [
        CommentAnalysis(comment_id=comment_id, text_result=results[hash_caption(text)], analysed_at=now)
        for comment_id, text in texts.items()
        if comment_id in alive
    ]
    if replace:
        CommentAnalysis.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["comment"], update_fields=["text_result", "analysed_at"]
        )
    else:
        CommentAnalysis.objects.bulk_create(rows, ignore_conflicts=True)
    profile.version += 1
    profile.save(update_fields=["version"])
