"""While the database is away, requests say that it passes, and everything works again once it is back."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

pytestmark = pytest.mark.usefixtures("committed_db")
SIGN_IN = {"email": "owner@example.com", "password": "a-fine-password-1"}


@contextmanager
def no_database() -> Iterator[None]:
    """Nobody listens where the database is looked for."""
    known = {name: connection.settings_dict[name] for name in ("HOST", "PORT", "OPTIONS")}
    impatient = {**known["OPTIONS"], "pool": {**known["OPTIONS"]["pool"], "timeout": 0.2}}
    lead({"HOST": "127.0.0.1", "PORT": "1", "OPTIONS": impatient})
    try:
        yield
    finally:
        lead(known)


def lead(changes: dict[str, object]) -> None:
    """Have the next connection made to another place, by a new pool."""
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(changes)


@pytest.mark.parametrize("path", ["/api/v1/auth/login", "/api/v1/auth/signup"])
def test_the_api_answers_503_and_when_to_ask_again(path):
    with no_database():
        answer = APIClient().post(path, SIGN_IN, format="json")

    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "service.unavailable"
    assert answer["Retry-After"] == "5"


def test_a_page_says_so_without_the_database():
    with no_database():
        answer = Client(raise_request_exception=False).get("/")

    assert answer.status_code == 503
    assert "We will be right back" in answer.content.decode()
    assert answer["Retry-After"] == "5"


def test_requests_work_again_as_soon_as_it_is_back():
    with no_database():
        Client(raise_request_exception=False).get("/")

    assert Client().get("/").status_code == 200
