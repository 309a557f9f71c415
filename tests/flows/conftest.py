"""The main job through the API, with the worker's real path in the test's own thread."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.teams.models import Team
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
