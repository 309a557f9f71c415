"""Tells the tests that `make check` can run (static ones) from those that need a server."""

import pytest

NEED_A_SERVER = {"any_db", "committed_db", "db", "migrating_db", "transactional_db", "worker_database"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        needed = NEED_A_SERVER & set(getattr(item, "fixturenames", ()))
        if needed or item.get_closest_marker("django_db"):
            item.add_marker("server")
