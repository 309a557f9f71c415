"""Who is led where, and what the pages cost."""

import json

import pytest
from django.urls import reverse

from apps.plans.models import PlanVersion
from apps.portal.selectors import get_pricing
from apps.portal.views import errors
from tests.support.people import build_user

FRAGMENT = {"HX-Request": "true", "HX-Current-URL": "http://testserver/t/first-team/creators/maro.sample/"}


def test_visitors_see_the_landing_page_with_the_published_prices(client, db):
    page = client.get("/").content.decode()

    assert "Choose creators by numbers you can check." in page
    for price in ("$159.20", "$199", "$399.20", "$499"):
        assert price in page


def test_prices_follow_what_is_published(db):
    version = PlanVersion.objects.get(plan__code="standard")
    version.pk, version.number = None, version.number + 1
    version.price_month_cents, version.price_year_cents = 10_000, 90_000
    version.save(force_insert=True)

    pricing = get_pricing()

    standard = next(plan for plan in pricing["plans"] if plan["code"] == "standard")
    assert (standard["month_cents"], standard["year_month_cents"], pricing["discount"]) == (10_000, 7_500, 25)


def test_what_a_plan_does_not_include_is_said(db):
    free = get_pricing()["plans"][0]

    assert {"text": "5 profile analyses a month", "included": True} in free["lines"]
    assert {"text": "Post analyses", "included": False} in free["lines"]
    assert {"text": "Campaigns", "included": False} in free["lines"]


def test_members_go_to_their_team(client, team):
    client.force_login(team.owner)

    assert client.get("/").url == "/home/"
    assert client.get("/home/").url == f"/t/{team.slug}/"


def test_somebody_without_a_team_gets_a_page_that_says_so(client, db):
    client.force_login(build_user())

    assert "You are in no team" in client.get("/home/").content.decode()


@pytest.mark.parametrize(
    "path", ["", "creators/", "creators/maro.sample/", "wallet/", "plans/", "palette/", "running/"]
)
def test_visitors_are_led_to_the_sign_in_and_strangers_find_nothing(client, team, other_team, path):
    url = f"/t/{team.slug}/{path}"
    assert client.get(url).url == f"/accounts/login/?next={url}"

    client.force_login(other_team.owner)
    assert client.get(url).status_code == 404


def test_a_fragment_asked_for_without_a_session_leads_the_window_to_the_sign_in(client, team):
    response = client.get(f"/t/{team.slug}/palette/", headers=FRAGMENT)

    assert response.status_code == 200
    assert response["HX-Redirect"] == "/accounts/login/?next=%2Ft%2Ffirst-team%2Fcreators%2Fmaro.sample%2F"
    assert response.content == b""


def test_other_redirects_of_fragments_are_left_alone(client, team):
    client.force_login(team.owner)

    response = client.get("/home/", headers=FRAGMENT)

    assert (response.status_code, "HX-Redirect" in response.headers) == (302, False)


def test_the_palette_offers_pages_and_a_typed_handle(client, team):
    client.force_login(team.owner)

    everything = client.get(f"/t/{team.slug}/palette/", headers=FRAGMENT).content.decode()
    typed = client.get(f"/t/{team.slug}/palette/?q=some.one", headers=FRAGMENT).content.decode()

    assert reverse("portal:methodology") in everything
    assert f"/t/{team.slug}/creators/some.one/" in typed
    assert "Methodology" not in typed


def test_methodology_states_every_definition_once(client, db):
    page = client.get("/methodology/").content.decode()

    assert page.count('id="er.followers.median.v1"') == 1
    assert page.count('id="timing.best_hours.v1"') == 1


def test_pages_allow_no_inline_code(client, db):
    policy = client.get("/")["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_home_page_asks_the_database_a_bounded_number_of_questions(client, team, django_assert_max_num_queries):
    client.force_login(team.owner)
    client.get(f"/t/{team.slug}/")

    with django_assert_max_num_queries(20):
        client.get(f"/t/{team.slug}/")


def test_an_unknown_address_answers_in_the_form_of_its_caller(client, db):
    page, api = client.get("/nothing/"), client.get("/api/v1/nothing")

    assert (page.status_code, api.status_code) == (404, 404)
    assert "There is nothing here" in page.content.decode()
    assert api.json() == {"error": {"code": "not_found", "message": "Not found.", "details": {}}}


def test_a_failure_of_ours_has_a_page_that_needs_no_database(rf):
    page, api = errors.failed(rf.get("/t/first-team/")), errors.failed(rf.get("/api/v1/teams"))

    assert "Something failed on our side" in page.content.decode()
    assert (page.status_code, api.status_code) == (500, 500)
    assert json.loads(api.content)["error"]["code"] == "internal"


def test_a_suspended_team_says_why_it_is_closed(client, team):
    team.state = team.State.SUSPENDED
    team.save()
    client.force_login(team.owner)

    response = client.get(f"/t/{team.slug}/")

    assert response.status_code == 403
    assert "suspended" in response.content.decode()


def test_from_a_plan_a_visitor_signs_up_and_comes_back(client, db):
    page = client.get("/pricing/").content.decode()
    assert 'href="/choose/premium/?interval=month"' in page
    assert "Free works by its allowance: beyond it, choose a plan." in page

    answer = client.get("/choose/premium/?interval=month")

    assert (answer.status_code, answer["Location"]) == (
        302, "/accounts/signup/?next=%2Fchoose%2Fpremium%2F%3Finterval%3Dmonth",
    )  # fmt: skip


def test_from_a_plan_the_owner_comes_to_his_billing_page_with_it(client, free_team):
    client.force_login(free_team.owner)
    assert client.get("/pricing/").status_code == 200

    answer = client.get("/choose/premium/?interval=month")

    address = f"/t/{free_team.slug}/billing/?plan=premium&interval=month"
    assert (answer.status_code, answer["Location"]) == (302, f"{address}#plans-t")
    page = client.get(address).content.decode()
    assert page.count("Your choice") == 1
    assert 'data-interval="month"' in page


@pytest.mark.parametrize(
    ("role", "plan", "leads_to"),
    [("manager", "premium", "/t/{}/plans/"), ("owner", "free", "/t/{}/plans/"), ("owner", "gold", "/pricing/")],
)
def test_from_a_plan_others_are_led_where_they_can_do_something(client, team, as_member, role, plan, leads_to):
    client.force_login(team.owner if role == "owner" else as_member(team, role))

    answer = client.get(f"/choose/{plan}/")

    assert (answer.status_code, answer["Location"]) == (302, leads_to.format(team.slug))


def test_from_a_plan_who_has_no_team_is_told_so(client, make_user):
    client.force_login(make_user())

    assert client.get("/choose/premium/")["Location"] == "/home/"


def test_the_icon_that_browsers_ask_for_by_themselves_is_there(client, db):
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer["Location"]) == (301, "/static/favicon.svg")
    assert answer["Cache-Control"] == "public, max-age=86400"
    icon = client.get(answer["Location"])
    assert (icon.status_code, icon["Content-Type"]) == (200, "image/svg+xml")
