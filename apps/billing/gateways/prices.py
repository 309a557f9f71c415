"""Our plans' prices at Stripe: one product a plan, one price a version and interval, found by its lookup key."""

from apps.plans.models import PlanVersion

from .client import ObjectMissing, stripe_api
from .facts import PriceFacts
from .reading import as_dict, read_price


def ensure_price(*, plan_version: PlanVersion, interval: str) -> PriceFacts:
    """The price of a plan version's interval, made where it is missing. A published version's price never changes.

    A price that somebody made by hand under the same key with another amount loses the key to a new one: what is
    charged is what the plan says. Subscriptions keep the price that they were made with.
    """
    key = name_price(plan_version, interval)
    amount = plan_version.price_month_cents if interval == "month" else plan_version.price_year_cents
    wanted = (amount, plan_version.currency.upper(), interval)
    with stripe_api() as api:
        listed = api.prices.list({"lookup_keys": [key], "active": True, "limit": 1}).data
        if listed:
            price = read_price(as_dict(listed[0]))
            if (price.amount_cents, price.currency, price.interval) == wanted:
                return price
    product = _ensure_product(plan_version)
    with stripe_api() as api:
        made = api.prices.create(
            {
                "product": product,
                "currency": plan_version.currency.lower(),
                "unit_amount": amount,
                "recurring": {"interval": interval},
                "lookup_key": key,
                "transfer_lookup_key": True,
                "nickname": f"{plan_version} ({interval})",
                "metadata": {"plan_key": key},
            },
            {"idempotency_key": f"price:{key}:{amount}:{plan_version.currency}"},
        )
    return read_price(as_dict(made))


def name_price(plan_version: PlanVersion, interval: str) -> str:
    return f"plan:{plan_version.plan.code}:v{plan_version.number}:{interval}"


def _ensure_product(plan_version: PlanVersion) -> str:
    code = plan_version.plan.code
    product_id = f"plan_{code}"
    try:
        with stripe_api() as api:
            return api.products.retrieve(product_id).id
    except ObjectMissing:
        with stripe_api() as api:
            return api.products.create(
                {"id": product_id, "name": f"Analytics Following {plan_version.plan.name}", "metadata": {"plan": code}},
                {"idempotency_key": f"product:{code}"},
            ).id
