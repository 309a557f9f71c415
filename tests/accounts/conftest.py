"""Signing in as a client of the API does."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from rest_framework.test import APIClient

from apps.accounts.models import User
from tests.support.people import PASSWORD

CODE = re.compile(r"\b[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}\b")


@pytest.fixture
def client_api(any_db) -> APIClient:
    return APIClient()


@pytest.fixture
def post(client_api) -> Callable[..., Any]:
    """`post("login", email=…)`: to `/api/v1/auth/`."""

    def send(route: str, **body: Any) -> Any:
        return client_api.post(f"/api/v1/auth/{route}", body, format="json")

    return send


@pytest.fixture
def bearer(any_db) -> Callable[[str], APIClient]:
    """`bearer(access)`: a client with this access token."""

    def build(access: str) -> APIClient:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
        return client

    return build


@pytest.fixture
def sign_in(post) -> Callable[..., dict[str, Any]]:
    """`sign_in(user)`: the body of a login."""

    def login(user: User, password: str = PASSWORD) -> dict[str, Any]:
        response = post("login", email=user.email, password=password)
        assert response.status_code == 200, response.content
        body: dict[str, Any] = response.json()
        return body

    return login


@pytest.fixture
def careful(make_user) -> User:
    """Who is about to set a second factor up."""
    user: User = make_user("owner@example.com")
    return user


@pytest.fixture
def signed_in(careful, sign_in, bearer) -> APIClient:
    """`careful` by a token, not confirmed since."""
    client: APIClient = bearer(sign_in(careful)["access"])
    return client


@pytest.fixture
def confirmed(signed_in) -> APIClient:
    """`careful` by a token, and the password confirmed just now."""
    assert confirm(signed_in, password=PASSWORD).status_code == 204
    client: APIClient = signed_in
    return client


@pytest.fixture
def mailed_code() -> Callable[[], str]:
    """The code in the newest mail."""

    def read() -> str:
        found = CODE.search(mail.outbox[-1].body)
        assert found, mail.outbox[-1].body
        return found.group()

    return read


@pytest.fixture
def later(monkeypatch) -> Callable[[timedelta], None]:
    """`later(timedelta(minutes=5))`: the wall clock of Python goes on by so much; the database's does not."""
    real = time.time

    def go_on(by: timedelta) -> None:
        before = time.time() - real()
        monkeypatch.setattr(time, "time", lambda: real() + before + by.total_seconds())

    return go_on


def error_code(response: Any) -> str:
    code: str = response.json()["error"]["code"]
    return code


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, error_code(answer)


def confirm(client: APIClient, **proof: Any) -> Any:
    return client.post("/api/v1/auth/reauthenticate", proof, format="json")


def kinds_of(user: User) -> list[str]:
    """The second factors of a user."""
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
