"""Payments: Stripe where a key is given; without one, billing by Stripe says so and manual billing works."""

from .env import env

STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", "")
# Signs the events that Stripe sends to /api/v1/billing/webhooks/stripe.
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", "")
# Another server that speaks Stripe's language: the one that `make run` starts for test payments.
STRIPE_API_BASE = env.str("STRIPE_API_BASE", "")
# Pages say "test payments": no money moves.
STRIPE_TEST_PAYMENTS = env.bool("STRIPE_TEST_PAYMENTS", False)
STRIPE_TIMEOUT_SECONDS = env.float("STRIPE_TIMEOUT_SECONDS", 15.0)
# From the first failed payment on, a team goes on as before for so long; then it can read only.
BILLING_GRACE_DAYS = env.int("BILLING_GRACE_DAYS", 7)
