"""Searching the ledger, exporting it, its analytics, and the operator's sums."""

import csv
import io
import json

import pytest
from django.db import connection

from apps.credits.models import Entry
from apps.credits.services import GrantNote, audit_wallet, grant_credits, revoke_grant
from apps.system.models import LedgerAudit
from apps.teams.access import enter_team
from apps.teams.models import Team
from tests.support.spending import ago, spend, spend_a_while

from .conftest import change_plan

LEDGER = "/api/v1/credits/transactions"


@pytest.fixture
def busy(team, as_member):
    change_plan(team, allowances={"influencer_unlock": 2}, monthly_credits=1_000)
    team.manager = as_member(team, "manager", full_name="Mia Manager")
    with enter_team(team):
        spend_a_while(owner=team.owner, member=team.manager, months=3)
        grant_credits(amount=40, origin="adjustment", source_key="kind", note=GrantNote(reason="Sorry about Coffee"))
    return team


@pytest.fixture
def client(api, busy):
    return api(busy.owner, team=busy)


def seqs_in_sql(team, where: str, *params) -> list[int]:
    with enter_team(team), connection.cursor() as cursor:
        cursor.execute(f"SELECT seq FROM credits_entry WHERE {where} ORDER BY seq DESC", params)
        return [row[0] for row in cursor.fetchall()]


FILTERS = [
    ({"q": "COFFEE"}, "subject_label ILIKE '%%coffee%%' OR reason ILIKE '%%coffee%%'"),
    ({"q": "50%"}, "false"),
    ({"kind": "capture"}, "kind = 'capture'"),
    ({"action": "advanced_search", "kind": "hold"}, "action = 'advanced_search' AND kind = 'hold'"),
    ({"min_amount": "1"}, "amount >= 1"),
    ({"max_amount": "-15"}, "amount <= -15"),
    ({"min_amount": "-25", "max_amount": "-16"}, "amount BETWEEN -25 AND -16"),
    ({"member": "manager"}, "member_id = %s"),
    ({"to": "2020-01-01"}, "false"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "where"), FILTERS, ids=[str(given) for given, _ in FILTERS])
def test_a_search_finds_what_sql_finds(client, busy, given, where):
    params = [busy.manager.pk] if "%s" in where else []
    given = {name: busy.manager.pk if value == "manager" else value for name, value in given.items()}

    found = client.get(f"{LEDGER}/search", {**given, "page_size": 100}).json()

    assert [row["seq"] for row in found["results"]] == seqs_in_sql(busy, where, *params)


def test_a_day_of_the_end_counts_and_a_time_does_not(client, busy):
    day = ago(1)
    with enter_team(busy):
        of_day = list(Entry.objects.filter(at=day).order_by("-seq").values_list("seq", flat=True))
    assert of_day

    def find(**given) -> list[int]:
        return [row["seq"] for row in client.get(f"{LEDGER}/search", given).json()["results"]]

    assert find(**{"from": day.date(), "to": day.date()}) == of_day
    assert find(**{"from": day.isoformat(), "to": day.isoformat()}) == []
    assert find(**{"from": day.date(), "to": f"{day.date()}T00:00:01Z"}) == of_day


def test_a_search_is_paged(client, busy):
    first = client.get(f"{LEDGER}/search", {"kind": "hold", "page_size": 20}).json()
    second = client.get(first["next"]).json()

    found = [row["seq"] for row in first["results"] + second["results"]]
    assert (len(first["results"]), second["next"]) == (20, None)
    assert found == seqs_in_sql(busy, "kind = 'hold'")


@pytest.mark.parametrize(
    "given",
    [{"kind": "theft"}, {"from": "yesterday"}, {"min_amount": "much"}, {"member": "x"}, {"q": "x" * 101},
     {"max_amount": "9" * 30}],
)  # fmt: skip
@pytest.mark.parametrize("what", ["search", "export"])
def test_nonsense_is_400(client, given, what):
    answer = client.get(f"{LEDGER}/{what}", given)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")


def test_an_export_holds_all_that_a_search_finds(client, busy):
    wanted = {"kind": "capture", "max_amount": "-1"}
    expected = seqs_in_sql(busy, "kind = 'capture' AND amount <= -1")

    as_csv = client.get(f"{LEDGER}/export", wanted)
    as_json = client.get(f"{LEDGER}/export", {**wanted, "format": "json"})

    table = csv.DictReader(io.StringIO(b"".join(as_csv.streaming_content).decode("utf-8-sig")))
    assert [int(row["number"]) for row in table] == expected
    assert (as_csv["Content-Type"], as_json["Content-Type"]) == ("text/csv; charset=utf-8", "application/json")
    rows = json.loads(b"".join(as_json.streaming_content))["results"]
    assert rows == client.get(f"{LEDGER}/search", {**wanted, "page_size": 100}).json()["results"]
    assert [row["seq"] for row in rows] == expected
    assert as_json["Content-Disposition"].endswith('.json"')


def test_an_empty_export_is_whole(client):
    nothing = client.get(f"{LEDGER}/export", {"q": "nothing", "format": "json"})

    assert json.loads(b"".join(nothing.streaming_content)) == {"results": []}
    assert client.get(f"{LEDGER}/export", {"format": "xml"}).status_code == 400


