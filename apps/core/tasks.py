"""The base of the tasks that belong to no team."""

from celery.contrib.django.task import DjangoTask


class PublicTask(DjangoTask):
    """Runs in the public schema: `@shared_task(name=…, base=PublicTask)`.

    Every other task is a `TeamTask` (apps.teams.access), which fails where no team called it.
    """

    abstract = True
