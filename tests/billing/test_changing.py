"""Another plan or interval, cancelling, resuming, and who keeps a seat."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.billing.errors import (
    CancellationPending,
    ChangeNotNeeded,
    CurrencyDiffers,
    KeepInvalid,
    ManuallyBilled,
    PaymentFailed,
    PreviewExpired,
    SubscriptionMissing,
)
from apps.billing.gateways.client import stripe_api
from apps.billing.models import Subscription, SubscriptionChange
from apps.billing.services import (
    cancel_subscription,
    change_subscription,
    preview_change,
    resume_subscription,
    start_manual,
    sync_account,
)
from apps.plans.selectors import get_plan_version
from apps.plans.services import draft_next_version, edit_draft, publish_version
from apps.teams.models import Membership

from .conftest import account_of, active_members, credits_of, reload, stand


def list_changes() -> list[tuple[str, int, int]]:
    return list(SubscriptionChange.objects.values_list("kind", "mrr_before_cents", "mrr_after_cents"))


def publish_next(version, **changes) -> None:
    draft, _ = draft_next_version(version)
    publish_version(edit_draft(draft, changes))


def test_an_upgrade_is_paid_at_once_and_acts_at_once(free_team, subscribe, stripe):
    subscribe(free_team)
    seen = preview_change(team=free_team, plan="premium", interval="month")
    assert seen.is_immediate
    assert seen.due_cents == seen.total_cents > 29_000
    assert sum(line.amount_cents for line in seen.lines) == seen.total_cents

    change_subscription(team=free_team, plan="premium", interval="month", proration_at=seen.proration_at)

    assert stand(free_team) == ("premium", "current")
    newest = account_of(free_team).invoices.order_by("-id").first()
    assert (newest.status, newest.total_cents) == ("paid", seen.due_cents)
    assert list_changes() == [("new", 0, 19_900), ("expansion", 19_900, 49_900)]


def test_an_upgrade_brings_the_difference_of_the_time_left(free_team, subscribe, stripe):
    subscribe(free_team)
    change_subscription(team=free_team, plan="premium", interval="month")

    assert 4_990 < credits_of(free_team) <= 5_000


def test_an_upgrade_that_is_not_paid_is_not_made(free_team, subscribe, stripe, tell):
    subscribe(free_team, card="renewal")

    with pytest.raises(PaymentFailed) as refused:
        change_subscription(team=free_team, plan="premium", interval="month")
    tell()

    assert refused.value.details["pay_url"].startswith(stripe.base_url)
    assert stand(free_team) == ("standard", "current")
    assert credits_of(free_team) == 1_000
    assert list_changes() == [("new", 0, 19_900)]


def test_who_is_declined_hears_that_what_was_agreed_for_later_is_gone(free_team, subscribe, stripe, tell):
    subscribe(free_team, "standard", "year", card="renewal")
    change_subscription(team=free_team, plan="standard", interval="month")

    with pytest.raises(
        PaymentFailed, match="the change to Standard that was agreed for later was taken back"
    ) as refused:
        change_subscription(team=free_team, plan="premium", interval="year")
    tell()

    row = Subscription.objects.get()
    assert refused.value.details["taken_back"] == "standard"
    assert (row.plan_version.plan.code, row.interval, row.scheduled_plan_version) == ("standard", "year", None)


@pytest.mark.parametrize("moment", ["two hours ago", "before the period", "not yet"])
def test_an_amount_that_no_longer_counts_is_not_charged(free_team, subscribe, stripe, moment):
    """What is left of the period would cost another amount than the one that was agreed to."""
    live = subscribe(free_team)
    moments = {
        "two hours ago": timezone.now() - timedelta(hours=2),
        "before the period": live.current_period_start - timedelta(seconds=1),
        "not yet": timezone.now() + timedelta(minutes=5),
    }

    with pytest.raises(PreviewExpired):
        change_subscription(team=free_team, plan="premium", interval="month", proration_at=moments[moment])

    assert stand(free_team) == ("standard", "current")
    assert account_of(free_team).invoices.count() == 1


@pytest.mark.parametrize("act", [preview_change, change_subscription])
@pytest.mark.parametrize(("now", "wanted"), [("standard", "premium"), ("premium", "standard")])
def test_no_plan_goes_to_another_currency(free_team, subscribe, stripe, act, now, wanted):
    """The wanted plan's newest version is sold in euros only."""
    live = subscribe(free_team, now)
    publish_next(get_plan_version(wanted), currency="EUR")

    with pytest.raises(CurrencyDiffers) as refused:
        act(team=free_team, plan=wanted, interval="month")

    assert refused.value.details == {"current": "USD", "wanted": "EUR"}
    live.refresh_from_db()
    assert (stand(free_team)[0], live.scheduled_plan_version, live.stripe_schedule_id) == (now, None, "")


