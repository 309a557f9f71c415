"""Forgotten, reset, changed and confirmed passwords."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.core import mail
from django.test import Client

from tests.support.people import PASSWORD

from .conftest import error_code

NEW = "brand new password 1"


@pytest.fixture
def user(make_user):
    return make_user("owner@example.com")


@pytest.fixture
def flow(post, user):
    response = post("password/forgot", email="Owner@Example.com")
    assert response.status_code == 202
    return response.json()["flow_token"]


def test_a_reset_by_code_sets_the_password_and_ends_every_session(post, user, flow, mailed_code, sign_in, bearer):
    before = sign_in(user)

    answer = post("password/reset", flow_token=flow, code=mailed_code(), password=NEW)

    assert (answer.status_code, answer.content) == (204, b"")
    assert bearer(before["access"]).get("/api/v1/auth/me").status_code == 401
    assert post("refresh", refresh=before["refresh"]).status_code == 401
    assert post("login", email=user.email, password=PASSWORD).status_code == 401
    assert post("login", email=user.email, password=NEW).status_code == 200


def test_known_and_unknown_addresses_get_one_answer(post, user, mailed_code):
    known = post("password/forgot", email="owner@example.com")
    unknown = post("password/forgot", email="nobody@example.com")
    answers = {
        name: [
            post("password/reset", flow_token=begun.json()["flow_token"], code="BBBB-BBBB", password="short")
            for _ in range(4)
        ]
        for name, begun in (("known", known), ("unknown", unknown))
    }

    assert known.status_code == unknown.status_code == 202
    assert set(known.json()) == set(unknown.json())
    assert [m.to for m in mail.outbox] == [["owner@example.com"], ["nobody@example.com"]]
    contents = {name: [answer.content for answer in given] for name, given in answers.items()}
    assert contents["known"] == contents["unknown"]
    assert [error_code(answer) for answer in answers["known"]] == ["auth.code_invalid"] * 3 + ["auth.code_expired"]


def test_inactive_and_tombstoned_users_get_no_code(post, make_user):
    make_user("inactive@example.com", is_active=False)

    assert post("password/forgot", email="inactive@example.com").status_code == 202
    assert "code" not in mail.outbox[-1].subject.lower()


def test_a_weak_password_leaves_the_code_to_be_used_again(post, user, flow, mailed_code):
    code = mailed_code()

    weak = post("password/reset", flow_token=flow, code=code, password="short")
    good = post("password/reset", flow_token=flow, code=code, password=NEW)

    assert (weak.status_code, error_code(weak)) == (400, "invalid")
    assert list(weak.json()["error"]["details"]) == ["password"]
    assert good.status_code == 204


def test_a_reset_code_works_once_and_not_too_late(post, user, flow, mailed_code, later):
    code = mailed_code()
    assert post("password/reset", flow_token=flow, code=code, password=NEW).status_code == 204
    again = post("password/reset", flow_token=flow, code=code, password="yet another password")
    second = post("password/forgot", email="owner@example.com").json()["flow_token"]
    later(timedelta(minutes=16))
    late = post("password/reset", flow_token=second, code=mailed_code(), password="yet another password")

    assert error_code(again) == "auth.code_expired"
    assert error_code(late) == "auth.code_expired"
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_the_code_of_one_flow_does_not_open_another(post, user, make_user, flow, mailed_code):
    code = mailed_code()
    other = make_user("other@example.com")
    others_flow = post("password/forgot", email=other.email).json()["flow_token"]

    answer = post("password/reset", flow_token=others_flow, code=code, password=NEW)

    assert error_code(answer) == "auth.code_invalid"
    other.refresh_from_db()
    assert other.check_password(PASSWORD)


def test_a_flow_token_of_another_kind_is_refused(post, user, flow, mailed_code):
    code = mailed_code()

    assert error_code(post("email/verify", flow_token=flow, code=code)) == "auth.code_expired"
    assert post("password/reset", flow_token=flow, code=code, password=NEW).status_code == 204


def test_a_reset_proves_the_address_too(post, make_user, mailed_code):
    """Whoever signed up with somebody else's address is locked out by its owner, who is verified by the same code."""
    user = make_user("squatted@example.com")
    EmailAddress.objects.filter(user=user).update(verified=False)
    heard = []
    receiver = lambda **kwargs: heard.append(kwargs["email_address"].email)  # noqa: E731
    email_confirmed.connect(receiver)
    flow = post("password/forgot", email="squatted@example.com").json()["flow_token"]
    post("password/reset", flow_token=flow, code=mailed_code(), password=NEW)
    email_confirmed.disconnect(receiver)

    assert heard == ["squatted@example.com"]
    assert post("login", email="squatted@example.com", password=NEW).status_code == 200
    assert post("login", email="squatted@example.com", password=PASSWORD).status_code == 401


