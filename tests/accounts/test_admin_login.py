"""The admin has no sign-in of its own: the accounts' page, with its limits and second factor, is the only one."""

import pytest
from django.test import Client

from tests.support.people import PASSWORD


@pytest.fixture
def staff(make_user):
    return make_user("root@example.com", is_staff=True, is_superuser=True)


def test_the_admin_leads_to_the_accounts_page(db):
    for path in ("/admin/", "/admin/login/"):
        response = Client().get(path, follow=True)
        assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")


def test_a_password_posted_to_the_admin_is_not_looked_at(staff):
    client = Client()

    response = client.post("/admin/login/", {"username": staff.email, "password": PASSWORD})

    assert response["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


def test_staff_comes_in_and_others_are_refused(staff, make_user):
    client = Client()
    signed_in = client.post("/accounts/login/", {"login": staff.email, "password": PASSWORD, "next": "/admin/"})
    assert signed_in["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200

    other = Client()
    other.force_login(make_user())
    assert other.get("/admin/", follow=True).status_code == 403
