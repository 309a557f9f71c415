"""Where staff need a second factor, neither the console nor its API opens by a password alone."""

import pytest
from django.test import Client

from apps.accounts.models import User
from tests.support.factors import App, count_halves, show_code
from tests.support.people import PASSWORD

ADMIN_API = ["/api/v1/admin/teams", "/api/v1/admin/users", "/api/v1/credits/system/stats"]
METRICS = ["/api/metrics", "/metrics"]
SETUP = "/accounts/2fa/totp/activate/"
REFUSED = (403, "auth.second_factor_required")


@pytest.fixture(autouse=True)
def demanded(settings) -> None:
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def app(superadmin) -> App:
    return App(superadmin)


def sign_in_by_page(user: User, app: App | None = None) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    if app is not None:
        client.post("/accounts/2fa/authenticate/", {"code": app.show()})
    assert client.session["_auth_user_id"] == str(user.pk)
    return client


def ask_by_token(api, access: str, path: str) -> tuple[int, str]:
    answer = api().get(path, HTTP_AUTHORIZATION=f"Bearer {access}")
    return answer.status_code, answer.json().get("error", {}).get("code", "")


def code_of(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.parametrize("path", ADMIN_API)
def test_a_session_by_password_alone_is_refused(superadmin, path):
    assert code_of(sign_in_by_page(superadmin).get(path)) == REFUSED


@pytest.mark.parametrize("path", METRICS)
def test_metrics_ask_for_it_too_but_not_the_scraper(superadmin, api, settings, path):
    settings.METRICS_TOKEN = "scrape-me"
    alone = api().post("/api/v1/auth/login", {"email": superadmin.email, "password": PASSWORD}).json()["access"]
    before = sign_in_by_page(superadmin)

    assert code_of(before.get(path)) == REFUSED
    assert ask_by_token(api, alone, path) == REFUSED
    assert Client().get(path, headers={"Authorization": "Bearer scrape-me"}).status_code == 200
    assert sign_in_by_page(superadmin, App(superadmin)).get(path).status_code == 200


def test_the_details_of_health_ask_for_it_too(superadmin):
    alone = sign_in_by_page(superadmin).get("/api/health")
    both = sign_in_by_page(superadmin, App(superadmin)).get("/api/health")

    assert (alone.status_code, both.status_code) == (200, 200)
    assert set(both.json()) - set(alone.json()) == {"components"}


def test_a_write_by_password_alone_changes_nothing(superadmin, team):
    before = team.state

    answer = sign_in_by_page(superadmin).post(
        f"/api/v1/admin/teams/{team.pk}/suspend", {"reason": "x"}, content_type="application/json"
    )

    assert code_of(answer) == REFUSED
    team.refresh_from_db()
    assert team.state == before


@pytest.mark.parametrize("path", ADMIN_API)
def test_others_hear_nothing_of_a_second_factor(make_user, path):
    assert code_of(sign_in_by_page(make_user()).get(path)) == (403, "forbidden")
    assert code_of(Client().get(path)) == (401, "auth.required")


def test_a_session_by_two_factors_opens_console_and_api(superadmin, app):
    client = sign_in_by_page(superadmin, app)

    assert client.get("/admin/").status_code == 200
    assert [client.get(path).status_code for path in ADMIN_API] == [200, 200, 200]


def test_a_session_from_before_is_led_to_confirm_itself_and_then_counts(superadmin):
    client = sign_in_by_page(superadmin)
    app = App(superadmin)

    asked = client.get("/admin/teams/team/", follow=True)
    assert asked.redirect_chain[-1] == ("/accounts/2fa/reauthenticate/?next=%2Fadmin%2Fteams%2Fteam%2F", 302)
    assert code_of(client.get(ADMIN_API[0])) == REFUSED

    confirmed = client.post("/accounts/2fa/reauthenticate/", {"code": app.show(), "next": "/admin/teams/team/"})

    assert confirmed["Location"] == "/admin/teams/team/"
    assert client.get("/admin/teams/team/").status_code == 200
    assert client.get(ADMIN_API[0]).status_code == 200


def test_a_password_confirmed_again_is_no_second_factor(superadmin, app):
    client = Client()
    client.force_login(superadmin)

    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert [record["method"] for record in client.session["account_authentication_methods"]] == ["password"]
    assert code_of(client.get(ADMIN_API[0])) == REFUSED


def test_who_has_none_is_led_to_set_one_up(superadmin):
    client = sign_in_by_page(superadmin)

    asked = client.get("/admin/", follow=True)
    assert (SETUP, 302) in asked.redirect_chain
    assert "The console asks for a second factor." in asked.content.decode()

    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": SETUP})
    secret, half = client.get(SETUP).context["form"].secret, count_halves()
    assert client.post(SETUP, {"code": show_code(secret, half)}).status_code == 302
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/2fa/reauthenticate/")
    client.post("/accounts/2fa/reauthenticate/", {"code": show_code(secret, half + 1), "next": "/admin/"})

    assert client.get("/admin/").status_code == 200


def test_the_way_back_leads_nowhere_else(superadmin, app):
    client = Client()
    client.force_login(superadmin)

    asked = client.get("/admin/login/?next=https://evil.example/")

    assert asked["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"


def test_a_factor_that_is_taken_away_closes_the_sessions_it_opened(superadmin, app):
    client = sign_in_by_page(superadmin, app)
    app.row.delete()

    assert code_of(client.get(ADMIN_API[0])) == REFUSED
    assert (SETUP, 302) in client.get("/admin/", follow=True).redirect_chain


def test_anothers_factor_in_the_session_does_not_count(superadmin, make_user):
    other = App(make_user("other@example.com"))
    client = sign_in_by_page(superadmin)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "id": other.row.pk}]
    session.save()

    assert code_of(client.get(ADMIN_API[0])) == REFUSED


