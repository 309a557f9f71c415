"""The pages of a second factor: setting one up, signing in with it, confirming a session by it."""

import pytest
from playwright.sync_api import expect

from tests.browser.inspecting import THEMES, WIDTHS
from tests.support.factors import App
from tests.support.people import PASSWORD


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_console_is_reached_with_a_second_factor(visit, committed_db, settings, make_user, width, theme):
    settings.STAFF_SECOND_FACTOR = True
    staff = make_user("root@operator.example", is_staff=True, is_superuser=True)
    with visit("second-factor", user=staff, width=width, theme=theme) as page:
        page.open("/admin/")
        page.page.get_by_label("Password").fill(PASSWORD)
        page.page.get_by_role("button", name="Confirm").click()
        expect(page.page.get_by_text("authenticator app").first).to_be_visible()
        page.shoot("set-up")
        app = App(staff)
        page.open("/admin/")
        page.shoot("confirm")
        page.page.get_by_label("Code").fill(app.show())
        page.page.get_by_role("button", name="Confirm").click()
        page.page.wait_for_url("**/admin/")
        page.open("/accounts/2fa/")
        page.shoot("account")

        assert page.verdict == []

    with visit("second-factor-sign-in", width=width, theme=theme) as page:
        page.open("/accounts/login/")
        page.page.locator("[name=login]").fill(staff.email)
        page.page.locator("[name=password]").fill(PASSWORD)
        page.page.get_by_role("button", name="Sign in").click()
        page.page.wait_for_url("**/accounts/2fa/authenticate/")
        page.shoot("code")

        assert page.verdict == []