def test_months_become_a_year_at_once(free_team, subscribe, stripe):
    before = subscribe(free_team)
    after = change_subscription(team=free_team, plan="standard", interval="year")

    assert (after.pk, after.interval, after.price_cents) == (before.pk, "year", 191_040)
    assert after.paid_until == after.current_period_end > before.current_period_end + timedelta(days=300)
    assert list_changes()[-1] == ("contraction", 19_900, 15_920)


def test_a_downgrade_waits_for_the_period_to_end(free_team, subscribe, stripe, tell):
    subscribe(free_team, "premium")
    row = change_subscription(team=free_team, plan="standard", interval="month")

    assert stand(free_team) == ("premium", "current")
    assert (row.scheduled_plan_version.plan.code, row.scheduled_interval) == ("standard", "month")
    assert row.scheduled_at == row.current_period_end
    tell()
    row.refresh_from_db()
    assert row.scheduled_plan_version is not None

    stripe.advance(days=32)
    tell()

    row.refresh_from_db()
    assert stand(free_team) == ("standard", "current")
    assert (row.scheduled_plan_version, row.scheduled_at, row.price_cents) == (None, None, 19_900)
    assert list_changes()[-1] == ("contraction", 49_900, 19_900)


def test_a_year_becomes_months_with_the_next_period(free_team, subscribe, stripe):
    subscribe(free_team, interval="year")
    seen = preview_change(team=free_team, plan="standard", interval="month")
    row = change_subscription(team=free_team, plan="standard", interval="month")

    assert not seen.is_immediate
    assert (seen.due_cents, seen.effective_at) == (0, row.current_period_end)
    assert (row.interval, row.scheduled_interval) == ("year", "month")


def test_changing_back_forgets_what_was_agreed_for_later(free_team, subscribe, stripe, tell):
    subscribe(free_team, "premium")
    change_subscription(team=free_team, plan="standard", interval="month")

    row = change_subscription(team=free_team, plan="premium", interval="month")
    stripe.advance(days=32)
    tell()

    assert row.scheduled_plan_version is None
    assert stand(free_team) == ("premium", "current")


def test_an_upgrade_replaces_what_was_agreed_for_later(free_team, subscribe, stripe, tell):
    subscribe(free_team, "standard", "year")
    change_subscription(team=free_team, plan="standard", interval="month")
    row = change_subscription(team=free_team, plan="premium", interval="year")

    assert (row.plan_version.plan.code, row.interval, row.scheduled_plan_version) == ("premium", "year", None)


def test_the_owner_chooses_who_stays(free_team, subscribe, stripe, tell, as_member):
    subscribe(free_team, "premium")
    first, second, third = (as_member(free_team) for _ in range(3))
    change_subscription(team=free_team, plan="standard", interval="month", keep=[second.pk])
    assert active_members(free_team) == {free_team.owner, first, second, third}

    stripe.advance(days=32)
    tell()

    assert active_members(free_team) == {free_team.owner, second}
    assert Subscription.objects.get().keep_user_ids == []


def test_without_a_choice_the_newest_are_suspended(free_team, subscribe, stripe, tell, as_member):
    subscribe(free_team, "premium")
    first, second = as_member(free_team), as_member(free_team)
    change_subscription(team=free_team, plan="standard", interval="month")
    stripe.advance(days=32)
    tell()

    assert active_members(free_team) == {free_team.owner, first}
    assert Membership.objects.get(team=free_team, user=second).state == "suspended"


def test_an_upgrade_gives_nobody_his_seat_back_by_itself(free_team, subscribe, stripe, tell, as_member):
    subscribe(free_team, "premium")
    as_member(free_team), as_member(free_team)
    change_subscription(team=free_team, plan="standard", interval="month")
    stripe.advance(days=32)
    tell()

    change_subscription(team=free_team, plan="premium", interval="month")

    assert len(active_members(free_team)) == 2


@pytest.mark.parametrize("whom", ["stranger", "too many"])
def test_a_wrong_choice_is_refused(free_team, subscribe, stripe, as_member, make_user, whom):
    subscribe(free_team, "premium")
    members = [as_member(free_team).pk, as_member(free_team).pk]
    keep = [make_user().pk] if whom == "stranger" else members

    with pytest.raises(KeepInvalid):
        change_subscription(team=free_team, plan="standard", interval="month", keep=keep)

    assert Subscription.objects.get().scheduled_plan_version is None


def test_cancelling_ends_the_plan_with_its_period(free_team, subscribe, stripe, tell, as_member):
    subscribe(free_team, "premium")
    member = as_member(free_team)
    row = cancel_subscription(team=free_team)
    assert (row.cancel_at_period_end, stand(free_team)) == (True, ("premium", "current"))

    stripe.advance(days=32)
    tell(backwards=True, times=2)

    row.refresh_from_db()
    assert row.ended_at is not None
    assert stand(free_team) == ("free", "current")
    assert reload(free_team).paid_until is None
    assert active_members(free_team) == {free_team.owner}
    assert Membership.objects.get(team=free_team, user=member).state == "suspended"
    assert list_changes()[-1] == ("churn", 49_900, 0)


