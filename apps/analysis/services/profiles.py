"""Analysing a creator: every post by its own id, then the sums."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.analysis.errors import AnalysisDisabled
from apps.analysis.models import ProfileAnalysis
from apps.analysis.selectors import list_captions, list_labelled, list_outdated
from apps.analysis.text import hash_caption
from apps.profiles.models import Profile

from .results import read_at_once, read_captions
from .storing import lock_labels, store_labels, store_sums, write_labels, write_sums

Report = Callable[[int, int, str], Any]
_ROUNDS = 3


def analyse_profile(*, profile_id: int, report: Report | None = None) -> ProfileAnalysis:
    """Label every shown post of a creator and store the sums. Repeatable, and resumable after a stop at any moment.

    Posts whose stored label is of this very caption and of the preferred engine's present version are left alone; all
    others are replaced, matched by post id. `report(done, total, message)` is called after every batch and may raise to
    stop: what is done stays. Raises `AnalysisDisabled` where analysis is switched off, `Profile.DoesNotExist`.
    For workers of the analysis queue: it loads the engines.
    """
    if not settings.ENABLE_AI_ANALYSIS:
        raise AnalysisDisabled
    profile = Profile.objects.get(pk=profile_id)
    started = timezone.now()
    read: dict[int, str] = {}
    for _round in range(_ROUNDS):
        # A refresh may bring posts while the first ones are read; the job that it would submit is this one.
        if not _label_posts(profile, read, report or _silent):
            break
    return store_sums(profile.pk, analysed_at=started)


def label_at_once(*, profile_id: int) -> ProfileAnalysis:
    """Give every shown post a label now, so that a report need not wait for the deeper analysis. Repeatable.

    A post that has a label of its present caption keeps it. The others get what the preferred engine has said of the
    same text before, else what the rules say; `analyse_profile` replaces the latter. Takes milliseconds and loads no
    model, so any process may call it. Raises `AnalysisDisabled`, `Profile.DoesNotExist`.
    """
    if not settings.ENABLE_AI_ANALYSIS:
        raise AnalysisDisabled
    started = timezone.now()
    results = read_at_once(_leave_out_labelled(list_captions(profile_id)).values())
    with transaction.atomic():
        profile = lock_labels(profile_id)
        lacking = _leave_out_labelled(list_captions(profile_id))
        write_labels({post_id: text for post_id, text in lacking.items() if hash_caption(text) in results}, results)
        return write_sums(profile, analysed_at=started)


def _silent(done: int, total: int, message: str) -> None:
    """Nobody watches."""


def _label_posts(profile: Profile, read: dict[int, str], report: Report) -> int:
    """Label what is missing or outdated and was not `read` in this run; how many posts that were."""
    captions = list_captions(profile.pk)
    pending = [post_id for post_id in list_outdated(captions) if read.get(post_id) != captions[post_id]]
    done = len(captions) - len(pending)
    for start in range(0, len(pending), settings.AI_BATCH_SIZE):
        batch = {post_id: captions[post_id] for post_id in pending[start : start + settings.AI_BATCH_SIZE]}
        store_labels(profile.pk, batch, read_captions(batch.values()))
        read.update(batch)
        done += len(batch)
        report(done, len(captions), f"Analysing posts: {done} of {len(captions)}")
    return len(pending)


def _leave_out_labelled(captions: dict[int, str]) -> dict[int, str]:
    labelled = list_labelled(captions)
    return {post_id: caption for post_id, caption in captions.items() if post_id not in labelled}
