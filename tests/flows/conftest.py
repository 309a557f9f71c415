"""The main job through the API, with the worker's real path in the test's own thread."""

import copy
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.profiles.services import refresh_profile, submit_discussion
from apps.teams.models import Team
from tests.fakes.decodo import FakeDecodo
from tests.flows.customer import Customer


@pytest.fixture(autouse=True)
def no_waiting(settings) -> None:
    """No worker runs beside the test, so waiting for one would only take time."""
    settings.LOOKUP_WAIT_SECONDS = 0
    settings.JOB_RETRY_SECONDS = 0
    settings.PROFILE_SOURCES = ["sandbox"]
    settings.AI_ENGINES = ["rules"]


@pytest.fixture(autouse=True)
def without_pictures() -> Iterator[None]:
    """Drawing and encoding pictures takes most of a refresh; tests/profiles looks at them."""
    from apps.profiles.receivers import fetch_pictures
    from apps.profiles.signals import profile_refreshed

    profile_refreshed.disconnect(dispatch_uid="profiles.fetch_pictures")
    yield
    profile_refreshed.connect(fetch_pictures, dispatch_uid="profiles.fetch_pictures")


@pytest.fixture
def customer(api, run_jobs) -> Callable[..., Customer]:
    """`customer(team, user=None)`: what a client of the API does, jobs included."""

    def build(team: Team, user: Any = None) -> Customer:
        client: APIClient = api(user or team.owner, team=team)
        return Customer(client, run_jobs)

    return build


@pytest.fixture
def fake(settings):
    with FakeDecodo() as server:
        settings.PROFILE_SOURCES = ["decodo", "sandbox"]
        settings.DECODO_BASE_URL, settings.DECODO_API_KEY = server.base_url, "dXNlcjpwYXNz"
        settings.SOURCE_RETRY_WAIT_SECONDS = 0.0
        yield server


@pytest.fixture
def read(fake, run_jobs):
    """`read(user)`: the creator as it stands after a refresh and all that follows from one."""

    def build(user):
        name = fake.add(copy.deepcopy(user))
        profile = refresh_profile(username=name, max_age=timedelta(0)).profile
        submit_discussion(profile)
        run_jobs()
        profile.refresh_from_db()
        return profile

    return build
