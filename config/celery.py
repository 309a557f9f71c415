"""The Celery application. `TeamTask` (apps.teams) is the base of every task."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("analytics_following", task_cls="apps.teams.access:TeamTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
