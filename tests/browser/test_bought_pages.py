"""What a team buys and passes on: contacts, discussion, audience, post analytics, links; and what tells it to buy."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from apps.discovery.services.unlocking import unlock_profile
from apps.profiles.models import Post
from apps.teams.access import enter_team
from tests.browser.scenes import add_talk, build_creator
from tests.credits.conftest import change_plan
from tests.support.spending import spend

LOOKS = pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (380, "dark")])


@pytest.fixture
def creators(committed_db, team, owner):
    """One whose comments were read, and one of whom little is known."""
    add_talk(build_creator("maro.sample", biography="office: a.very.long.address.of.an.office@kitchen.maro.example"))
    build_creator("quiet.one", posts=3, days=0, biography="", business_email="")
    with enter_team(team):
        unlock_profile(team=team, member=owner, username="maro.sample")
        unlock_profile(team=team, member=owner, username="quiet.one")


@LOOKS
def test_a_report_with_its_contacts_audience_and_discussion(visit, creators, team, owner, width, theme):
    with visit("bought", user=owner, width=width, theme=theme) as look:
        page = look.page
        look.open(f"/t/{team.slug}/creators/quiet.one/audience/")
        expect(page.get_by_role("region", name="Audience").get_by_role("heading", name="Unavailable")).to_be_visible()
        look.shoot("quiet")

        look.open(f"/t/{team.slug}/creators/maro.sample/audience/")
        people = page.get_by_role("region", name="Audience")
        expect(people.get_by_role("region", name="Countries").get_by_text("Saudi Arabia")).to_be_visible()
        expect(
            people.get_by_role("region", name="Interests").get_by_role("heading", name="Unavailable")
        ).to_be_visible()
        page.get_by_role("button", name="How Countries of the audience was measured").click()
        expect(page.get_by_text("audience.countries.v1")).to_be_visible()
        look.shoot("provenance", whole=False)
        page.keyboard.press("Escape")
        look.shoot("audience")
        look.open(f"/t/{team.slug}/creators/maro.sample/content/")
        expect(page.get_by_role("region", name="Content quality").get_by_text("Weight 25.")).to_be_visible()
        look.open(f"/t/{team.slug}/creators/maro.sample/authenticity/")
        look.shoot("authenticity")
        look.open(f"/t/{team.slug}/creators/maro.sample/")
        page.get_by_role("region", name="Contact").get_by_role("button", name="See the price of the addresses").click()
        expect(page.get_by_role("dialog").get_by_text("This uses 1 of 250")).to_be_visible()
        look.shoot("contacts-price", whole=False)
        page.locator("#quote-body form button[type=submit]").click()
        expect(page.get_by_text("maro@maro.example").first).to_be_visible()
        look.shoot()
        assert look.verdict == []


@LOOKS
def test_a_post_is_priced_bought_and_read(visit, creators, team, owner, width, theme):
    with visit("post", user=owner, width=width, theme=theme) as look:
        page = look.page
        look.open(f"/t/{team.slug}/posts/")
        look.shoot("none")
        page.get_by_label("Address of the post").fill("no address")
        look.expected_statuses.add(400)
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("alert")).to_be_visible()
        look.shoot("refused", whole=False)
        code = name_post("CxMaro00001")
        page.get_by_label("Address of the post").fill(f"https://www.instagram.com/p/{code}/")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("button", name="See the price", exact=True)).to_be_visible()
        look.shoot("locked")
        page.get_by_role("button", name="See the price", exact=True).click()
        expect(page.get_by_role("dialog").get_by_text("Charged only when")).to_be_visible()
        look.shoot("price", whole=False)
        page.locator("#quote-body form button[type=submit]").click()
        expect(page.get_by_role("heading", name="Newest comments")).to_be_visible()
        look.shoot("result")
        look.open(f"/t/{team.slug}/posts/")
        look.shoot("list")
        assert look.verdict == []


@LOOKS
def test_a_link_is_made_read_and_ended(visit, creators, team, owner, width, theme):
    with visit("share", user=owner, width=width, theme=theme) as look:
        page = look.page
        look.open(f"/t/{team.slug}/creators/maro.sample/share/")
        look.shoot("none")
        page.get_by_role("button", name="Make a link").click()
        expect(page.get_by_role("button", name="End it")).to_have_count(1)
        page.get_by_role("button", name="Make a link").click()
        expect(page.get_by_role("button", name="End it")).to_have_count(2)
        address = page.get_by_label("Address of the new link").input_value()
        page.get_by_role("button", name="End it").last.click()
        expect(page.get_by_text("Ended")).to_have_count(1)
        look.shoot("links")
        problems = look.verdict
    with visit("shared", width=width, theme=theme) as look:
        page = look.page
        gone = page.goto(address)
        assert gone is not None
        assert urlsplit(address).path.startswith("/s/")
        look.shoot(str(gone.status))
        assert problems + look.verdict == []


@LOOKS
def test_what_runs_low_and_the_plan_that_was_chosen(visit, committed_db, team, owner, width, theme):
    change_plan(team, allowances={"influencer_unlock": 2}, monthly_credits=90)
    with enter_team(team):
        spend("all", member=owner, units=2)
        spend("most", member=owner, units=3)
    with visit("low", user=owner, width=width, theme=theme) as look:
        page = look.page
        look.open(f"/t/{team.slug}/")
        expect(page.get_by_role("region", name="The profile analyses of this month are used up")).to_be_visible()
        look.shoot("home")
        look.open(f"/t/{team.slug}/wallet/")
        expect(page.get_by_role("region", name="15 of 90 credits are left")).to_be_visible()
        look.shoot("wallet")
        look.open("/choose/premium/?interval=month")
        expect(page.get_by_text("Your choice").or_(page.get_by_text("Your plan")).first).to_be_visible()
        look.shoot("chosen")
        assert look.verdict == []


def name_post(code: str) -> str:
    """Let the second post have a code as long as real ones."""
    post = Post.objects.filter(profile__username="maro.sample").order_by("-taken_at")[1]
    Post.objects.filter(pk=post.pk).update(shortcode=code)
    return code
