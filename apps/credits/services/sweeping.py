"""Holds that nobody will settle any more."""

from apps.core.trips import ask_together
from apps.credits.models import Hold
from apps.credits.selectors.holds import ask_hold_and_lines
from apps.jobs.models import Job

from .books import Books, open_books
from .settling import release_open_hold


def sweep_holds() -> int:
    """Release the current team's expired holds whose job has ended, or that never had one. Returns how many.

    A hold whose job is still queued or running stays, however old: the job itself captures or releases it.
    """
    if not Hold.objects.filter(state=Hold.State.HELD).exists():
        return 0
    with open_books() as books:
        return release_abandoned(books)


def release_abandoned(books: Books) -> int:
    """Release, under the books' lock, what expired and is no longer worked on. Returns how many holds."""
    expired = list(Hold.objects.filter(state=Hold.State.HELD, expires_at__lte=books.terms.now))
    if not expired:
        return 0
    job_ids = {hold.job_id for hold in expired if hold.job_id}
    running = set(Job.objects.filter(id__in=job_ids, state__in=Job.ACTIVE).values_list("id", flat=True))
    abandoned = [hold for hold in expired if hold.job_id not in running]
    for hold in abandoned:
        ((_, lines),) = ask_together(ask_hold_and_lines(hold.key))
        release_open_hold(books, hold, lines=lines)
    return len(abandoned)
