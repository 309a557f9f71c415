"""`/api/v1/credits/` and the limits of members."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.credits.models import Entry, Wallet
from apps.credits.services import capture_hold, grant_credits, hold_credits
from apps.teams.access import enter_team
from apps.teams.models import Membership

from .conftest import change_plan, give, switch_plan


@pytest.fixture
def client(api, team):
    return api(team.owner, team=team)


def spend(team, key: str, **more) -> None:
    with enter_team(team):
        hold_credits(**{"action": "influencer_unlock", "key": key, "member": team.owner, **more})
        capture_hold(key=key)


def test_the_balance_counts_a_period_nobody_noticed_yet(client):
    assert client.get("/api/v1/credits/balance").json() == {
        "balance": 1000,
        "held": 0,
        "available": 1000,
        "unit": "credits",
    }


def test_the_transactions_sum_up_to_the_balance(client, team):
    change_plan(team, allowances={})
    spend(team, "unlock:1", subject=("profile", "maro.sample"))
    with enter_team(team):
        hold_credits(action="influencer_unlock", key="unlock:2", member=team.owner)

    rows = client.get("/api/v1/credits/transactions").json()["results"]
    balance = client.get("/api/v1/credits/balance").json()

    assert balance == {"balance": 975, "held": 25, "available": 950, "unit": "credits"}
    assert sum(row["amount"] for row in rows) == 975
    assert sum(row["held_delta"] for row in rows) == 25
    spent = rows[1]
    assert (spent["kind"], spent["action"], spent["amount"], spent["held_delta"], spent["balance_after"]) == (
        "capture",
        "influencer_unlock",
        -25,
        -25,
        975,
    )
    assert spent["subject"] == {"type": "profile", "label": "maro.sample"}
    assert spent["member"] == {"id": team.owner.pk, "name": "Olive Owner"}
    assert [(part["origin"], part["amount"]) for part in spent["grants"]] == [("plan", -25)]


def test_transactions_are_paged_and_filtered(client, team, as_member):
    member = as_member(team)
    for number in range(4):
        spend(team, f"unlock:{number}")
    spend(team, "search:1", action="advanced_search", member=member)

    first = client.get("/api/v1/credits/transactions?page_size=7").json()
    second = client.get(first["next"]).json()
    seqs = [row["seq"] for row in first["results"] + second["results"]]
    assert seqs == list(range(11, 0, -1))
    assert second["next"] is None

    def find(query: str) -> list:
        return client.get(f"/api/v1/credits/transactions?{query}").json()["results"]

    assert len(find("kind=capture")) == 5
    assert [row["action"] for row in find(f"member={member.pk}")] == ["advanced_search", "advanced_search"]
    assert len(find("action=influencer_unlock&kind=hold")) == 4
    assert find("until=2020-01-01") == []
    assert len(find("since=2020-01-01T00:00:00Z")) == 11
    assert client.get("/api/v1/credits/transactions?kind=theft").status_code == 400
    assert client.get("/api/v1/credits/transactions?since=yesterday").status_code == 400


def test_a_change_is_seen_the_moment_after(client, team, django_capture_on_commit_callbacks):
    change_plan(team, allowances={})
    paths = ["balance", "wallet/summary", "transactions", "usage/monthly", "dashboard"]
    before = {path: client.get(f"/api/v1/credits/{path}").json() for path in paths}

    with django_capture_on_commit_callbacks(execute=True):
        spend(team, "unlock:1")

    after = {path: client.get(f"/api/v1/credits/{path}").json() for path in paths}
    assert all(before[path] != after[path] for path in paths)
    assert after["balance"]["balance"] == after["wallet/summary"]["balance"] == after["dashboard"]["balance"] == 975
    assert after["usage/monthly"]["credits"] == 25


def test_the_cached_balance_asks_the_database_nothing_of_the_wallet(client):
    client.get("/api/v1/credits/balance")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/api/v1/credits/balance")

    assert not [query for query in queries.captured_queries if "credits_" in query["sql"]]


@pytest.mark.parametrize(
    ("path", "limit"),
    [("wallet/summary", 8), ("dashboard", 12), ("transactions", 5), ("usage/monthly", 3), ("allowances", 6)],
)
def test_a_page_costs_a_bounded_number_of_queries(client, team, path, limit):
    for number in range(12):
        spend(team, f"unlock:{number}")
    client.get("/api/v1/credits/balance")
    client.get("/api/v1/credits/pricing")

    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/api/v1/credits/{path}").status_code == 200

    own = ("credits_", "clock_timestamp", "plans_pricerule", '"accounts_user"."id" IN')
    statements = [query["sql"] for query in queries.captured_queries if any(part in query["sql"] for part in own)]
    assert len(statements) <= limit, statements


def test_a_quote_does_not_write(client, team):
    with enter_team(team):
        before = Wallet.objects.count(), Entry.objects.count()

    quote = client.get("/api/v1/credits/can-perform/influencer_unlock").json()

    assert quote == {
        "action": "influencer_unlock",
        "units": 1,
        "draws": [{"source": "allowance", "units": 1, "credits": 0}],
        "credits": 0,
        "allowed": True,
    }
    with enter_team(team):
        assert (Wallet.objects.count(), Entry.objects.count()) == before == (0, 0)


def test_a_quote_beyond_the_allowance_is_in_credits(client, team):
    change_plan(team, allowances={"influencer_unlock": 2}, monthly_credits=40)

    assert client.get("/api/v1/credits/can-perform/influencer_unlock?units=4").json() == {
        "action": "influencer_unlock",
        "units": 4,
        "draws": [
            {"source": "allowance", "units": 2, "credits": 0},
            {"source": "credits", "units": 2, "credits": 50},
        ],
        "credits": 50,
        "allowed": False,
        "reason": "credits.insufficient",
        "missing": {"units": 1, "credits": 10},
    }


def test_a_free_team_is_told_that_its_allowance_is_used(api, free_team):
    client = api(free_team.owner, team=free_team)

    quote = client.get("/api/v1/credits/can-perform/influencer_unlock?units=6").json()

    assert (quote["allowed"], quote["reason"], quote["missing"]) == (
        False,
        "plan.allowance_used",
        {"units": 1, "credits": 25},
    )
    locked = client.get("/api/v1/credits/can-perform/email_unlock").json()
    assert (locked["allowed"], locked["reason"]) == (False, "plan.feature_not_included")


def test_quotes_asked_together_are_paid_together(client, team):
    change_plan(team, allowances={"influencer_unlock": 1}, monthly_credits=40)

    answer = client.post(
        "/api/v1/credits/pricing/calculate",
        {"actions": [{"action": "influencer_unlock", "units": 2}, {"action": "influencer_unlock", "units": 1}]},
    ).json()

    assert [quote["credits"] for quote in answer["quotes"]] == [25, 25]
    assert [quote["allowed"] for quote in answer["quotes"]] == [True, False]
    assert answer["quotes"][1]["missing"] == {"units": 1, "credits": 10}
    assert (answer["credits"], answer["allowed"]) == (50, False)


def test_unknown_actions_are_404(client):
    unknown = {"actions": [{"action": "world_domination", "units": 1}]}

    assert client.get("/api/v1/credits/can-perform/world_domination").json()["error"]["code"] == "price.not_found"
    assert client.get("/api/v1/credits/pricing/world_domination").status_code == 404
    assert client.post("/api/v1/credits/pricing/calculate", unknown).status_code == 404
    assert client.post("/api/v1/credits/pricing/calculate", {"actions": []}).status_code == 400


def test_prices_show_the_list_price_and_ones_own(client, api, free_team):
    rows = {row["action"]: row for row in client.get("/api/v1/credits/pricing").json()["results"]}
    free = api(free_team.owner, team=free_team).get("/api/v1/credits/pricing/bulk_export").json()

    assert {action: (row["cost"], row["your_cost"], row["free_per_period"]) for action, row in rows.items()} == {
        "advanced_search": (15, 15, 10),
        "bulk_export": (50, 0, 1),
        "discovery_pagination": (10, 10, 5),
        "email_unlock": (10, 10, 0),
        "influencer_unlock": (25, 25, 0),
        "post_analytics": (5, 5, 0),
    }
    assert (free["your_cost"], free["included"]) == (50, False)


def test_a_changed_price_is_seen_the_moment_after(client, django_capture_on_commit_callbacks):
    from apps.plans.models import PriceRule

    client.get("/api/v1/credits/pricing")
    with django_capture_on_commit_callbacks(execute=True):
        rule = PriceRule.objects.filter(action="influencer_unlock").order_by("-version").first()
        rule.pk, rule.version, rule.credits = None, rule.version + 1, 30
        rule.save(force_insert=True)

    assert client.get("/api/v1/credits/pricing/influencer_unlock").json()["cost"] == 30


def test_the_wallet_is_created_once(client):
    first = client.post("/api/v1/credits/wallet/create")
    second = client.post("/api/v1/credits/wallet/create")

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json() == {"balance": 1000, "held": 0, "available": 1000, "unit": "credits"}


def test_the_summary_shows_grants_with_their_end(client, team):
    with enter_team(team):
        grant_credits(amount=200, origin="purchase", source_key="stripe:1")

    summary = client.get("/api/v1/credits/wallet/summary").json()

    assert summary["plan"] == {"code": "standard", "name": "Standard", "monthly_credits": 1000}
    assert [(grant["origin"], grant["remaining"], grant["expires_at"]) for grant in summary["grants"]] == [
        ("plan", 1000, summary["period"]["end"]),
        ("purchase", 200, None),
    ]
    allowance = {row["action"]: row["allowance"] for row in summary["allowances"]}["influencer_unlock"]
    assert allowance == {"limit": 500, "used": 0, "held": 0, "remaining": 500}


def test_allowances_tell_used_from_under_way(client, team):
    spend(team, "unlock:1")
    with enter_team(team):
        hold_credits(action="influencer_unlock", key="unlock:2", member=team.owner)
        hold_credits(action="advanced_search", key="search", member=team.owner)

    rows = {row["action"]: row for row in client.get("/api/v1/credits/allowances").json()["results"]}

    assert rows["influencer_unlock"]["allowance"] == {"limit": 500, "used": 1, "held": 1, "remaining": 498}
    assert rows["advanced_search"]["free"] == {"limit": 10, "used": 0, "held": 1, "remaining": 9}


def test_use_is_told_by_action_member_and_day(client, team, as_member):
    change_plan(team, allowances={"influencer_unlock": 1})
    member = as_member(team, full_name="Mia Member")
    spend(team, "unlock:1")
    spend(team, "unlock:2")
    spend(team, "unlock:3", member=member)

    usage = client.get("/api/v1/credits/usage/monthly").json()

    assert (usage["units"], usage["credits"]) == (3, 50)
    assert usage["by_action"] == [
        {"action": "influencer_unlock", "label": usage["by_action"][0]["label"], "units": 3, "credits": 50}
    ]
    assert [(row["member"]["name"], row["units"], row["credits"]) for row in usage["by_member"]] == [
        ("Mia Member", 1, 25),
        ("Olive Owner", 2, 25),
    ]
    assert sum(day["credits"] for day in usage["by_day"]) == 50
    assert client.get("/api/v1/credits/usage/monthly?month=2024-02").json()["by_day"][28]["date"] == "2024-02-29"
    assert client.get("/api/v1/credits/usage/monthly?month=2024-13").status_code == 400
    team_usage = client.get("/api/v1/teams/usage").json()
    assert team_usage == {"month": usage["month"], "results": usage["by_member"]}


def test_a_member_has_one_id_everywhere(client, team, as_member):
    as_member(team)  # so that users and memberships do not count in step
    member = as_member(team, full_name="Mia Member")
    Membership.objects.filter(user=member).update(id=member.pk + 1000)
    spend(team, "unlock:1", member=member)

    members = {row["full_name"]: row["id"] for row in client.get("/api/v1/teams/members").json()["results"]}
    usage = client.get("/api/v1/teams/usage").json()["results"][0]["member"]
    entry = client.get("/api/v1/credits/transactions").json()["results"][0]["member"]
    limits = client.get(f"/api/v1/teams/members/{members['Mia Member']}/limits")

    assert usage["id"] == entry["id"] == members["Mia Member"] == member.pk
    assert limits.status_code == 200
    assert client.get(f"/api/v1/teams/members/{10**30}/limits").status_code == 404


def test_limits_are_set_by_admins_and_bind(client, api, team, as_member):
    member = as_member(team)
    place = Membership.objects.get(team=team, user=member)
    path = f"/api/v1/teams/members/{place.user_id}/limits"

    answer = client.put(path, {"limits": {"influencer_unlock": 1, "credits": 500}})

    assert answer.status_code == 200
    assert answer.json()["limits"] == {"influencer_unlock": 1, "credits": 500}
    spend(team, "unlock:1", member=member)
    assert client.get(path).json()["used"] == {"influencer_unlock": 1, "credits": 0}
    own = api(member, team=team)
    quote = own.get("/api/v1/credits/can-perform/influencer_unlock").json()
    assert (quote["allowed"], quote["reason"]) == (False, "member.cap_reached")
    refused = own.put(path, {"limits": {}})
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "role.forbidden")
    assert client.put(path, {"limits": {}}).json()["limits"] == {}


@pytest.mark.parametrize("limits", [{"world_domination": 1}, {"credits": -1}, {"credits": "many"}, ["credits"], None])
def test_nonsense_limits_are_400(client, team, limits):
    place = Membership.objects.get(team=team, user=team.owner)

    answer = client.put(f"/api/v1/teams/members/{place.user_id}/limits", {"limits": limits})

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")


def test_a_foreign_members_limits_are_404(client, other_team):
    place = Membership.objects.get(team=other_team, user=other_team.owner)

    assert client.get(f"/api/v1/teams/members/{place.user_id}/limits").status_code == 404
    assert client.put(f"/api/v1/teams/members/{place.user_id}/limits", {"limits": {}}).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["balance", "wallet/summary", "dashboard", "allowances", "transactions", "usage/monthly", "pricing"],
)
def test_a_team_is_a_wall(api, team, other_team, path):
    with enter_team(other_team):
        give(777)

    assert api(team.owner, team=other_team).get(f"/api/v1/credits/{path}").status_code == 404
    assert "777" not in api(team.owner, team=team).get(f"/api/v1/credits/{path}").content.decode()
    assert api().get(f"/api/v1/credits/{path}").status_code == 401


def test_a_plan_that_was_upgraded_shows_its_credits(client, team):
    switch_plan(team, "premium")

    assert client.get("/api/v1/credits/balance").json()["balance"] == 5000


@pytest.mark.parametrize(
    "path",
    [
        "can-perform/%00",
        "can-perform/a.b",
        "pricing/%F0%9F%92%A9",
        "transactions?cursor=nonsense",
        "transactions?member=99999999999999999999",
        "transactions?action=%00",
        "can-perform/influencer_unlock?units=0",
        "can-perform/influencer_unlock?units=1e9",
        "usage/monthly?month=0000-01",
        "usage/monthly?month=9999-12",
    ],
)
def test_nonsense_is_refused_and_breaks_nothing(client, path):
    assert client.get(f"/api/v1/credits/{path}").status_code in {400, 404}
