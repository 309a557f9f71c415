"""Tasks and jobs are published by name: each name says whose it is, and everything scheduled exists."""

import pytest
from django.conf import settings

from apps.core.tasks import PublicTask
from apps.jobs.handlers import find_handler, list_kinds
from apps.teams.access import TeamTask
from config.celery import app

app.loader.import_default_modules()
OURS = {name: task for name, task in app.tasks.items() if type(task).__module__.startswith("apps.")}


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_task_is_named_after_its_app(name):
    assert name.split(".")[0] == type(OURS[name]).__module__.split(".")[1]
    assert name.count(".") == 1


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_task_belongs_to_a_team_or_says_that_it_does_not(name):
    assert isinstance(OURS[name], TeamTask | PublicTask)


@pytest.mark.parametrize("key", sorted(settings.CELERY_BEAT_SCHEDULE))
def test_what_is_scheduled_exists_and_needs_no_team(key):
    entry = settings.CELERY_BEAT_SCHEDULE[key]

    assert isinstance(OURS[entry["task"]], PublicTask)
    assert "expires" in entry["options"], "what piles up while the workers are away is not worth doing twice"


def test_job_kinds_are_named_after_their_app():
    kinds = {kind: find_handler(kind).__module__.split(".")[1] for kind in list_kinds() if not kind.startswith("test")}

    assert kinds
    assert {kind: owner for kind, owner in kinds.items() if kind.split(".")[0] != owner} == {}
