"""Payments in the health score, and settings that would be missed too late."""

import pytest

from apps.billing.checks import check_stripe
from apps.billing.errors import BillingUnavailable
from apps.billing.services import ensure_account, start_checkout
from apps.system.health.probes import probe_payments

from .conftest import BACK


def test_without_stripe_the_component_is_off(settings):
    settings.STRIPE_SECRET_KEY = ""

    assert probe_payments().status == "off"


def test_after_five_failures_stripe_is_left_alone_and_the_score_says_so(free_team, stripe):
    ensure_account(free_team)
    assert probe_payments().status == "ok"
    stripe.trouble.plan(status=503, times=1_000)

    for _ in range(6):
        with pytest.raises(BillingUnavailable) as refused:
            start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)

    assert 0 < refused.value.retry_after <= 60
    assert probe_payments().status == "down"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_WEBHOOK_SECRET": "whsec_1"}, []),
        ({"STRIPE_SECRET_KEY": "sk_live_1"}, ["billing.E001"]),
        (
            {"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_WEBHOOK_SECRET": "whsec_1", "STRIPE_TEST_PAYMENTS": True},
            ["billing.E002"],
        ),
    ],
)
def test_settings_that_do_not_go_together(settings, given, expected):
    for name in ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_API_BASE"):
        setattr(settings, name, "")
    settings.STRIPE_TEST_PAYMENTS = False
    for name, value in given.items():
        setattr(settings, name, value)

    assert [found.id for found in check_stripe()] == expected
