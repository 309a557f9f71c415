"""The base of every Celery task."""

from celery.contrib.django.task import DjangoTask


class TeamTask(DjangoTask):  # type: ignore[misc]
    """A task that knows its team."""

    abstract = True
