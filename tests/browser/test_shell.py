"""The frame around the pages: palette, look-up, teams, messages, sessions."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import expect

from apps.discovery.services.unlocking import unlock_profile
from apps.teams.access import enter_team
from tests.browser.inspecting import THEMES, WIDTHS
from tests.browser.scenes import build_creator
from tests.support.people import build_team


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_member_are_sound(visit, committed_db, team, owner, width, theme):
    build_creator("maro.sample")
    with enter_team(team):
        unlock_profile(team=team, member=owner, username="maro.sample")
    problems = []
    for name, path in {
        "home": f"/t/{team.slug}/",
        "look-up": f"/t/{team.slug}/creators/",
        "wallet": f"/t/{team.slug}/wallet/",
        "plans": f"/t/{team.slug}/plans/",
        "account-email": "/accounts/email/",
        "account-password": "/accounts/password/change/",
    }.items():
        with visit(name, user=owner, width=width, theme=theme) as look:
            look.open(path)
            look.shoot()
            problems += look.verdict

    assert problems == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_palette_finds_pages_and_creators_by_keyboard(visit, committed_db, team, owner, width):
    build_creator("maro.sample")
    with visit("palette", user=owner, width=width) as look:
        look.open(f"/t/{team.slug}/")
        look.page.keyboard.press("Control+k")
        expect(look.page.get_by_role("option", name="Methodology")).to_be_visible()
        look.shoot("open", whole=False)

        look.page.keyboard.type("maro")
        expect(look.page.get_by_role("option", name="maro.sample").first).to_be_visible()
        look.page.keyboard.press("ArrowDown")
        look.page.keyboard.press("ArrowUp")
        look.shoot("typed", whole=False)
        look.page.keyboard.press("Enter")

        look.page.wait_for_url("**/creators/maro.sample/")
        assert look.verdict == []


def test_the_look_up_suggests_known_creators(visit, committed_db, team, owner):
    build_creator("maro.sample")
    with visit("suggest", user=owner) as look:
        look.open(f"/t/{team.slug}/creators/")
        field = look.page.get_by_role("combobox", name="Handle or profile link")
        expect(field).to_be_focused()
        field.press_sequentially("mar")
        expect(look.page.get_by_role("option")).to_have_count(2)
        expect(look.page.get_by_role("option").last).to_have_text("Look up @mar")
        look.page.keyboard.press("ArrowDown")
        expect(field).to_have_attribute("aria-activedescendant", "opt-1")
        look.shoot(whole=False)

        look.page.keyboard.press("Escape")
        expect(look.page.get_by_role("option").first).to_be_hidden()
        assert look.verdict == []


def test_a_malformed_handle_is_refused_in_the_field(visit, committed_db, team, owner):
    with visit("bad-handle", user=owner) as look:
        look.open(f"/t/{team.slug}/creators/?q=not+a+handle", status=400)
        expect(look.page.get_by_role("alert")).to_be_visible()
        expect(look.page.get_by_role("combobox", name="Handle or profile link")).to_have_value("not a handle")
        look.shoot()
        assert look.verdict == []


def test_the_team_switcher_leads_to_the_other_team(visit, committed_db, team, owner, as_member):
    second = build_team("premium", name="Second team")
    second.memberships.create(user=owner, role="member")
    with visit("teams", user=owner) as look:
        look.open(f"/t/{team.slug}/")
        look.page.get_by_role("button", name="Switch team").click()
        look.shoot(whole=False)
        look.page.get_by_role("link", name="Second team").click()
        look.page.wait_for_url(f"**/t/{second.slug}/")
        look.page.get_by_role("button", name="Switch team").click()
        expect(look.page.get_by_text("You are a member of this team.")).to_be_visible()
        assert look.verdict == []


def test_a_session_that_ended_leads_the_window_to_the_sign_in(visit, committed_db, team, owner):
    build_creator("maro.sample")
    with visit("expired", user=owner) as look:
        look.open(f"/t/{team.slug}/creators/maro.sample/")
        Session.objects.all().delete()
        cache.clear()
        look.page.get_by_role("button", name="See the price", exact=True).click()
        look.page.wait_for_url("**/accounts/login/?next=*")
        assert "maro.sample" in look.page.url
        assert look.verdict == []


def test_dialogs_close_and_give_the_focus_back(visit, committed_db, team, owner):
    build_creator("maro.sample")
    with visit("dialog", user=owner) as look:
        look.open(f"/t/{team.slug}/creators/maro.sample/")
        opener = look.page.get_by_role("button", name="See the price", exact=True)
        opener.focus()
        look.page.keyboard.press("Enter")
        expect(look.page.get_by_role("heading", name="Unlock @maro.sample")).to_be_visible()
        look.page.keyboard.press("Escape")
        expect(look.page.get_by_role("dialog")).to_be_hidden()
        expect(opener).to_be_focused()
        assert look.verdict == []
