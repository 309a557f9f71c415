"""The panel of similar creators, and an analysis that is under way."""

import math

import pytest
from playwright.sync_api import expect

from apps.analysis.services import submit_profile_analysis
from apps.discovery.services.unlocking import unlock_profile
from apps.jobs.models import Job
from apps.profiles.models import CreatorVector, Profile
from apps.teams.access import enter_team
from tests.browser.inspecting import THEMES, WIDTHS
from tests.browser.scenes import build_creator

OTHERS = {
    "tide.kitchen": {"full_name": "Tide Kitchen", "followers": 190_000},
    "warda.bakes": {"full_name": "وردة تخبز كل صباح", "followers": 2_310_000},
    "a" * 29 + ".x": {"full_name": "X" * 70, "followers": 640, "is_verified": False},
}


def place(profile: Profile, degrees: float, language: str = "en") -> None:
    angle = math.radians(degrees)
    vector = [math.cos(angle), math.sin(angle)] + [0.0] * 382
    CreatorVector.objects.create(
        profile=profile, vector=vector, synthetic=True, model="m", text_hash="", texts=24, language=language
    )


@pytest.fixture
def report(team, owner):
    profile = build_creator("maro.sample", posts=12)
    place(profile, 0)
    for number, (handle, fields) in enumerate(OTHERS.items(), start=1):
        place(build_creator(handle, posts=4, days=0, **fields), 15 * number, "ar" if number == 2 else "en")
    with enter_team(team):
        unlock_profile(team=team, member=owner, username="maro.sample")
        unlock_profile(team=team, member=owner, username="tide.kitchen")
    return f"/t/{team.slug}/creators/maro.sample/similar/"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_panel_is_sound(visit, committed_db, team, owner, report, width, theme):
    with visit("similar", user=owner, width=width, theme=theme) as look:
        look.open(report)
        panel = look.page.get_by_role("region", name="Similar creators")
        expect(panel.get_by_role("listitem")).to_have_count(3)
        look.shoot(whole=False)
        assert look.verdict == []


def test_it_is_narrowed_and_each_number_says_where_it_comes_from(visit, committed_db, team, owner, report):
    with visit("similar-filters", user=owner) as look:
        look.open(report)
        panel = look.page.get_by_role("region", name="Similar creators")
        expect(panel.get_by_text("0.97")).to_be_visible()
        panel.get_by_label("How the similarity to @tide.kitchen was measured").click()
        card = look.page.get_by_role("dialog", name="How Similarity was measured")
        expect(card.get_by_text("similar.texts.v1")).to_be_visible()
        look.page.keyboard.press("Escape")

        panel.get_by_role("combobox", name="Language").select_option("Arabic")

        expect(panel.get_by_role("listitem")).to_have_count(1)
        expect(panel.get_by_text("@warda.bakes")).to_be_visible()
        panel.get_by_role("combobox", name="Size").select_option("1,000 to 5,000")
        expect(panel.get_by_text("No creator that we know fits these filters.")).to_be_visible()
        assert look.verdict == []


def test_a_running_analysis_says_how_far_it_is(visit, committed_db, team, owner, report):
    profile = Profile.objects.get(username="maro.sample")
    profile.analysis.engines = [{"engine": "rules", "version": "1", "posts": 12}]
    profile.analysis.save()
    job = submit_profile_analysis(profile_id=profile.pk)
    Job.objects.filter(pk=job.pk).update(state="running", progress_done=34, progress_total=120)
    with visit("analysis-running", user=owner) as look:
        look.open(report)
        expect(look.page.get_by_text("Analysis running: 34 of 120 posts")).to_be_visible()
        look.shoot(whole=False)

        Job.objects.filter(pk=job.pk).update(progress_done=80)
        expect(look.page.get_by_text("Analysis running: 80 of 120 posts")).to_be_visible()
        Job.objects.filter(pk=job.pk).update(state="succeeded")
        expect(look.page.get_by_text("Analysis running")).to_have_count(0)
        assert look.verdict == []
