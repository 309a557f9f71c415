"""The revenue page and its API: who may look, and that both say what the recount says."""

import json
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from apps.billing.services import roll_up_revenue
from tests.billing.revenue import history as written
from tests.billing.revenue.recount import recount


@pytest.fixture
def history(make_team):
    written.write_history(make_team)
    roll_up_revenue()


def this_month(currency: str) -> dict:
    now = timezone.now()
    return recount(currency, datetime(now.year, now.month, 1, tzinfo=UTC), now)


ADDRESS = "/api/v1/admin/statistics/revenue"


def test_the_answer_is_the_current_month_and_those_before(history, api, superadmin):
    answer = api(superadmin).get(ADDRESS, {"currency": "EUR", "months": 3}).json()

    assert {name: answer[name] for name in this_month("EUR")} == this_month("EUR")
    assert (answer["currency"], answer["currencies"], len(answer["months"])) == ("EUR", ["USD", "EUR"], 3)
    assert answer["months"][-1] == this_month("EUR")
    assert (answer["outstanding"], answer["outstanding_counted_at"]) == ([], None)


def test_without_a_currency_it_is_the_one_most_teams_pay_in(history, api, superadmin):
    answer = api(superadmin).get(ADDRESS).json()

    assert (answer["currency"], answer["mrr_cents"]) == ("USD", 119_620)
    assert len(answer["months"]) == 12


def test_a_currency_that_nobody_pays_in_is_all_zeros(history, api, superadmin):
    answer = api(superadmin).get(ADDRESS, {"currency": "AED"}).json()

    assert (answer["currency"], answer["mrr_cents"], answer["paying_teams"], answer["arpa_cents"]) == (
        "AED",
        0,
        0,
        None,
    )


@pytest.mark.parametrize("given", [{"months": 0}, {"months": 61}, {"months": "x"}, {"currency": "usd"}])
def test_nonsense_is_400(api, superadmin, given):
    answer = api(superadmin).get(ADDRESS, given)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")


def read_rows(page, title: str) -> list[dict[str, str]]:
    (table,) = [one["table"] for one in page.context["tables"] if one["title"].startswith(title)]
    return [dict(zip(table["headers"], row, strict=True)) for row in table["rows"]]


def money(cents: int | None) -> str:
    return "–" if cents is None else f"{cents / 100:,.2f}"


def percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.2f} %"


@pytest.mark.parametrize("currency", ["USD", "EUR"])
def test_every_cell_of_the_page_equals_the_recount(history, client, superadmin, currency):
    client.force_login(superadmin)
    page = client.get("/admin/revenue/", {"currency": currency, "months": "24"})
    assert page.status_code == 200

    recurring, once = read_rows(page, "Recurring"), read_rows(page, "Top-ups")
    assert len(recurring) == len(once) == 24
    for row, sold in zip(recurring, once, strict=True):
        start = datetime.strptime(row["Month"], "%Y-%m").replace(tzinfo=UTC)
        end = datetime(start.year + start.month // 12, start.month % 12 + 1, 1, tzinfo=UTC)
        found = recount(currency, start, end)
        assert row == {
            "Month": found["month"],
            "MRR": money(found["mrr_cents"]),
            "New": money(found["new_mrr_cents"]),
            "Expansion": money(found["expansion_mrr_cents"]),
            "Contraction": money(found["contraction_mrr_cents"]),
            "Churned": money(found["churned_mrr_cents"]),
            "Reactivated": money(found["reactivated_mrr_cents"]),
            "Teams": str(found["paying_teams"]),
            "Won": str(found["teams_won"]),
            "Lost": str(found["teams_lost"]),
            "Churn rate": percent(found["churn_rate"]),
            "MRR churn": percent(found["mrr_churn_rate"]),
            "ARPA": money(found["arpa_cents"]),
        }
        assert sold == {
            "Month": found["month"],
            "Top-up revenue": money(found["topup_revenue_cents"]),
            "Top-ups paid": str(found["topups_sold"]),
            "Top-ups ordered": str(found["topups_begun"]),
            "Conversion": percent(found["topup_conversion"]),
            "Refunds of top-ups": money(found["topup_refunds_cents"]),
            "Refunds of plans": money(found["plan_refunds_cents"]),
        }


def test_the_cards_say_how_it_is_now(history, client, superadmin):
    client.force_login(superadmin)
    cards = {card["title"]: card["value"] for card in client.get("/admin/revenue/").context["cards"]}

    found = this_month("USD")
    assert cards == {
        "MRR": money(found["mrr_cents"]),
        "ARR": money(found["arr_cents"]),
        "ARPA": money(found["arpa_cents"]),
        "Net new MRR this month": f"{found['net_new_mrr_cents'] / 100:+,.2f}",
        "Churn rate this month": percent(found["churn_rate"]),
        "Top-ups this month": money(found["topup_revenue_cents"]),
        "Refunds this month": money(found["refunds_cents"]),
        "Credits outstanding": "–",
    }


def test_amounts_have_the_digits_of_their_currency(client, superadmin, make_team):
    written.Customer(make_team("standard")).begin("2026-01-05 10:00", 29_800, currency="JPY")
    client.force_login(superadmin)

    page = client.get("/admin/revenue/?currency=JPY")

    assert {card["title"]: card["value"] for card in page.context["cards"]}["ARR"] == "357,600"
    assert json.loads(page.context["charts"][0]["data"])["datasets"][0]["data"][-1] == 29_800


@pytest.mark.parametrize("query", ["", "?currency=XXX&months=7", "?months=99999999999999999999"])
def test_the_page_opens_with_and_without_anything_to_show(client, superadmin, query):
    client.force_login(superadmin)

    page = client.get(f"/admin/revenue/{query}")

    assert (page.status_code, page.context["shown"].currency, page.context["months"]) == (200, "USD", 12)


def test_nobody_else_sees_revenue(api, client, make_user, team):
    clerk = make_user("clerk@operator.example", is_staff=True)
    for person, status, code in [
        (None, 401, "auth.required"),
        (team.owner, 403, "forbidden"),
        (clerk, 403, "forbidden"),
    ]:
        answer = api(person).get(ADDRESS)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    client.force_login(team.owner)
    assert client.get("/admin/revenue/").status_code in {302, 403}
