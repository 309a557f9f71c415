"""Run as a process: takes a job, says so, and works on it until it is killed."""

import os
import sys
import time


def main(job_id: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    import django

    django.setup()
    from apps.jobs.handlers import job_handler
    from apps.jobs.services import run_job

    @job_handler("test.killed")
    def work(run):
        run.report(1, 2, "half done")
        print("working", flush=True)  # noqa: T201
        time.sleep(60)
        return {"by": "the dead"}

    run_job(job_id)


main(sys.argv[1])
