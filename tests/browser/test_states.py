"""Everything a look-up may come to, each with a page of its own."""

import pytest
from playwright.sync_api import expect

from apps.credits.models import UsageCounter
from apps.discovery.models import Unlock
from apps.discovery.services.unlocking import unlock_profile
from apps.teams.access import enter_team
from tests.browser.inspecting import THEMES
from tests.browser.scenes import build_creator
from tests.support.people import build_user


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (380, "dark")])
def test_each_answer_has_its_page(visit, worker, team, owner, width, theme):
    base = f"/t/{team.slug}/creators"
    problems = []

    def look_at(name: str, handle: str, heading: str, status: int = 200) -> None:
        with visit(name, user=owner, width=width, theme=theme) as look:
            look.open(f"{base}/{handle}/", status=status)
            expect(look.page.get_by_text(heading).first).to_be_visible()
            look.shoot()
            problems.extend(look.verdict)

    look_at("state-invalid", "not%20a%20handle!", "That is not a handle", 400)
    look_at("state-private", "private.person", "This account is private")
    look_at("state-locked", "theo.wears", "The full report is locked")
    with visit("state-asking", user=owner) as look:
        look.expected_statuses |= {404}
        look.page.goto(f"{look.base}{base}/nobody.here/")
        answer = look.page.get_by_text("There is no @nobody.here").or_(look.page.get_by_text("It did not work out"))
        expect(answer).to_be_visible()
    look_at("state-unknown", "nobody.here", "There is no @nobody.here", 404)

    assert problems == []


def test_a_source_that_fails_says_so_and_costs_nothing(visit, worker, team, owner):
    with visit("state-down", user=owner) as look:
        look.expected_statuses |= {503}
        look.page.goto(f"{look.base}/t/{team.slug}/creators/down.source/")
        failed = look.page.get_by_text("The source does not answer").or_(look.page.get_by_text("It did not work out"))
        expect(failed).to_be_visible()
        look.shoot()
        assert look.verdict == []

    with enter_team(team):
        assert not Unlock.objects.exists()


def test_too_little_for_a_report_costs_nothing(visit, worker, team, owner):
    with visit("state-hollow", user=owner) as look:
        look.open(f"/t/{team.slug}/creators/one.post/")
        look.page.get_by_role("button", name="See the price", exact=True).click()
        look.page.get_by_role("button", name="Unlock with 1 profile analysis").click()
        expect(look.page.get_by_text("Too little for a report")).to_be_visible()
        look.shoot(whole=False)
        assert look.verdict == []

    with enter_team(team):
        assert not Unlock.objects.exists()
        assert not UsageCounter.objects.filter(allowance_units__gt=0).exists()


def test_a_used_allowance_offers_the_plans(visit, committed_db, free_team):
    build_creator("maro.sample")
    with enter_team(free_team):
        use_up(free_team)
    with visit("state-used-up", user=free_team.owner) as look:
        look.open(f"/t/{free_team.slug}/creators/maro.sample/")
        look.page.get_by_role("button", name="See the price", exact=True).click()
        refusal = look.page.get_by_role("heading", name="The profile analyses of your plan are used up")
        expect(refusal).to_be_visible()
        look.shoot(whole=False)
        assert look.page.get_by_role("button", name="Unlock with").count() == 0

        look.page.get_by_role("link", name="Compare the plans").click()
        expect(look.page.get_by_role("heading", name="Plans", exact=True)).to_be_visible()
        look.shoot("plans")
        assert look.verdict == []


def use_up(team) -> None:
    """Spend the Free plan's five analyses on other creators."""
    for number in range(5):
        build_creator(f"other.{number}", posts=4, days=0)
        unlock_profile(team=team, member=team.owner, username=f"other.{number}")


@pytest.mark.parametrize("theme", THEMES)
def test_somebody_without_a_team_is_told(visit, committed_db, theme):
    with visit("no-team", user=build_user("alone@example.com"), theme=theme) as look:
        look.open("/home/")
        expect(look.page.get_by_text("You are in no team")).to_be_visible()
        look.shoot()
        assert look.verdict == []


def test_another_team_s_pages_do_not_exist(visit, committed_db, owner, team, other_team):
    with visit("wall", user=owner) as look:
        for path in ("", "creators/", "creators/maro.sample/", "plans/", "palette/"):
            look.open(f"/t/{other_team.slug}/{path}", status=404)
            expect(look.page.get_by_text("There is nothing here")).to_be_visible()
        assert look.verdict == []
