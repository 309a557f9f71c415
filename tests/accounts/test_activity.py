"""What the owner of an account reads about its security."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import SecurityEvent
from apps.accounts.tasks import forget_expired_sessions
from tests.support.factors import App, SecurityKey, count_halves, show_code
from tests.support.people import PASSWORD

from .conftest import refusal

ACTIVITY = "/api/v1/auth/activity"
MFA = "/api/v1/auth/mfa"


def told(client: APIClient) -> list[tuple[str, str]]:
    return [(one["kind"], one["factor"]) for one in client.get(ACTIVITY).json()["results"]]


def test_a_sign_in_is_told_with_when_and_where(careful, client_api, bearer):
    client_api.credentials(HTTP_USER_AGENT="Laptop", REMOTE_ADDR="198.51.100.7")
    body = {"email": careful.email, "password": PASSWORD}
    access = client_api.post("/api/v1/auth/login", body).json()["access"]

    answer = bearer(access).get(ACTIVITY).json()

    event = SecurityEvent.objects.get()
    assert answer == {
        "results": [
            {
                "id": event.pk,
                "at": event.at.isoformat().replace("+00:00", "Z"),
                "kind": "signed_in",
                "factor": "",
                "ip": "198.51.100.7",
                "user_agent": "Laptop",
            }
        ],
        "next": None,
    }


def test_every_change_of_factors_is_told_newest_first(committed_db, confirmed):
    secret = confirmed.post(f"{MFA}/totp").json()["secret"]
    confirmed.post(f"{MFA}/totp/confirm", {"code": show_code(secret, count_halves())}, format="json")
    confirmed.post(f"{MFA}/recovery-codes")
    credential = SecurityKey().create(confirmed.post(f"{MFA}/webauthn/options").json()["options"])
    key = confirmed.post(f"{MFA}/webauthn", {"credential": credential}, format="json").json()["id"]
    confirmed.delete(f"{MFA}/totp")
    confirmed.delete(f"{MFA}/webauthn/{key}")

    assert told(confirmed) == [
        ("factor_removed", "recovery_codes"),
        ("factor_removed", "webauthn"),
        ("factor_removed", "totp"),
        ("factor_added", "webauthn"),
        ("factor_renewed", "recovery_codes"),
        ("factor_added", "recovery_codes"),
        ("factor_added", "totp"),
        ("signed_in", ""),
    ]


def test_passwords_are_told_by_page_and_api(signed_in, careful, post, mailed_code, sign_in, bearer):
    body = {"current_password": PASSWORD, "new_password": "brand new password 1"}
    signed_in.post("/api/v1/auth/password/change", body, format="json")
    flow = post("password/forgot", email=careful.email).json()["flow_token"]
    post("password/reset", flow_token=flow, code=mailed_code(), password="brand new password 2")
    Client().post("/accounts/login/", {"login": careful.email, "password": "brand new password 2"})

    assert told(bearer(sign_in(careful, "brand new password 2")["access"])) == [
        ("signed_in", ""),
        ("signed_in", ""),
        ("password_reset", ""),
        ("password_changed", ""),
        ("signed_in", ""),
    ]


def test_half_a_sign_in_is_none(careful, post):
    App(careful)
    post("login", email=careful.email, password=PASSWORD)
    post("login", email=careful.email, password="wrong-password-1")

    assert SecurityEvent.objects.count() == 0


def test_it_is_ones_own_in_pages(signed_in, sign_in, make_user, careful, django_assert_max_num_queries):
    sign_in(make_user())
    SecurityEvent.objects.bulk_create(SecurityEvent(user=careful, kind="signed_in") for _ in range(30))

    with django_assert_max_num_queries(2):
        first = signed_in.get(ACTIVITY).json()
    second = signed_in.get(first["next"]).json()

    ids = [one["id"] for one in [*first["results"], *second["results"]]]
    assert (len(first["results"]), len(second["results"]), second["next"]) == (25, 6, None)
    assert ids == sorted(SecurityEvent.objects.filter(user=careful).values_list("pk", flat=True), reverse=True)


def test_nobody_and_no_key_of_a_team_reads_it(careful):
    made = APIClient()
    made.force_authenticate(careful, token={"key": "af_live"})

    assert refusal(APIClient().get(ACTIVITY)) == (401, "auth.required")
    assert refusal(made.get(ACTIVITY)) == (403, "forbidden")


def test_it_is_kept_for_a_year(careful):
    old, young = timezone.now() - timedelta(days=366), timezone.now() - timedelta(days=364)
    SecurityEvent.objects.create(user=careful, kind="signed_in", at=old)
    kept = SecurityEvent.objects.create(user=careful, kind="signed_in", at=young)

    forget_expired_sessions()

    assert list(SecurityEvent.objects.values_list("pk", flat=True)) == [kept.pk]
