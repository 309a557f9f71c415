"""Work that outlives a request."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "apps.jobs"
    label = "jobs"

    def ready(self) -> None:
        # Handlers and end listeners live in each app's tasks.py; the web process needs them too, to cancel a job.
        autodiscover_modules("tasks")
