"""A renewal that is not paid: grace, read-only, recovery; and what happens to what was granted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.billing.gateways.client import stripe_api
from apps.billing.models import Invoice, Subscription
from apps.billing.services import settle_account, tend_accounts
from apps.credits.models import Revocation
from apps.teams.access import enter_team
from apps.teams.models import Team

from .conftest import account_of, credits_of, reload, stand


@pytest.fixture
def failing(free_team, subscribe, stripe, tell):
    """A team whose first renewal failed."""
    subscribe(free_team, card="renewal")
    stripe.advance(days=31.5)
    tell()
    return free_team


def move_grace(team: Team, **by: float) -> None:
    Subscription.objects.filter(account__team=team).update(grace_until=timezone.now() + timedelta(**by))


def pay_open_invoice(team: Team) -> None:
    invoice = Invoice.objects.filter(account__team=team, status="open").latest("id")
    customer = account_of(team).stripe_customer_id
    with stripe_api() as api:
        card = api.payment_methods.attach("pm_card_visa", {"customer": customer})
        api.invoices.pay(invoice.stripe_invoice_id, {"payment_method": card.id})


def test_a_failed_renewal_begins_the_grace(failing):
    row = Subscription.objects.get()
    invoice = Invoice.objects.get(status="open")

    assert stand(failing) == ("standard", "grace")
    assert row.status == "past_due"
    assert row.grace_until == invoice.issued_at + timedelta(days=7)
    assert reload(failing).paid_until == row.paid_until == row.current_period_start


def test_the_grace_is_counted_from_the_first_failure(failing, stripe, tell):
    first = Subscription.objects.get().grace_until
    stripe.advance(days=3.5)  # tried again in vain
    assert "invoice.payment_failed" in tell()

    assert Subscription.objects.get().grace_until == first


def test_after_the_grace_the_team_reads_only_and_nothing_is_lost(failing, run_jobs):
    balance = credits_of(failing)
    move_grace(failing, minutes=-1)

    assert tend_accounts() == 1
    run_jobs()

    assert stand(failing) == ("standard", "read_only")
    assert credits_of(failing) == balance
    assert tend_accounts() == 0


def test_paying_late_makes_it_current_again(failing, tell, run_jobs):
    move_grace(failing, minutes=-1)
    settle_account(account_of(failing).pk)
    assert stand(failing) == ("standard", "read_only")

    pay_open_invoice(failing)
    tell(backwards=True)

    row = Subscription.objects.get()
    assert stand(failing) == ("standard", "current")
    assert (row.status, row.grace_until) == ("active", None)
    assert reload(failing).paid_until == row.current_period_end


def test_when_stripe_gives_up_the_team_falls_to_free(failing, stripe, tell):
    stripe.advance(days=20)
    tell()

    assert Subscription.objects.get().ended_at is not None
    assert stand(failing) == ("free", "current")


def test_an_invoice_that_is_given_up_takes_back_what_was_granted_for_it(free_team, subscribe, stripe, tell):
    subscribe(free_team)
    invoice = Invoice.objects.get()
    Invoice.objects.filter(pk=invoice.pk).update(status="open")
    stripe.world.items[invoice.stripe_invoice_id]["status"] = "open"
    stripe.take_events()
    with stripe_api() as api:
        api.invoices.mark_uncollectible(invoice.stripe_invoice_id)

    tell(times=2)

    invoice.refresh_from_db()
    assert (invoice.status, invoice.revoked_at is not None) == ("uncollectible", True)
    with enter_team(free_team):
        assert [(one.revoked, one.debt) for one in Revocation.objects.all()] == [(1_000, 0)]
    assert credits_of(free_team) == 0


def test_a_full_refund_of_a_plan_takes_the_periods_credits(free_team, subscribe, stripe, tell):
    subscribe(free_team)
    with stripe_api() as api:
        api.refunds.create({"payment_intent": Invoice.objects.get().stripe_payment_intent_id})
    tell(times=2)

    assert Invoice.objects.get().refunded_cents == 19_900
    assert credits_of(free_team) == 0
    assert stand(free_team) == ("standard", "current")


def test_a_refund_in_part_is_a_courtesy(free_team, subscribe, stripe, tell):
    subscribe(free_team)
    with stripe_api() as api:
        api.refunds.create({"payment_intent": Invoice.objects.get().stripe_payment_intent_id, "amount": 5_000})
    tell()

    assert (Invoice.objects.get().refunded_cents, credits_of(free_team)) == (5_000, 1_000)


def test_a_disputed_plan_payment_and_its_end(free_team, subscribe, stripe, tell):
    subscribe(free_team)
    dispute = stripe.dispute(Invoice.objects.get().stripe_payment_intent_id)
    tell()
    assert credits_of(free_team) == 0

    stripe.decide(dispute["id"], won=True)
    tell()

    assert credits_of(free_team) == 1_000
    assert Invoice.objects.get().revoked_at is None


def test_a_renewal_that_nobody_told_us_of_is_looked_for(free_team, subscribe, stripe, run_jobs):
    row = subscribe(free_team)
    stripe.advance(days=32)
    long_ago = timezone.now() - timedelta(hours=7)
    Subscription.objects.update(current_period_end=long_ago, current_period_start=long_ago - timedelta(days=30))
    Subscription.objects.update(synced_at=long_ago)

    assert tend_accounts() == 1
    run_jobs()

    row.refresh_from_db()
    assert row.current_period_end > timezone.now() + timedelta(days=40)
    assert Invoice.objects.filter(status="paid").count() == 2


def test_whoever_pays_is_told_once_of_each_change(failing, stripe, tell, mailoutbox):
    account = account_of(failing)
    settle_account(account.pk)
    move_grace(failing, minutes=-1)
    settle_account(account.pk)
    settle_account(account.pk)
    pay_open_invoice(failing)
    tell()

    assert {tuple(mail.to) for mail in mailoutbox} == {(failing.owner.email,)}
    assert [mail.subject for mail in mailoutbox] == [
        "A payment for Free team failed",
        "Free team can only be read until it is paid",
        "Thank you: Free team is paid",
    ]


def test_what_is_due_can_be_paid_from_the_mail_and_from_the_page(failing, client, mailoutbox, tell):
    due = Invoice.objects.get(status="open")
    client.force_login(failing.owner)
    page = client.get(f"/t/{failing.slug}/billing/").content.decode()

    assert f"Pay $199 (invoice {due.number}): {due.hosted_url}\n" in mailoutbox[0].body
    assert f'href="{due.hosted_url}"' in mailoutbox[0].alternatives[0][0]
    assert page.count(f'href="{due.hosted_url}"') == 2  # beside the plan, and in the list of invoices
    assert ("Due now" in page, "Next payment" in page) == (True, False)

    pay_open_invoice(failing)
    tell()
    page = client.get(f"/t/{failing.slug}/billing/").content.decode()

    assert ("Due now" in page, "Next payment" in page, f'href="{due.hosted_url}"' in page) == (False, True, False)
    assert due.hosted_url not in mailoutbox[-1].body
