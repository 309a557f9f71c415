"""Races of sign-up, refresh and codes, with threads and real commits."""

import threading

import pytest
from django.contrib.sessions.models import Session
from rest_framework.test import APIClient

from apps.accounts.gateways import sessions
from apps.accounts.models import User
from apps.accounts.services.signing_in import refresh_tokens
from tests.concurrency.racing import race
from tests.support.people import PASSWORD, build_user

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed_db")]


@pytest.fixture
def tokens(committed_db):
    user = build_user("owner@example.com")
    return APIClient().post("/api/v1/auth/login", {"email": user.email, "password": PASSWORD}, format="json").json()


def test_six_refreshes_with_one_token_agree(tokens):
    outcomes = race(6, lambda _: refresh_tokens(refresh=tokens["refresh"]))

    assert outcomes.errors == []
    assert len(set(outcomes.results)) == 1
    access, refresh = outcomes.results[0]
    assert refresh_tokens(refresh=refresh)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    assert client.get("/api/v1/auth/me").status_code == 200


def without_lock(times: int):
    """Loads a session as `lock_session` does, but lets `times` callers have it at once."""
    together = threading.Barrier(times, timeout=30)

    def find(session_key: str):
        session = sessions.find_session(session_key)
        together.wait()
        return session

    return find


def test_the_race_is_real_without_the_lock(tokens, monkeypatch):
    """The canary: each gets tokens of its own, and all but the last writer's are lost."""
    monkeypatch.setattr("apps.accounts.tokens.lock_session", without_lock(6))

    outcomes = race(6, lambda _: refresh_tokens(refresh=tokens["refresh"]))

    assert len(set(outcomes.results)) == 6
    assert len(Session.objects.get().get_decoded()["headless_refresh_tokens"]) == 1


def test_refreshes_that_race_a_logout_leave_nothing_behind(tokens):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens['access']}")

    def act(number: int):
        return client.post("/api/v1/auth/logout") if number == 0 else refresh_tokens(refresh=tokens["refresh"])

    outcomes = race(6, act)

    assert Session.objects.count() == 0
    assert outcomes[0].status_code == 204
    for pair in outcomes.results[1:]:
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {pair[0]}")
        assert client.get("/api/v1/auth/me").status_code == 401


def test_one_address_signs_up_once(committed_db):
    body = {"email": "new@example.com", "password": "correct horse battery"}

    outcomes = race(6, lambda _: APIClient().post("/api/v1/auth/signup", body, format="json").status_code)

    assert outcomes.errors == []
    # One code a mail: who comes within ten seconds is told to wait, whoever has the account.
    assert sorted(set(outcomes)) in ([202], [202, 429])
    assert User.objects.filter(email="new@example.com").count() == 1


def _guess_in_parallel():
    body = {"email": "new@example.com", "password": "correct horse battery"}
    flow = APIClient().post("/api/v1/auth/signup", body, format="json").json()["flow_token"]
    guess = {"flow_token": flow, "code": "BBBB-BBBB"}

    def attempt(_: int) -> str:
        return APIClient().post("/api/v1/auth/email/verify", guess, format="json").json()["error"]["code"]

    return race(8, attempt)


def test_parallel_guesses_of_a_code_have_three_tries_together(committed_db):
    outcomes = _guess_in_parallel()

    assert outcomes.count("auth.code_invalid") == 3
    assert outcomes.count("auth.code_expired") == 5


def test_parallel_guesses_would_share_tries_without_the_lock(committed_db, monkeypatch):
    """The canary: without the session's lock they overwrite each other's count."""
    monkeypatch.setattr("apps.accounts.gateways.headless.lock_session", without_lock(8))

    outcomes = _guess_in_parallel()

    assert outcomes.count("auth.code_invalid") == 8
