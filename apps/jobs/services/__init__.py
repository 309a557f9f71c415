"""Submitting, running, ending, healing and waiting for jobs."""

from .ending import cancel_job, replay_job
from .running import run_job
from .submitting import hurry_job, submit_job
from .sweeping import purge_jobs, sweep_jobs
from .waiting import wait_for_job

__all__ = ["cancel_job", "hurry_job", "purge_jobs", "replay_job", "run_job", "submit_job", "sweep_jobs", "wait_for_job"]
