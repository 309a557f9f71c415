"""A Stripe on loopback, and what a customer and its webhooks do there."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.billing.gateways.checkouts import Return
from apps.billing.models import BillingAccount, Subscription
from apps.billing.services import fulfil_session, start_checkout
from apps.credits.selectors import compute_balance
from apps.teams.access import enter_team
from apps.teams.models import Membership, Team
from tests.fakes.stripe import SECRET_KEY, WEBHOOK_SECRET, FakeStripe
from tests.support.people import build_team

BACK = Return(success_url="https://app.example.com/done?s={CHECKOUT_SESSION_ID}", cancel_url="https://app.example.com/")
WEBHOOK = "/api/v1/billing/webhooks/stripe"


@pytest.fixture
def stripe(settings, any_db) -> Iterator[FakeStripe]:
    with FakeStripe() as fake:
        settings.STRIPE_SECRET_KEY = SECRET_KEY
        settings.STRIPE_WEBHOOK_SECRET = WEBHOOK_SECRET
        settings.STRIPE_API_BASE = fake.base_url
        yield fake


@pytest.fixture
def post_event(stripe) -> Callable[[dict[str, Any]], Any]:
    """`post_event(event)`: as Stripe posts it; the answer."""

    def post(event: dict[str, Any]) -> Any:
        body, signature = stripe.signed(event)
        return APIClient().post(WEBHOOK, body, content_type="application/json", headers={"Stripe-Signature": signature})

    return post


@pytest.fixture
def tell(stripe, post_event, run_jobs) -> Callable[..., list[str]]:
    """`tell()`: everything that happened at Stripe since the last time arrives and is worked off; the types."""

    def deliver(*types: str, times: int = 1, backwards: bool = False) -> list[str]:
        events = stripe.take_events(*types)
        for event in reversed(events) if backwards else events:
            for _ in range(times):
                assert post_event(event).status_code == 200
        run_jobs()
        return [event["type"] for event in events]

    return deliver


@pytest.fixture
def subscribe(stripe) -> Callable[..., Subscription]:
    """`subscribe(team, "standard")`: paid on the pay page, and back on ours."""

    def buy(team: Team, plan: str = "standard", interval: str = "month", *, card: str = "good") -> Subscription:
        order = start_checkout(team=team, member=team.owner, plan=plan, interval=interval, back=BACK)
        assert stripe.pay(order.stripe_session_id, card)
        fulfil_session(order.stripe_session_id)
        return Subscription.objects.get(account__team=team, ended_at=None)

    return buy


@pytest.fixture
def free_team(any_db) -> Team:
    """A team that began ten days ago: its billing days are not those of what it buys now."""
    return age(build_team("free", name="Free team"), days=10)


def age(team: Team, *, days: int) -> Team:
    team.billing_anchor_at = timezone.now() - timedelta(days=days)
    team.save(update_fields=["billing_anchor_at"])
    return team


def reload(team: Team) -> Team:
    """The team as stored now, its owner kept."""
    fresh = Team.objects.select_related("plan_version__plan").get(pk=team.pk)
    fresh.owner = getattr(team, "owner", None)
    return fresh


def stand(team: Team) -> tuple[str, str]:
    """Plan and standing."""
    fresh = reload(team)
    return fresh.plan_version.plan.code, fresh.billing_state


def credits_of(team: Team) -> int:
    with enter_team(reload(team)):
        return compute_balance()["balance"]


def account_of(team: Team) -> BillingAccount:
    return BillingAccount.objects.get(team=team)


def active_members(team: Team) -> set[User]:
    rows = Membership.objects.filter(team=team, state="active").select_related("user")
    return {row.user for row in rows}
