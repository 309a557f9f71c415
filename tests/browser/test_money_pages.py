"""The pages about money, looked at in every width and theme."""

import pytest
from playwright.sync_api import expect

from apps.teams.access import enter_team
from tests.browser.inspecting import THEMES, WIDTHS
from tests.credits.conftest import change_plan
from tests.support.spending import spend_a_while


@pytest.fixture
def busy(committed_db, team, as_member):
    """A team with a manager, who both spent in the last months."""
    change_plan(team, allowances={"influencer_unlock": 4, "email_unlock": 250})
    with enter_team(team):
        spend_a_while(owner=team.owner, member=as_member(team, "manager", full_name="Mia Manager"), months=5)
    return team


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_credits_page(visit, busy, owner, width, theme):
    with visit("credits", user=owner, width=width, theme=theme) as look:
        page = look.page
        look.open(f"/t/{busy.slug}/wallet/")
        page.get_by_text("Show the numbers").first.click()
        look.shoot()

        page.get_by_label("What is counted").select_option("Credits")
        expect(page.get_by_role("img", name="Bar chart of credits by member")).to_be_attached()
        page.get_by_label("Text of an entry").fill("creator3")
        expect(page.locator("#ledger-found tbody tr")).to_have_count(1)
        look.shoot("filtered")
        with page.expect_download() as download:
            page.get_by_role("link", name="Download CSV").click()
        assert "creator3" in download.value.path().read_text()
        assert look.verdict == []
