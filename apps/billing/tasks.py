"""Billing's jobs and what the beat asks. Each may run twice."""

from typing import Any

from celery import shared_task

from apps.core.tasks import PublicTask
from apps.jobs.handlers import job_handler
from apps.jobs.models import Job
from apps.jobs.runs import JobRun
from apps.jobs.services import submit_job

from . import services

RECONCILE_KIND = "billing.reconcile"


@job_handler(services.EVENT_KIND)
def run_event(run: JobRun) -> dict[str, Any]:
    """Take over what an event of Stripe's is about."""
    return {"event": run.params["event"], "state": services.process_event(run.params["event"])}


@job_handler(services.SETTLE_KIND)
def run_settlement(run: JobRun) -> dict[str, Any]:
    """Bring a team in line with its subscription."""
    return {"standing": services.settle_account(run.params["account"])}


@job_handler(services.SYNC_KIND)
def run_sync(run: JobRun) -> dict[str, Any]:
    """Look at Stripe for a team whose renewal was not heard of."""
    services.sync_account(run.params["account"])
    return {"account": run.params["account"]}


@job_handler(RECONCILE_KIND)
def run_reconciliation(run: JobRun) -> dict[str, Any]:
    """Compare everything with Stripe."""
    report = services.reconcile()
    return {"run": report.pk, "repaired": len(report.repaired)} if report else {"run": None}


@shared_task(name="billing.sweep_events", ignore_result=True, base=PublicTask)
def sweep_events() -> int:
    """Submit the events that nobody works on."""
    return services.sweep_events()


@shared_task(name="billing.tend_accounts", ignore_result=True, base=PublicTask)
def tend_accounts() -> int:
    """A job for each team whose grace or manual period ends, or whose renewal was not heard of."""
    return services.tend_accounts()


@shared_task(name="billing.roll_up_revenue", ignore_result=True, base=PublicTask)
def roll_up_revenue() -> int:
    """Count every team's revenue again: each change counted itself already, this heals what did not."""
    return services.roll_up_revenue()


@shared_task(name="billing.reconcile", ignore_result=True, base=PublicTask)
def reconcile() -> str:
    """Have tonight's comparison done by a job, so that it is seen, retried and done once."""
    job = submit_job(kind=RECONCILE_KIND, params={}, dedup_key="all", queue=Job.Queue.BACKGROUND)
    return str(job.pk)
