"""Starting the paid work of a job: the job and the hold of its price are one commit."""

from dataclasses import dataclass

from django.db import transaction

from apps.accounts.models import User
from apps.core.errors import DomainError, Kind
from apps.discovery.models import BudgetUse
from apps.discovery.services.budgets import spend_budget
from apps.discovery.services.settling import Payment, Ware, place_hold
from apps.jobs.models import Job
from apps.jobs.services import submit_job
from apps.teams.models import Team


@dataclass(frozen=True, slots=True)
class PaidWork:
    """Work that one job does for the whole team, and who pays at most how much for it.

    `subject` is the job's parameter that names the thing, as in `("username", "maro.sample")`; `is_known` says that
    the thing was seen before, so that it is sure to exist.
    """

    kind: str
    ware: Ware
    subject: tuple[str, str]
    team: Team
    member: User
    max_credits: int | None
    is_known: bool


def start_paid_work(work: PaidWork) -> tuple[Job, int]:
    """Write the job down and hold its price in one commit; `(job, credits held)`. Joins the team's running job.

    Whether the thing exists comes before whether the team can pay. So for one never seen before a team without means
    gets a job too: it looks it up within the team's budget, and answers 404 or 402.
    """
    try:
        return _start_with_hold(work)
    except DomainError as error:
        if error.kind != Kind.PAYMENT_REQUIRED or work.is_known:
            raise
    spend_budget(team=work.team, kind=BudgetUse.Kind.LOOKUP)
    return _submit(work), 0


def name_hold(ware: Ware, job: Job, *, parameter: str) -> str:
    """The wallet's key of what a job buys: of this thing and this job."""
    return f"{ware.name}:{job.params[parameter]}:{job.pk}"


@transaction.atomic
def _start_with_hold(work: PaidWork) -> tuple[Job, int]:
    job = _submit(work)
    if not job.is_new:
        return job, 0
    parameter, label = work.subject
    key = name_hold(work.ware, job, parameter=parameter)
    payment = Payment(member=work.member, hold_key=key, max_credits=work.max_credits)
    return job, place_hold(payment=payment, label=label, job_id=job.pk, ware=work.ware)


def _submit(work: PaidWork) -> Job:
    parameter, label = work.subject
    return submit_job(
        kind=work.kind,
        params={parameter: label, "max_credits": work.max_credits},
        team=work.team,
        user=work.member,
        dedup_key=label,
        queue=Job.Queue.PRIORITY,
    )