def test_an_export_is_read_page_by_page(client, busy, monkeypatch):
    from apps.credits.selectors import exporting

    monkeypatch.setattr(exporting, "_ENTRIES_AT_ONCE", 7)
    rows = json.loads(b"".join(client.get(f"{LEDGER}/export", {"format": "json"}).streaming_content))["results"]

    assert [row["seq"] for row in rows] == seqs_in_sql(busy, "true")


def test_members_export_nothing(api, busy, as_member):
    answer = api(as_member(busy, "member"), team=busy).get(f"{LEDGER}/export")

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "role.forbidden")


def test_spending_is_what_the_page_shows(client, busy):
    from apps.credits.selectors import get_spending_page, read_spending_query

    told = client.get("/api/v1/credits/analytics/spending", {"months": 3}).json()

    with enter_team(busy):
        page = get_spending_page(read_spending_query({"months": "3"}))
    assert (told["units"], told["credits"]) == (page["units"], page["credits"])
    assert [(row["units"], row["credits"]) for row in told["by_month"]] == [
        (row["units"], row["credits"]) for row in page["months"]
    ]
    assert told["by_action"] == page["actions"]
    assert [row["member"] for row in told["by_member"]] == [row["member"] for row in page["members"]]
    assert sum(row["credits"] for row in told["by_member"]) == told["credits"]


def test_spending_ends_with_the_month_that_is_asked_for(client):
    last = ago(1).strftime("%Y-%m")

    told = client.get("/api/v1/credits/analytics/spending", {"months": 1, "last": last}).json()

    assert [row["month"] for row in told["by_month"]] == [last]
    assert told["units"] > 0
    for nonsense in ({"months": 0}, {"months": 25}, {"last": "2026-13"}):
        assert client.get("/api/v1/credits/analytics/spending", nonsense).status_code == 400


@pytest.mark.parametrize("path", ["analytics/spending", "usage/monthly", "dashboard"])
def test_a_member_sees_his_own_use_and_nobody_elses(api, busy, as_member, path):
    member = as_member(busy)
    with enter_team(busy):
        spend("own", member=member)

    def read(user) -> list[int]:
        told = api(user, team=busy).get(f"/api/v1/credits/{path}").json()
        return sorted({row["member"]["id"] for row in told.get("usage", told)["by_member"]})

    assert read(member) == [member.pk]
    assert read(busy.manager) == sorted([busy.owner.pk, busy.manager.pk, member.pk])


STATS = "/api/v1/credits/system/stats"


def test_the_operators_sums_are_those_of_the_ledgers(api, make_user, busy, other_team, free_team, make_team):
    gone = make_team(name="Gone")
    with enter_team(other_team):
        grant_credits(amount=300, origin="purchase", source_key="stripe:pi_1", unit="email_unlock")
        grant_credits(amount=500, origin="purchase", source_key="stripe:pi_2")
        change_plan(other_team, allowances={}, monthly_credits=0)
        spend("u", member=other_team.owner, units=202)
        revoke_grant(source_key="stripe:pi_2", key="re", note=GrantNote(reason="Refunded"))
    for team in (busy, other_team, gone):
        with enter_team(team):
            audit_wallet()
    Team.objects.filter(pk=gone.pk).update(state=Team.State.ARCHIVED)

    told = api(make_user("root@operator.example", is_superuser=True, is_staff=True)).get(STATS).json()

    sums = {"balance": 0, "held": 0, "spent": 0}
    for team in (busy, other_team):
        with enter_team(team), connection.cursor() as cursor:
            cursor.execute(
                "SELECT balance, held, (SELECT -sum(amount) FROM credits_entry WHERE kind = 'capture' AND unit ="
                " 'credits') FROM credits_wallet"
            )
            for name, number in zip(sums, cursor.fetchone(), strict=True):
                sums[name] += int(number)
    of_credits = told["credits"]
    assert told["teams"] == {"all": 3, "audited": 2, "with_credits": 1, "with_debt": 1, "with_differences": 0}
    assert (of_credits["outstanding"], of_credits["held"], of_credits["spent"]) == tuple(sums.values())
    assert of_credits["granted_by_origin"] == {"adjustment": 40, "plan": 6000, "purchase": 500}
    assert of_credits["granted"] == 6540
    assert (of_credits["reversed"], of_credits["owed"]) == (450, 50)
    assert told["units"]["email_unlock"]["outstanding"] == 300
    assert told["as_of"]["newest"] >= told["as_of"]["oldest"]


def test_without_audits_there_is_nothing_to_tell(api, make_user, team):
    told = api(make_user("root@operator.example", is_superuser=True, is_staff=True)).get(STATS).json()

    assert (told["as_of"], told["teams"]["audited"], told["credits"]["outstanding"]) == (None, 0, 0)
    assert LedgerAudit.objects.count() == 0


def test_the_sums_are_for_superadmins(api, team, make_user):
    assert api().get(STATS).status_code == 401
    assert api(team.owner).get(STATS).status_code == 403
    assert api(make_user("clerk@operator.example", is_staff=True)).get(STATS).status_code == 403


def test_the_sums_enter_no_schema(api, make_user, busy, other_team, django_assert_max_num_queries):
    client = api(make_user("root@operator.example", is_superuser=True, is_staff=True))
    with enter_team(busy):
        audit_wallet()

    with django_assert_max_num_queries(6) as queries:
        client.get(STATS)

    assert not [query for query in queries.captured_queries if "credits_" in query["sql"]]
