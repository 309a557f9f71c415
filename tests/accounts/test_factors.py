"""Second factors by the API: set up, used, taken away."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from rest_framework.test import APIClient

from apps.accounts.api.factors import OwnSession
from tests.support.factors import App, count_halves, show_code
from tests.support.people import PASSWORD

from .conftest import confirm, error_code, kinds_of, refusal

MFA = "/api/v1/auth/mfa"
NOTHING = {"enabled": False, "totp": None, "recovery_codes": None, "webauthn": []}
WRITES = [("post", "totp"), ("delete", "totp"), ("post", "totp/confirm"), ("post", "recovery-codes")]


def set_up(client: APIClient) -> tuple[str, list[str], int]:
    """The secret, the recovery codes, and the half minute of the code that was used."""
    secret, half = client.post(f"{MFA}/totp").json()["secret"], count_halves()
    done = client.post(f"{MFA}/totp/confirm", {"code": show_code(secret, half)}, format="json")
    assert done.status_code == 200, done.content
    return secret, done.json()["recovery_codes"], half


def test_a_secret_is_given_once_and_counts_by_its_first_code(confirmed, careful, post):
    begun = confirmed.post(f"{MFA}/totp")

    assert begun.status_code == 200
    assert set(begun.json()) == {"secret", "otpauth_url"}
    assert begun["Cache-Control"] == "no-store"
    secret, url = begun.json()["secret"], urlsplit(begun.json()["otpauth_url"])
    assert (url.scheme, url.netloc, url.path) == ("otpauth", "totp", "/owner%40example.com")
    assert parse_qs(url.query) == {"secret": [secret], "issuer": ["Analytics Following"]}
    assert confirmed.get(MFA).json() == NOTHING

    half = count_halves()
    done = confirmed.post(f"{MFA}/totp/confirm", {"code": show_code(secret, half)}, format="json")

    codes = done.json()["recovery_codes"]
    assert (done.status_code, len(set(codes)), {len(code) for code in codes}) == (200, 10, {8})
    shown = confirmed.get(MFA)
    assert secret not in shown.content.decode()
    assert not any(code in shown.content.decode() for code in codes)
    state = shown.json()
    assert (state["enabled"], state["webauthn"], state["totp"]["last_used_at"]) == (True, [], None)
    assert (state["recovery_codes"]["total"], state["recovery_codes"]["unused"]) == (10, 10)
    assert post("login", email=careful.email, password=PASSWORD).json()["methods"] == ["recovery_codes", "totp"]


def test_a_secret_of_the_client_is_not_taken(confirmed, careful):
    ours = App.__dataclass_fields__["secret"].default_factory()

    begun = confirmed.post(f"{MFA}/totp", {"secret": ours}, format="json").json()["secret"]
    body = {"code": show_code(ours, count_halves()), "secret": ours}
    answer = confirmed.post(f"{MFA}/totp/confirm", body, format="json")

    assert begun != ours
    assert refusal(answer) == (400, "auth.code_invalid")
    assert kinds_of(careful) == []


def test_a_secret_belongs_to_its_session(confirmed, careful, sign_in, bearer):
    secret = confirmed.post(f"{MFA}/totp").json()["secret"]
    other = bearer(sign_in(careful)["access"])
    confirm(other, password=PASSWORD)

    answer = other.post(f"{MFA}/totp/confirm", {"code": show_code(secret, count_halves())}, format="json")

    assert refusal(answer) == (400, "auth.code_expired")
    assert kinds_of(careful) == []


def test_asking_again_drops_the_former_secret(confirmed, careful):
    first = confirmed.post(f"{MFA}/totp").json()["secret"]
    second = confirmed.post(f"{MFA}/totp").json()["secret"]
    half = count_halves()

    answers = [
        confirmed.post(f"{MFA}/totp/confirm", {"code": show_code(secret, half)}, format="json").status_code
        for secret in (first, second)
    ]

    assert (first != second, answers) == (True, [400, 200])


def test_the_waiting_secret_is_gone_once_it_was_used(confirmed):
    set_up(confirmed)

    assert "mfa.totp.secret" not in Session.objects.get().get_decoded()


@pytest.mark.parametrize(("method", "route"), WRITES)
def test_a_fresh_sign_in_is_no_confirmation(signed_in, careful, method, route):
    app = App(careful)

    answer = getattr(signed_in, method)(f"{MFA}/{route}", {"code": app.show()}, format="json")

    assert refusal(answer) == (403, "auth.reauthentication_required")
    assert kinds_of(careful) == ["totp"]


def test_a_confirmation_ends_after_five_minutes(confirmed, careful, monkeypatch):
    from allauth.account.internal.flows import reauthentication

    real = reauthentication.time.time
    monkeypatch.setattr(reauthentication.time, "time", lambda: real() + 301)

    assert refusal(confirmed.post(f"{MFA}/recovery-codes")) == (403, "auth.reauthentication_required")


def test_a_confirmation_counts_in_its_session_only(confirmed, careful, sign_in, bearer):
    other = bearer(sign_in(careful)["access"])

    assert refusal(other.post(f"{MFA}/totp")) == (403, "auth.reauthentication_required")


@pytest.mark.parametrize(("method", "route"), WRITES)
def test_nobody_signed_in_is_401(any_db, method, route):
    assert refusal(getattr(APIClient(), method)(f"{MFA}/{route}")) == (401, "auth.required")


@pytest.mark.parametrize(("method", "route"), [*WRITES, ("get", "")])
def test_a_key_of_a_team_is_no_person(careful, method, route):
    """Neither as a header that nobody knows beside a cookie, nor as whatever may stand for its maker one day."""
    beside, made = Client(), APIClient()
    beside.force_login(careful)
    made.force_authenticate(careful, token={"key": "af_live"})
    path = f"{MFA}/{route}".rstrip("/")

    assert refusal(getattr(beside, method)(path, headers={"Authorization": "Api-Key af_live"})) == (401, "auth.invalid")
    assert refusal(getattr(made, method)(path)) == (403, "forbidden")
    assert OwnSession().has_permission(type("Asked", (), {"auth": None})(), None)


def test_the_first_code_does_not_count_again(confirmed, careful, post):
    secret, _, half = set_up(confirmed)
    token = post("login", email=careful.email, password=PASSWORD).json()["mfa_token"]

    assert error_code(post("login/mfa", mfa_token=token, code=show_code(secret, half))) == "auth.code_invalid"
    assert post("login/mfa", mfa_token=token, code=show_code(secret, half + 1)).status_code == 200


def test_a_used_code_does_not_count_while_it_could(post, make_user, monkeypatch):
    """It is taken for a minute and a half; allauth remembers it for half a minute."""
    from allauth.mfa.totp.internal import auth

    app = App(make_user("careful@example.com"))
    half = count_halves()
    code = show_code(app.secret, half + 1)
    monkeypatch.setattr(auth.TOTP, "_mark_code_used", lambda self, used: True)
    tokens = [post("login", email=app.user.email, password=PASSWORD).json()["mfa_token"] for _ in range(2)]

    answers = [post("login/mfa", mfa_token=token, code=code).status_code for token in tokens]

    assert answers == [200, 400]


def test_wrong_first_codes_are_limited(confirmed, careful, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "3/300s/key"}
    secret = confirmed.post(f"{MFA}/totp").json()["secret"]
    wrong = [confirmed.post(f"{MFA}/totp/confirm", {"code": "nope"}, format="json") for _ in range(3)]

    right = confirmed.post(f"{MFA}/totp/confirm", {"code": show_code(secret, count_halves())}, format="json")

    assert [refusal(one) for one in wrong] == [(400, "auth.code_invalid")] * 3
    assert refusal(right) == (429, "rate_limited")
    assert 290 <= int(right["Retry-After"]) <= 300
    assert kinds_of(careful) == []


def test_changes_are_limited(confirmed, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "change_factors": "2/m/user"}
    answers = [confirmed.post(f"{MFA}/totp") for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60


def test_there_is_one_app_at_most(confirmed, careful):
    secret, _, half = set_up(confirmed)

    again = confirmed.post(f"{MFA}/totp")
    late = confirmed.post(f"{MFA}/totp/confirm", {"code": show_code(secret, half + 1)}, format="json")

    assert refusal(again) == refusal(late) == (409, "auth.factor_exists")
    assert kinds_of(careful) == ["recovery_codes", "totp"]


def test_a_secret_that_waits_does_not_replace_an_app_of_another_session(confirmed, careful):
    secret = confirmed.post(f"{MFA}/totp").json()["secret"]
    app = App(careful)

    answer = confirmed.post(f"{MFA}/totp/confirm", {"code": show_code(secret, count_halves())}, format="json")

    assert refusal(answer) == (409, "auth.factor_exists")
    assert Authenticator.objects.get(user=careful).pk == app.row.pk


def test_an_unverified_address_comes_first(confirmed, careful):
    EmailAddress.objects.create(user=careful, email="else@example.com", verified=False)

    assert refusal(confirmed.post(f"{MFA}/totp")) == (409, "auth.email_pending")


def test_the_app_is_removed_with_its_recovery_codes(confirmed, careful, post):
    set_up(confirmed)

    removed = confirmed.delete(f"{MFA}/totp")

    assert (removed.status_code, removed.content) == (204, b"")
    assert kinds_of(careful) == []
    assert confirmed.get(MFA).json() == NOTHING
    assert "access" in post("login", email=careful.email, password=PASSWORD).json()
    assert refusal(confirmed.delete(f"{MFA}/totp")) == (404, "not_found")


def test_new_recovery_codes_replace_the_former_ones(confirmed, careful, post):
    _, former, _ = set_up(confirmed)

    renewed = confirmed.post(f"{MFA}/recovery-codes")

    codes = renewed.json()["recovery_codes"]
    assert (renewed.status_code, len(codes), set(codes) & set(former)) == (200, 10, set())
    token = post("login", email=careful.email, password=PASSWORD).json()["mfa_token"]
    assert error_code(post("login/mfa", mfa_token=token, code=former[0])) == "auth.code_invalid"
    assert post("login/mfa", mfa_token=token, code=codes[0]).status_code == 200
    assert confirmed.get(MFA).json()["recovery_codes"]["unused"] == 9
    token = post("login", email=careful.email, password=PASSWORD).json()["mfa_token"]
    assert error_code(post("login/mfa", mfa_token=token, code=codes[0])) == "auth.code_invalid"


def test_the_owner_hears_of_every_change(committed_db, confirmed):
    set_up(confirmed)
    confirmed.post(f"{MFA}/recovery-codes")
    confirmed.delete(f"{MFA}/totp")

    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["owner@example.com"], "Authenticator App Activated"),
        (["owner@example.com"], "New Recovery Codes Generated"),
        (["owner@example.com"], "Authenticator App Deactivated"),
    ]
    assert all("If it was not you, set a new password at once." in one.body for one in mail.outbox)


def test_recovery_codes_stand_in_for_a_factor(confirmed, careful):
    assert refusal(confirmed.post(f"{MFA}/recovery-codes")) == (409, "auth.factor_missing")
    assert kinds_of(careful) == []


def test_a_code_confirms_a_session_too(signed_in, careful):
    app = App(careful)
    code = app.show()

    assert confirm(signed_in, code=code).status_code == 204
    assert refusal(confirm(signed_in, code=code)) == (400, "auth.code_invalid")
    assert signed_in.post(f"{MFA}/recovery-codes").status_code == 200
    assert [refusal(confirm(signed_in, **proof)) for proof in ({}, {"code": code, "password": PASSWORD})] == [
        (400, "invalid")
    ] * 2


def test_who_has_no_factor_confirms_by_no_code(signed_in):
    assert refusal(confirm(signed_in, code="000000")) == (400, "auth.code_invalid")


def test_the_web_session_needs_the_csrf_token_and_keeps_its_secret(careful):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(careful)
    refused = [getattr(client, method)(f"{MFA}/{route}") for method, route in WRITES]
    client.get("/accounts/password/change/")
    client.credentials(HTTP_X_CSRFTOKEN=client.cookies["csrftoken"].value)

    assert [refusal(one) for one in refused] == [(403, "csrf.failed")] * 4
    assert refusal(client.post(f"{MFA}/totp")) == (403, "auth.reauthentication_required")
    assert confirm(client, password=PASSWORD).status_code == 204
    assert len(set_up(client)[1]) == 10
    assert client.delete(f"{MFA}/totp").status_code == 204
    assert kinds_of(careful) == []


def test_somebody_elses_factors_are_not_seen(signed_in, make_user):
    App(make_user("other@example.com"))

    assert signed_in.get(MFA).json() == NOTHING


@pytest.mark.parametrize("body", [{}, {"code": ""}, {"code": "1" * 21}, {"code": ["1"]}])
def test_what_is_no_code_is_invalid(confirmed, body):
    assert refusal(confirmed.post(f"{MFA}/totp/confirm", body, format="json")) == (400, "invalid")
