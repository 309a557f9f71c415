"""Run as a process: works on whatever is queued until it is killed."""

import os
import time


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    import django

    django.setup()
    from django.conf import settings
    from django.db import Error, connection

    from apps.credits.selectors import terms
    from apps.jobs.services import run_job
    from tests.concurrency.fuzz_actors import CLOCK, LEASE_SECONDS, list_work

    terms.CLOCK = CLOCK
    settings.ENABLE_AI_ANALYSIS = False
    settings.PROFILE_SOURCES = ["sandbox"]
    settings.JOB_LEASE_SECONDS = LEASE_SECONDS
    while True:
        try:
            for job_id in list(list_work().order_by("?").values_list("id", flat=True)[:5]):
                run_job(job_id)
        except Error:
            connection.close()
        time.sleep(0.02)


if __name__ == "__main__":
    main()
