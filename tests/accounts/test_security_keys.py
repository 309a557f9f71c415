"""Security keys by the API: added, used, renamed, taken away. The key is software, the ceremonies are real."""

import copy
import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from fido2.cose import UnsupportedKey
from rest_framework.test import APIClient

from tests.support.factors import App, SecurityKey
from tests.support.people import PASSWORD

from .conftest import confirm, error_code, kinds_of, refusal

KEYS = "/api/v1/auth/mfa/webauthn"
WRITES = [("post", ""), ("post", "/options"), ("patch", "/1"), ("delete", "/1")]


def begin(client: APIClient) -> dict:
    answer = client.post(f"{KEYS}/options")
    assert answer.status_code == 200, answer.content
    return answer.json()["options"]


def send(client: APIClient, credential: dict, **more):
    return client.post(KEYS, {"credential": credential, **more}, format="json")


def add(client: APIClient, key: SecurityKey, name: str = ""):
    added = send(client, key.create(begin(client)), name=name)
    assert added.status_code == 201, added.content
    return added.json()


def make_credential() -> dict:
    """Well formed, of no ceremony."""
    asked = {"publicKey": {"rp": {"id": "testserver"}, "challenge": "AAAAAAAAAAAAAAAAAAAAAA"}}
    return SecurityKey().create(asked)


@pytest.fixture
def key(confirmed) -> SecurityKey:
    """A key that `careful` has added."""
    key = SecurityKey()
    add(confirmed, key)
    return key


def test_a_key_is_added_listed_renamed_and_removed(confirmed, careful):
    options = begin(confirmed)["publicKey"]
    assert options["rp"]["id"] == "testserver"
    assert (options["user"]["name"], options.get("excludeCredentials", [])) == (
        "owner@example.com",
        [],
    )

    key = SecurityKey()
    added = add(confirmed, key, "Desk")
    assert (added["name"], added["last_used_at"], len(added["recovery_codes"])) == ("Desk", None, 10)
    second = add(confirmed, SecurityKey())
    assert (second["name"], second["recovery_codes"]) == ("Backup key", None)
    listed = confirmed.get(KEYS).json()
    assert ([one["name"] for one in listed["results"]], listed["next"]) == (["Desk", "Backup key"], None)
    assert confirmed.get("/api/v1/auth/mfa").json()["webauthn"] == listed["results"]

    renamed = confirmed.patch(f"{KEYS}/{added['id']}", {"name": "Drawer"}, format="json")
    assert (renamed.status_code, renamed.json()["name"]) == (200, "Drawer")
    assert confirmed.delete(f"{KEYS}/{second['id']}").status_code == 204
    assert kinds_of(careful) == ["recovery_codes", "webauthn"]
    assert confirmed.delete(f"{KEYS}/{added['id']}").status_code == 204
    assert kinds_of(careful) == []
    assert refusal(confirmed.delete(f"{KEYS}/{added['id']}")) == (404, "not_found")
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["owner@example.com"], subject) for subject in ["Security Key Added"] * 2 + ["Security Key Removed"] * 2
    ]


def test_a_known_key_is_named_to_the_browser_and_refused(confirmed, key, careful):
    options = begin(confirmed)

    assert len(options["publicKey"]["excludeCredentials"]) == 1
    assert refusal(send(confirmed, key.create(options))) == (409, "auth.factor_exists")
    assert kinds_of(careful) == ["recovery_codes", "webauthn"]


@pytest.mark.parametrize(("method", "route"), WRITES)
def test_a_fresh_sign_in_is_no_confirmation(signed_in, method, route):
    body = {"credential": make_credential(), "name": "x"}

    assert refusal(getattr(signed_in, method)(f"{KEYS}{route}", body, format="json")) == (
        403,
        "auth.reauthentication_required",
    )


@pytest.mark.parametrize(("method", "route"), [*WRITES, ("get", "")])
def test_a_key_of_a_team_is_no_person(careful, method, route):
    client = APIClient()
    client.force_authenticate(careful, token={"key": "af_live"})

    assert refusal(getattr(client, method)(f"{KEYS}{route}")) == (403, "forbidden")


