"""The job that unlocks many creators, one after the other. It may stop anywhere and goes on where it stopped."""

from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.credits.errors import AllowanceUsed, InsufficientCredits, MemberCapReached, PriceChanged
from apps.credits.models import Hold
from apps.credits.services import release_hold
from apps.discovery.errors import ProfilePrivate
from apps.discovery.models import BudgetUse
from apps.discovery.selectors.entitlements import find_unlock
from apps.discovery.selectors.minimum import find_shortfalls
from apps.discovery.services.budgets import spend_budget
from apps.discovery.services.preparing import prepare_report
from apps.discovery.services.reading import read_sellable
from apps.discovery.services.settling import Payment, place_hold, store_unlock
from apps.jobs.errors import JobFailed
from apps.jobs.models import Job
from apps.jobs.runs import JobRun
from apps.plans.errors import PlanFeatureNotIncluded
from apps.profiles.errors import ProfileNotFound
from apps.profiles.models import Profile
from apps.profiles.selectors import find_profile

from .tally import Outcome, Tally, make_outcome

# What refuses one creator for want of means would refuse all that follow.
STOPS = (InsufficientCredits, AllowanceUsed, MemberCapReached, PriceChanged, PlanFeatureNotIncluded)
OUTCOME_OF: dict[type[DomainError], str] = {ProfileNotFound: "not_found", ProfilePrivate: "private"}


def unlock_all(run: JobRun) -> dict[str, Any]:
    """Work through the handles that are left; what is kept for `show_tally`.

    The outcome of a creator that is charged is kept in the commit that charges it, so no stop repeats or loses one.
    """
    tally = Tally.of(run.job)
    done_before = len(tally.results)
    for username in tally.walk():
        if len(tally.results) > done_before:
            run.yield_turn()
        _report(run, tally, username)
        _settle(run, tally, username)
        tally.keep(run)
    return tally.as_dict()


def _report(run: JobRun, tally: Tally, username: str) -> None:
    so_far = f"{tally.count('unlocked')} unlocked so far"
    run.report(len(tally.results), len(tally.usernames), f"Unlocking @{username}; {so_far}")


def _settle(run: JobRun, tally: Tally, username: str) -> None:
    """Bring one handle to its end, or stop the work for want of means."""
    if username in tally.settled:
        tally.end(make_outcome(username, tally.settled[username]))
        return
    if not tally.begin(username):
        release_hold(key=_hold_key(run, username))
        tally.end(make_outcome(username, "failed", error=JobFailed()))
        return
    tally.keep(run)
    try:
        tally.end(_unlock(run, tally, username))
    except STOPS as error:
        tally.stopped = {"code": error.code, "message": error.message, "details": error.details}
    except DomainError as error:
        tally.end(make_outcome(username, OUTCOME_OF.get(type(error), "failed"), error=error))


def _unlock(run: JobRun, tally: Tally, username: str) -> Outcome:
    profile = find_profile(username)
    if profile is not None and find_unlock(profile):
        return make_outcome(username, "already_unlocked")
    payment = _make_payment(run, tally, username)
    place_hold(payment=payment, label=username, job_id=run.job.pk)
    try:
        if profile is None and run.job.team is not None:
            spend_budget(team=run.job.team, kind=BudgetUse.Kind.LOOKUP)
        profile = read_sellable(username)
        if reasons := find_shortfalls(profile):
            release_hold(key=payment.hold_key)
            return make_outcome(username, "limited") | {"code": "report.limited", "reasons": reasons}
        prepare_report(profile)
        return _store(run, tally, profile, payment)
    except DomainError:
        release_hold(key=payment.hold_key)
        raise


def _make_payment(run: JobRun, tally: Tally, username: str) -> Payment:
    most = run.params["max_credits"]
    left = None if most is None else max(0, most - tally.charged)
    return Payment(member=_requester(run.job), hold_key=_hold_key(run, username), max_credits=left)


def _hold_key(run: JobRun, username: str) -> str:
    return f"unlock:{username}:{run.job.pk}"


@transaction.atomic
def _store(run: JobRun, tally: Tally, profile: Profile, payment: Payment) -> Outcome:
    """One commit holds the unlock, its capture and the outcome in the job's row."""
    run.confirm()
    _unlock_row, charge = store_unlock(profile=profile, payment=payment)
    if charge is None:
        outcome = make_outcome(profile.username, "already_unlocked")
    else:
        outcome = make_outcome(profile.username, "unlocked", charged=charge.credits)
    run.keep(tally.as_dict(outcome))
    return outcome


def release_holds(job: Job) -> None:
    """Give back what an ended job still holds. Repeatable."""
    for key in Hold.objects.filter(job_id=job.pk, state=Hold.State.HELD).values_list("key", flat=True):
        release_hold(key=key)


def _requester(job: Job) -> User:
    if job.user is None:
        raise LookupError("An unlock is asked for by a member.")
    return job.user
