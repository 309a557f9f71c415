"""`/api/v1/admin/`: the same services and the same trail as on the site."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.billing.models import Subscription
from apps.credits.models import Entry
from apps.credits.selectors import compute_balance
from apps.credits.tasks import roll_up_wallets
from apps.plans.models import PriceRule
from apps.plans.selectors import get_plan_version, get_price
from apps.portal.services.support import ask_support
from apps.system.models import AuditEntry, SupportRequest
from apps.teams.access import enter_team
from apps.teams.models import Team
from tests.support.spending import spend


@pytest.fixture
def operator(api, superadmin):
    """`operator("post", "teams/1/suspend", {…})`: the answer to a superadmin."""
    client = api(superadmin)

    def call(method: str, path: str, given: dict | None = None, *, key: str | None = None):
        headers = {"Idempotency-Key": key} if key else {}
        return getattr(client, method)(f"/api/v1/admin/{path}", given or {}, headers=headers)

    return call


def balance(team: Team) -> int:
    with enter_team(team):
        return compute_balance()["balance"]


def trail() -> list[tuple]:
    return list(AuditEntry.objects.order_by("id").values_list("action", "reason", "team_id"))


def test_teams_are_found_and_read(operator, team, other_team, free_team, as_member):
    as_member(team, "manager", email="mia@agency.example")

    everyone = operator("get", "teams").json()["results"]
    assert [one["slug"] for one in everyone] == [free_team.slug, other_team.slug, team.slug]
    assert [one["slug"] for one in operator("get", "teams", {"plan": "premium"}).json()["results"]] == [other_team.slug]
    assert [one["slug"] for one in operator("get", "teams", {"search": "MIA@"}).json()["results"]] == [team.slug]
    assert operator("get", "teams", {"state": "suspended"}).json() == {"results": [], "next": None}
    assert operator("get", "teams", {"state": "lost"}).status_code == 400

    one = operator("get", f"teams/{team.pk}").json()
    assert (one["owner"], one["members"], one["plan"], one["subscription"]) == (team.owner.email, 2, "standard", None)
    assert [(person["email"], person["role"]) for person in one["people"]] == [
        (team.owner.email, "owner"), ("mia@agency.example", "manager"),
    ]  # fmt: skip
    assert operator("get", "teams/999999").json()["error"]["code"] == "team.not_found"


def test_a_list_of_teams_takes_as_many_queries_for_three_as_for_one(
    operator, team, make_team, django_assert_max_num_queries
):
    make_team("free"), make_team("premium")
    with django_assert_max_num_queries(4):
        assert len(operator("get", "teams").json()["results"]) == 3


def test_credits_are_granted_once_for_one_key_and_revoked(operator, team, superadmin):
    given = {"amount": 300, "reason": "A lost week"}
    first = operator("post", f"teams/{team.pk}/credits/grant", given, key="attempt-0001")
    again = operator("post", f"teams/{team.pk}/credits/grant", given, key="attempt-0001")

    assert (first.status_code, first.json()) == (200, {"unit": "credits", "amount": 300})
    assert (again.json(), again["Idempotent-Replay"]) == (first.json(), "true")
    assert balance(team) == 1_300
    answer = operator("post", f"teams/{team.pk}/credits/revoke", {"amount": 5_000, "reason": "By mistake"})
    assert (answer.json(), balance(team)) == ({"unit": "credits", "amount": 1_300}, 0)
    with enter_team(team):
        assert Entry.objects.get(kind="reverse").member_id == superadmin.pk
    assert trail() == [("credits.grant", "A lost week", team.pk), ("credits.revoke", "By mistake", team.pk)]


@pytest.mark.parametrize(
    "given",
    [
        {"amount": 5}, {"amount": 0, "reason": "x"}, {"amount": 5, "reason": " "}, {"reason": "x"},
        {"amount": "many", "reason": "x"}, {"amount": 5, "reason": "x", "unit": "unicorns"},
        {"amount": 5, "reason": "x", "expires_at": "2020-01-01T00:00:00Z"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_400_and_changes_nothing(operator, team, given):
    answer = operator("post", f"teams/{team.pk}/credits/grant", given)

    assert (answer.status_code, balance(team), trail()) == (400, 1_000, [])


def test_a_plan_by_transfer_and_free_again(operator, free_team):
    until = timezone.now() + timedelta(days=60)
    given = {"plan": "premium", "interval": "year", "paid_until": until.isoformat(), "reason": "Order 17"}
    answer = operator("post", f"teams/{free_team.pk}/plan", given).json()
    assert (answer["plan"], answer["subscription"]["provider"], answer["subscription"]["price_cents"]) == (
        "premium", "manual", get_plan_version("premium").price_year_cents,
    )  # fmt: skip

    assert operator("post", f"teams/{free_team.pk}/plan", {"plan": "free", "reason": "Ended"}).json()["plan"] == "free"
    assert Subscription.objects.get().status == "canceled"
    assert [action for action, *_ in trail()] == ["team.plan", "team.plan"]


def test_a_paid_plan_needs_its_date_and_stripes_is_stripes(operator, free_team):
    assert operator("post", f"teams/{free_team.pk}/plan", {"plan": "premium", "reason": "x"}).status_code == 400
    until = (timezone.now() + timedelta(days=60)).isoformat()
    given = {"plan": "premium", "paid_until": until, "reason": "x"}
    operator("post", f"teams/{free_team.pk}/plan", given)
    Subscription.objects.update(provider="stripe")

    answer = operator("post", f"teams/{free_team.pk}/plan", {"plan": "free", "reason": "x"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "billing.stripe")


def test_a_team_is_suspended_opened_and_given_proposals(operator, team):
    why = {"reason": "Asked for"}
    assert operator("post", f"teams/{team.pk}/suspend", why).json()["state"] == "suspended"
    assert operator("post", f"teams/{team.pk}/unsuspend", why).json()["state"] == "active"
    assert operator("post", f"teams/{team.pk}/proposals/grant", why).json()["proposals_unlocked_at"] is not None
    assert operator("post", f"teams/{team.pk}/proposals/revoke", why).json()["proposals_unlocked_at"] is None
    assert operator("post", "teams/999999/suspend", why).status_code == 404
    Team.objects.filter(pk=team.pk).update(state="archived")
    assert operator("post", f"teams/{team.pk}/suspend", why).json()["error"]["code"] == "team.archived"

    assert [action for action, *_ in trail()] == [
        "team.suspend", "team.unsuspend", "proposals.grant", "proposals.revoke",
    ]  # fmt: skip


def test_users_are_found_closed_and_opened(operator, team, superadmin):
    (found,) = operator("get", "users", {"search": "olive"}).json()["results"]
    assert (found["email"], found["is_active"], "password" in found) == (team.owner.email, True, False)

    closed = operator("post", f"users/{found['id']}/deactivate", {"reason": "Left"}).json()
    assert (closed["is_active"], [place["slug"] for place in closed["teams"]]) == (False, [team.slug])
    assert [one["id"] for one in operator("get", "users", {"is_active": "false"}).json()["results"]] == [found["id"]]
    assert operator("post", f"users/{found['id']}/activate", {"reason": "Back"}).json()["is_active"] is True
    answer = operator("post", f"users/{superadmin.pk}/deactivate", {"reason": "Oops"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "user.protected")
    assert operator("get", "users/999999").json()["error"]["code"] == "user.not_found"


def test_a_price_is_drafted_edited_and_published(operator, db):
    rule = get_price("email_unlock")
    draft = operator("post", f"price-rules/{rule.pk}/next", {"reason": "Dearer upstream"}).json()
    assert (draft["version"], draft["published_at"], draft["credits"]) == (rule.version + 1, None, 10)
    assert operator("patch", f"price-rules/{rule.pk}", {"credits": 1}).json()["error"]["code"] == "version.published"

    assert operator("patch", f"price-rules/{draft['id']}", {"credits": 12}).json()["credits"] == 12
    assert get_price("email_unlock").credits == 10
    published = operator("post", f"price-rules/{draft['id']}/publish", {"reason": "As announced"}).json()

    assert (published["published_at"] is not None, get_price("email_unlock").credits) == (True, 12)
    assert PriceRule.objects.get(pk=rule.pk).credits == 10
    assert [action for action, *_ in trail()] == ["version.draft", "version.edit", "version.publish"]
    listed = operator("get", "price-rules", {"page_size": 100}).json()["results"]
    assert [one["version"] for one in listed if one["action"] == "email_unlock"] == [2, 1]
    assert operator("get", "price-rules/999999").json()["error"]["code"] == "version.not_found"


def test_a_plan_is_drafted_and_published_and_nobody_is_moved(operator, team):
    version = get_plan_version("standard")
    draft = operator("post", f"plans/{version.pk}/next", {"reason": "New year"}).json()
    operator("patch", f"plans/{draft['id']}", {"seats": 3, "allowances": {"influencer_unlock": 600}})
    operator("post", f"plans/{draft['id']}/publish", {"reason": "New year"})

    assert (get_plan_version("standard").seats, get_plan_version("standard").allowances) == (
        3,
        {"influencer_unlock": 600},
    )
    assert Team.objects.get(pk=team.pk).plan_version_id == version.pk
    assert operator("patch", f"plans/{draft['id']}", {"seats": 0}).status_code == 400
    assert operator("get", f"plans/{draft['id']}").json()["number"] == version.number + 1


def test_the_trail_is_read_and_filtered(operator, team, other_team):
    operator("post", f"teams/{team.pk}/suspend", {"reason": "One"})
    operator("post", f"teams/{other_team.pk}/suspend", {"reason": "Two"})

    (row,) = operator("get", "audit-log", {"team": team.pk, "action": "team.suspend"}).json()["results"]

    assert (row["actor"], row["reason"], row["before"], row["after"]) == (
        "root@operator.example", "One", {"state": "active"}, {"state": "suspended"},
    )  # fmt: skip
    assert [one["reason"] for one in operator("get", "audit-log").json()["results"]] == ["Two", "One"]


def test_support_is_answered_and_closed(operator, team):
    asked = ask_support(team.memberships.get(), subject="Invoice", category="billing", text="Where is it?")

    (row,) = operator("get", "support", {"state": "open"}).json()["results"]
    assert (row["id"], row["team"], row["messages"][0]["text"]) == (asked.pk, team.pk, "Where is it?")
    assert operator("post", f"support/{asked.pk}/answer", {"text": "Here."}).json()["state"] == "answered"
    assert operator("post", f"support/{asked.pk}/close").json()["state"] == "closed"
    assert operator("post", "support/999999/close").json()["error"]["code"] == "support.not_found"
    assert SupportRequest.objects.get().messages.last().from_staff
    assert [action for action, *_ in trail()] == ["support.answer", "support.close"]


def test_usage_over_all_teams(operator, team, other_team, run_jobs):
    for one, units in ((team, 2), (other_team, 3)):
        with enter_team(one):
            spend("k", member=one.owner, units=units)
    roll_up_wallets()
    run_jobs()

    months = operator("get", "statistics/usage", {"months": 2}).json()["months"]

    assert [month["month"] for month in months][-1] == timezone.now().strftime("%Y-%m")
    (used,) = months[1]["actions"]
    assert (used["units"], used["teams"], months[1]["units"], months[0]["actions"]) == (5, 2, 5, [])
