"""The pages about money, looked at in every width and theme."""

import pytest
from playwright.sync_api import expect

from apps.billing.models import Invoice
from apps.billing.services import ensure_account
from apps.credits.services import grant_credits, set_member_limits
from apps.teams.access import enter_team
from apps.teams.models import Team
from tests.browser.inspecting import THEMES, WIDTHS
from tests.browser.scenes import build_creator
from tests.credits.conftest import change_plan
from tests.support.spending import ago, spend, spend_a_while


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


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_members_page(visit, busy, owner, as_member, width, theme):
    with enter_team(busy):
        set_member_limits(member=as_member(busy, full_name="مها العضو"), limits={"credits": 0, "influencer_unlock": 9})
    with visit("members", user=owner, width=width, theme=theme) as look:
        page = look.page
        look.open(f"/t/{busy.slug}/members/")
        look.shoot()

        page.get_by_role("button", name="Manage Mia Manager").click()
        expect(page.get_by_role("heading", name="Limits for each period")).to_be_visible()
        look.shoot("dialog", whole=False)
        page.get_by_label("Profile analyses").fill("6")
        page.get_by_role("button", name="Save limits").click()
        expect(page.get_by_text("of 6")).to_be_visible()
        expect(page.get_by_text("Mia Manager was changed.")).to_be_visible()
        assert look.verdict == []


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (380, "dark")])
def test_prices_and_refusals_are_plain_words(visit, committed_db, team, owner, as_member, width, theme):
    build_creator("maro.sample")
    manager = as_member(team, "manager")
    problems = []

    def ask(name: str, person, words: str) -> None:
        with visit(f"price-{name}", user=person, width=width, theme=theme) as look:
            look.open(f"/t/{team.slug}/creators/maro.sample/")
            look.page.get_by_role("button", name="See the price", exact=True).click()
            expect(look.page.get_by_role("dialog").get_by_text(words)).to_be_visible()
            look.shoot(whole=False)
            problems.extend(look.verdict)

    ask("allowance", owner, "This uses 1 of 500 profile analyses.")
    change_plan(team, allowances={}, monthly_credits=1_000)
    ask("credits", owner, "This costs 25 credits; 975 are left.")
    with enter_team(team):
        spend("much", member=owner, units=40)
    ask("short", owner, "25 are missing.")
    ask("short-manager", manager, "Ask Olive Owner")
    with enter_team(team):
        set_member_limits(member=manager, limits={"influencer_unlock": 0})
    ask("limit", manager, "Your limit is reached")
    assert problems == []


@pytest.mark.parametrize("state", ["grace", "read_only"])
@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (380, "dark")])
def test_an_unpaid_team_is_told_on_its_pages(visit, committed_db, team, owner, state, width, theme):
    Team.objects.filter(pk=team.pk).update(billing_state=state)
    with visit(f"unpaid-{state}", user=owner, width=width, theme=theme) as look:
        look.open(f"/t/{team.slug}/")
        expect(look.page.get_by_role("region", name="plan")).to_be_visible()
        look.shoot(whole=False)
        assert look.verdict == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_billing_page_with_many_papers(visit, committed_db, team, owner, width, theme):
    account = ensure_account(team)
    for number in range(30):
        Invoice.objects.create(
            account=account, number=f"2GRJHCHF-{number:04}", status=("paid", "open")[number == 28], currency="USD",
            total_cents=191_040, refunded_cents=(0, 191_040, 900)[number % 3], issued_at=ago(months=30 - number),
            lines=[{"description": "200 profile analyses"}], pdf_url="https://pay.example/pdf",
            hosted_url="https://pay.example/i",
        )  # fmt: skip
    with enter_team(team):
        grant_credits(amount=50, origin="purchase", source_key="s", unit="influencer_unlock")
    with visit("billing-papers", user=owner, width=width, theme=theme) as look:
        page = look.page
        look.open(f"/t/{team.slug}/billing/")
        expect(page.get_by_text("and 50 bought")).to_be_visible()
        look.shoot()
        page.get_by_role("link", name="Older").click()
        expect(page.get_by_text("2 of 3")).to_be_visible()
        expect(page.get_by_text("2GRJHCHF-0017", exact=True)).to_be_visible()
        assert look.verdict == []
