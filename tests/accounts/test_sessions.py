"""Where a user is signed in."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.tasks import forget_expired_sessions

from .conftest import error_code

SESSIONS = "/api/v1/auth/sessions"


@pytest.fixture
def user(make_user):
    return make_user("owner@example.com")


def test_the_list_says_where_and_which_is_this_one(sign_in, user, bearer, client_api):
    client_api.credentials(HTTP_USER_AGENT="Phone", REMOTE_ADDR="198.51.100.7")
    sign_in(user)
    client_api.credentials(HTTP_USER_AGENT="Laptop")
    client = bearer(sign_in(user)["access"])

    body = client.get(SESSIONS).json()

    assert body["next"] is None
    listed = [(one["user_agent"], one["ip"], one["is_current"]) for one in body["results"]]
    assert listed == [("Laptop", "127.0.0.1", True), ("Phone", "198.51.100.7", False)]


def test_one_session_is_ended_at_once(sign_in, user, bearer):
    mine, other = bearer(sign_in(user)["access"]), bearer(sign_in(user)["access"])
    other_id = next(one["id"] for one in mine.get(SESSIONS).json()["results"] if not one["is_current"])
    assert other.get("/api/v1/auth/me").status_code == 200

    assert mine.delete(f"{SESSIONS}/{other_id}").status_code == 204

    assert other.get("/api/v1/auth/me").status_code == 401
    assert [one["is_current"] for one in mine.get(SESSIONS).json()["results"]] == [True]
    assert mine.delete(f"{SESSIONS}/{other_id}").status_code == 404


def test_somebody_elses_session_is_unknown(sign_in, user, make_user, bearer):
    stranger = bearer(sign_in(make_user())["access"])
    sign_in(user)
    foreign = UserSession.objects.get(user=user)

    foreign_answer, unknown = stranger.delete(f"{SESSIONS}/{foreign.pk}"), stranger.delete(f"{SESSIONS}/999999")

    assert (foreign_answer.status_code, error_code(foreign_answer)) == (404, "not_found")
    assert foreign_answer.content == unknown.content
    assert UserSession.objects.filter(pk=foreign.pk).exists()


def test_all_others_are_ended_and_this_one_goes_on(sign_in, user, bearer):
    others = [bearer(sign_in(user)["access"]) for _ in range(3)]
    mine = bearer(sign_in(user)["access"])

    assert mine.delete(SESSIONS).status_code == 204

    assert [other.get("/api/v1/auth/me").status_code for other in others] == [401] * 3
    assert mine.get("/api/v1/auth/me").status_code == 200


def test_the_web_session_is_listed_and_can_be_ended(sign_in, user, bearer):
    web = Client()
    web.post("/accounts/login/", {"login": user.email, "password": "demo-password-1"})
    assert web.get("/api/v1/auth/me").status_code == 200
    mine = bearer(sign_in(user)["access"])
    other = next(one["id"] for one in mine.get(SESSIONS).json()["results"] if not one["is_current"])

    mine.delete(f"{SESSIONS}/{other}")

    assert web.get("/api/v1/auth/me").status_code == 401


def test_a_write_by_the_web_session_needs_the_csrf_token(user):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(user)

    refused = client.delete(SESSIONS)
    client.get("/accounts/password/change/")
    accepted = client.delete(SESSIONS, HTTP_X_CSRFTOKEN=client.cookies["csrftoken"].value)

    assert (refused.status_code, error_code(refused)) == (403, "csrf.failed")
    assert accepted.status_code == 204


def test_logout_by_the_web_session(user):
    client = Client()
    client.force_login(user)

    assert client.post("/api/v1/auth/logout").status_code == 204
    assert client.get("/api/v1/auth/me").status_code == 401
    assert Session.objects.count() == 0


def test_a_deactivated_users_web_session_is_nobodys(user):
    client = Client()
    client.force_login(user)
    user.is_active = False
    user.save()

    response = client.get("/api/v1/auth/me")

    assert (response.status_code, error_code(response)) == (401, "auth.required")


def test_expired_sessions_are_purged(sign_in, user):
    sign_in(user)
    sign_in(user)
    first = Session.objects.order_by("expire_date").first()
    Session.objects.filter(pk=first.pk).update(expire_date=timezone.now() - timezone.timedelta(days=1))

    assert forget_expired_sessions() == 1

    assert [Session.objects.count(), UserSession.objects.count()] == [1, 1]


def test_sessions_made_before_a_password_change_are_not_listed(sign_in, user, bearer):
    sign_in(user)
    user.refresh_from_db()
    user.set_password("another password 1")
    user.save()
    client = bearer(sign_in(user, "another password 1")["access"])

    assert [one["is_current"] for one in client.get(SESSIONS).json()["results"]] == [True]
