"""Customers: one a team."""

from typing import Any

from apps.billing.errors import BillingRefused

from .client import ObjectMissing, stripe_api
from .facts import CustomerFacts
from .reading import as_dict, read_customer, read_id


def create_customer(*, key: str, team_id: int) -> str:
    """Make a customer without details and return its id; the same key makes the same one, whatever was edited since."""
    with stripe_api() as api:
        made = api.customers.create(
            {"metadata": {"team_id": str(team_id), "account": key}},
            {"idempotency_key": f"customer:{key}"},
        )
    return made.id


def fetch_customer(customer_id: str) -> CustomerFacts | None:
    """The customer as Stripe has it, tax number included; None where our key knows none."""
    try:
        with stripe_api() as api:
            return read_customer(api.customers.retrieve(customer_id, {"expand": ["tax_ids"]}))
    except ObjectMissing:
        return None


def update_customer(
    customer_id: str, *, changes: dict[str, Any], tax_id: tuple[str, str] | None
) -> CustomerFacts | None:
    """Change e-mail, name or address, and replace the tax number (`("", "")` takes it away; None leaves it).

    The number goes first: it alone can be refused (`TaxIdRefused`), and then nothing was changed. Raises
    `BillingRefused` for a customer that was deleted there.
    """
    try:
        with stripe_api() as api:
            if tax_id is not None:
                _replace_tax_id(api, customer_id, *tax_id)
            if changes:
                api.customers.update(customer_id, changes)  # type: ignore[arg-type]
    except ObjectMissing as error:
        raise BillingRefused from error
    return fetch_customer(customer_id)


def _replace_tax_id(api: Any, customer_id: str, kind: str, value: str) -> None:
    listed = [as_dict(one) for one in api.customers.tax_ids.list(customer_id, {"limit": 10}).data]
    if value and (kind, value) not in {(one["type"], one.get("value")) for one in listed}:
        api.customers.tax_ids.create(customer_id, {"type": kind, "value": value})  # a refusal leaves the former
    for one in listed:
        if (one["type"], one.get("value")) != (kind, value):
            api.customers.tax_ids.delete(customer_id, read_id(one))
