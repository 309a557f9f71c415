"""The wallet's page."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.caching import drop
from apps.credits.services import GrantNote, capture_hold, grant_credits, hold_credits, revoke_grant
from apps.teams.access import enter_team

from .conftest import change_plan


@pytest.fixture
def browse(client, team):
    """`browse(path)` as the owner; returns the text of the page, or of its part at `path`."""
    client.force_login(team.owner)

    def read(path: str = "", **more) -> str:
        headers = {"HX-Request": "true"} if path else {}
        answer = client.get(f"/t/{team.slug}/wallet/{path}", headers=headers, **more)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    read.client = client
    return read


def find_rows(page: str) -> list[list[str]]:
    """What each row of the ledger says: title, what about, change and balance."""
    rows = []
    for row in page.split("<tr>")[1:]:
        cells = [" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in re.findall("<td.*?</td>", row)]
        if len(cells) == 5:
            title, about = re.split(r" \d+ \w{3} \d{4} · ", cells[0])
            rows.append([title, about, *cells[3:]])
    return rows


def spend(team, key: str, **more) -> None:
    with enter_team(team):
        hold_credits(**{"action": "influencer_unlock", "key": key, "member": team.owner, **more})
        capture_hold(key=key)


def test_a_new_wallet_shows_its_plans_credits_and_no_use(browse):
    page = browse()

    assert '<p class="num mt-1 text-4xl font-semibold tracking-tight">1,000</p>' in page
    assert "Monthly credits" in page
    assert ("more with a larger plan" in page, "then 25 credits each" in page) == (False, True)
    assert "Nothing used yet this month" in page
    assert 'data-chart="usage"' not in page


def test_a_free_wallet_says_that_it_works_by_allowances(client, free_team):
    client.force_login(free_team.owner)

    page = client.get(f"/t/{free_team.slug}/wallet/").content.decode()

    assert "The Free plan works by allowances and brings no credits." in page
    assert ("more with a larger plan" in page, "credits each" in page) == (True, False)
    assert "Nothing has happened yet" in page


def test_what_was_used_is_shown_from_the_ledger(browse, team):
    change_plan(team, allowances={"influencer_unlock": 1})
    spend(team, "u1", subject=("profile", "maro.sample"))
    spend(team, "u2", subject=("profile", "<b>مرحبا</b>"))
    with enter_team(team):
        grant_credits(amount=50, origin="purchase", source_key="s")

    page = browse()

    assert 'data-chart="usage"' in page
    assert "2 in all, 25 credits spent" in page
    assert "@maro.sample" in page
    assert "@&lt;b&gt;مرحبا&lt;/b&gt;" in page
    assert "−25" in page
    assert "Does not expire" in page


def test_bought_units_stand_in_the_ledger_as_they_come_go_and_are_taken_back(browse, team):
    change_plan(team, allowances={})
    with enter_team(team):
        grant_credits(
            amount=50, origin="purchase", source_key="s", unit="influencer_unlock", note=GrantNote(reason="Top-up")
        )
    spend(team, "u1", subject=("profile", "maro.sample"))
    with enter_team(team):
        revoke_grant(source_key="s", key="back", note=GrantNote(reason="Refunded"))

    ledger = browse("ledger/")

    assert find_rows(ledger) == [
        ["Taken back profile analyses", "Refunded", "−49", "0"],
        ["Profile analysis", "@maro.sample", "0", "1,000"],
        ["Bought profile analyses", "Top-up", "+50", "50"],
        ["Monthly credits", "Standard", "+1,000", "1,000"],
    ]
    assert "Bought unit" in ledger
    assert [row[2] for row in find_rows(browse("ledger/?show=reverse"))] == ["−49"]
    file = b"".join(browse.client.get(f"/t/{team.slug}/wallet/ledger.csv")).decode()
    assert [row["amount"] for row in csv.DictReader(io.StringIO(file))] == ["-49", "0", "-1", "50", "1000"]


def test_the_ledger_is_filtered_and_goes_on(browse, team, as_member):
    member = as_member(team, full_name="Mia Member")
    for number in range(30):
        spend(team, f"u{number}", subject=("profile", f"creator{number:02}"))
    spend(team, "s", action="advanced_search", member=member, subject=("search", "coffee"))

    first = browse("ledger/?show=capture")
    assert first.count("<tr>") == 1 + 25
    assert "coffee" in first
    older = browse("ledger/?show=capture&amp;before=8".replace("&amp;", "&"))
    assert "<thead>" not in older
    assert older.count("<tr>") == 3
    assert "creator02" in older
    assert "creator03" not in older
    own = browse(f"ledger/?member={member.pk}")
    assert own.count("<tr>") == 2
    assert "No entry matches" in browse("ledger/?action=email_unlock")
    assert browse("ledger/?show=steps&action=advanced_search").count("<tr>") == 3
    assert browse("ledger/?show=nonsense&member=x&before=y").count("<tr>") == 26


def test_it_costs_fifteen_queries_with_nothing_in_the_cache(browse, team, as_member):
    change_plan(team, allowances={"influencer_unlock": 2}, monthly_credits=1_000)
    member = as_member(team, "manager", full_name="Mia Manager")
    spend(team, "two", units=2)
    spend(team, "more", units=36, member=member)
    browse()
    drop("credits:prices")
    with enter_team(team):
        drop("credits:generation", alias="team")

    with CaptureQueriesContext(connection) as queries:
        page = browse()

    assert "The profile analyses of this month are used up" in page
    assert "100 of 1,000 credits are left" in page
    assert "Mia Manager" in page
    assert len(queries) == 15


def test_strangers_find_no_wallet(client, team, other_team):
    client.force_login(team.owner)

    assert client.get(f"/t/{other_team.slug}/wallet/").status_code == 404
    assert client.get(f"/t/{other_team.slug}/wallet/ledger/").status_code == 404