def test_an_answer_counts_for_its_challenge_session_and_site(confirmed, careful, sign_in, bearer):
    first, options = begin(confirmed), begin(confirmed)
    other = bearer(sign_in(careful)["access"])
    confirm(other, password=PASSWORD)

    assert refusal(send(confirmed, SecurityKey().create(first))) == (400, "auth.code_invalid")
    assert refusal(send(other, SecurityKey().create(options))) == (400, "auth.code_expired")
    for site in ("https://evil.example", "http://testserver", "https://testserver.evil.example"):
        assert refusal(send(confirmed, SecurityKey(site).create(options))) == (400, "auth.code_invalid")
    assert kinds_of(careful) == []
    credential = SecurityKey().create(options)
    assert send(confirmed, credential).status_code == 201
    assert refusal(send(confirmed, credential)) == (400, "auth.code_expired")


def test_what_a_client_adds_to_a_key_is_not_kept(confirmed, careful):
    credential = SecurityKey().create(begin(confirmed))
    send(confirmed, {**credential, "more": "x" * 1000, "clientExtensionResults": {"credProps": {"rk": True}, "a": 1}})

    kept = Authenticator.objects.get(user=careful, type="webauthn").data["credential"]
    assert kept == {**credential, "clientExtensionResults": {"credProps": {"rk": True}}}


@pytest.mark.parametrize("field", ["clientDataJSON", "attestationObject"])
@pytest.mark.parametrize("value", ["AA", "e30", "W10", "bnVsbA", "\u2603", "gYGBgYGB" * 480, "o2NmbXQ", "="])
def test_a_malformed_answer_is_refused(confirmed, careful, field, value):
    credential = SecurityKey().create(begin(confirmed))
    credential["response"][field] = value

    assert refusal(send(confirmed, credential)) == (400, "auth.code_invalid")
    assert kinds_of(careful) == []


@pytest.mark.parametrize("change", [{-3: bytes(32)}, {-1: 9}, None])
def test_a_key_that_could_never_answer_is_refused(confirmed, careful, change):
    """Its point is not on the curve, its curve unknown, its algorithm unknown."""
    key = SecurityKey()
    key.public = UnsupportedKey({1: 2, 3: -999}) if change is None else type(key.public)({**key.public, **change})

    assert refusal(send(confirmed, key.create(begin(confirmed)))) == (400, "auth.code_invalid")
    assert kinds_of(careful) == []


def test_an_answer_under_another_id_is_refused(confirmed, careful):
    credential = SecurityKey().create(begin(confirmed))
    credential["id"] = credential["rawId"] = make_credential()["id"]

    assert refusal(send(confirmed, credential)) == (400, "auth.code_invalid")


@pytest.mark.parametrize("body", [{}, {"credential": None}, {"credential": "x"}, {"credential": {"id": "x"}}])
def test_what_is_no_credential_is_invalid(confirmed, body):
    assert refusal(confirmed.post(KEYS, body, format="json")) == (400, "invalid")


def test_twenty_keys_are_enough(confirmed, careful, key):
    row = Authenticator.objects.get(user=careful, type="webauthn")
    Authenticator.objects.bulk_create(
        Authenticator(user=careful, type="webauthn", data=copy.deepcopy(row.data)) for _ in range(19)
    )

    assert refusal(confirmed.post(f"{KEYS}/options")) == (409, "auth.too_many_keys")


def test_an_unverified_address_comes_first(confirmed, careful):
    EmailAddress.objects.create(user=careful, email="else@example.com", verified=False)

    assert refusal(confirmed.post(f"{KEYS}/options")) == (409, "auth.email_pending")


