"""Billing by transfer behaves like any subscription."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.billing.errors import BillingRefused, SubscriptionExists, SubscriptionMissing
from apps.billing.models import Subscription, SubscriptionChange
from apps.billing.services import (
    change_manual,
    end_manual,
    extend_manual,
    issue_invoice,
    start_checkout,
    start_manual,
    tend_accounts,
)
from apps.credits.models import Grant
from apps.credits.services import ensure_period
from apps.plans.selectors import get_plan_version
from apps.teams.access import enter_team

from .conftest import BACK, active_members, age, credits_of, reload, stand


@pytest.fixture
def begin(free_team):
    """`begin(days=30)`: Premium at an agreed price from now on."""

    def start(*, days: float = 365, since: float = 0, price_cents: int = 400_000, interval: str = "year"):
        starts_at = timezone.now() - timedelta(days=since)
        return start_manual(
            team=free_team,
            plan_version=get_plan_version("premium"),
            interval=interval,
            price_cents=price_cents,
            period=(starts_at, starts_at + timedelta(days=days)),
            note="Order 17",
        )

    return start


def list_changes() -> list[tuple[str, int, int]]:
    return list(SubscriptionChange.objects.values_list("kind", "mrr_before_cents", "mrr_after_cents"))


def test_it_brings_plan_credits_and_standing(free_team, begin):
    row = begin()

    team = reload(free_team)
    assert stand(team) == ("premium", "current")
    assert (credits_of(team), team.paid_until) == (5_000, row.current_period_end)
    assert list_changes() == [("new", 0, 33_333)]


def begin_for_unbilled(team, plan: str):
    now = timezone.now()
    return start_manual(
        team=team,
        plan_version=get_plan_version(plan),
        interval="year",
        price_cents=400_000,
        period=(now, now + timedelta(days=365)),
    )


def test_who_pays_from_now_on_brings_no_second_month(make_team):
    """The team is on Standard and nobody bills it: its month has begun and its credits are there."""
    team = age(make_team("standard"), days=10)
    assert credits_of(team) == 1_000
    ensure_period(team)
    begun = reload(team)

    row = begin_for_unbilled(team, "standard")

    assert credits_of(team) == 1_000
    with enter_team(team):
        assert list(Grant.objects.values_list("origin", "amount")) == [("plan", 1_000)]
    now = reload(team)
    assert (now.billing_anchor_at, now.next_period_at) == (begun.billing_anchor_at, begun.next_period_at)
    assert (stand(team), now.paid_until) == (("standard", "current"), row.current_period_end)
    assert list_changes() == [("new", 0, 33_333)]


def test_a_larger_plan_by_transfer_brings_the_difference_for_the_time_left(make_team):
    team = age(make_team("standard"), days=15)
    ensure_period(team)

    begin_for_unbilled(team, "premium")

    with enter_team(team):
        month, difference = Grant.objects.order_by("id").values_list("amount", flat=True)
    assert month == 1_000
    assert 4_000 * 13 // 31 <= difference <= 4_000 * 16 // 28
    assert credits_of(team) == 1_000 + difference


def test_no_key_of_stripe_is_needed(free_team, begin, settings):
    settings.STRIPE_SECRET_KEY = ""
    begin()

    assert stand(free_team) == ("premium", "current")


def test_a_period_that_ends_unpaid_is_past_due_then_read_only_and_recovers(free_team, begin, run_jobs):
    row = begin(days=30, since=31, interval="month")
    row.refresh_from_db()
    assert (row.status, stand(free_team)) == ("past_due", ("premium", "grace"))
    assert row.grace_until == row.current_period_end + timedelta(days=7)

    Subscription.objects.update(grace_until=timezone.now() - timedelta(minutes=1))
    tend_accounts()
    run_jobs()
    assert stand(free_team) == ("premium", "read_only")

    extend_manual(subscription_id=row.pk, until=timezone.now() + timedelta(days=29), note="Paid on the 3rd")
    row.refresh_from_db()
    assert (stand(free_team), row.status, row.grace_until) == (("premium", "current"), "active", None)
    assert row.note == "Order 17\nPaid on the 3rd"


def test_the_beat_notices_the_end_of_a_period(free_team, begin, run_jobs):
    begin(days=30)
    moved = timezone.now() - timedelta(minutes=1)
    Subscription.objects.update(current_period_end=moved, current_period_start=moved - timedelta(days=30))

    assert tend_accounts() == 1
    run_jobs()

    assert stand(free_team) == ("premium", "grace")


def test_another_plan_and_price_from_now_on(free_team, begin, as_member):
    row = begin()
    as_member(free_team), as_member(free_team)
    change_manual(
        subscription_id=row.pk, plan_version=get_plan_version("standard"), interval="month", price_cents=15_000
    )

    assert stand(free_team) == ("standard", "current")
    assert len(active_members(free_team)) == 2
    assert list_changes()[-1] == ("contraction", 33_333, 15_000)


def test_it_ends_at_once(free_team, begin):
    row = begin()
    end_manual(subscription_id=row.pk, at_once=True)

    assert stand(free_team) == ("free", "current")
    assert list_changes()[-1] == ("churn", 33_333, 0)
    with pytest.raises(SubscriptionMissing):
        extend_manual(subscription_id=row.pk, until=timezone.now() + timedelta(days=800))


def test_it_ends_with_its_period(free_team, begin, run_jobs):
    row = begin(days=30)
    end_manual(subscription_id=row.pk, at_once=False)
    assert stand(free_team) == ("premium", "current")

    moved = timezone.now() - timedelta(minutes=1)
    Subscription.objects.update(current_period_end=moved, current_period_start=moved - timedelta(days=30))
    tend_accounts()
    run_jobs()

    assert stand(free_team) == ("free", "current")


def test_coming_back_is_a_reactivation(free_team, begin):
    end_manual(subscription_id=begin().pk, at_once=True)
    begin(price_cents=12_000)

    assert [kind for kind, _, _ in list_changes()] == ["new", "churn", "reactivation"]


def test_one_subscription_a_team_whoever_bills_it(free_team, begin, stripe, subscribe, make_team):
    begin()
    with pytest.raises(SubscriptionExists):
        begin()
    with pytest.raises(SubscriptionExists):
        start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)


def test_the_end_must_lie_ahead(free_team, begin):
    row = begin(days=30)

    with pytest.raises(BillingRefused):
        extend_manual(subscription_id=row.pk, until=row.current_period_end)
    with pytest.raises(BillingRefused):
        begin(days=-1)


def test_a_gift_is_a_subscription_too(free_team, begin):
    """At a price of nothing the plan still ends when it ends."""
    row = begin(price_cents=0)
    assert list_changes() == []
    end_manual(subscription_id=row.pk, at_once=True)

    assert stand(free_team) == ("free", "current")


def test_invoices_of_transfers_are_listed_with_the_others(free_team, begin, api):
    row = begin()
    row.account.tax_id_type, row.account.tax_id = "ae_trn", "123456789012345"
    row.account.legal_name, row.account.address = "Example FZ-LLC", {"country": "AE"}
    row.account.save()
    issue_invoice(subscription=row, number="2026-17", total_cents=400_000, is_paid=True)

    (shown,) = api(free_team.owner, team=free_team).get("/api/v1/billing/invoices").json()["results"]

    assert (shown["number"], shown["provider"], shown["status"], shown["total_cents"]) == (
        "2026-17", "manual", "paid", 400_000,
    )  # fmt: skip
    assert shown["customer_tax_ids"] == [{"type": "ae_trn", "value": "123456789012345"}]