def test_mails_of_one_address_are_limited(post, user, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "reset_password": "2/m/key"}
    answers = [post("password/forgot", email="owner@example.com") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert len(mail.outbox) == 2


def test_a_change_keeps_this_session_and_ends_the_others(sign_in, user, bearer, post):
    mine, other = sign_in(user), sign_in(user)

    answer = bearer(mine["access"]).post(
        "/api/v1/auth/password/change", {"current_password": PASSWORD, "new_password": NEW}, format="json"
    )

    assert answer.status_code == 200, answer.content
    fresh = answer.json()
    assert set(fresh) == {"access", "refresh"}
    assert bearer(fresh["access"]).get("/api/v1/auth/me").status_code == 200
    assert post("refresh", refresh=fresh["refresh"]).status_code == 200
    for ended in (mine, other):
        assert bearer(ended["access"]).get("/api/v1/auth/me").status_code == 401
        assert post("refresh", refresh=ended["refresh"]).status_code == 401
    assert mail.outbox[-1].to == ["owner@example.com"]


def test_a_change_by_the_web_session_keeps_the_cookie(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    client.get("/accounts/password/change/")
    token = client.cookies["csrftoken"].value

    answer = client.post(
        "/api/v1/auth/password/change",
        {"current_password": PASSWORD, "new_password": NEW},
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert answer.status_code == 200, answer.content
    assert answer.json() == {"access": None, "refresh": None}
    assert client.get("/api/v1/auth/me").status_code == 200


def test_a_wrong_current_password_changes_nothing(sign_in, user, bearer):
    client = bearer(sign_in(user)["access"])

    wrong = client.post(
        "/api/v1/auth/password/change", {"current_password": "nope", "new_password": NEW}, format="json"
    )
    weak = client.post(
        "/api/v1/auth/password/change", {"current_password": PASSWORD, "new_password": "short"}, format="json"
    )

    assert (wrong.status_code, error_code(wrong)) == (400, "auth.password_wrong")
    assert list(weak.json()["error"]["details"]) == ["new_password"]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert client.get("/api/v1/auth/me").status_code == 200


def test_guessing_the_current_password_is_limited(sign_in, user, bearer, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "change_password": "2/m/user"}
    client = bearer(sign_in(user)["access"])
    body = {"current_password": "nope", "new_password": NEW}

    answers = [client.post("/api/v1/auth/password/change", body, format="json") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [400, 400, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60


def test_a_password_confirmed_again_is_noted_in_the_session(sign_in, user, bearer):
    from django.contrib.sessions.models import Session

    tokens = sign_in(user)
    client = bearer(tokens["access"])

    wrong = client.post("/api/v1/auth/reauthenticate", {"password": "nope"}, format="json")
    right = client.post("/api/v1/auth/reauthenticate", {"password": PASSWORD}, format="json")

    assert (wrong.status_code, error_code(wrong)) == (400, "auth.password_wrong")
    assert right.status_code == 204
    methods = Session.objects.get().get_decoded()["account_authentication_methods"]
    assert [method.get("reauthenticated") for method in methods] == [None, True]
    assert client.get("/api/v1/auth/me").status_code == 200
