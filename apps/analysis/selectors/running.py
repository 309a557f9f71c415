"""The jobs that analyse creators: which are under way, what they did, who is due next."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from apps.analysis.engines import find_preferred
from apps.analysis.models import AnalysisJob, AnalysisLog, ProfileAnalysis
from apps.analysis.similarity import MINIMUM_TEXTS
from apps.jobs.models import Job
from apps.jobs.selectors import find_active_job
from apps.profiles.models import Profile, TrackedProfile

ANALYSIS_JOB = "analysis.profile"
# A creator whose analysis ended lately is not taken again by itself, however it ended: an engine that is away, or a
# text that breaks it, would otherwise be asked every minute. A refresh that brings posts submits a job of its own.
LEFT_ALONE_FOR = timedelta(hours=6)
WANTED_FOR = timedelta(days=3)


def find_analysis_job(profile: Profile) -> Job | None:
    """The analysis of this creator that is queued or running; it is shared by all teams. One query."""
    return find_active_job(kind=ANALYSIS_JOB, team=None, dedup_key=str(profile.pk))


def list_analysis_jobs() -> QuerySet[AnalysisJob]:
    """All of them that are kept, newest first."""
    return AnalysisJob.objects.filter(kind=ANALYSIS_JOB).order_by("-created_at", "-id")


def list_settled_posts(job: Job) -> set[int]:
    """The posts that earlier attempts and turns of this job labelled, by its log."""
    steps = AnalysisLog.objects.filter(job_id=job.pk, event=AnalysisLog.Event.PROGRESS)
    return {post_id for posts in steps.values_list("posts", flat=True) for post_id in posts}


def count_batch_jobs() -> int:
    """Analyses that nobody asked for and that wait or run."""
    return Job.objects.filter(kind=ANALYSIS_JOB, queue=Job.Queue.BATCH, state__in=Job.ACTIVE).count()


def list_due_profiles(*, limit: int) -> list[tuple[int, str]]:
    """`[(profile id, reason)]` of creators to analyse, most urgent first, at most `limit`.

    First those that somebody keeps up to date, then all others; among them never analysed ones, then those with posts
    that were read since, then those whose labels are not of the preferred engine as it is now, then those without a
    place among others. Suppressed and vanished creators, those under way and those that ended within `LEFT_ALONE_FOR`
    are left out.
    """
    due: list[tuple[int, str]] = []
    for scope in (_wanted(), _others()):
        for condition, reason in _reasons():
            room = limit - len(due)
            if room > 0:
                rows = scope.filter(condition).order_by("posts_refreshed_at", "pk").values_list("pk", flat=True)[:room]
                due += [(profile_id, reason) for profile_id in rows]
    return due


def _wanted() -> QuerySet[Profile]:
    return _candidates().filter(tracked__wanted_at__gt=timezone.now() - WANTED_FOR)


def _others() -> QuerySet[Profile]:
    wanted = TrackedProfile.objects.filter(profile=OuterRef("pk"), wanted_at__gt=timezone.now() - WANTED_FOR)
    return _candidates().filter(~Exists(wanted))


def _candidates() -> QuerySet[Profile]:
    mine = Job.objects.filter(kind=ANALYSIS_JOB, team=None, dedup_key=Cast(OuterRef("pk"), CharField()))
    lately = mine.filter(finished_at__gt=timezone.now() - LEFT_ALONE_FOR)
    there = Profile.objects.filter(suppressed_at=None, unavailable_at=None, posts_refreshed_at__isnull=False)
    return there.filter(~Exists(mine.filter(state__in=Job.ACTIVE)), ~Exists(lately))


def _reasons() -> list[tuple[Any, str]]:
    preferred = find_preferred()
    entry = [{"engine": preferred[0], "version": preferred[1]}] if preferred else []
    by_others = ProfileAnalysis.objects.filter(profile=OuterRef("pk"), analysed_count__gt=0).exclude(
        engines__contains=entry, engines__1__isnull=True
    )
    placed = [(Q(place=None, analysis__analysed_count__gte=MINIMUM_TEXTS), "not placed")]
    return [
        (Q(analysis=None), "new"),
        (Q(analysis__analysed_at__lt=F("posts_refreshed_at")), "new posts"),
        (Q(analysis__analysed_at__gte=F("posts_refreshed_at")) & Exists(by_others), "newer engine"),
        *(placed if "local" in settings.AI_ENGINES else []),
    ]