def test_a_token_by_password_alone_is_refused(superadmin, api):
    body = api().post("/api/v1/auth/login", {"email": superadmin.email, "password": PASSWORD}).json()

    assert [ask_by_token(api, body["access"], path) for path in ADMIN_API] == [REFUSED] * 3
    assert ask_by_token(api, body["access"], "/api/v1/auth/me")[0] == 200


def test_a_token_by_two_factors_opens_the_api_also_after_a_refresh(superadmin, app, api):
    begun = api().post("/api/v1/auth/login", {"email": superadmin.email, "password": PASSWORD}).json()
    tokens = api().post("/api/v1/auth/login/mfa", {"mfa_token": begun["mfa_token"], "code": app.show()}).json()
    refreshed = api().post("/api/v1/auth/refresh", {"refresh": tokens["refresh"]}).json()

    assert set(tokens) == {"access", "refresh", "user", "teams"}
    for access in (tokens["access"], refreshed["access"]):
        assert [ask_by_token(api, access, path)[0] for path in ADMIN_API] == [200, 200, 200]


def test_a_factor_set_up_by_the_api_counts_once_a_code_confirmed_the_session(superadmin, api):
    mine, other = (
        api().post("/api/v1/auth/login", {"email": superadmin.email, "password": PASSWORD}).json()["access"]
        for _ in range(2)
    )
    client = api()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {mine}")
    client.post("/api/v1/auth/reauthenticate", {"password": PASSWORD})
    secret, half = client.post("/api/v1/auth/mfa/totp").json()["secret"], count_halves()
    client.post("/api/v1/auth/mfa/totp/confirm", {"code": show_code(secret, half)})
    assert ask_by_token(api, mine, ADMIN_API[0]) == REFUSED

    assert client.post("/api/v1/auth/reauthenticate", {"code": show_code(secret, half + 1)}).status_code == 204
    assert [ask_by_token(api, mine, path)[0] for path in ADMIN_API] == [200, 200, 200]
    assert ask_by_token(api, other, ADMIN_API[0]) == REFUSED

    assert client.delete("/api/v1/auth/mfa/totp").status_code == 204
    assert ask_by_token(api, mine, ADMIN_API[0]) == REFUSED


def test_a_cookie_by_two_factors_lends_a_token_nothing(superadmin, api):
    alone = api().post("/api/v1/auth/login", {"email": superadmin.email, "password": PASSWORD}).json()["access"]
    client = sign_in_by_page(superadmin, App(superadmin))

    answer = client.get(ADMIN_API[0], headers={"Authorization": f"Bearer {alone}"})

    assert code_of(answer) == REFUSED


def test_where_it_is_not_asked_for_a_password_is_enough(superadmin, settings):
    settings.STAFF_SECOND_FACTOR = False
    client = sign_in_by_page(superadmin)

    assert client.get("/admin/").status_code == 200
    assert [client.get(path).status_code for path in (ADMIN_API[0], *METRICS)] == [200, 200, 200]
