"""Signing in by the API, and what an attacker learns from it."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.teams.models import Membership
from tests.support.factors import App
from tests.support.people import PASSWORD

from .conftest import error_code


def test_a_login_answers_with_tokens_user_and_teams(post, team):
    response = post("login", email="OWNER@example.com", password=PASSWORD)

    body = response.json()
    assert response.status_code == 200
    assert set(body) == {"access", "refresh", "user", "teams"}
    assert body["user"] == {
        "id": team.owner.pk,
        "email": "owner@example.com",
        "full_name": "Olive Owner",
        "display_name": "Olive Owner",
        "locale": "en",
        "time_zone": "UTC",
        "is_superuser": False,
        "date_joined": body["user"]["date_joined"],
    }
    assert body["teams"] == [{"slug": team.slug, "name": "First team", "role": "owner", "plan": "standard"}]
    assert "sessionid" not in response.cookies


def test_a_suspended_member_is_not_told_of_the_team(post, team, as_member):
    user = as_member(team, "member")
    Membership.objects.filter(user=user).update(state="suspended")

    assert post("login", email=user.email, password=PASSWORD).json()["teams"] == []


def test_wrong_unknown_deactivated_and_tombstoned_get_one_answer(post, make_user):
    make_user("known@example.com")
    make_user("inactive@example.com", is_active=False)
    make_user("gone@example.com", is_active=False, tombstoned_at=timezone.now())
    answers = [
        post("login", email="known@example.com", password="wrong-password-1"),
        post("login", email="unknown@example.com", password=PASSWORD),
        post("login", email="inactive@example.com", password=PASSWORD),
        post("login", email="gone@example.com", password=PASSWORD),
        post("login", email="not an address", password=PASSWORD),
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert error_code(answers[0]) == "auth.invalid_credentials"
    assert Session.objects.count() == 0


def test_the_password_is_hashed_once_for_known_and_unknown_alike(post, make_user, settings, monkeypatch):
    """Time is not measured; what takes it is counted."""
    make_user("known@example.com")
    hashed = []
    from django.contrib.auth.hashers import MD5PasswordHasher

    real = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *args: hashed.append(1) or real(self, *args))
    counts = {}
    for email in ("known@example.com", "unknown@example.com"):
        hashed.clear()
        post("login", email=email, password="wrong-password-1")
        counts[email] = len(hashed)
    for email in ("known@example.com", "new@example.com"):
        hashed.clear()
        post("signup", email=email, password="correct horse battery")
        counts[f"signup {email}"] = len(hashed)

    assert counts == {
        "known@example.com": 1,
        "unknown@example.com": 1,
        "signup known@example.com": 1,
        "signup new@example.com": 1,
    }


def test_an_unverified_address_gets_a_code_and_a_flow(post, make_user, mailed_code):
    user = make_user("new@example.com")
    EmailAddress.objects.filter(user=user).update(verified=False)

    refused = post("login", email="new@example.com", password=PASSWORD)

    assert (refused.status_code, error_code(refused)) == (403, "auth.email_unverified")
    flow = refused.json()["error"]["details"]["flow_token"]
    verified = post("email/verify", flow_token=flow, code=mailed_code())
    assert verified.status_code == 200
    assert verified.json()["user"]["email"] == "new@example.com"


def test_an_unverified_address_with_a_wrong_password_says_nothing(post, make_user):
    user = make_user("new@example.com")
    EmailAddress.objects.filter(user=user).update(verified=False)

    assert error_code(post("login", email="new@example.com", password="wrong-password-1")) == "auth.invalid_credentials"
    assert mail.outbox == []


def test_a_user_with_a_second_factor_gets_no_token_yet(post, make_user):
    user = make_user("careful@example.com")
    TOTP.activate(user, generate_totp_secret())

    body = post("login", email="careful@example.com", password=PASSWORD).json()

    assert set(body) == {"mfa_required", "mfa_token", "methods"}
    assert (body["mfa_required"], body["methods"]) == (True, ["totp"])
    assert Session.objects.get().get_decoded().get("_auth_user_id") is None


def test_the_flow_token_is_no_session_cookie(post, make_user):
    user = make_user("careful@example.com")
    TOTP.activate(user, generate_totp_secret())
    token = post("login", email="careful@example.com", password=PASSWORD).json()["mfa_token"]

    assert Session.objects.get().session_key not in token


def test_failed_logins_are_limited_by_account_whatever_the_host(post, make_user, settings, client_api):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/300s/key"}
    make_user("known@example.com")
    make_user("other@example.com")
    body = {"email": "known@example.com", "password": "wrong-password-1"}
    wrong = [client_api.post("/api/v1/auth/login", body, HTTP_HOST=f"h{n}.example.com") for n in range(3)]

    right = post("login", email="known@example.com", password=PASSWORD)
    other = post("login", email="other@example.com", password=PASSWORD)

    assert [one.status_code for one in wrong] == [401] * 3
    assert (right.status_code, error_code(right)) == (429, "rate_limited")
    assert 290 <= int(right["Retry-After"]) <= 300
    assert other.status_code == 200


def test_unknown_accounts_are_limited_like_known_ones(post, any_db, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/300s/key"}
    answers = [post("login", email="unknown@example.com", password=PASSWORD) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]


def test_successful_logins_do_not_use_the_limit_up(post, make_user, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/300s/key"}
    make_user("known@example.com")

    answers = [post("login", email="known@example.com", password=PASSWORD).status_code for _ in range(5)]

    assert answers == [200] * 5


@pytest.mark.parametrize("body", [{}, {"email": "a@example.com"}, {"email": ["x"], "password": {}}])
def test_an_incomplete_login_names_the_fields(client_api, body):
    response = client_api.post("/api/v1/auth/login", body, format="json")

    assert (response.status_code, error_code(response)) == (400, "invalid")


@pytest.mark.parametrize("raw", ["", "[]", "{", '"text"', "null", "1"])
def test_what_is_no_object_is_refused(client_api, raw):
    response = client_api.post("/api/v1/auth/login", raw, content_type="application/json")

    assert response.status_code == 400
    assert set(response.json()["error"]) == {"code", "message", "details"}


def test_a_login_ignores_who_is_signed_in_already(sign_in, make_user, bearer):
    first, second = make_user(), make_user()
    client = bearer(sign_in(first)["access"])

    response = client.post("/api/v1/auth/login", {"email": second.email, "password": PASSWORD}, format="json")

    assert response.json()["user"]["id"] == second.pk
    assert client.get("/api/v1/auth/me").json()["id"] == first.pk


def test_a_bad_credential_is_refused_even_here(make_user):
    user = make_user()
    for header in ("Bearer nonsense", "Bearer", "Basic dXNlcjpwYXNz", "Token abc"):
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=header)

        response = client.post("/api/v1/auth/login", {"email": user.email, "password": PASSWORD}, format="json")

        assert (response.status_code, error_code(response)) == (401, "auth.invalid"), header
        assert response["WWW-Authenticate"] == 'Bearer realm="api"'


def test_a_session_key_given_beforehand_is_not_taken_over(sign_in, make_user, post, client_api):
    """Session fixation: the session after a login is a new one."""
    user = make_user()
    EmailAddress.objects.filter(user=user).update(verified=False)
    post("login", email=user.email, password=PASSWORD)
    planted = Session.objects.get().session_key
    EmailAddress.objects.filter(user=user).update(verified=True)
    client_api.cookies["sessionid"] = planted

    sign_in(user)

    signed_in = [one for one in Session.objects.all() if one.get_decoded().get("_auth_user_id")]
    assert len(signed_in) == 1
    assert signed_in[0].session_key != planted


def test_many_former_sessions_do_not_slow_a_login(sign_in, make_user):
    user = make_user()
    with CaptureQueriesContext(connection) as first:
        sign_in(user)
    for _ in range(15):
        sign_in(user)

    with CaptureQueriesContext(connection) as last:
        sign_in(user)
    assert len(last) == len(first)


def test_the_dashboard_joins_person_teams_and_security(sign_in, team, bearer, django_assert_max_num_queries):
    client = bearer(sign_in(team.owner)["access"])

    with django_assert_max_num_queries(8):
        response = client.get("/api/v1/auth/dashboard")

    assert response.status_code == 200
    body = response.json()
    assert body["user"]["email"] == "owner@example.com"
    assert body["teams"] == [
        {
            "slug": team.slug,
            "name": "First team",
            "role": "owner",
            "plan": "standard",
            "state": "active",
            "members": 1,
            "seats": 2,
        }
    ]
    assert body["security"] == {"sessions": 1, "email_verified": True, "mfa_enabled": False}


def test_me_reads_and_changes_only_what_is_the_users_to_change(sign_in, make_user, bearer):
    user = make_user(full_name="Old Name")
    client = bearer(sign_in(user)["access"])

    changed = client.patch(
        "/api/v1/auth/me",
        {
            "full_name": "New 名前 😀",
            "time_zone": "Asia/Dubai",
            "locale": "ar",
            "is_superuser": True,
            "email": "x@y.zz",
        },
        format="json",
    )

    assert changed.status_code == 200
    assert client.get("/api/v1/auth/me").json() == changed.json()
    user = User.objects.get()
    assert (user.full_name, user.time_zone, user.locale) == ("New 名前 😀", "Asia/Dubai", "ar")
    assert (user.is_superuser, user.email) == (False, changed.json()["email"])


@pytest.mark.parametrize(
    ("field", "value"), [("time_zone", "Mars/Base"), ("locale", "xx-yy"), ("full_name", "x" * 151)]
)
def test_me_refuses_what_does_not_exist(sign_in, make_user, bearer, field, value):
    user = make_user()
    client = bearer(sign_in(user)["access"])

    response = client.patch("/api/v1/auth/me", {field: value}, format="json")

    assert (response.status_code, list(response.json()["error"]["details"])) == (400, [field])


def test_times_of_the_limits_pass(post, make_user, settings, later):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "1/300s/key"}
    make_user("known@example.com")
    post("login", email="known@example.com", password="wrong-password-1")
    assert post("login", email="known@example.com", password=PASSWORD).status_code == 429
    later(timedelta(seconds=301))
    # The clock of the tokens is the real one again.
    answer = post("login", email="known@example.com", password="wrong-password-2")

    assert answer.status_code == 401


@pytest.fixture
def app(make_user) -> App:
    return App(make_user("careful@example.com"))


@pytest.fixture
def mfa_token(post, app) -> str:
    return post("login", email=app.user.email, password=PASSWORD).json()["mfa_token"]


def test_a_code_finishes_the_sign_in_once(post, app, mfa_token):
    done = post("login/mfa", mfa_token=mfa_token, code=app.show())

    assert (done.status_code, done.json()["user"]["email"]) == (200, "careful@example.com")
    assert error_code(post("login/mfa", mfa_token=mfa_token, code=app.show())) == "auth.code_expired"


def test_a_wrong_code_opens_nothing_and_the_right_one_still_does(post, app, mfa_token):
    assert error_code(post("login/mfa", mfa_token=mfa_token, code="000000")) == "auth.code_invalid"
    assert Session.objects.get().get_decoded().get("_auth_user_id") is None

    assert post("login/mfa", mfa_token=mfa_token, code=app.show()).status_code == 200


def test_a_forged_token_is_no_sign_in(post, app):
    assert error_code(post("login/mfa", mfa_token="forged:token", code=app.show())) == "auth.code_expired"
    assert post("login/mfa", code="000000").status_code == 400


def test_codes_cannot_be_guessed_without_end(post, app, mfa_token, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/300s/key"}

    codes = [error_code(post("login/mfa", mfa_token=mfa_token, code="000000")) for _ in range(4)]

    assert codes == ["auth.code_invalid"] * 3 + ["rate_limited"]
    assert error_code(post("login/mfa", mfa_token=mfa_token, code=app.show())) == "rate_limited"
