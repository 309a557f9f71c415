"""The web pages of sign-up, sign-in and passwords, as a browser and an attacker use them."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from apps.accounts.models import User
from tests.support.people import PASSWORD

GOOD = "correct horse battery"


@pytest.fixture
def web(any_db, settings) -> Client:
    settings.MAILBOX_PAGE = False
    return Client()


@pytest.fixture
def user(make_user):
    return make_user("owner@example.com")


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"], ids=["login", "signup", "reset"]
)
def test_the_pages_open_and_cannot_be_framed(web, path):
    response = web.get(path)
    html = response.content.decode()

    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert " style=" not in html
    assert "<script>" not in html


def test_sign_up_verify_and_land_inside(web, mailed_code):
    posted = web.post(
        "/accounts/signup/", {"email": "New@Example.com", "password1": GOOD, "full_name": "New Person"}, follow=True
    )
    assert posted.redirect_chain[-1][0] == "/accounts/confirm-email/"
    assert "new@example.com" in posted.content.decode()
    assert not is_signed_in(web)

    web.post("/accounts/confirm-email/", {"code": mailed_code()})

    assert is_signed_in(web)
    assert User.objects.get().full_name == "New Person"
    assert EmailAddress.objects.get().verified


def test_a_known_address_sees_the_same_page(web, user):
    known = web.post("/accounts/signup/", {"email": user.email, "password1": GOOD}, follow=True)
    other = Client()
    new = other.post("/accounts/signup/", {"email": "nobody@example.com", "password1": GOOD}, follow=True)

    assert known.redirect_chain == new.redirect_chain
    strip = lambda response, email: _without_tokens(response).replace(email, "")  # noqa: E731
    assert strip(known, user.email) == strip(new, "nobody@example.com")
    assert mail.outbox[0].subject == "You already have an account"


def _without_tokens(response) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_the_third_wrong_code_ends_the_flow(web, mailed_code):
    web.post("/accounts/signup/", {"email": "new@example.com", "password1": GOOD})
    code = mailed_code()
    for _ in range(3):
        web.post("/accounts/confirm-email/", {"code": "BBBB-BBBB"})

    web.post("/accounts/confirm-email/", {"code": code})

    assert not is_signed_in(web)
    assert EmailAddress.objects.get().verified is False


def test_another_code_by_the_page(web, mailed_code, later):
    web.post("/accounts/signup/", {"email": "new@example.com", "password1": GOOD})
    first = mailed_code()
    later(timedelta(seconds=11))
    page = web.get("/accounts/confirm-email/").content.decode()
    assert "Send another code" in page

    web.post("/accounts/confirm-email/", {"action": "resend"})
    second = mailed_code()
    web.post("/accounts/confirm-email/", {"code": first})
    assert not is_signed_in(web)
    web.post("/accounts/confirm-email/", {"code": second})

    assert is_signed_in(web)


def test_login_and_logout(web, user):
    response = web.post("/accounts/login/", {"login": "OWNER@example.com", "password": PASSWORD})
    assert response.status_code == 302
    assert is_signed_in(web)

    asked = web.get("/accounts/logout/")
    assert is_signed_in(web)
    assert "Sign out?" in asked.content.decode()
    web.post("/accounts/logout/")

    assert not is_signed_in(web)
    assert Session.objects.count() == 0


def test_the_session_key_changes_at_login(web, user):
    web.get("/accounts/login/")
    session = web.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key

    web.post("/accounts/login/", {"login": user.email, "password": PASSWORD})

    assert web.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_wrong_and_unknown_see_one_message(web, user):
    wrong = web.post("/accounts/login/", {"login": user.email, "password": "nope"})
    unknown = web.post("/accounts/login/", {"login": "nobody@example.com", "password": "nope"})

    assert (wrong.status_code, unknown.status_code) == (200, 200)
    for page in (wrong, unknown):
        assert "not correct" in page.content.decode()
    clean = [_without_tokens(wrong).replace(user.email, ""), _without_tokens(unknown).replace("nobody@example.com", "")]
    assert clean[0] == clean[1]


def test_a_tombstoned_user_is_unknown(web, make_user):
    from django.utils import timezone

    make_user("gone@example.com", is_active=False, tombstoned_at=timezone.now())

    response = web.post("/accounts/login/", {"login": "gone@example.com", "password": PASSWORD})

    assert response.status_code == 200
    assert "not correct" in response.content.decode()


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "http:///evil.example",
        "javascript:alert(1)",
        "\thttps://evil.example",
        "https:evil.example",
    ],
)
def test_next_leads_nowhere_else(web, user, target):
    response = web.post("/accounts/login/", {"login": user.email, "password": PASSWORD, "next": target})

    assert response.status_code == 302
    assert "evil" not in response["Location"]
    assert not response["Location"].startswith("javascript")


@pytest.mark.parametrize("path", ["/accounts/logout/", "/accounts/reauthenticate/"])
def test_next_of_the_other_pages_leads_nowhere_else_either(web, user, path):
    web.force_login(user)

    response = web.post(path, {"next": "https://evil.example/", "password": PASSWORD})

    assert response.status_code == 302
    assert "evil" not in response["Location"]


def test_next_leads_where_it_should(web, user):
    response = web.post(
        "/accounts/login/?next=/methodology/", {"login": user.email, "password": PASSWORD, "next": "/methodology/"}
    )

    assert response["Location"] == "/methodology/"


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/signup/", "/accounts/logout/", "/accounts/password/reset/"]
)
def test_forms_need_the_csrf_token(user, path):
    client = Client(enforce_csrf_checks=True)

    response = client.post(path, {"login": user.email, "password": PASSWORD, "email": "a@example.com"})

    assert response.status_code == 403
    assert not is_signed_in(client)
    assert mail.outbox == []


def test_logins_are_limited(web, user, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    answers = [web.post("/accounts/login/", {"login": user.email, "password": "nope"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Too many attempts" in answers[2].content.decode()


def test_a_password_is_reset_by_code(web, user, mailed_code):
    asked = web.post("/accounts/password/reset/", {"email": user.email}, follow=True)
    assert "Check your mail" in asked.content.decode()
    confirmed = web.post("/accounts/password/reset/confirm/", {"code": mailed_code()}, follow=True)
    assert "Set a new password" in confirmed.content.decode()

    done = web.post(
        confirmed.redirect_chain[-1][0],
        {"password1": "brand new password", "password2": "brand new password"},
        follow=True,
    )

    assert "Your password is set" in done.content.decode()
    user.refresh_from_db()
    assert user.check_password("brand new password")
    assert not is_signed_in(web)


def test_an_unknown_address_sees_the_same_reset_pages(web, user):
    known = web.post("/accounts/password/reset/", {"email": user.email}, follow=True)
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@example.com"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert _without_tokens(known).replace(user.email, "") == _without_tokens(unknown).replace("nobody@example.com", "")
    assert mail.outbox[-1].subject == "There is no account with this address"


def test_the_account_pages_open(web, user):
    web.force_login(user)

    for path in ("/accounts/email/", "/accounts/password/change/", "/accounts/sessions/", "/accounts/logout/"):
        response = web.get(path)
        assert response.status_code == 200, path
        assert response.content.decode().count("<h1") == 1, path


def test_a_second_factor_is_asked_for_on_the_page(web, user):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(user, generate_totp_secret())

    response = web.post("/accounts/login/", {"login": user.email, "password": PASSWORD}, follow=True)

    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == "/accounts/2fa/authenticate/"
    assert not is_signed_in(web)


def test_an_address_is_changed_by_code(web, user, mailed_code):
    web.force_login(user)
    asked = web.post("/accounts/email/", {"action_add": "", "email": "moved@example.com"})
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert mail.outbox == []
    web.post(asked["Location"], {"password": PASSWORD})
    web.post("/accounts/email/", {"action_add": "", "email": "moved@example.com"})
    assert User.objects.get().email == "owner@example.com"

    web.post("/accounts/confirm-email/", {"code": mailed_code()})

    assert User.objects.get().email == "moved@example.com"
    assert [address.email for address in EmailAddress.objects.all()] == ["moved@example.com"]


def test_allauths_own_api_is_not_there(web):
    assert web.get("/_allauth/app/v1/config").status_code == 404


def test_mails_carry_no_text_of_the_stranger_who_caused_them(web):
    web.post(
        "/accounts/signup/",
        {"email": "victim@example.com", "password1": GOOD, "full_name": "Win at https://evil.example"},
    )

    message = mail.outbox[-1]
    assert "evil" not in message.subject + message.body + str(message.alternatives)
    assert message.alternatives[0].mimetype == "text/html"


def test_a_demo_leads_to_its_mailbox(web, settings):
    settings.MAILBOX_PAGE = True

    page = web.post("/accounts/signup/", {"email": "new@example.com", "password1": GOOD}, follow=True)

    assert 'href="/dev/mail/?to=new%40example.com"' in page.content.decode()


def test_the_password_hash_is_not_remembered_with_an_access_check(user, sign_in):
    """And whoever saves the remembered user leaves the password alone."""
    from django.core.cache import cache

    from apps.accounts.access.bearers import find_bearer

    access = sign_in(user)["access"]
    stored = User.objects.get().password
    assert all(stored.encode() not in cache.client.get_client().get(key) for key in cache.client.get_client().keys("*"))

    remembered = find_bearer(access).user
    remembered.full_name = "Saved"
    remembered.save()

    assert (User.objects.get().password, User.objects.get().full_name) == (stored, "Saved")


def test_the_sessions_page_ends_one_or_all_others(web, user, sign_in, bearer, django_assert_max_num_queries):
    from allauth.usersessions.models import UserSession

    web.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    clients = [bearer(sign_in(user)["access"]) for _ in range(12)]
    with django_assert_max_num_queries(20):
        assert web.get("/accounts/sessions/").content.decode().count("<li class=") >= 13
    newest = UserSession.objects.order_by("-pk").first()

    assert web.post("/accounts/sessions/", {"session": newest.pk})["Location"] == "/accounts/sessions/"
    assert [client.get("/api/v1/auth/me").status_code for client in clients] == [200] * 11 + [401]
    web.post("/accounts/sessions/")

    assert [client.get("/api/v1/auth/me").status_code for client in clients] == [401] * 12
    assert is_signed_in(web)
    assert UserSession.objects.count() == 1


@pytest.mark.parametrize("named", ["999999", "x", "1; drop"])
def test_the_sessions_page_knows_only_the_users_own(web, user, named):
    web.force_login(user)

    assert web.post("/accounts/sessions/", {"session": named}).status_code == 404


def test_the_sessions_page_is_for_the_signed_in(web):
    assert web.get("/accounts/sessions/")["Location"].startswith("/accounts/login/?next=")
