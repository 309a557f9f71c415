"""Every number of the spending page is what SQL says about the raw entries."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from apps.credits.selectors import get_spending, get_spending_page, read_spending_query
from apps.credits.selectors.periods import get_month
from apps.credits.selectors.pricing import get_labels
from apps.teams.access import enter_team
from tests.support.spending import ago, spend, spend_a_while

from .conftest import change_plan


@pytest.fixture
def busy(team, as_member):
    """A team whose members spent on several acts in four months, by allowance, bought units and credits."""
    change_plan(team, allowances={"influencer_unlock": 2}, monthly_credits=1_000)
    member = as_member(team, "manager", full_name="Mia Manager")
    with enter_team(team):
        spend_a_while(owner=team.owner, member=member, months=4)
    return team


def sums_in_sql(groups: str, *, since: datetime, until: datetime) -> dict:
    """Units and credits of captures, from the holds for the units and from the entries for the credits."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {groups}, SUM(h.captured_units), SUM((SELECT -SUM(x.amount) FROM credits_entry x"
            " WHERE x.hold_id = h.id AND x.unit = 'credits'))"
            " FROM credits_hold h JOIN credits_entry e ON e.hold_id = h.id"
            " WHERE e.kind = 'capture' AND e.unit = 'credits' AND e.at >= %s AND e.at < %s GROUP BY 1",
            [since, until],
        )
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def test_every_sum_is_what_sql_says(busy):
    with enter_team(busy):
        span = {"since": ago(2) - timedelta(days=3), "until": get_month(at=timezone.now()).end}
        found = get_spending(**span)

        by_action = {row["action"]: (row["units"], row["credits"]) for row in found["by_action"]}
        by_member = {row["member"]["id"]: (row["units"], row["credits"]) for row in found["by_member"]}
        by_month = {row["month"]: (row["units"], row["credits"]) for row in found["by_month"] if row["units"]}
        assert by_action == sums_in_sql("e.action", **span)
        assert by_member == sums_in_sql("e.member_id", **span)
        assert by_month == sums_in_sql("to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM')", **span)
        assert len(by_month) == 3
        for rows in (by_action, by_member, by_month):
            assert sum(units for units, _ in rows.values()) == found["units"]
            assert sum(credits for _, credits in rows.values()) == found["credits"]
        outside = sums_in_sql("1", since=datetime(2000, 1, 1, tzinfo=UTC), until=span["since"])
        assert outside[1][0] > 0


def test_charts_hold_the_numbers_of_their_tables(busy):
    with enter_team(busy):
        page = get_spending_page(read_spending_query({"months": "3", "measure": "credits"}))

    assert page["credits"] == sum(row["credits"] for row in page["months"])
    assert [row["value"] for row in page["action_chart"]["rows"]] == [row["credits"] for row in page["actions"]]
    assert {row["label"]: row["value"] for row in page["member_chart"]["rows"]} == {
        row["label"]: row["credits"] for row in page["members"]
    }
    stacked = [sum(series["values"][at] for series in page["month_chart"]["series"]) for at in range(3)]
    assert stacked == [row["credits"] for row in page["months"]]


def test_queries_do_not_grow_with_the_ledger(busy, django_assert_num_queries):
    with enter_team(busy):
        get_labels()  # the price list, which is cached for all teams
        with django_assert_num_queries(2):
            get_spending(since=ago(5), until=timezone.now())


def test_a_new_act_counts_at_once(busy, django_capture_on_commit_callbacks):
    with enter_team(busy):
        before = get_spending_page(read_spending_query({}))["units"]
        with django_capture_on_commit_callbacks(execute=True):
            spend("later", member=busy.owner)

        assert get_spending_page(read_spending_query({}))["units"] == before + 1


def test_the_file_holds_what_the_filters_find(busy, client, as_member):
    client.force_login(busy.owner)
    address = f"/t/{busy.slug}/wallet/ledger.csv"

    rows = read_file(client.get(address))
    assert len(rows) == 2 + 9 + 12 + 1 + 3  # what came, what was spent, and the three bought units that it took
    for unit, balance in (("credits", 840), ("influencer_unlock", 0)):
        own = [row for row in rows if row["unit"] == unit]
        assert (sum(int(row["amount"]) for row in own), own[0]["balance_after"]) == (balance, str(balance))
    searches = read_file(client.get(address, {"action": "advanced_search", "q": "COFFEE"}))
    assert [row["subject"] for row in searches] == ["'=coffee"] * 12
    assert {row["member"] for row in searches} == {"Mia Manager"}
    today = timezone.now().date()
    before = read_file(client.get(address, {"to": str(today - timedelta(days=1))}))
    since = read_file(client.get(address, {"from": str(today), "to": str(today)}))
    assert before + since
    assert sorted(before + since, key=lambda row: -int(row["number"])) == rows
    assert {row["time"] < str(today) for row in before} == {True}
    assert len(read_file(client.get(address, {"show": "steps"}))) > len(rows)
    assert read_file(client.get(address, {"q": "50%"})) == []

    client.force_login(as_member(busy, "member"))
    assert client.get(address).status_code == 403


def read_file(answer) -> list[dict]:
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer["Content-Disposition"].endswith('.csv"')
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_members_see_no_spending_of_others(busy, client, as_member):
    address = f"/t/{busy.slug}/wallet/spending/"
    client.force_login(as_member(busy, "member"))
    assert "By member" not in client.get(address, headers={"HX-Request": "true"}).content.decode()
    client.force_login(busy.owner)
    page = client.get(address, {"months": "12", "measure": "credits"}, headers={"HX-Request": "true"})

    assert "By member" in page.content.decode()
    assert len(page.context["spending"]["months"]) == 12


@pytest.mark.parametrize("given", [{"months": "7"}, {"months": "x"}, {"measure": "money"}])
def test_nonsense_is_the_default(given):
    assert read_spending_query(given) == read_spending_query({})
