"""The schema describes every auth route, with its refusals and examples."""

import json

import pytest
from django.test import Client

ROUTES = {
    "signup": {"post": "auth_signup"},
    "email/verify": {"post": "auth_email_verify"},
    "email/resend": {"post": "auth_email_resend"},
    "login": {"post": "auth_login"},
    "refresh": {"post": "auth_refresh"},
    "logout": {"post": "auth_logout"},
    "password/forgot": {"post": "auth_password_forgot"},
    "password/reset": {"post": "auth_password_reset"},
    "password/change": {"post": "auth_password_change"},
    "me": {"get": "auth_me", "patch": "auth_me_update"},
    "dashboard": {"get": "auth_dashboard"},
    "reauthenticate": {"post": "auth_reauthenticate"},
    "mfa": {"get": "auth_mfa"},
    "mfa/totp": {"post": "auth_mfa_totp_begin", "delete": "auth_mfa_totp_remove"},
    "mfa/totp/confirm": {"post": "auth_mfa_totp_confirm"},
    "mfa/recovery-codes": {"post": "auth_mfa_recovery_codes_renew"},
    "mfa/webauthn": {"get": "auth_mfa_webauthn_list", "post": "auth_mfa_webauthn_add"},
    "mfa/webauthn/options": {"post": "auth_mfa_webauthn_begin"},
    "mfa/webauthn/{key_id}": {"patch": "auth_mfa_webauthn_rename", "delete": "auth_mfa_webauthn_remove"},
    "login/mfa/webauthn": {"post": "auth_login_mfa_webauthn"},
    "reauthenticate/webauthn": {"post": "auth_reauthenticate_webauthn"},
    "activity": {"get": "auth_activity"},
    "sessions": {"get": "auth_sessions_list", "delete": "auth_sessions_end_others"},
    "sessions/{session_id}": {"delete": "auth_sessions_end"},
}


@pytest.fixture(scope="module")
def schema(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        response = Client().get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
        assert response.status_code == 200
        return json.loads(response.content)


def test_it_is_openapi_3_1_with_both_schemes(schema):
    schemes = schema["components"]["securitySchemes"]

    assert schema["openapi"].startswith("3.1")
    assert schemes["bearer"]["scheme"] == "bearer"
    assert schemes["session"]["in"] == "cookie"


def test_every_auth_route_has_its_operation(schema):
    described = {
        path.removeprefix("/api/v1/auth/"): {method: operation["operationId"] for method, operation in methods.items()}
        for path, methods in schema["paths"].items()
        if path.startswith("/api/v1/auth/")
    }

    assert {path: described.get(path) for path in ROUTES} == ROUTES


def test_every_auth_route_names_its_refusals_with_an_example(schema):
    for path in ROUTES:
        for method, operation in schema["paths"][f"/api/v1/auth/{path}"].items():
            refused = {status: answer for status, answer in operation["responses"].items() if int(status) >= 400}
            assert "401" in refused, (path, method)
            for status, answer in refused.items():
                content = answer["content"]["application/json"]
                assert content["schema"]["$ref"].endswith("ErrorEnvelope"), (path, status)
                codes = {example["value"]["error"]["code"] for example in content["examples"].values()}
                assert all(f"`{code}`" in answer["description"] for code in codes), (path, status)


def test_public_routes_ask_for_no_credential(schema):
    login = schema["paths"]["/api/v1/auth/login"]["post"]
    me = schema["paths"]["/api/v1/auth/me"]["get"]

    assert {} in login["security"]
    assert me["security"] == [{"bearer": []}, {"session": []}]


def test_the_docs_page_opens(db):
    response = Client().get("/api/docs/")

    assert response.status_code == 200
    assert "swagger-ui" in response.content.decode()
