"""The form for billing details, filled in as a person does."""

import pytest
from playwright.sync_api import expect

from apps.billing.services import ensure_account
from tests.browser.inspecting import THEMES, WIDTHS


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_details_are_edited_and_shown(visit, committed_db, team, owner, width, theme):
    with visit("billing-details", user=owner, width=width, theme=theme) as look:
        page = look.page
        look.open(f"/t/{team.slug}/billing/")
        page.get_by_role("link", name="Change", exact=True).click()
        page.get_by_label("Legal name").fill("Example FZ-LLC")
        page.get_by_label("E-mail for invoices").fill("books@example.com")
        page.get_by_label("Street and number").fill("1 Main Road")
        page.get_by_label("Country").select_option("United Arab Emirates")
        page.get_by_label("Kind of tax number").select_option("United Arab Emirates: TRN")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("A tax number and its kind go together.")).to_be_visible()
        look.shoot("refused")

        page.locator("[name=tax_id]").fill("123456789012345")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved. It stands on your next invoice.")).to_be_visible()
        expect(page.get_by_text("123456789012345")).to_be_visible()
        look.shoot("saved")

        assert look.verdict == []
    account = ensure_account(team)
    assert (account.legal_name, account.address) == ("Example FZ-LLC", {"line1": "1 Main Road", "country": "AE"})