def test_what_was_updated_late_does_not_bring_an_ended_plan_back(free_team, subscribe, stripe, post_event, run_jobs):
    subscribe(free_team)
    cancel_subscription(team=free_team)
    stripe.take_events()
    stripe.advance(days=32)
    events = stripe.take_events("customer.subscription.updated", "customer.subscription.deleted")
    for event in sorted(events, key=lambda event: event["type"]):
        post_event(event)
        run_jobs()
    stale = {**events[0], "id": "evt_late", "type": "customer.subscription.updated"}
    post_event(stale)
    run_jobs()

    assert stand(free_team) == ("free", "current")
    assert Subscription.objects.get().ended_at is not None


def test_resuming_goes_on(free_team, subscribe, stripe, tell):
    subscribe(free_team)
    cancel_subscription(team=free_team)
    row = resume_subscription(team=free_team)
    stripe.advance(days=32)
    tell()

    assert not row.cancel_at_period_end
    assert stand(free_team) == ("standard", "current")


def test_cancelling_and_resuming_can_be_repeated(free_team, subscribe, stripe):
    subscribe(free_team)
    for act in (cancel_subscription, cancel_subscription, resume_subscription, resume_subscription):
        row = act(team=free_team)

    assert not row.cancel_at_period_end


def test_cancelling_forgets_what_was_agreed_for_later(free_team, subscribe, stripe):
    subscribe(free_team, "premium")
    change_subscription(team=free_team, plan="standard", interval="month")
    row = cancel_subscription(team=free_team)

    assert (row.cancel_at_period_end, row.scheduled_plan_version) == (True, None)


def test_who_cancels_resumes_before_changing(free_team, subscribe, stripe):
    subscribe(free_team)
    cancel_subscription(team=free_team)

    with pytest.raises(CancellationPending):
        change_subscription(team=free_team, plan="premium", interval="month")


def test_the_same_plan_is_no_change(free_team, subscribe, stripe):
    subscribe(free_team)

    for act in (preview_change, change_subscription):
        with pytest.raises(ChangeNotNeeded):
            act(team=free_team, plan="standard", interval="month")


def test_a_subscription_keeps_its_version_when_a_newer_one_is_published(free_team, subscribe, stripe, tell):
    """What was agreed stays until the team itself changes."""
    subscribe(free_team)
    newer = get_plan_version("standard")
    newer.pk, newer.number, newer.price_month_cents = None, 2, 24_900
    newer.price_year_cents = 239_040
    newer.published_at = timezone.now() - timedelta(minutes=1)
    newer.save(force_insert=True)
    stripe.advance(days=32)
    tell()

    row = Subscription.objects.get()
    assert (row.plan_version.number, row.price_cents) == (1, 19_900)
    assert change_subscription(team=free_team, plan="standard", interval="year").price_cents == 191_040


def test_without_a_subscription_there_is_nothing_to_change(free_team, team, stripe):
    for one in (free_team, team):
        with pytest.raises(SubscriptionMissing):
            cancel_subscription(team=one)


def test_who_pays_by_transfer_changes_nothing_here(free_team, stripe):
    now = timezone.now()
    start_manual(
        team=free_team,
        plan_version=get_plan_version("premium"),
        interval="year",
        price_cents=400_000,
        period=(now, now + timedelta(days=365)),
    )
    for act in (cancel_subscription, resume_subscription):
        with pytest.raises(ManuallyBilled):
            act(team=free_team)


def test_a_change_that_crashed_half_way_is_found_done(free_team, subscribe, stripe):
    """Stripe made it, we never stored it: the repeated request finds it and pays nothing more."""
    row = subscribe(free_team)
    change_subscription(team=free_team, plan="premium", interval="month")
    Subscription.objects.filter(pk=row.pk).update(plan_version=get_plan_version("standard"), price_cents=19_900)
    invoices = account_of(free_team).invoices.count()

    with pytest.raises(ChangeNotNeeded):
        change_subscription(team=free_team, plan="premium", interval="month")

    assert account_of(free_team).invoices.count() == invoices
    assert stand(free_team) == ("premium", "current")


def test_a_key_of_another_account_cancels_nothing(free_team, subscribe, stripe):
    """Stripe knows nothing under this customer: no reason to end a plan."""
    row = subscribe(free_team)
    account = account_of(free_team)
    account.stripe_customer_id = "cus_of_another_account"
    account.save()

    sync_account(account.pk)

    row.refresh_from_db()
    assert row.ended_at is None
    assert stand(free_team) == ("standard", "current")


def test_changed_in_stripes_dashboard_is_taken_over(free_team, subscribe, stripe, tell):
    row = subscribe(free_team)
    with stripe_api() as api:
        api.subscriptions.cancel(row.stripe_subscription_id)
    tell()

    assert stand(free_team) == ("free", "current")
