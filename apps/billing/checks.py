"""Settings of payments that would only be missed when money is on its way."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.compatibility)
def check_stripe(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A key needs the webhooks' secret, and a live key no talk of test payments."""
    found: list[CheckMessage] = []
    if settings.STRIPE_SECRET_KEY and not settings.STRIPE_WEBHOOK_SECRET:
        hint = "Set STRIPE_WEBHOOK_SECRET: without it no event of Stripe's is believed."
        found.append(Error("STRIPE_SECRET_KEY is given alone.", hint=hint, id="billing.E001"))
    is_live = settings.STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_"))
    if is_live and (settings.STRIPE_TEST_PAYMENTS or settings.STRIPE_API_BASE):
        hint = "Take STRIPE_TEST_PAYMENTS and STRIPE_API_BASE away: a live key moves money, and only at Stripe."
        found.append(Error("A live key is given with settings of test payments.", hint=hint, id="billing.E002"))
    return found
