"""From Free to Premium and out again, by hand, on test payments: after each step the pages say what is true."""

import copy
import re
import time
from collections.abc import Iterator

import pytest
from csp.constants import SELF
from playwright.sync_api import expect

from apps.credits.selectors import compute_balance
from apps.teams.access import enter_team
from apps.teams.models import Team
from tests.browser.inspecting import THEMES, WIDTHS
from tests.fakes.stripe import SECRET_KEY, WEBHOOK_SECRET, FakeStripe

PATIENCE = 20.0


@pytest.fixture
def stripe(settings, live_server, committed_db) -> Iterator[FakeStripe]:
    """Test payments that tell the live server of everything, as `make run` has them."""
    with FakeStripe(webhooks_to=f"{live_server.url}/api/v1/billing/webhooks/stripe") as fake:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = SECRET_KEY, WEBHOOK_SECRET
        settings.STRIPE_API_BASE, settings.STRIPE_TEST_PAYMENTS = fake.base_url, True
        policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"] = [SELF, fake.base_url]
        settings.CONTENT_SECURITY_POLICY = policy
        yield fake


def test_from_free_to_premium_and_out(visit, worker, stripe, free_team):
    billing = f"/t/{free_team.slug}/billing/"
    with visit("money", user=free_team.owner) as look:
        see_free(look, billing)
        buy_standard(look, billing)
        assert stand(free_team) == ("standard", "current", 1000)

        top_up(look, billing)
        assert stand(free_team) == ("standard", "current", 1500)

        go_premium(look, billing)
        plan, state, balance = stand(free_team)
        assert (plan, state) == ("premium", "current")
        assert 1500 + 3900 < balance <= 1500 + 4000

        change_card(look, billing, "Good now, declined on renewal")
        stripe.advance(days=32)
        wait_for(lambda: stand(free_team)[1] == "grace")
        see_failure(look, billing)

        recover(look, billing, until=lambda: stand(free_team)[1] == "current")
        end(look)
        assert stand(free_team)[:2] == ("premium", "current")
        assert look.verdict == []


def see_free(look, billing: str) -> None:
    look.open(f"{billing}topups/")
    expect(look.page.get_by_text("Top-ups come with a paid plan")).to_be_visible()
    look.shoot("1-free-topups")
    look.open(billing)
    expect(look.page.get_by_text("Nothing to pay")).to_be_visible()
    look.shoot("2-free")


def buy_standard(look, billing: str) -> None:
    page = look.page
    page.get_by_role("button", name="Monthly", exact=True).click()
    page.get_by_role("button", name="Choose Standard, monthly").click()
    expect(page.get_by_text("no money moves")).to_be_visible()
    look.shoot("3-pay")
    pay(page, "A card that is declined")
    expect(page.get_by_text("The card was declined.")).to_be_visible()
    pay(page, "A good card")
    expect(page.get_by_text("Paid. Your team is on Standard now.")).to_be_visible()
    expect(row(page, "Next payment")).to_contain_text("$199")
    expect(page.get_by_role("row", name=re.compile(r"Paid \$199"))).to_be_visible()
    look.shoot("4-standard")


def top_up(look, billing: str) -> None:
    page = look.page
    look.open(f"{billing}topups/")
    page.get_by_role("button", name="Buy 500 credits").click()
    expect(page.get_by_text("50.00 USD").first).to_be_visible()
    pay(page, "A good card")
    expect(page.get_by_text("Paid. 500 credits were added.")).to_be_visible()
    expect(page.get_by_role("heading", name="Credits", exact=True)).to_be_visible()
    look.shoot("5-topped-up")


def go_premium(look, billing: str) -> None:
    page = look.page
    look.open(billing)
    page.get_by_role("button", name="Monthly", exact=True).click()
    page.get_by_role("button", name="Switch to Premium, monthly").click()
    expect(page.get_by_text("now, then $499")).to_be_visible()
    look.shoot("6-change", whole=False)
    page.get_by_role("button", name="Pay and switch").click()
    expect(page.get_by_text("Your team is on Premium, monthly.")).to_be_visible()
    expect(row(page, "Next payment")).to_contain_text("$499")
    look.open(f"{billing}topups/")
    expect(page.get_by_text("Your plan pays 20 % less.")).to_be_visible()
    first = page.get_by_role("listitem").filter(has_text="500 credits").first
    expect(first).to_contain_text("$40")
    expect(first).to_contain_text("instead of $50")
    look.shoot("7-premium-topups")


def see_failure(look, billing: str) -> None:
    look.open(billing)
    expect(look.page.get_by_role("heading", name="The last payment of the plan failed")).to_be_visible()
    expect(row(look.page, "State")).to_contain_text("Payment failed")
    look.shoot("8-failed")


def recover(look, billing: str, *, until) -> None:
    page = look.page
    change_card(look, billing, "A good card", leave=False)
    page.get_by_role("button", name="Pay now").click()
    expect(page.get_by_text("The invoice is paid.")).to_be_visible()
    wait_for(until)
    look.open(billing)
    expect(page.get_by_role("heading", name="The last payment of the plan failed")).to_have_count(0)
    look.shoot("9-recovered")


def end(look) -> None:
    page = look.page
    page.get_by_role("button", name="End the plan").click()
    look.shoot("10-end", whole=False)
    page.get_by_role("button", name="End with the period").click()
    expect(page.get_by_text("Until then everything stays.").first).to_be_visible()
    expect(row(page, "Ends")).to_be_visible()
    expect(page.get_by_role("button", name="Go on after all")).to_be_visible()
    look.shoot("11-ending")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_fit(visit, stripe, team, owner, width, theme):
    with visit("billing", user=owner, width=width, theme=theme) as look:
        for part in ("", "topups/"):
            look.open(f"/t/{team.slug}/billing/{part}")
            look.shoot(part.strip("/"))
        assert look.verdict == []


def pay(page, card: str) -> None:
    page.get_by_label(card).check()
    page.get_by_role("button", name=re.compile("^Pay")).click()


def change_card(look, billing: str, card: str, *, leave: bool = True) -> None:
    look.open(billing)
    look.page.get_by_role("button", name=re.compile("Cards and details|Update the card")).click()
    look.page.get_by_label(card).check()
    look.page.get_by_role("button", name="Save this card").click()
    expect(look.page.get_by_text("The card is saved.")).to_be_visible()
    if leave:
        look.page.get_by_role("link", name="Return to the product").click()
        expect(look.page.get_by_role("heading", name="Billing", exact=True)).to_be_visible()


def row(page, term: str):
    """A line of the plan's panel by its term."""
    return page.locator("dl > div").filter(has=page.get_by_text(term, exact=True))


def stand(team: Team) -> tuple[str, str, int]:
    """Plan, standing and credits as stored now."""
    fresh = Team.objects.select_related("plan_version__plan").get(pk=team.pk)
    with enter_team(fresh):
        return fresh.plan_version.plan.code, fresh.billing_state, compute_balance()["balance"]


def wait_for(happened) -> None:
    """Webhooks and jobs take a moment."""
    deadline = time.monotonic() + PATIENCE
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert happened()
