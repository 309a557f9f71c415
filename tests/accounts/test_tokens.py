"""Access tokens end at once; refresh tokens rotate, once."""

import base64
import json
import time
from datetime import timedelta

import jwt
import pytest
from allauth.headless.tokens.strategies.jwt import internal
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from tests.support.people import PASSWORD

from .conftest import error_code

ME = "/api/v1/auth/me"


@pytest.fixture
def user(make_user):
    return make_user("owner@example.com")


@pytest.fixture
def tokens(sign_in, user):
    return sign_in(user)


@pytest.fixture
def client(bearer, tokens):
    client = bearer(tokens["access"])
    assert client.get(ME).status_code == 200
    return client


def refused(response) -> bool:
    return (response.status_code, error_code(response)) == (401, "auth.invalid")


def end_by_logout(client, user):
    assert client.post("/api/v1/auth/logout").status_code == 204


def end_by_deactivation(client, user):
    stored = User.objects.get(pk=user.pk)
    stored.is_active = False
    stored.save()


def end_by_bulk_update(client, user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def end_by_tombstone(client, user):
    stored = User.objects.get(pk=user.pk)
    stored.is_active, stored.tombstoned_at = False, timezone.now()
    stored.save(update_fields=["is_active", "tombstoned_at"])


def end_by_new_password(client, user):
    stored = User.objects.get(pk=user.pk)
    stored.set_password("another password 1")
    stored.save()


def end_by_deleted_sessions(client, user):
    Session.objects.all().delete()


def end_by_deletion(client, user):
    User.objects.get(pk=user.pk).delete()


@pytest.mark.parametrize(
    "end",
    [
        end_by_logout,
        end_by_deactivation,
        end_by_bulk_update,
        end_by_tombstone,
        end_by_new_password,
        end_by_deleted_sessions,
        end_by_deletion,
    ],
)
def test_every_revocation_acts_at_the_next_request(client, user, end, post, tokens):
    end(client, user)

    assert refused(client.get(ME))
    assert refused(post("refresh", refresh=tokens["refresh"]))


def test_a_change_by_sql_counts_when_the_memory_of_the_check_ends(client, user, settings):
    """The stated exception: nobody tells Django. The memory lasts five seconds."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET is_active = false WHERE id = %s", [user.pk])

    assert client.get(ME).status_code == 200
    assert settings.BEARER_CACHE_SECONDS == 5
    cache.delete_pattern("bearer:*")  # what five seconds do
    assert refused(client.get(ME))


def test_a_check_that_began_before_a_revocation_is_not_remembered_after_it(tokens, user, monkeypatch):
    from apps.accounts.access import bearers

    real = bearers.find_session_user

    def revoked_meanwhile(**kwargs):
        found = real(**kwargs)
        User.objects.filter(pk=user.pk).update(is_active=False)
        return found

    cache.clear()
    monkeypatch.setattr(bearers, "find_session_user", revoked_meanwhile)
    assert bearers.find_bearer(tokens["access"]) is not None
    monkeypatch.setattr(bearers, "find_session_user", real)

    assert bearers.find_bearer(tokens["access"]) is None


def test_a_check_that_began_before_a_logout_is_not_remembered_after_it(tokens, user, monkeypatch):
    from apps.accounts.access import bearers

    real = bearers.find_session_user

    def ended_meanwhile(**kwargs):
        found = real(**kwargs)
        Session.objects.all().delete()
        return found

    cache.clear()
    monkeypatch.setattr(bearers, "find_session_user", ended_meanwhile)
    assert bearers.find_bearer(tokens["access"]) is not None
    monkeypatch.setattr(bearers, "find_session_user", real)

    assert bearers.find_bearer(tokens["access"]) is None


def test_the_check_costs_one_query_and_then_none(tokens, bearer):
    from apps.accounts.access.bearers import find_bearer

    cache.clear()
    with CaptureQueriesContext(connection) as first:
        assert find_bearer(tokens["access"])
    with CaptureQueriesContext(connection) as second:
        assert find_bearer(tokens["access"])

    asked = [[query for query in queries if "SELECT" in query["sql"]] for queries in (first, second)]
    assert [len(queries) for queries in asked] == [1, 0]


def test_the_check_holds_without_redis(tokens, user, settings):
    from apps.accounts.access.bearers import find_bearer

    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"},
        "team": settings.CACHES["team"],
    }
    assert find_bearer(tokens["access"]) is not None
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert find_bearer(tokens["access"]) is None


def _forge(access: str, **changes) -> dict:
    claims = jwt.decode(access, options={"verify_signature": False})
    return {**claims, **changes}


def test_forged_tokens_are_refused(tokens, bearer, user, make_user):
    key, access = django_settings.SECRET_KEY, tokens["access"]
    other = make_user("other@example.com")
    head, body, _ = access.split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    forged = [
        f"{none}.{body}.",
        f"{head}.{body}.AAAA",
        f"{head}.{base64.urlsafe_b64encode(json.dumps(_forge(access, sub='999')).encode()).decode()}.AAAA",
        jwt.encode(_forge(access), "another-key-that-is-long-enough-for-hs256", algorithm="HS256"),
        jwt.encode(_forge(access), key, algorithm="HS512"),
        jwt.encode(_forge(access, exp=int(time.time()) - 1), key, algorithm="HS256"),
        jwt.encode(_forge(access, sub=str(other.pk)), key, algorithm="HS256"),
        jwt.encode(_forge(access, sub="x"), key, algorithm="HS256"),
        jwt.encode(_forge(access, sub="9" * 40), key, algorithm="HS256"),
        jwt.encode(_forge(access, sid="!!"), key, algorithm="HS256"),
        jwt.encode(_forge(access, token_use="refresh"), key, algorithm="HS256"),
        tokens["refresh"],
        "a.b.c",
        "\x00",
        "é" * 20,
    ]

    answers = [bearer(token).get(ME) for token in forged]

    assert [answer.status_code for answer in answers] == [401] * len(forged)
    assert {error_code(answer) for answer in answers} == {"auth.invalid"}


def test_a_refresh_gives_new_tokens_and_the_old_ones_answer(tokens, post, bearer):
    answer = post("refresh", refresh=tokens["refresh"])

    assert answer.status_code == 200
    assert set(answer.json()) == {"access", "refresh"}
    assert answer.json()["refresh"] != tokens["refresh"]
    assert bearer(answer.json()["access"]).get(ME).status_code == 200
    assert post("refresh", refresh=answer.json()["refresh"]).status_code == 200


def test_a_token_just_rotated_gets_the_same_new_tokens(tokens, post):
    first = post("refresh", refresh=tokens["refresh"]).json()

    assert post("refresh", refresh=tokens["refresh"]).json() == first
    assert post("refresh", refresh=first["refresh"]).status_code == 200


def test_a_token_rotated_long_ago_ends_the_session(tokens, post, bearer, later):
    current = post("refresh", refresh=tokens["refresh"]).json()
    later(timedelta(seconds=11))

    reused = post("refresh", refresh=tokens["refresh"])

    assert refused(reused)
    assert refused(post("refresh", refresh=current["refresh"]))
    assert refused(bearer(current["access"]).get(ME))
    assert Session.objects.count() == 0


def test_a_family_ends_alone(tokens, post, sign_in, user, bearer, later):
    other = sign_in(user)
    post("refresh", refresh=tokens["refresh"])
    later(timedelta(seconds=11))
    post("refresh", refresh=tokens["refresh"])

    assert bearer(other["access"]).get(ME).status_code == 200


@pytest.mark.parametrize("given", ["", "nonsense", "a.b.c"])
def test_what_is_no_refresh_token_is_refused(post, any_db, given):
    assert post("refresh", refresh=given).status_code in {400, 401}


def test_an_access_token_does_not_refresh(tokens, post):
    assert refused(post("refresh", refresh=tokens["access"]))


def test_logout_ends_one_session_only(tokens, sign_in, user, bearer, post):
    other = sign_in(user)

    assert bearer(tokens["access"]).post("/api/v1/auth/logout").status_code == 204

    assert refused(bearer(tokens["access"]).get(ME))
    assert refused(bearer(tokens["access"]).post("/api/v1/auth/logout"))
    assert refused(post("refresh", refresh=tokens["refresh"]))
    assert bearer(other["access"]).get(ME).status_code == 200


def test_a_header_beats_the_cookie(tokens, make_user, bearer, user):
    other = make_user("cookie@example.com")
    client = bearer(tokens["access"])
    client.force_login(other)

    assert client.get(ME).json()["id"] == user.pk
    client.credentials(HTTP_AUTHORIZATION="Bearer nonsense")
    assert refused(client.get(ME))


def test_nobody_is_asked_to_sign_in(client_api):
    response = client_api.get(ME)

    assert (response.status_code, error_code(response)) == (401, "auth.required")


def test_the_session_key_cannot_be_read_from_a_token(tokens):
    payload = tokens["access"].split(".")[1]
    decoded = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()

    assert Session.objects.get().session_key not in decoded
    assert internal.session_key_from_sid(json.loads(decoded)["sid"]) == Session.objects.get().session_key


def test_a_login_by_password_still_works_after_all_that(tokens, post, user):
    assert post("login", email=user.email, password=PASSWORD).status_code == 200
