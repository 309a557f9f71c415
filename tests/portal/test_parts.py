"""Parts of pages have addresses of their own: scripts get the part, whoever opens one by hand gets the page."""

import pytest
from django.urls import resolve

from apps.discovery.services.unlocking import unlock_profile
from apps.teams.access import enter_team
from tests.architecture.routes import list_routes
from tests.browser.scenes import build_creator

FRAGMENT = {"HX-Request": "true"}
JOB = "jobs/00000000-0000-4000-8000-000000000000/"
LEADS_TO = {
    "billing/change/?plan=standard&interval=year": "billing/?plan=standard&interval=year",
    "creators/maro.sample/analysis/": "creators/maro.sample/",
    "creators/maro.sample/contacts/quote/": "creators/maro.sample/",
    "creators/maro.sample/insights/": "creators/maro.sample/",
    f"creators/maro.sample/{JOB}": "creators/maro.sample/",
    "creators/maro.sample/posts/more/?type=photo&after=12": "creators/maro.sample/posts/?type=photo&after=12",
    "creators/maro.sample/quote/": "creators/maro.sample/",
    "creators/maro.sample/similar/found/?size=nano": "creators/maro.sample/similar/?size=nano",
    "members/{owner}/": "members/",
    "palette/?q=wallet": "",
    "posts/Wanted12345/quote/": "posts/Wanted12345/",
    f"posts/Wanted12345/{JOB}": "posts/Wanted12345/",
    "running/": "",
    # What is half typed must not be looked up.
    "suggestions/?q=mar": "creators/",
    "wallet/ledger/?show=capture&q=%40maro": "wallet/?show=capture&q=%40maro",
    "wallet/spending/?months=12&measure=credits": "wallet/?months=12&measure=credits",
}
PAGES = [route for route in list_routes() if route.is_team_page and not route.pattern.endswith((".csv", ".pdf"))]


@pytest.fixture
def buyer(client, team):
    build_creator("maro.sample")
    with enter_team(team):
        assert unlock_profile(team=team, member=team.owner, username="maro.sample").state == "unlocked"
    client.force_login(team.owner)
    return client


def test_whatever_is_opened_by_hand_is_a_whole_page(buyer, team):
    names = {"team_slug": team.slug, "username": "maro.sample", "member_id": str(team.owner.pk), "shortcode": "Wanted1"}

    answers = {route.pattern: buyer.get(route.fill(**names), follow=True) for route in PAGES}

    shown = {pattern: answer.content for pattern, answer in answers.items() if answer.status_code == 200}
    assert len(shown) > 30
    assert [pattern for pattern, content in shown.items() if b"<!doctype html>" not in content[:40].lower()] == []


def test_each_part_leads_to_its_page_and_is_there_for_scripts(buyer, team):
    root = f"/t/{team.slug}/"
    for part, page in LEADS_TO.items():
        address = root + part.format(owner=team.owner.pk)

        by_hand = buyer.get(address)
        by_script = buyer.get(address, headers=FRAGMENT)

        assert (by_hand.status_code, by_hand.get("Location")) == (302, root + page), part
        assert "HX-Request" in by_hand["Vary"], part
        assert by_script.status_code == (404 if JOB in part else 200), part
        assert JOB in part or b"<!doctype" not in by_script.content, part


def test_no_part_is_left_out(team):
    marked = {route.pattern for route in PAGES if hasattr(route.view, "part_of")}

    tried = {resolve(f"/t/{team.slug}/{part.format(owner=1)}".split("?")[0]).route for part in LEADS_TO}
    assert marked == tried


def test_a_stranger_learns_nothing_from_the_address_of_a_part(client, team, other_team):
    client.force_login(other_team.owner)

    for part in LEADS_TO:
        assert client.get(f"/t/{team.slug}/{part.format(owner=team.owner.pk)}").status_code == 404, part
