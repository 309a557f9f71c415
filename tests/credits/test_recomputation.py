"""Every number of the wallet, its dashboard and the spending page, against SQL over the raw rows that was written here.

The history is busy on purpose: three members, five acts, three periods, bought units, a rollover, expired and returned
lots, a refund whose debt was paid and undone, a correction, partial captures, failures, and work under way.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from apps.credits.services import (
    GrantNote,
    adjust_credits,
    bring_up_to_date,
    capture_hold,
    grant_credits,
    hold_credits,
    release_hold,
    restore_grant,
    revoke_grant,
)
from apps.teams.access import enter_team
from apps.teams.models import Team
from tests.support.spending import spend

from .conftest import change_plan

NOTE = GrantNote(reason="Refunded")
ACTS = ("influencer_unlock", "email_unlock", "advanced_search", "discovery_pagination", "post_analytics")


@pytest.fixture
def history(team, as_member, clock):
    start = timezone.now() - timedelta(days=70)
    Team.objects.filter(pk=team.pk).update(billing_anchor_at=start)
    team.refresh_from_db()
    change_plan(
        team, allowances={"influencer_unlock": 4, "email_unlock": 2}, monthly_credits=1_000, rollover_credits_max=300
    )
    team.members = [team.owner, as_member(team, "manager", full_name="Mia"), as_member(team, full_name="Max")]
    clock.tell(start)
    with enter_team(team):
        for month in range(3):
            grant_credits(amount=3 + month, origin="purchase", source_key=f"units:{month}", unit="influencer_unlock")
            use_a_month(team.members, month=month)
            if month == 1:
                take_back_and_correct(team.owner)
            if month < 2:
                clock.wait(days=31)
                bring_up_to_date()
        restore_grant(key="re_0", note=NOTE)
        leave_work_under_way(team.members, clock)
    return team


def use_a_month(members, *, month: int) -> None:
    for number in range(11 + 2 * month):
        member, action = members[number % 3], ACTS[(number + month) % 5]
        spend(
            f"{month}:{number}", member=member, action=action, units=1 + number % 3, subject=("profile", f"c{number}")
        )
    spend(f"{month}:searches", member=members[1], action="advanced_search", units=9)
    hold_credits(action="post_analytics", units=7, key=f"{month}:part", member=members[2])
    capture_hold(key=f"{month}:part", units=4)
    hold_credits(action="email_unlock", units=5, key=f"{month}:failed", member=members[0])
    release_hold(key=f"{month}:failed")


def take_back_and_correct(owner) -> None:
    grant_credits(amount=400, origin="purchase", source_key="stripe:pi_0")
    spend("dear", member=owner, units=60)
    revoke_grant(source_key="stripe:pi_0", key="re_0", note=NOTE)
    adjust_credits(amount=60, key="gift", note=NOTE)
    adjust_credits(amount=-10, key="slip", note=NOTE)


def leave_work_under_way(members, clock) -> None:
    grant_credits(amount=80, origin="adjustment", source_key="short", expires_at=clock.now + timedelta(hours=1))
    hold_credits(action="email_unlock", units=6, key="late", member=members[0])
    clock.wait(hours=2)
    release_hold(key="late")
    clock.tell(timezone.now())
    bring_up_to_date()
    hold_credits(action="influencer_unlock", units=9, key="open", member=members[1])
    hold_credits(action="advanced_search", units=2, key="open search", member=members[2])


def ask(statement: str, *params: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


PERIOD = """
SELECT max(start) FROM (
  SELECT (billing_anchor_at AT TIME ZONE 'UTC' + n * interval '1 month') AT TIME ZONE 'UTC' AS start
  FROM public.teams_team, generate_series(0, 12) AS n WHERE schema_name = current_schema()
) AS starts WHERE start <= now()
"""
# What paid for units in this period: captured acts by their last entry, open ones by their first.
TAKEN = f"""
SELECT h.state, COALESCE(SUM((d->>'units')::int), 0)
FROM credits_hold h
JOIN credits_entry e ON e.hold_id = h.id AND e.kind = CASE h.state WHEN 'held' THEN 'hold' ELSE 'capture' END
CROSS JOIN jsonb_array_elements(e.draws) d
WHERE h.state <> 'released' AND h.action = %s AND d->>'source' = %s
  AND h.created_at >= date_trunc('second', ({PERIOD}))
