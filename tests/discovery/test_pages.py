"""The pages of creators: each answer its page, its status and its price."""

import pytest
from django.test import Client

from apps.credits.services import grant_credits
from apps.discovery.models import Unlock
from apps.discovery.services.unlocking import UNLOCK_KIND, unlock_profile
from apps.discovery.views.report_page import describe_engagement, describe_growth
from apps.discovery.views.tables_part import describe_hours
from apps.discovery.views.tabs import OVERVIEW, TABS
from apps.jobs.services import submit_job
from apps.teams.access import enter_team
from tests.browser.scenes import build_creator

FRAGMENT = {"HX-Request": "true"}


def sign_in(user) -> Client:
    """A browser's client: session only, no X-Team."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def member(team) -> Client:
    return sign_in(team.owner)


@pytest.fixture
def base(team) -> str:
    return f"/t/{team.slug}/creators"


def test_a_locked_page_holds_the_preview_and_nothing_of_the_report(member, base):
    build_creator("maro.sample")

    page = member.get(f"{base}/maro.sample/").content.decode()

    assert "284,120" in page
    assert "The full report is locked" in page
    assert "Grilled sardines" not in page
    assert "maro.example" not in page


def test_the_quote_says_what_would_be_drawn_and_charges_nothing(member, base, team):
    build_creator("maro.sample")

    page = member.get(f"{base}/maro.sample/quote/", headers=FRAGMENT).content.decode()

    assert "This uses 1 of 500 profile analyses." in page
    assert 'name="max_credits" value="0"' in page
    with enter_team(team):
        assert not Unlock.objects.exists()


def test_unlocking_leads_to_the_report_and_asking_twice_unlocks_once(member, base, team):
    build_creator("maro.sample")

    first = member.post(f"{base}/maro.sample/unlock/", {"max_credits": "0"}, headers=FRAGMENT)
    second = member.post(f"{base}/maro.sample/unlock/", {"max_credits": "0"}, headers=FRAGMENT)

    assert first["HX-Redirect"] == second["HX-Redirect"] == f"{base}/maro.sample/"
    page = member.get(f"{base}/maro.sample/").content.decode()
    assert "With 284,120 followers it is a macro creator." in page
    assert "One analysis of your allowance was used" in page
    assert "Nothing was charged" in page
    with enter_team(team):
        assert Unlock.objects.count() == 1


def test_a_price_above_the_agreed_one_is_refused(free_team):
    build_creator("maro.sample")
    with enter_team(free_team):
        for number in range(5):
            build_creator(f"other.{number}", posts=4, days=0)
            unlock_profile(team=free_team, member=free_team.owner, username=f"other.{number}")
        grant_credits(unit="credits", amount=100, origin="adjustment", source_key="test")

    response = sign_in(free_team.owner).post(
        f"/t/{free_team.slug}/creators/maro.sample/unlock/", {"max_credits": "0"}, headers=FRAGMENT
    )

    assert response.status_code == 409
    assert "The price has changed" in response.content.decode()
    with enter_team(free_team):
        assert Unlock.objects.count() == 5


def test_a_used_allowance_is_402_with_the_way_on(free_team):
    build_creator("maro.sample")
    with enter_team(free_team):
        for number in range(5):
            build_creator(f"other.{number}", posts=4, days=0)
            unlock_profile(team=free_team, member=free_team.owner, username=f"other.{number}")

    response = sign_in(free_team.owner).post(f"/t/{free_team.slug}/creators/maro.sample/unlock/", {}, headers=FRAGMENT)

    assert response.status_code == 402
    assert "The profile analyses of your plan are used up" in response.content.decode()
    assert f"/t/{free_team.slug}/plans/" in response.content.decode()
    quote = sign_in(free_team.owner).get(f"/t/{free_team.slug}/creators/maro.sample/quote/", headers=FRAGMENT)
    page = quote.content.decode()
    assert ("of your plan are used up" in page, "Its price" in page) == (True, False)  # Free has no credits to pay it


@pytest.mark.parametrize("agreed", ["9" * 5000, "²", "-1", "much"])
def test_a_price_that_is_no_number_is_refused(member, team, base, agreed):
    build_creator("maro.sample")

    response = member.post(f"{base}/maro.sample/unlock/", {"max_credits": agreed}, headers=FRAGMENT)

    assert response.status_code == 400
    with enter_team(team):
        assert Unlock.objects.count() == 0


def test_each_sentence_leads_to_what_it_rests_on(member, base, team):
    build_creator("maro.sample")
    with enter_team(team):
        unlock_profile(team=team, member=team.owner, username="maro.sample")

    page = member.get(f"{base}/maro.sample/").content.decode()

    assert f'href="{base}/maro.sample/content/#formats"' in page
    assert f'href="{base}/maro.sample/brands/#sponsored"' in page
    assert f'href="/t/{team.slug}/posts/S' in page
    assert "er.followers.median.v1, sample 11, medium confidence" in page


def test_the_report_s_page_has_its_pdf_and_its_flags_as_files(member, base, team):
    build_creator("maro.sample")
    assert member.get(f"{base}/maro.sample/report.pdf").status_code == 404
    assert member.get(f"{base}/maro.sample/brands/safety.csv").status_code == 404
    with enter_team(team):
        unlock_profile(team=team, member=team.owner, username="maro.sample")

    pdf = member.get(f"{base}/maro.sample/report.pdf")
    flags = member.get(f"{base}/maro.sample/brands/safety.csv?flag=alcohol")

    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert f'href="{base}/maro.sample/report.pdf"' in member.get(f"{base}/maro.sample/").content.decode()
    assert flags["Content-Disposition"] == 'attachment; filename="maro.sample-safety.csv"'
    assert flags.content.decode("utf-8-sig").splitlines() == [
        "shortcode,url,taken_at,code,severity,term,quote,start,length,method,found_at"
    ]


def test_a_boosted_link_brings_the_tab_without_the_frame(member, base, team):
    build_creator("maro.sample")
    with enter_team(team):
        unlock_profile(team=team, member=team.owner, username="maro.sample")

    page = member.get(f"{base}/maro.sample/pricing/")
    part = member.get(f"{base}/maro.sample/pricing/", headers={**FRAGMENT, "HX-Boosted": "true"})

    assert "<!doctype" in page.content.decode()
    assert "<!doctype" not in part.content.decode()
    assert "<title>@maro.sample, pricing" in part.content.decode()
    assert "HX-Boosted" in part["Vary"]
    for text in ("A photo or carousel", "Rate table 1", "Impressions per engagement"):
        assert text in page.content.decode()
        assert text in part.content.decode()


@pytest.mark.parametrize("after", ["9" * 5000, "9" * 20, "-12", "²"])
def test_a_place_that_is_none_shows_the_first_posts(member, team, base, after):
    build_creator("maro.sample")
    with enter_team(team):
        unlock_profile(team=team, member=team.owner, username="maro.sample")

    page = member.get(f"{base}/maro.sample/posts/", {"after": after})

    assert page.status_code == 200
    assert "Grilled sardines" in page.content.decode()


@pytest.mark.parametrize(("handle", "status"), [("not a handle!", 400), ("Maro.Sample", 302), ("@maro.sample", 302)])
def test_handles_are_normalised_or_refused(member, base, handle, status):
    build_creator("maro.sample")

    response = member.get(f"{base}/{handle}/")

    assert response.status_code == status
    if status == 302:
        assert response.url == f"{base}/maro.sample/"


def test_a_pasted_link_leads_to_the_creator(member, base):
    response = member.get(f"{base}/", {"q": "https://www.instagram.com/Maro.Sample/?hl=de"})

    assert response.url == f"{base}/maro.sample/"


def test_suggestions_name_known_creators_and_the_handle_as_typed(member, team):
    build_creator("maro.sample")

    page = member.get(f"/t/{team.slug}/suggestions/?q=mar", headers=FRAGMENT).content.decode()

    assert page.index("maro.sample") < page.index("@mar<")


def test_parts_of_a_report_are_for_those_who_unlocked_it(member, base):
    build_creator("maro.sample")

    for part in (*(code for code in TABS if code != OVERVIEW), "posts/more", "insights", "analysis", "similar/found"):
        assert member.get(f"{base}/maro.sample/{part}/", headers=FRAGMENT).status_code == 404


def test_posts_are_paged_and_filtered(member, base, team):
    build_creator("maro.sample")
    with enter_team(team):
        unlock_profile(team=team, member=team.owner, username="maro.sample")

    second = member.get(f"{base}/maro.sample/posts/more/?after=12", headers=FRAGMENT).content.decode()
    carousels = member.get(f"{base}/maro.sample/posts/?type=carousel").content.decode()
    nonsense = member.get(f"{base}/maro.sample/posts/?type=x&after=-1").content.decode()

    assert (second.count("<article"), carousels.count("<article"), nonsense.count("<article")) == (12, 9, 12)
    assert "Show 12 more of 12" in second


def test_the_progress_of_another_team_s_job_does_not_exist(member, base, other_team):
    job = submit_job(kind=UNLOCK_KIND, params={"username": "maro.sample"}, team=other_team, user=other_team.owner)

    assert member.get(f"{base}/maro.sample/jobs/{job.pk}/", headers=FRAGMENT).status_code == 404


def test_a_job_is_shown_with_its_steps(member, base, team):
    job = submit_job(kind=UNLOCK_KIND, params={"username": "maro.sample"}, team=team, user=team.owner)

    page = member.get(f"{base}/maro.sample/jobs/{job.pk}/", headers=FRAGMENT).content.decode()

    assert "Waiting for its turn" in page
    assert all(step in page for step in ("Profile and posts", "Captions", "Report"))


def test_growth_is_drawn_from_two_dated_counts_on():
    one = {"growth": {"series": [{"at": "2026-11-01T00:00:00Z", "followers": 10}]}}
    two = {"growth": {"series": [*one["growth"]["series"], {"at": "2026-11-08T00:00:00Z", "followers": 14}]}}

    assert "chart" not in describe_growth(one)
    assert describe_growth(two)["change"] == 4


def test_a_post_with_hidden_likes_is_a_gap_in_the_chart():
    post = {"taken_at": "2026-11-01T00:00:00Z", "type": "reel"}
    report = {
        "posts": [{**post, "engagement_rate": {"value": None}}, {**post, "engagement_rate": {"value": 3.2}}],
        "metrics": {"engagement_rate.followers.median": {"value": 3.2}},
    }

    drawn = describe_engagement(report)

    assert [point["value"] for point in drawn["chart"]["points"]] == [3.2, None]
    assert "1 with hidden counts" in drawn["sub"]


def test_hours_are_shaded_by_posts_and_best_hours_named():
    metric = {
        "sample": {"size": 30},
        "value": {
            "cells": [
                {"weekday": 0, "hour": 8, "posts": 1, "score": None},
                {"weekday": 2, "hour": 19, "posts": 5, "score": 0.4},
            ],
            "by_hour": [{"hour": 19, "posts": 5, "score": 0.4}],
            "best": [19],
        },
    }

    hours = describe_hours(metric)

    assert hours["rows"][0]["cells"][8]["lv"] == 1
    assert hours["rows"][2]["cells"][19]["lv"] == 5
    assert hours["rows"][6]["cells"][0] == {"n": 0, "lv": 0, "title": "Sunday 00:00: 0 posts"}
    assert [slot["label"] for slot in hours["best"]] == ["19:00"]
