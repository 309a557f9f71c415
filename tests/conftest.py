"""What every test may ask for: a database, people and teams, a client, the queue (tests/support)."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from apps.accounts.models import User
from apps.teams.access import enter_team
from apps.teams.models import Team
from tests.support.databases import TestDatabase
from tests.support.people import api, as_member, build_team, make_team, make_user
from tests.support.queue import run_published_jobs
from tests.support.valkey import TestValkey

__all__ = ["api", "as_member", "make_team", "make_user"]

_COMMITTING = {"committed_db", "transactional_db"}
_valkey = pytest.StashKey[TestValkey]()


def pytest_configure(config: pytest.Config) -> None:
    """Lead the caches and the queue to a server of this process before anything uses them."""
    is_controller = getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput")
    if not is_controller and not config.option.collectonly:
        config.stash[_valkey] = TestValkey()
        config.stash[_valkey].lead_settings_here(settings)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _valkey in config.stash:
        config.stash[_valkey].stop()


@pytest.fixture(scope="session")
def worker_database(request, django_test_environment, django_db_blocker) -> Iterator[TestDatabase]:
    database = TestDatabase(getattr(request.config, "workerinput", {}).get("workerid", "main"))
    with django_db_blocker.unblock():
        database.create()
        yield database
        database.destroy()


@pytest.fixture(scope="session")
def django_db_setup(worker_database) -> None:
    """Takes the place of pytest-django's: the test database is a clone of the template."""


@pytest.fixture(autouse=True)
def empty_redis(request) -> None:
    """Every test starts with empty caches and queues."""
    from apps.plans.selectors import forget_versions

    request.config.stash[_valkey].empty()
    forget_versions()


@pytest.fixture(autouse=True)
def public_schema() -> Iterator[None]:
    """No test inherits or leaves a team."""
    from django.db import connection

    connection.set_schema_to_public()
    yield
    connection.set_schema_to_public()


@pytest.fixture
def committed_db(worker_database, django_db_setup, django_db_blocker) -> Iterator[None]:
    """A database where commits are real, for threads and processes; renewed afterwards. Not together with `db`."""
    with django_db_blocker.unblock():
        yield
        worker_database.renew()


@pytest.fixture
def transactional_db(committed_db) -> None:
    """pytest-django's would flush the seeds; this gives a renewed clone instead."""


@pytest.fixture
def any_db(request) -> None:
    """`db`, unless the test asks for a database where commits are real: so that people and teams go with both."""
    if not _COMMITTING & set(request.fixturenames):
        request.getfixturevalue("db")


@pytest.fixture
def owner(make_user) -> User:
    """The owner of `team`."""
    return make_user("owner@example.com", full_name="Olive Owner")


@pytest.fixture
def team(owner) -> Team:
    """A Standard team; `team.owner` is `owner`."""
    return build_team("standard", owner=owner, name="First team")


@pytest.fixture
def other_team(any_db) -> Team:
    """Somebody else's Premium team."""
    return build_team("premium", name="Other team")


@pytest.fixture
def free_team(any_db) -> Team:
    return build_team("free", name="Free team")


@pytest.fixture
def in_team(team) -> Iterator[Team]:
    """The test runs inside `team`."""
    with enter_team(team):
        yield team


@pytest.fixture
def run_jobs() -> Callable[[], list[str]]:
    """`run_jobs()` runs what was published, in order, until nothing is left; returns the tasks' names."""
    return run_published_jobs
