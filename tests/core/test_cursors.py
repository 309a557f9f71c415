"""Places in lists that somebody made up: as unknown as a broken one, in every list."""

import base64

import pytest

# By a number, by a moment, by a column that the list computes.
LISTS = [
    "teams/", "teams/members", "teams/support", "jobs/", "credits/transactions", "credits/transactions/search",
    "billing/invoices", "billing/topups", "discovery/unlocked", "discovery/history",
]  # fmt: skip
NOWHERE = ["p=abc", "p=%00", "p=", "p=NaN", "r=1&p=abc", "p=%ED%A0%80", "p=1e5", "p=0001-01-01T00:00:00%2B23:59"]
SOMEWHERE = {"p=1": "p=2026-11-22", "p=999999999999999999999": "p=9999-12-31T23:59:59%2B23:59"}


def visit(client, path: str, cursor: str) -> tuple[int, str]:
    answer = client.get(f"/api/v1/{path}", {"cursor": base64.b64encode(cursor.encode()).decode()})
    return answer.status_code, answer.json().get("error", {}).get("code", "")


@pytest.mark.parametrize("path", LISTS)
def test_a_place_that_is_none_is_404(api, team, path):
    client = api(team.owner, team=team)

    assert {visit(client, path, cursor) for cursor in NOWHERE} == {(404, "not_found")}


@pytest.mark.parametrize("path", LISTS)
def test_any_place_of_the_right_kind_is_one(api, team, path):
    client = api(team.owner, team=team)
    numbers, moments = ([visit(client, path, one) for one in kind] for kind in (SOMEWHERE, SOMEWHERE.values()))

    assert [(200, "")] * 2 in (numbers, moments)
