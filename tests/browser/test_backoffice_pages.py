"""The operator's pages, looked at in every width and theme."""

import pytest
from playwright.sync_api import expect

from apps.accounts.models import User
from apps.billing.services import roll_up_revenue
from apps.credits.tasks import roll_up_wallets
from apps.plans.models import PriceRule
from apps.plans.selectors import get_price
from tests.billing.revenue.history import write_history
from tests.browser.inspecting import THEMES, WIDTHS
from tests.support.queue import run_published_jobs


@pytest.fixture
def superadmin(committed_db, make_user) -> User:
    return make_user("root@operator.example", is_staff=True, is_superuser=True)


def test_the_revenue_page(visit, superadmin, make_team):
    write_history(make_team)
    roll_up_revenue()
    roll_up_wallets()
    run_published_jobs()
    problems = []
    for width in WIDTHS:
        for theme in THEMES:
            with visit("revenue", user=superadmin, width=width, theme=theme) as look:
                look.open("/admin/revenue/")
                look.shoot()
                look.page.get_by_role("link", name="EUR", exact=True).click()
                assert look.page.get_by_text("Recurring revenue in EUR").count() == 1
                problems += look.verdict
    assert problems == []


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (380, "dark")])
def test_tables_of_analysis(visit, superadmin, width, theme):
    with visit("tables", user=superadmin, width=width, theme=theme) as look:
        for name in ("engines", "taxonomy"):
            look.open(f"/admin/analysis/{name}/")
            look.shoot(name)
        assert look.verdict == []


def test_a_team_is_acted_on(visit, superadmin, team):
    """Clicked through: credits given, taken back, the plan changed, suspended."""
    with visit("act", user=superadmin) as look:
        page = look.page
        look.open(f"/admin/teams/team/{team.pk}/change/")
        look.shoot("team")
        page.get_by_role("link", name="Give credits or units").click()
        look.shoot("give")
        page.get_by_role("button", name="Give credits or units").click()
        expect(page.get_by_text("This field is required.").first).to_be_visible()
        look.shoot("refused")
        page.get_by_label("Amount").fill("250")
        page.get_by_label("Reason").fill("A lost week")
        page.get_by_role("button", name="Give credits or units").click()
        expect(page.get_by_text("250 credits given to First team.")).to_be_visible()

        page.get_by_role("link", name="Open the ledger").click()
        look.shoot("ledger")
        page.get_by_role("link", name="Take back").first.click()
        page.get_by_label("Reason").fill("It was not lost")
        page.get_by_role("button", name="Take a grant back").click()
        expect(page.get_by_text("250 credits taken back.")).to_be_visible()
        look.shoot("taken")

        look.open(f"/admin/teams/team/{team.pk}/act/plan/")
        page.get_by_label("Plan").select_option("premium")
        page.get_by_label("Paid until").fill("2030-01-31T12:00")
        page.get_by_label("Reason").fill("Order 17")
        page.get_by_role("button", name="Change the plan").click()
        expect(page.get_by_text("First team is on Premium now.")).to_be_visible()
        page.get_by_role("link", name="Suspend the team").click()
        page.get_by_label("Reason").fill("Asked by the owner")
        look.shoot("suspend")
        page.get_by_role("button", name="Suspend the team").click()
        expect(page.get_by_text("First team is suspended.")).to_be_visible()
        assert look.verdict == []


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (380, "light")])
def test_a_price_gets_its_next_version(visit, superadmin, width, theme):
    rule = get_price("email_unlock")
    with visit("version", user=superadmin, width=width, theme=theme) as look:
        page = look.page
        look.open(f"/admin/plans/pricerule/{rule.pk}/change/")
        page.get_by_role("link", name="Make the next version").click()
        page.get_by_label("Reason").fill("Dearer upstream")
        page.get_by_role("button", name="Make the next version").click()
        page.locator("#id_credits").fill("12")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("was changed successfully")).to_be_visible()
        look.open(f"/admin/plans/pricerule/{get_draft().pk}/change/")
        page.get_by_role("link", name="Publish this version").click()
        page.get_by_label("Reason").fill("As announced")
        page.get_by_role("button", name="Publish the version").click()
        expect(page.get_by_text("credits 10 → 12")).to_be_visible()
        look.shoot()
        assert (get_price("email_unlock").credits, look.verdict) == (12, [])


def get_draft() -> PriceRule:
    return PriceRule.objects.get(action="email_unlock", published_at=None)