def test_somebody_elses_key_is_unknown(confirmed, key, make_user, sign_in, bearer):
    key_id = confirmed.get(KEYS).json()["results"][0]["id"]
    stranger = bearer(sign_in(make_user())["access"])
    confirm(stranger, password=PASSWORD)

    assert refusal(stranger.delete(f"{KEYS}/{key_id}")) == (404, "not_found")
    assert refusal(stranger.patch(f"{KEYS}/{key_id}", {"name": "x"}, format="json")) == (404, "not_found")
    assert confirmed.get(KEYS).json()["results"][0]["name"] == "Master key"


def test_a_key_finishes_a_sign_in_once(key, careful, post):
    token = post("login", email=careful.email, password=PASSWORD).json()["mfa_token"]
    answered = key.get(post("login/mfa/webauthn", mfa_token=token).json()["options"])

    done = post("login/mfa", mfa_token=token, credential=answered)

    assert (done.status_code, done.json()["user"]["email"]) == (200, "owner@example.com")
    assert error_code(post("login/mfa", mfa_token=token, credential=answered)) == "auth.code_expired"
    token = post("login", email=careful.email, password=PASSWORD).json()["mfa_token"]
    assert error_code(post("login/mfa", mfa_token=token, credential=answered)) == "auth.code_invalid"


def test_another_key_or_challenge_finishes_no_sign_in(key, careful, post):
    token = post("login", email=careful.email, password=PASSWORD).json()["mfa_token"]
    options = post("login/mfa/webauthn", mfa_token=token).json()["options"]
    stranger, thief = SecurityKey(), SecurityKey()
    thief.id = key.id
    bent = key.get(options)
    bent["response"]["authenticatorData"] = "AA"
    elsewhere = SecurityKey("https://evil.example")
    elsewhere.id, elsewhere._private = key.id, key._private

    answers = [
        post("login/mfa", mfa_token=token, credential=credential)
        for credential in (stranger.get(options), thief.get(options), bent, elsewhere.get(options))
    ]

    assert [refusal(one) for one in answers] == [(400, "auth.code_invalid")] * 4
    assert post("login/mfa", mfa_token=token, credential=key.get(options)).status_code == 200


def test_a_sign_in_needs_a_code_or_a_credential(key, post, careful):
    token = post("login", email=careful.email, password=PASSWORD).json()["mfa_token"]

    assert refusal(post("login/mfa", mfa_token=token)) == (400, "invalid")
    assert refusal(post("login/mfa", mfa_token=token, code="1", credential=make_credential())) == (400, "invalid")
    assert refusal(post("login/mfa/webauthn", mfa_token="forged:token")) == (400, "auth.code_expired")


def test_a_key_confirms_a_session(key, careful, sign_in, post, bearer):
    App(careful)
    token = post("login", email=careful.email, password=PASSWORD).json()["mfa_token"]
    answered = key.get(post("login/mfa/webauthn", mfa_token=token).json()["options"])
    client = bearer(post("login/mfa", mfa_token=token, credential=answered).json()["access"])
    options = client.post("/api/v1/auth/reauthenticate/webauthn").json()["options"]
    credential = key.get(options)

    assert refusal(confirm(client, credential=SecurityKey().get(options))) == (400, "auth.code_invalid")
    assert confirm(client, credential=credential).status_code == 204
    assert refusal(confirm(client, credential=credential)) == (400, "auth.code_invalid")
    assert client.delete("/api/v1/auth/mfa/totp").status_code == 204
    assert kinds_of(careful) == ["recovery_codes", "webauthn"]


def test_the_page_refuses_a_malformed_key_too(careful):
    client = Client()
    client.force_login(careful)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    options = client.get("/accounts/2fa/webauthn/add/").context["js_data"]["creation_options"]
    right = SecurityKey().create(json.loads(DjangoJSONEncoder().encode({**options})))
    wrong = {**right, "response": {**right["response"], "attestationObject": "AA"}}

    refused = client.post("/accounts/2fa/webauthn/add/", {"credential": json.dumps(wrong)})

    assert (refused.status_code, refused.context["form"].errors["__all__"]) == (200, ["Incorrect code."])
    assert kinds_of(careful) == []