GROUP BY h.state
"""


def balance_in_sql(unit: str = "credits") -> dict[str, int]:
    ((balance, held),) = ask(
        "SELECT COALESCE(SUM(amount), 0), COALESCE(SUM(held_delta), 0) FROM credits_entry WHERE unit = %s", unit
    )
    return {"balance": int(balance), "held": int(held), "available": int(balance - held)}


def lots_in_sql() -> list[tuple]:
    return ask(
        "SELECT g.id, g.unit, g.origin, SUM((m->>'amount')::int), SUM((m->>'held_delta')::int), g.expires_at"
        " FROM credits_entry e CROSS JOIN jsonb_array_elements(e.grants) m"
        " JOIN credits_grant g ON g.id = (m->>'grant')::int GROUP BY g.id"
        " HAVING SUM((m->>'amount')::int) > 0 ORDER BY g.id"
    )


def count_in_sql(action: str, source: str, limit: int) -> dict[str, int]:
    taken = dict(ask(TAKEN, action, source))
    used, held = taken.get("captured", 0), taken.get("held", 0)
    return {"limit": limit, "used": used, "held": held, "remaining": max(0, limit - used - held)}


def limits_in_sql(action: str) -> tuple[int, int, int, int]:
    """The plan's allowance, the rule's free units, its list price and the paid plans'."""
    ((allowance, free, cost, own),) = ask(
        "SELECT COALESCE((v.allowances->>%s)::int, 0), r.free_per_period, r.credits,"
        " COALESCE(r.paid_plan_credits, r.credits) FROM public.teams_team t"
        " JOIN public.plans_planversion v ON v.id = t.plan_version_id"
        " JOIN public.plans_pricerule r ON r.action = %s WHERE t.schema_name = current_schema()"
        " ORDER BY r.version DESC LIMIT 1", action, action,
    )  # fmt: skip
    return allowance, free, cost, own


def sums_in_sql(group: str, *, since: str, until: str = "'infinity'") -> dict[Any, tuple[int, int]]:
    """Units from the holds, credits from the lots that paid: neither from the sums that the entries carry."""
    rows = ask(
        f"SELECT {group}, SUM(h.captured_units), COALESCE(SUM((SELECT -SUM((m->>'amount')::int)"
        " FROM jsonb_array_elements(e.grants) m)), 0)"
        " FROM credits_hold h JOIN credits_entry e ON e.hold_id = h.id AND e.kind = 'capture' AND e.unit = 'credits'"
        f" WHERE e.at >= {since} AND e.at < {until} GROUP BY 1"
    )
    return {key: (int(units), int(spent)) for key, units, spent in rows}


MONTH = "date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'"
MONTHS_AGO = "(date_trunc('month', now() AT TIME ZONE 'UTC') - interval '%d month') AT TIME ZONE 'UTC'"


def pairs(rows, name) -> dict[Any, tuple[int, int]]:
    return {name(row): (row["units"], row["credits"]) for row in rows if row["units"] or row["credits"]}


@pytest.fixture
def read(history, api):
    client = api(history.owner, team=history)
    return lambda path, **given: client.get(f"/api/v1/credits/{path}", given).json()


def test_the_history_is_busy(history):
    with enter_team(history):
        kinds = {row[0] for row in ask("SELECT DISTINCT kind FROM credits_entry")}
        origins = {row[0] for row in ask("SELECT DISTINCT origin FROM credits_grant")}
        ((acts, members),) = ask("SELECT COUNT(DISTINCT action), COUNT(DISTINCT member_id) FROM credits_hold")

    assert kinds == {"grant", "hold", "capture", "release", "expire", "rollover", "reverse", "repay"}
    assert origins == {"plan", "purchase", "adjustment", "refund", "rollover"}
    assert (acts, members) == (5, 3)


def test_balance_and_lots(history, read, client):
    client.force_login(history.owner)
    page = client.get(f"/t/{history.slug}/wallet/")
    with enter_team(history):
        expected, lots = balance_in_sql(), lots_in_sql()

    answers = [read("balance"), read("wallet/summary"), read("dashboard"), page.context["page"]["summary"]]

    assert expected["held"] > 0
    for answer in answers:
        assert {name: answer[name] for name in expected} == expected
    for answer in answers[1:]:
        shown = sorted(
            (one["id"], one["unit"], one["origin"], one["remaining"], one["held"]) for one in answer["grants"]
        )
        assert shown == [lot[:5] for lot in lots]
    assert [one["expires_at"] for one in sorted(page.context["page"]["grants"], key=lambda one: one["id"])] == [
        lot[5] for lot in lots
    ]
    assert f"{expected['available']:,}" in page.content.decode()


