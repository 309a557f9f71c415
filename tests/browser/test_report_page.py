"""The report with everything that is hard to show: hidden likes, hostile text, three scripts, little data."""

import pytest
from playwright.sync_api import expect

from apps.discovery.services.unlocking import unlock_profile
from apps.discovery.views.tabs import OVERVIEW, TABS
from apps.teams.access import enter_team
from tests.browser.inspecting import THEMES, WIDTHS
from tests.browser.scenes import HOSTILE, build_creator

LONG = "a" * 28 + ".x"


@pytest.fixture
def reports(team, owner):
    """Three unlocked creators: a full one, one with little data, one with a long handle and huge counts."""
    build_creator("maro.sample")
    build_creator("quiet.one", posts=3, days=0, followers=912, full_name="", biography="", category="")
    build_creator(LONG, full_name="مطبخ " + "X" * 60, followers=512_345_678)
    with enter_team(team):
        for handle in ("maro.sample", "quiet.one", LONG):
            unlock_profile(team=team, member=owner, username=handle)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_tab_is_sound(visit, committed_db, team, owner, reports, width, theme):
    assert look_at_tabs(visit, owner, "report", "maro.sample", width=width, theme=theme) == []


@pytest.mark.parametrize(("name", "handle"), [("report-little", "quiet.one"), ("report-long", LONG)])
def test_every_tab_of_odd_creators_is_sound(visit, committed_db, team, owner, reports, name, handle):
    assert look_at_tabs(visit, owner, name, handle, width=380, theme="dark") == []


def look_at_tabs(visit, owner, name: str, handle: str, **look_of: object) -> list[str]:
    with visit(name, user=owner, **look_of) as look:
        for tab in TABS:
            look.open(f"/t/first-team/creators/{handle}/" + ("" if tab == OVERVIEW else f"{tab}/"))
            look.shoot(tab)
        return look.verdict


def test_a_tab_is_a_link_with_an_address_of_its_own(visit, committed_db, team, owner, reports):
    base = f"/t/{team.slug}/creators/maro.sample/"
    with visit("tabs", user=owner) as look:
        page = look.page
        look.open(base)
        page.evaluate("document.body.dataset.same = 'yes'")
        tabs = page.get_by_role("navigation", name="Parts of the report")
        tabs.get_by_role("link", name="Pricing").click()

        expect(page.get_by_role("heading", name="A reel")).to_be_visible()
        expect(page).to_have_url(f"{look.base}{base}pricing/")
        expect(page).to_have_title("@maro.sample, pricing · Analytics Following")
        expect(tabs.get_by_role("link", name="Pricing")).to_have_attribute("aria-current", "page")
        expect(tabs.get_by_role("link", name="Pricing")).to_be_focused()
        assert page.evaluate("document.body.dataset.same") == "yes"

        page.go_back()
        expect(page.get_by_role("heading", name="Follower growth")).to_be_visible()
        expect(page).to_have_url(f"{look.base}{base}")
        page.reload()
        expect(tabs.get_by_role("link", name="Overview")).to_have_attribute("aria-current", "page")
        assert look.verdict == []


def test_what_upstream_wrote_is_text_and_never_markup(visit, committed_db, team, owner, reports):
    with visit("hostile", user=owner) as look:
        look.open(f"/t/{team.slug}/creators/maro.sample/posts/")
        expect(look.page.get_by_role("heading", name=HOSTILE[:40])).to_be_visible()
        assert look.page.locator("article img[src='x'], article script, header b").count() == 0
        arabic = look.page.get_by_role("heading", name="صباح الخير").first
        assert arabic.evaluate("el => getComputedStyle(el).direction") == "rtl"
        assert look.verdict == []


def test_hidden_likes_are_said_and_never_zero(visit, committed_db, team, owner, reports):
    with visit("hidden", user=owner) as look:
        look.open(f"/t/{team.slug}/creators/maro.sample/posts/")
        hidden = look.page.locator("#posts article", has=look.page.get_by_text("hidden", exact=True))
        expect(hidden.first).to_be_visible()
        assert hidden.first.get_by_text("Engagement rate").count() == 0


def test_a_number_tells_where_it_comes_from(visit, committed_db, team, owner, reports):
    with visit("provenance", user=owner) as look:
        look.open(f"/t/{team.slug}/creators/maro.sample/")
        look.page.get_by_role("button", name="How Engagement rate was measured").click()
        card = look.page.get_by_role("dialog", name="How Engagement rate was measured")
        expect(card.get_by_text("er.followers.median.v1")).to_be_visible()
        expect(card.get_by_text("11 of 12 posts")).to_be_visible()
        expect(card.get_by_text("1 left out: likes hidden")).to_be_visible()
        look.shoot(whole=False)

        look.page.keyboard.press("Escape")
        expect(card).to_be_hidden()
        look.page.get_by_role("button", name="How Median likes was measured").hover()
        expect(look.page.get_by_role("dialog", name="How Median likes was measured")).to_be_visible()
        assert look.verdict == []


def test_a_metric_without_data_shows_its_reason_and_no_number(visit, committed_db, team, owner, reports):
    with visit("unavailable", user=owner) as look:
        look.open(f"/t/{team.slug}/creators/quiet.one/")
        card = look.page.get_by_role("listitem").filter(has=look.page.get_by_role("heading", name="Growth, 30 days"))
        expect(card.get_by_text("No snapshot within").first).to_be_visible()
        expect(card.get_by_text("Unavailable").first).to_be_visible()
        expect(look.page.get_by_text("Growth starts today")).to_be_visible()
        look.open(f"/t/{team.slug}/creators/quiet.one/content/")
        expect(look.page.get_by_text("Not enough posts to say")).to_be_visible()


def test_posts_are_filtered_and_loaded_page_by_page(visit, committed_db, team, owner, reports):
    with visit("posts", user=owner) as look:
        look.open(f"/t/{team.slug}/creators/maro.sample/posts/")
        posts = look.page.locator("#posts article")
        expect(posts).to_have_count(12)
        look.page.get_by_role("link", name="Show 12 more").click()
        expect(posts).to_have_count(24)

        look.page.get_by_role("link", name="Carousel 9").click()
        expect(posts).to_have_count(9)
        expect(look.page.get_by_role("link", name="Carousel 9")).to_have_attribute("aria-current", "true")
        assert look.verdict == []


def test_every_metric_is_in_the_report(visit, committed_db, team, owner, reports):
    with visit("every-metric", user=owner) as look:
        look.open(f"/t/{team.slug}/creators/maro.sample/")
        look.page.get_by_text("Every metric of this report").click()
        for label in (
            "Engagement rate (median, by followers)",
            "Engagement rate (mean, by followers)",
            "Engagement rate (median, by views)",
        ):
            expect(look.page.get_by_role("cell", name=label)).to_be_visible()
        look.shoot()
        assert look.verdict == []
