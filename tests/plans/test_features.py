"""What each plan opens, cell by cell: written out once more, so that a slip in code or seed is seen."""

import ast

import pytest
from django.urls import reverse

from apps.credits.selectors import name_units, quote
from apps.plans.errors import PlanFeatureNotIncluded
from apps.plans.models import PriceRule, TopupPackage
from apps.plans.selectors import Feature, list_prices, list_topup_packages
from apps.teams.access import enter_team
from apps.teams.errors import ProposalsLocked, SeatsExhausted
from apps.teams.models import Membership, Team
from apps.teams.selectors import PROPOSALS, has_team_feature, require_team_feature
from apps.teams.services import add_member
from tests.architecture.sources import list_sources

PLANS = ("free", "standard", "premium")
EXPECTED = """
campaigns       -   yes yes
lists           -   yes yes
export          -   yes yes
topups          -   yes yes
post_analytics  -   yes yes
email_unlock    -   yes yes
"""
CELLS = [
    pytest.param(plan, row[0], cell == "yes", id=f"{plan}-{row[0]}")
    for row in map(str.split, EXPECTED.strip().splitlines())
    for plan, cell in zip(PLANS, row[1:], strict=True)
]
SEATS = {"free": 1, "standard": 2, "premium": 5}
ACTS = {
    "influencer_unlock": PLANS,
    "discovery_pagination": PLANS,
    "advanced_search": PLANS,
    "bulk_export": PLANS[1:],
    "email_unlock": PLANS[1:],
    "post_analytics": PLANS[1:],
}


def test_every_feature_has_its_row():
    assert {line.split()[0] for line in EXPECTED.strip().splitlines()} == set(Feature.values)


@pytest.mark.parametrize(("plan", "feature", "included"), CELLS)
@pytest.mark.urls("tests.teams.door_urls")
def test_cell(plan, feature, included, make_team, api):
    """Asked by a service, by the API and by a page."""
    team = make_team(plan)
    client = api(team.owner, team=team)

    answers = client.post(f"/gated/{feature}"), client.get(f"/t/{team.slug}/gated/{feature}/")

    assert has_team_feature(team, feature) is included
    assert [answer.status_code for answer in answers] == [200 if included else 403] * 2
    if not included:
        with pytest.raises(PlanFeatureNotIncluded) as refusal:
            require_team_feature(team, feature)
        error = answers[0].json()["error"]
        assert error == refusal.value.as_dict()
        assert error["details"]["included_in"] == ["standard", "premium"]
        assert error["message"].startswith(f"The Free plan does not include {Feature(feature).label}.")


@pytest.mark.parametrize("plan", PLANS)
def test_paid_acts_are_open_as_their_features_are(plan, make_team, api):
    team = make_team(plan)

    with enter_team(team):
        asked = {price.action: quote(action=price.action).get("reason") for price in list_prices()}

    assert {action for action, reason in asked.items() if reason == "plan.feature_not_included"} == {
        action for action, plans in ACTS.items() if plan not in plans
    }
    assert set(asked) == set(ACTS)
    answer = api(team.owner, team=team).post("/api/v1/billing/topups", {"package": "nothing"})
    assert answer.json()["error"]["code"] == (
        "plan.feature_not_included" if plan == "free" else "topup_package.not_found"
    )


@pytest.mark.parametrize("plan", PLANS)
def test_seats(plan, make_team, make_user):
    team = make_team(plan)
    for _ in range(SEATS[plan] - 1):
        add_member(team=team, user=make_user(), role="member")

    with pytest.raises(SeatsExhausted) as refusal:
        add_member(team=team, user=make_user(), role="member")

    assert Membership.objects.filter(team=team, state="active").count() == SEATS[plan]
    larger = [code for code in PLANS if SEATS[code] > SEATS[plan]]
    assert refusal.value.details["included_in"] == larger


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.urls("tests.teams.door_urls")
def test_proposals_are_opened_by_the_operator_alone(plan, make_team, api):
    team = make_team(plan)
    client = api(team.owner, team=team)

    locked = client.post("/gated/proposals")
    page = client.get(f"/t/{team.slug}/gated/proposals/")
    with pytest.raises(ProposalsLocked):
        require_team_feature(team, PROPOSALS)
    Team.objects.filter(pk=team.pk).update(proposals_unlocked_at="2026-11-01T00:00:00Z")
    team.refresh_from_db()

    assert (locked.status_code, locked.json()["error"]["code"]) == (403, "proposals.locked")
    assert page.status_code == 403
    assert "not open for this team" in page.content.decode()
    require_team_feature(team, PROPOSALS)
    assert has_team_feature(team, PROPOSALS)


@pytest.mark.urls("tests.teams.door_urls")
def test_the_key_is_asked_before_the_plan(api, free_team):
    client = api(free_team.owner, team=free_team)

    assert client.post("/gated-key").json()["error"]["code"] == "idempotency.key_required"
    answer = client.post("/gated-key", headers={"Idempotency-Key": "k-0123456789"})
    assert answer.json()["error"]["code"] == "plan.feature_not_included"


def test_nobody_else_reads_what_a_plan_lists():
    """`has_team_feature` and `require_feature` are the only ways to ask. The catalogue shows the list."""
    readers = {
        source.path
        for source in list_sources("apps")
        for node in source.find(ast.Attribute)
        if node.attr == "features" and ast.unparse(node).endswith(("version.features", "plan.features"))
    }

    assert readers == {"apps/plans/selectors/features.py", "apps/billing/selectors/catalogue.py"}


def test_acts_have_one_name_everywhere(db):
    assert {price.action: price.label for price in list_prices()} == {
        action: name_units(action, 1).capitalize() for action in ACTS
    }
    assert {package.code: package.label for package in list_topup_packages()} == {
        package.code: f"{package.quantity:,} {name_units(package.unit, package.quantity)}"
        for package in TopupPackage.objects.all()
    }
    assert PriceRule.objects.filter(label__icontains="report").count() == 0


def test_what_is_for_sale_is_asked_for_at_its_place(free_team, client):
    client.force_login(free_team.owner)

    page = client.get(reverse("billing:topups", args=[free_team.slug]))

    assert page.context["page"]["may_buy"] is False
