"""What visitors see, in both themes, wide and narrow."""

import pytest
from playwright.sync_api import expect

from tests.browser.inspecting import THEMES, WIDTHS

PAGES = {
    "landing": "/",
    "pricing": "/pricing/",
    "methodology": "/methodology/",
    "terms": "/terms/",
    "privacy": "/privacy/",
    "login": "/accounts/login/",
    "signup": "/accounts/signup/",
    "password-reset": "/accounts/password/reset/",
}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_public_pages_are_sound(visit, committed_db, width, theme):
    problems = []
    for name, path in PAGES.items():
        with visit(name, width=width, theme=theme) as page:
            page.open(path)
            page.shoot()
            problems += page.verdict

    assert problems == []


def test_the_price_switch_shows_monthly_and_annual_prices(visit, committed_db):
    with visit("pricing") as page:
        page.open("/")
        standard = page.page.locator("#pricing li", has=page.page.get_by_role("heading", name="Standard"))
        expect(standard.get_by_text("$159.20")).to_be_visible()
        expect(standard.get_by_text("$199", exact=True)).to_be_hidden()

        page.page.get_by_role("button", name="Monthly").click()

        expect(standard.get_by_text("$199", exact=True)).to_be_visible()
        expect(standard.get_by_text("$159.20")).to_be_hidden()
        assert page.verdict == []


def test_an_unknown_address_has_a_page_of_its_own(visit, committed_db):
    with visit("not-found") as page:
        page.open("/nothing/here/", status=404)
        expect(page.page.get_by_role("heading", name="There is nothing here")).to_be_visible()
        page.shoot()
        assert page.verdict == []


def test_the_theme_is_kept(visit, committed_db):
    with visit("theme", theme="light") as page:
        page.open("/terms/")
        page.page.get_by_role("button", name="Switch light or dark theme").click()
        page.open("/privacy/")
        expect(page.page.locator("html.dark")).to_be_attached()
        assert page.verdict == []


def test_the_keyboard_skips_to_the_content(visit, committed_db):
    with visit("skip") as page:
        page.open("/terms/")
        page.page.keyboard.press("Tab")
        expect(page.page.get_by_role("link", name="Skip to content")).to_be_focused()
        page.page.keyboard.press("Enter")
        expect(page.page.locator("#main")).to_be_focused()
