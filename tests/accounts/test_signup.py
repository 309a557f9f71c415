"""Sign-up and verification by the API."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.core import mail

from apps.accounts.models import User
from apps.teams.models import Membership

from .conftest import error_code

GOOD = "correct horse battery"


@pytest.fixture
def signed_up(post):
    response = post("signup", email="New.Person@Example.com", password=GOOD, full_name="New Person")
    assert response.status_code == 202, response.content
    return response.json()


def test_a_sign_up_answers_with_a_flow_and_mails_a_code(signed_up, mailed_code):
    user = User.objects.get()

    assert set(signed_up) == {"email", "flow_token", "expires_in"}
    assert (signed_up["email"], signed_up["expires_in"]) == ("new.person@example.com", 900)
    assert (user.email, user.full_name) == ("new.person@example.com", "New Person")
    assert EmailAddress.objects.get(user=user).verified is False
    assert mail.outbox[-1].to == ["new.person@example.com"]
    assert mailed_code()


def test_the_code_verifies_signs_in_and_brings_a_free_team(post, signed_up, mailed_code):
    heard = []
    receiver = lambda **kwargs: heard.append(kwargs["email_address"].email)  # noqa: E731
    email_confirmed.connect(receiver)

    response = post("email/verify", flow_token=signed_up["flow_token"], code=mailed_code())

    email_confirmed.disconnect(receiver)
    assert response.status_code == 200, response.content
    body = response.json()
    assert heard == ["new.person@example.com"]
    assert set(body) == {"access", "refresh", "user", "teams"}
    assert body["user"]["email"] == "new.person@example.com"
    membership = Membership.objects.select_related("team").get(user__email="new.person@example.com")
    assert body["teams"] == [
        {"slug": membership.team.slug, "name": membership.team.name, "role": "owner", "plan": "free"}
    ]


def test_the_address_stands_for_the_flow_from_the_same_network_address(post, signed_up, mailed_code, client_api):
    code = mailed_code()

    elsewhere = client_api.post(
        "/api/v1/auth/email/verify",
        {"email": "new.person@example.com", "code": code},
        format="json",
        REMOTE_ADDR="203.0.113.9",
    )
    here = post("email/verify", email="NEW.person@example.com", code=code.lower().replace("-", " "))

    assert error_code(elsewhere) == "auth.code_expired"
    assert here.status_code == 200


def test_a_code_works_once(post, signed_up, mailed_code):
    code = mailed_code()
    assert post("email/verify", flow_token=signed_up["flow_token"], code=code).status_code == 200

    again = post("email/verify", flow_token=signed_up["flow_token"], code=code)

    assert (again.status_code, error_code(again)) == (400, "auth.code_expired")


def test_the_third_wrong_code_ends_the_flow(post, signed_up, mailed_code):
    code = mailed_code()

    wrong = [post("email/verify", flow_token=signed_up["flow_token"], code="BBBB-BBBB") for _ in range(3)]
    right = post("email/verify", flow_token=signed_up["flow_token"], code=code)

    assert [error_code(one) for one in wrong] == ["auth.code_invalid"] * 3
    assert error_code(right) == "auth.code_expired"
    assert EmailAddress.objects.get().verified is False


def test_a_code_expires(post, signed_up, mailed_code, later):
    code = mailed_code()
    later(timedelta(minutes=16))

    response = post("email/verify", flow_token=signed_up["flow_token"], code=code)

    assert error_code(response) == "auth.code_expired"


def test_another_code_replaces_the_first(post, signed_up, mailed_code, later):
    first = mailed_code()
    early = post("email/resend", flow_token=signed_up["flow_token"])
    later(timedelta(seconds=11))

    response = post("email/resend", flow_token=signed_up["flow_token"])
    second = mailed_code()

    assert (early.status_code, error_code(early)) == (429, "rate_limited")
    assert 1 <= int(early["Retry-After"]) <= 10
    assert response.status_code == 202
    later(timedelta(seconds=-11))
    token = response.json()["flow_token"]
    assert error_code(post("email/verify", flow_token=token, code=first)) == "auth.code_invalid"
    assert post("email/verify", flow_token=token, code=second).status_code == 200


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c"])
def test_a_flow_that_is_not_there_is_over(post, any_db, token):
    for route, extra in (("email/verify", {"code": "BBBB-BBBB"}), ("email/resend", {})):
        response = post(route, flow_token=token, email="nobody@example.com", **extra)

        assert (response.status_code, error_code(response)) == (400, "auth.code_expired")


def test_a_known_address_gets_the_same_answer_and_another_mail(post, make_user):
    make_user("known@example.com")

    response = post("signup", email="known@example.com", password=GOOD)

    assert response.status_code == 202
    assert set(response.json()) == {"email", "flow_token", "expires_in"}
    assert User.objects.count() == 1
    assert mail.outbox[-1].to == ["known@example.com"]
    assert "already" in mail.outbox[-1].subject.lower()
    flow = response.json()["flow_token"]
    wrong = [error_code(post("email/verify", flow_token=flow, code="BBBB-BBBB")) for _ in range(4)]
    assert wrong == ["auth.code_invalid"] * 3 + ["auth.code_expired"]


def test_an_unverified_address_signs_up_again_without_a_second_account(post, signed_up, later):
    later(timedelta(seconds=11))

    response = post("signup", email="new.person@example.com", password="another password 1")

    assert response.status_code == 202
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "stored"),
    [
        ("USER@EXAMPLE.COM", "user@example.com"),
        ("  spaced@example.com ", "spaced@example.com"),
        ("user@Bücher.example", "user@bücher.example"),
        ("first.last+tag@example.co.uk", "first.last+tag@example.co.uk"),
    ],
)
def test_addresses_are_stored_lower_case_once(post, any_db, email, stored, later):
    assert post("signup", email=email, password=GOOD).status_code == 202
    later(timedelta(seconds=11))
    assert post("signup", email=email.swapcase(), password=GOOD).status_code == 202

    assert [user.email for user in User.objects.all()] == [stored]


@pytest.mark.parametrize(
    "email", ["", "no-at", "😀@example.com", "a@b", "a@exa mple.com", "a\x00@example.com", "a" * 300]
)
def test_what_is_no_address_is_refused(post, any_db, email):
    response = post("signup", email=email, password=GOOD)

    assert (response.status_code, error_code(response)) == (400, "invalid")
    assert "email" in response.json()["error"]["details"]
    assert (User.objects.count(), len(mail.outbox)) == (0, 0)


@pytest.mark.parametrize(
    "password",
    ["short", "password123", "1234567890123", "new.person@example.com", "Person Surname"],
)
def test_weak_passwords_are_refused(post, any_db, password):
    response = post("signup", email="new.person@example.com", password=password, full_name="Person Surname")

    assert (response.status_code, error_code(response)) == (400, "invalid")
    assert list(response.json()["error"]["details"]) == ["password"]
    assert User.objects.count() == 0


def test_passwords_may_hold_any_script(post, any_db, mailed_code):
    flow = post("signup", email="emoji@example.com", password="пароль🔐pässwörd").json()["flow_token"]
    post("email/verify", flow_token=flow, code=mailed_code())

    assert post("login", email="emoji@example.com", password="пароль🔐pässwörd").status_code == 200


def test_sign_ups_are_limited_by_network_address(post, any_db, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": "2/m/ip"}
    answers = [post("signup", email=f"p{number}@example.com", password=GOOD) for number in range(3)]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert error_code(answers[2]) == "rate_limited"
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert User.objects.count() == 2


def test_nothing_is_left_of_a_sign_up_that_breaks(post, any_db, settings):
    settings.EMAIL_BACKEND = "tests.accounts.breaking.BrokenBackend"

    with pytest.raises(OSError, match="no mail today"):
        post("signup", email="new@example.com", password=GOOD)

    assert User.objects.count() == 0


def test_half_a_character_is_refused(client_api):
    body = '{"email": "new@example.com", "password": "\\ud800aaaaaaaaaaaa"}'

    response = client_api.post("/api/v1/auth/signup", body, content_type="application/json")

    assert (response.status_code, error_code(response)) == (400, "invalid.json")
