"""Prices and refusals in the words of the pages."""

import pytest

from apps.credits.selectors import describe_consent, quote
from apps.credits.services import set_member_limits
from apps.teams.models import Membership, Team
from tests.support.spending import spend

from .conftest import change_plan, give, switch_plan


def consent(team, user=None, **more):
    user = user or team.owner
    membership = Membership.objects.select_related("team__plan_version__plan").get(team=team, user=user)
    return describe_consent(**{"action": "influencer_unlock", "membership": membership, **more})


def test_an_act_within_the_allowance(in_team, owner):
    spend("u1", member=owner)
    spend("u2", member=owner)

    asked = consent(in_team)

    assert asked["sentence"] == "This uses 1 of 498 profile analyses."
    assert asked["price"] == "1 profile analysis, no credits"
    assert asked["pay"] == "with 1 profile analysis"
    assert asked["refusal"] is None
    assert [(line["text"], line["before"], line["after"]) for line in asked["lines"]] == [
        ("1 profile analysis", 498, 497)
    ]


def test_an_act_for_credits(without_allowances, in_team):
    give(1_265)

    asked = consent(in_team)

    assert asked["sentence"] == "This costs 25 credits; 1,240 are left."
    assert (asked["price"], asked["pay"]) == ("25 credits", "for 25 credits")


def test_an_act_that_several_sources_pay(team, in_team):
    change_plan(team, allowances={"influencer_unlock": 2}, monthly_credits=0)
    give(1, unit="influencer_unlock")
    give(100)

    asked = consent(in_team, units=5)

    assert asked["sentence"] == (
        "This uses 2 of 2 profile analyses and 1 of 1 bought profile analysis and costs 50 credits; 50 are left."
    )


def test_free_units_and_free_acts(in_team):
    assert consent(in_team, action="advanced_search")["sentence"] == "This uses 1 of 10 free advanced searches."
    assert consent(in_team, action="bulk_export")["sentence"] == "This is free for you."


def test_nothing_is_written(in_team, django_assert_max_num_queries):
    with django_assert_max_num_queries(15) as queries:
        consent(in_team)

    assert {query["sql"].split()[0] for query in queries.captured_queries} <= {"SELECT", "SET", "WITH"}


def test_the_owner_without_credits_is_led_to_the_top_up(without_allowances, in_team):
    give(10)

    refusal = consent(in_team)["refusal"]

    assert (refusal["code"], refusal["way"]) == ("credits.insufficient", "top_up")
    assert refusal["text"].startswith("The price is 25 credits; 15 are missing. Add credits or profile analyses, or")


def test_everybody_else_is_told_whom_to_ask(without_allowances, in_team, as_member):
    for role in ("admin", "manager", "member"):
        refusal = consent(in_team, as_member(in_team, role))["refusal"]

        assert refusal["way"] == ""
        assert refusal["text"].endswith("Ask Olive Owner, the team's owner, to add some.")


def test_the_free_plan_names_the_plan_that_includes_more(team, in_team, as_member):
    switch_plan(team, "free")
    in_team.refresh_from_db()
    for number in range(5):
        spend(f"u{number}", member=team.owner)

    refusal = consent(in_team)["refusal"]
    assert (refusal["code"], refusal["way"]) == ("plan.allowance_used", "upgrade")
    assert refusal["title"] == "The profile analyses of your plan are used up"
    assert refusal["text"].endswith("Standard includes 500 a month.")
    missing = consent(in_team, action="email_unlock")["refusal"]
    assert (missing["code"], missing["way"]) == ("plan.feature_not_included", "upgrade")
    assert missing["text"] == "The Free plan has no e-mail unlocks. Standard includes 250 a month."
    other = consent(in_team, as_member(team, "admin"))["refusal"]
    assert (other["way"], other["text"][-54:]) == ("", "Ask Olive Owner, the team's owner, to change the plan.")


@pytest.mark.parametrize(("role", "way"), [("manager", ""), ("admin", "limits")])
def test_a_limit_says_how_much_and_who_may_raise_it(in_team, as_member, role, way):
    member = as_member(in_team, role)
    set_member_limits(member=member, limits={"influencer_unlock": 1})
    spend("u1", member=member)

    refusal = consent(in_team, member)["refusal"]

    assert (refusal["code"], refusal["way"]) == ("member.cap_reached", way)
    assert refusal["text"].startswith("You may use 1 profile analysis in a period, and 1 are used or under way.")


def test_an_unpaid_team_is_told_before_it_clicks(in_team, as_member):
    Team.objects.filter(pk=in_team.pk).update(billing_state="read_only")

    assert consent(in_team)["refusal"]["way"] == "pay"
    assert (quote(action="influencer_unlock")["allowed"], quote(action="influencer_unlock")["reason"]) == (
        False, "billing.read_only",
    )  # fmt: skip
    assert quote(action="bulk_export")["allowed"]
    assert not consent(in_team)["quote"]["allowed"]
    assert "Ask Olive Owner" in consent(in_team, as_member(in_team, "manager"))["refusal"]["text"]
