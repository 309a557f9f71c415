"""Analysing a creator: every post by its own id, then the sums."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.analysis.errors import AnalysisDisabled
from apps.analysis.models import ProfileAnalysis
from apps.analysis.selectors import list_captions, list_labelled, list_outdated
from apps.analysis.text import hash_caption
from apps.profiles.models import Profile

from .results import Reading, read_at_once, read_captions
from .storing import lock_labels, store_labels, store_sums, write_labels, write_sums

_ROUNDS = 3
# So often a long analysis sums up what it has, for those who watch the report fill in.
SUMS_EVERY_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Step:
    """A batch of posts that is being labelled, and how far the creator is with it."""

    posts: tuple[int, ...]
    reading: Reading
    done: int
    total: int

    @property
    def message(self) -> str:
        return f"Analysing posts: {self.done} of {self.total}"


Report = Callable[[int, int, str], Any]
Keep = Callable[[Step], Any]


@dataclass(slots=True)
class _Pass:
    """One go over a creator's posts: what it has read, and who is told."""

    profile: Profile
    report: Report | None
    keep: Keep | None
    settled: frozenset[int]
    read: dict[int, str] = field(default_factory=dict)
    summed_at: float = field(default_factory=time.monotonic)

    def sum_up_now_and_then(self) -> None:
        if time.monotonic() - self.summed_at >= SUMS_EVERY_SECONDS:
            sum_up_so_far(self.profile.pk)
            self.summed_at = time.monotonic()


def analyse_profile(
    *, profile_id: int, report: Report | None = None, keep: Keep | None = None, settled: Collection[int] = ()
) -> ProfileAnalysis:
    """Label every shown post of a creator and store the sums. Repeatable, and resumable after a stop at any moment.

    Posts whose stored label is of this very caption and of the preferred engine's present version are left alone; all
    others are replaced, matched by post id. Of the posts in `settled`, which an earlier turn of the same work labelled,
    only those are read again whose caption changed since. `keep(step)` is called first in the transaction that stores
    a batch's labels; where it raises, they are not stored. `report(done, total, message)` is called after that commit
    and may raise to stop: what is done stays. Raises `AnalysisDisabled` where analysis is switched off,
    `Profile.DoesNotExist`. For workers of the analysis queues: it loads the engines.
    """
    if not settings.ENABLE_AI_ANALYSIS:
        raise AnalysisDisabled
    started = timezone.now()
    work = _Pass(profile=Profile.objects.get(pk=profile_id), report=report, keep=keep, settled=frozenset(settled))
    for _round in range(_ROUNDS):
        # A refresh may bring posts while the first ones are read; the job that it would submit is this one.
        if not _label_posts(work):
            break
    return store_sums(profile_id, analysed_at=started)


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


def sum_up_so_far(profile_id: int) -> None:
    """Store the sums of the labels that stand, though some are still to come: the time of the analysis stays.

    Nothing happens where there is no analysis yet, or no creator.
    """
    before = ProfileAnalysis.objects.filter(profile_id=profile_id).first()
    if before is not None:
        store_sums(profile_id, analysed_at=before.analysed_at)


def _label_posts(work: _Pass) -> int:
    """Label what is missing or outdated and was not read in this pass; how many posts that were."""
    captions = list_captions(work.profile.pk)
    pending = _leave_out_settled(work, captions, list_outdated(captions))
    done = len(captions) - len(pending)
    for start in range(0, len(pending), settings.AI_BATCH_SIZE):
        batch = {post_id: captions[post_id] for post_id in pending[start : start + settings.AI_BATCH_SIZE]}
        reading = read_captions(batch.values())
        done += len(batch)
        _store(work, batch, Step(posts=tuple(batch), reading=reading, done=done, total=len(captions)))
    return len(pending)


def _store(work: _Pass, batch: dict[int, str], step: Step) -> None:
    with transaction.atomic():
        if work.keep is not None:
            work.keep(step)
        store_labels(work.profile.pk, batch, step.reading.results)
    work.read.update(batch)
    work.sum_up_now_and_then()
    if work.report is not None:
        work.report(step.done, step.total, step.message)


def _leave_out_settled(work: _Pass, captions: dict[int, str], outdated: list[int]) -> list[int]:
    pending = [post_id for post_id in outdated if work.read.get(post_id) != captions[post_id]]
    if not work.settled.intersection(pending):
        return pending
    labelled = list_labelled(captions)
    return [post_id for post_id in pending if post_id not in work.settled or post_id not in labelled]


def _leave_out_labelled(captions: dict[int, str]) -> dict[int, str]:
    labelled = list_labelled(captions)
    return {post_id: caption for post_id, caption in captions.items() if post_id not in labelled}
