"""Run as a process: works on whatever is queued until it is killed."""

import os
import time


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    import django

    django.setup()
    from django.db import Error, connection

    from apps.jobs.services import run_job
    from tests.concurrency.fuzz_clock import follow_for_good
    from tests.concurrency.fuzz_work import list_work, set_up

    follow_for_good()
    set_up()
    while True:
        try:
            for job_id in list(list_work().order_by("?").values_list("id", flat=True)[:5]):
                run_job(job_id)
        except Error:
            connection.close()
        time.sleep(0.02)


if __name__ == "__main__":
    main()
