"""Every number of revenue equals a recount by SQL from the raw rows."""

from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from apps.billing.gateways.client import stripe_api
from apps.billing.models import Figure, PaymentReversal, SubscriptionChange
from apps.billing.selectors import DEFINITIONS, get_revenue
from apps.billing.services import end_manual, fulfil_session, roll_up_revenue, settle_payment, start_manual, start_topup
from apps.plans.selectors import get_plan_version, list_topup_packages
from apps.teams.models import TeamRollup
from tests.billing.conftest import BACK

from .history import NOW, Customer, at, write_history
from .recount import recount

MONTHS = [date(2024 + index // 12, index % 12 + 1, 1) for index in range(3, 27)]


@pytest.fixture
def history(make_team) -> None:
    write_history(make_team)
    roll_up_revenue()


def shown(currency: str, **given) -> list[dict]:
    """The months as the API shows them."""
    from apps.admin.api.serializers import RevenueOutput

    return RevenueOutput(get_revenue(months=24, now=NOW, **given).describe(currency)).data["months"]


def span(month: date) -> tuple[datetime, datetime]:
    start = datetime(month.year, month.month, 1, tzinfo=UTC)
    end = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=UTC)
    return start, end


@pytest.mark.parametrize("currency", ["USD", "EUR"])
def test_every_number_of_every_month_equals_the_recount(history, currency):
    assert [dict(month) for month in shown(currency)] == [recount(currency, *span(month)) for month in MONTHS]


def test_some_numbers_by_hand(history):
    """So that both counts cannot be wrong together."""
    usd = {month["month"]: month for month in shown("USD")}
    eur = {month["month"]: month for month in shown("EUR")}

    assert usd["2025-04"]["mrr_cents"] == 19_900 + 15_920
    assert (usd["2025-09"]["contraction_mrr_cents"], usd["2025-10"]["contraction_mrr_cents"]) == (30_000, 0)
    assert (usd["2025-08"]["churned_mrr_cents"], usd["2025-08"]["churn_rate"]) == (19_900, 0.3333)
    october = usd["2025-10"]
    assert (october["new_mrr_cents"], october["churned_mrr_cents"], october["teams_lost"]) == (49_900, 49_900, 0)
    january = usd["2026-01"]
    assert (january["churned_mrr_cents"], january["reactivated_mrr_cents"]) == (49_900, 19_900)
    assert (january["teams_lost"], january["teams_won"], january["plan_refunds_cents"]) == (0, 0, 49_900)
    assert (eur["2025-07"]["mrr_cents"], eur["2025-07"]["arpa_cents"]) == (17_500 + 3_334, 10_417)
    assert eur["2025-10"]["expansion_mrr_cents"] == 0  # 40,007 / 12 is 3,334 as well
    assert (eur["2026-02"]["churned_mrr_cents"], usd["2026-02"]["reactivated_mrr_cents"]) == (3_334, 30_000)
    march = usd["2026-03"]
    assert (march["mrr_cents"], march["paying_teams"]) == (19_900 + 39_920 + 19_900 + 30_000 + 9_900, 5)
    assert (march["topup_revenue_cents"], march["topup_conversion"], march["topup_refunds_cents"]) == (
        24_000,
        0.6667,
        0,
    )


def test_the_movements_explain_the_difference(history):
    for currency in ("USD", "EUR"):
        months = shown(currency)
        for before, after in pairwise(months):
            assert after["mrr_cents"] - before["mrr_cents"] == after["net_new_mrr_cents"]


def test_counting_again_changes_nothing_and_heals_what_is_wrong(history):
    whole = list(TeamRollup.objects.order_by("team_id", "month", "metric", "unit").values_list(
        "team_id", "month", "metric", "unit", "value"
    ))  # fmt: skip
    assert whole
    roll_up_revenue()
    row = TeamRollup.objects.filter(metric="mrr_new").first()
    TeamRollup.objects.filter(pk=row.pk).update(value=1)
    TeamRollup.objects.filter(metric="mrr_churn").first().delete()
    TeamRollup.objects.create(team_id=row.team_id, month=date(2020, 1, 1), metric="mrr_churn", unit="USD", value=7)

    roll_up_revenue()

    again = TeamRollup.objects.order_by("team_id", "month", "metric", "unit")
    assert list(again.values_list("team_id", "month", "metric", "unit", "value")) == whole


def test_a_change_never_counts_before_the_one_it_followed(make_team):
    """The end was learned late, and lies before an upgrade that is written already."""
    customer = Customer(make_team("standard"))
    customer.begin("2025-05-01 00:00", 10_000)
    customer.change("2025-06-02 00:00", 20_000)
    customer.end("2025-05-31 00:00")

    months = {month["month"]: month for month in shown("USD")}

    assert [months[f"2025-0{number}"]["mrr_cents"] for number in (5, 6)] == [10_000, 0]
    assert months["2025-06"]["churned_mrr_cents"] == 20_000


def test_what_is_agreed_by_transfer_counts_at_once_and_through_its_grace(free_team):
    start_manual(
        team=free_team, plan_version=get_plan_version("premium"), interval="year", price_cents=400_000,
        period=(at("2025-03-01 00:00"), at("2025-03-31 00:00")),
    )  # fmt: skip
    revenue = get_revenue()

    assert revenue.get_currency(None).now.mrr_cents == 33_333  # read-only by now, and not ended
    end_manual(subscription_id=SubscriptionChange.objects.get().subscription_id, at_once=True)
    now = get_revenue().get_currency("USD").now
    assert (now.mrr_cents, now.churned_mrr_cents, now.teams_lost) == (0, 33_333, 1)


def test_a_top_up_and_its_refunds_count_at_once(team, stripe):
    package = list_topup_packages()[0]
    order = start_topup(team=team, member=team.owner, package=package.code, back=BACK)
    now = get_revenue().get_currency("USD").now
    assert (now.topups_begun, now.topup_conversion, now.topup_revenue_cents) == (1, 0.0, 0)

    stripe.pay(order.stripe_session_id)
    order = fulfil_session(order.stripe_session_id)
    for cents in (1_500, 500):
        with stripe_api() as api:
            api.refunds.create({"payment_intent": order.stripe_payment_intent_id, "amount": cents})
        settle_payment(order.stripe_payment_intent_id)
        settle_payment(order.stripe_payment_intent_id)

    now = get_revenue().get_currency("USD").now
    assert (now.topup_conversion, now.topup_revenue_cents, now.topup_refunds_cents) == (1.0, package.price_cents, 2_000)
    rows = PaymentReversal.objects.filter(order=order)
    order.refresh_from_db()
    assert sorted(rows.values_list("amount_cents", flat=True)) == [500, 1_500]
    assert order.refunded_at == max(rows.values_list("at", flat=True))


def test_a_refund_that_failed_and_a_dispute_that_was_won_come_off_again(team, stripe, tell):
    order = start_topup(team=team, member=team.owner, package=list_topup_packages()[0].code, back=BACK)
    stripe.pay(order.stripe_session_id)
    order = fulfil_session(order.stripe_session_id)
    dispute = stripe.dispute(order.stripe_payment_intent_id)
    tell()
    assert get_revenue().get_currency("USD").now.refunds_cents == order.price_cents

    stripe.decide(dispute["id"], won=True)
    tell(times=2)

    assert get_revenue().get_currency("USD").now.refunds_cents == 0
    found = PaymentReversal.objects.order_by("id").values_list("kind", "amount_cents")
    assert list(found) == [("dispute", order.price_cents), ("dispute", -order.price_cents)]


def test_a_refunded_plan(free_team, stripe, subscribe, tell):
    row = subscribe(free_team)
    tell()
    payment = row.account.invoices.get().stripe_payment_intent_id
    with stripe_api() as api:
        refund = api.refunds.create({"payment_intent": payment})
    tell()

    now = get_revenue().get_currency("USD").now
    assert (now.plan_refunds_cents, now.topup_refunds_cents, now.mrr_cents) == (19_900, 0, 19_900)
    invoice = row.account.invoices.get()
    assert (invoice.refunded_cents, int(invoice.refunded_at.timestamp())) == (19_900, refund.created)


def test_rows_of_money_that_went_back_stay_as_they_were_written(history):
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentReversal.objects.update(amount_cents=1)


def test_without_customers_there_are_zeros(db):
    revenue = get_revenue(months=3, now=NOW)

    now = revenue.get_currency(None).now
    assert (now.mrr_cents, now.arpa_cents, now.churn_rate, now.topup_conversion) == (0, None, None, None)
    assert (revenue.currencies, revenue.outstanding, revenue.outstanding_counted_at) == ([], [], None)


def test_three_queries_however_many_teams(history, django_assert_num_queries):
    with django_assert_num_queries(3):
        get_revenue(months=24, now=NOW)
    assert connection.schema_name == "public"


def test_the_glossary_says_what_the_page_says():
    glossary = Path("docs/glossary.md").read_text()

    for term, meaning in DEFINITIONS.items():
        assert f"| **{term}** | {meaning} |" in glossary
    assert {one.value for one in Figure} == set(Figure.values)
