"""An attempt at an analysis job: in turns, each batch stored together with its line in the log."""

from typing import Any

from django.conf import settings
from django.db import transaction

from apps.analysis.errors import AnalysisDisabled
from apps.analysis.models import ProfileAnalysis
from apps.analysis.selectors import list_settled_posts
from apps.jobs.errors import JobCancelled, JobLost, JobPaused
from apps.jobs.models import Job
from apps.jobs.runs import JobRun
from apps.profiles.models import Profile

from .journal import Event, note
from .placing import place_creator
from .profiles import Step, analyse_profile, sum_up_so_far


def work_on_analysis(run: JobRun) -> dict[str, Any]:
    """Analyse the creator of `params["profile_id"]`; a later attempt or turn does only what is left.

    The labels of a batch, its line in the log and the job's progress are one commit, which only the attempt that holds
    the job can make: whatever is killed when, no post is labelled twice for it and none is left out.
    """
    profile_id = run.params["profile_id"]
    note(run.job, Event.LEASED)
    try:
        analysis = analyse_profile(
            profile_id=profile_id,
            keep=lambda step: _keep(run, step),
            report=lambda done, total, _message: _take_turns(run, left=total - done),
            settled=list_settled_posts(run.job),
        )
        place_creator(profile_id=profile_id)
    except (AnalysisDisabled, Profile.DoesNotExist) as error:
        note(run.job, Event.SUCCEEDED, detail=f"Nothing to do: {error}")
        return {"analysed": 0, "skipped": True}
    except JobPaused:
        note(run.job, Event.PAUSED)
        raise
    except (JobCancelled, JobLost):
        raise
    except Exception as error:
        note(run.job, Event.STUMBLED, detail=f"{type(error).__name__}: {error}")
        raise
    return _succeed(run, analysis)


def settle_ended_analysis(job: Job) -> None:
    """A job failed or was cancelled for good: what it did stays and is summed up. Repeatable."""
    error = job.error or {}
    event = Event.CANCELLED if job.state == Job.State.CANCELLED else Event.FAILED
    note(job, event, detail=str(error.get("message", "")), done=job.progress_done, total=job.progress_total)
    if Profile.objects.filter(pk=job.params["profile_id"]).exists():
        sum_up_so_far(job.params["profile_id"])


def _take_turns(run: JobRun, *, left: int) -> None:
    if left:
        run.yield_turn(after=settings.AI_TURN_SECONDS)


def _keep(run: JobRun, step: Step) -> None:
    run.advance(step.done, step.total, step.message)
    engine, version = step.reading.engine
    note(
        run.job,
        Event.PROGRESS,
        posts=list(step.posts),
        done=step.done,
        total=step.total,
        texts_read=len(step.reading.read),
        took_ms=step.reading.took_ms if step.reading.read else None,
        engine=engine,
        engine_version=version,
        instead_of=step.reading.instead_of,
    )


@transaction.atomic
def _succeed(run: JobRun, analysis: ProfileAnalysis) -> dict[str, Any]:
    result = {"analysed": analysis.analysed_count, "total": analysis.total_count}
    run.succeed(result)
    note(run.job, Event.SUCCEEDED, done=analysis.analysed_count, total=analysis.total_count)
    return result