def test_allowances(history, read, client):
    client.force_login(history.owner)
    page = client.get(f"/t/{history.slug}/wallet/").context["page"]
    expected = {}
    with enter_team(history):
        for action in (*ACTS, "bulk_export"):
            allowance, free, cost, own = limits_in_sql(action)
            expected[action] = {
                "allowance": count_in_sql(action, "allowance", allowance),
                "free": count_in_sql(action, "free", free),
                "bought": balance_in_sql(action)["available"],
                "cost": cost,
                "your_cost": own,
            }
        ((start,),) = ask(PERIOD)

    for answer in (read("allowances")["results"], read("wallet/summary")["allowances"], page["summary"]["allowances"]):
        shown = {
            row["action"]: {name: row[name] for name in ("allowance", "free", "bought", "cost", "your_cost")}
            for row in answer
        }
        assert shown == expected
    assert expected["influencer_unlock"]["allowance"] == {"limit": 4, "used": 4, "held": 0, "remaining": 0}
    assert expected["advanced_search"]["free"]["used"] == 10
    assert read("allowances")["period"]["start"] == start.strftime("%Y-%m-%dT%H:%M:%SZ")
    bars = {row["label"]: (row["limit"], row["used"], row["held"], row["bought"]) for row in page["allowances"]}
    labels = {row["action"]: row["label"] for row in page["summary"]["allowances"]}
    for action, row in expected.items():
        counted = row["allowance"] if row["allowance"]["limit"] else row["free"]
        assert bars[labels[action]] == (counted["limit"], counted["used"], counted["held"], row["bought"])


def test_this_months_use(history, read, client):
    client.force_login(history.owner)
    page = client.get(f"/t/{history.slug}/wallet/").context["page"]["usage"]
    with enter_team(history):
        total = sums_in_sql("1", since=MONTH).get(1, (0, 0))
        by_action, by_member = sums_in_sql("e.action", since=MONTH), sums_in_sql("e.member_id", since=MONTH)
        by_day = sums_in_sql("to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD')", since=MONTH)

    for usage in (read("usage/monthly"), read("dashboard")["usage"], page):
        assert (usage["units"], usage["credits"]) == total
        assert pairs(usage["by_action"], lambda row: row["action"]) == by_action
        assert pairs(usage["by_day"], lambda row: row["date"]) == by_day
        members: dict[int, tuple[int, int]] = {}
        for row in usage["by_member"]:
            units, spent = members.get(row["member"]["id"], (0, 0))
            members[row["member"]["id"]] = units + row["units"], spent + row["credits"]
        assert members == by_member


@pytest.mark.parametrize("months", [1, 3, 6])
@pytest.mark.parametrize("measure", ["units", "credits"])
def test_spending(history, read, client, months, measure):
    since = MONTHS_AGO % (months - 1)
    client.force_login(history.owner)
    asked = {"months": months, "measure": measure}
    panel = client.get(f"/t/{history.slug}/wallet/spending/", asked, headers={"HX-Request": "true"})
    page = panel.context["spending"]
    told = read("analytics/spending", months=months)
    at = ["units", "credits"].index(measure)
    with enter_team(history):
        total = sums_in_sql("1", since=since).get(1, (0, 0))
        by_action, by_member = sums_in_sql("e.action", since=since), sums_in_sql("e.member_id", since=since)
        by_month = sums_in_sql("to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM')", since=since)
        cells = sums_in_sql("to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM') || e.action", since=since)

    assert (page["units"], page["credits"]) == (told["units"], told["credits"]) == total
    for months_shown, actions, members in (
        (page["months"], page["actions"], page["members"]),
        (told["by_month"], told["by_action"], told["by_member"]),
    ):
        assert pairs(months_shown, lambda row: row["month"]) == by_month
        assert pairs(actions, lambda row: row["action"]) == by_action
        assert pairs(members, lambda row: row["member"]["id"]) == by_member
        assert {
            row["month"] + action: (cell["units"], cell["credits"])
            for row in months_shown
            for action, cell in row["actions"].items()
        } == cells
    assert len(told["by_month"]) == months
    stacks = [sum(series["values"][place] for series in page["month_chart"]["series"]) for place in range(months)]
    assert stacks == [by_month.get(row["month"], (0, 0))[at] for row in page["months"]]
    names = {row["label"]: by_action[row["action"]][at] for row in page["actions"]}
    assert {row["label"]: row["value"] for row in page["action_chart"]["rows"]} == names
    assert sorted(row["value"] for row in page["member_chart"]["rows"]) == sorted(
        sums[at] for sums in by_member.values()
    )


def test_the_last_things_that_happened(history, read):
    with enter_team(history):
        seqs = [row[0] for row in ask(
            "SELECT seq FROM credits_entry WHERE kind IN ('grant', 'expire', 'rollover', 'reverse', 'repay', 'waive')"
            " OR kind = 'capture' AND unit = 'credits' ORDER BY seq DESC LIMIT 10"
        )]  # fmt: skip

    assert [row["seq"] for row in read("dashboard")["recent"]] == seqs
