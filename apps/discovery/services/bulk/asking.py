"""Asking for many creators at once."""

import hashlib
from dataclasses import dataclass
from typing import Any

from apps.accounts.models import User
from apps.credits.errors import PriceChanged
from apps.credits.selectors import check_payable
from apps.discovery.selectors.bulk import quote_profiles
from apps.discovery.selectors.doors import ACTION
from apps.jobs.errors import JobEnded, error_of
from apps.jobs.models import Job
from apps.jobs.services import submit_job, wait_for_job
from apps.profiles.errors import InvalidUsername
from apps.teams.models import Team

from .tally import BULK_KIND, show_tally

# What a quote says of a handle, and what becomes of it without any work.
SETTLED = {"unlocked": "already_unlocked", "private": "private", "invalid": "invalid"}
_INVALID_LENGTH = 60
_MOST_ATTEMPTS = 6


@dataclass(frozen=True, slots=True)
class BulkAnswer:
    """`job` works on it, or all is settled and `result` says how (`show_tally`)."""

    job: Job | None = None
    result: dict[str, Any] | None = None


def unlock_profiles(
    *, team: Team, member: User, texts: list[str], max_credits: int | None = None, wait_seconds: float | None = None
) -> BulkAnswer:
    """Unlock many creators for the current team by one job, waited for up to `wait_seconds`. Asking twice costs once.

    Each creator is held, read, stored and charged on its own, in the order given, as by `unlock_profile`; what cannot
    be had costs nothing and stops nobody. When means, cap or `max_credits` (for all together) are used up the job ends
    there and says so. The same handles asked for again while it runs are the same job.

    Refusals with nothing changed: `InvalidUsername` when no handle is valid, `MemberCapReached`, and when not even one
    can be paid `InsufficientCredits` / `AllowanceUsed`; `PriceChanged` when all cost more than `max_credits`.
    """
    offer = quote_profiles(texts, member=member)
    rows = {_shorten(row["username"], row["state"]): row["state"] for row in offer["results"]}
    if all(state == "invalid" for state in rows.values()):
        raise InvalidUsername(details={"usernames": list(rows)[:20]})
    settled = {name: SETTLED[state] for name, state in rows.items() if state in SETTLED}
    params = {"usernames": list(rows), "settled": settled, "max_credits": max_credits}
    if offer["quote"] is None:
        return BulkAnswer(result=_show_settled(params))
    _check_means(offer["quote"], member=member, max_credits=max_credits)
    job = submit_job(
        kind=BULK_KIND,
        params=params,
        team=team,
        user=member,
        dedup_key=_name(rows),
        queue=Job.Queue.DEFAULT,
        max_attempts=_MOST_ATTEMPTS,
    )
    return _await(job, wait_seconds=wait_seconds or 0)


def _check_means(quote: dict[str, Any], *, member: User, max_credits: int | None) -> None:
    check_payable(action=ACTION, member=member)
    if max_credits is not None and quote["credits"] > max_credits:
        raise PriceChanged(details={"max_credits": max_credits, "quote": quote})


def _shorten(username: str, state: str) -> str:
    """A job's row keeps no more of a pasted text than a handle could have."""
    return username[:_INVALID_LENGTH] if state == "invalid" else username


def _name(rows: dict[str, str]) -> str:
    return hashlib.sha256(" ".join(sorted(rows)).encode()).hexdigest()[:40]


def _show_settled(params: dict[str, Any]) -> dict[str, Any]:
    """The answer for handles of which none is to be bought, in the form of a job's result."""
    results = [{"username": name, "outcome": params["settled"][name], "charged": 0} for name in params["usernames"]]
    return show_tally(Job(kind=BULK_KIND, params=params, result={"results": results}))


def _await(job: Job, *, wait_seconds: float) -> BulkAnswer:
    job = wait_for_job(job_id=job.pk, seconds=wait_seconds)
    if job.is_active:
        return BulkAnswer(job=job)
    if job.state == Job.State.FAILED:
        raise error_of(job.error or {})
    if job.state == Job.State.CANCELLED:
        raise JobEnded("The unlock was cancelled; what was unlocked before stays.", details={"state": job.state})
    return BulkAnswer(result=show_tally(job))
