"""The customer that an account is at Stripe, and whom its invoices go to.

Stripe is the truth of the details once there is a customer. Both are written by people at the same time, on Stripe's
pages and on ours, so every step goes by `look_and_store`: what was told or heard before another step was stored is told
or asked again, and an older answer never stands over a newer one.
"""

from datetime import datetime
from typing import Any

from apps.billing import gateways
from apps.billing.errors import BillingNotConfigured
from apps.billing.gateways import CustomerFacts
from apps.billing.models import BillingAccount
from apps.teams.models import Team

from .accounts import LockedAccount, ensure_account
from .syncing import look_and_store

_PLACE = ("line1", "line2", "city", "state", "postal_code", "country")
_MIRRORED = ["email", "legal_name", "address", "tax_id_type", "tax_id"]


def ensure_customer(account: BillingAccount) -> str:
    """The account's customer at Stripe with its billing details, made once: a second try finds the first one's.

    Raises `TaxIdRefused` for a tax number noted before there was a customer to check it.
    """
    if account.stripe_customer_id:
        return account.stripe_customer_id
    made = gateways.create_customer(key=str(account.uuid), team_id=account.team_id)

    def claim(locked: LockedAccount, _told: object, _now: datetime) -> str:
        return _claim(locked, made)

    account.stripe_customer_id = look_and_store(account.pk, look=lambda: _introduce(account.pk, made), store=claim)
    return account.stripe_customer_id


def update_billing_details(*, team: Team, changes: dict[str, Any]) -> BillingAccount:
    """Change e-mail, legal name, address, tax number or display currency; Stripe is told first, where it bills.

    Raises `BillingUnavailable` or `BillingBusy`, and `TaxIdRefused` for a tax number that Stripe does not take.
    """
    account = ensure_account(team)

    def store(locked: LockedAccount, told: CustomerFacts | None, _now: datetime) -> None:
        _write(locked, {**changes, **_read(locked, told)})

    look_and_store(account.pk, look=lambda: _tell(account.pk, changes), store=store)
    account.refresh_from_db()
    return account


def mirror_customer(account_id: int) -> None:
    """Take over what was changed on Stripe's own pages. A customer that our key does not know changes nothing."""
    customer_id = _find_customer_id(account_id)
    if not customer_id:
        raise BillingNotConfigured

    def store(locked: LockedAccount, seen: CustomerFacts | None, _now: datetime) -> None:
        _write(locked, _read(locked, seen))

    look_and_store(account_id, look=lambda: gateways.fetch_customer(customer_id), store=store)


def _claim(locked: LockedAccount, made: str) -> str:
    """The account's customer: who comes second takes the first one's."""
    customer_id = locked.stripe_customer_id or made
    _write(locked, {"stripe_customer_id": customer_id})
    return customer_id


def _introduce(account_id: int, customer_id: str) -> None:
    """Tell Stripe what was noted here before there was a customer to tell it to."""
    known = BillingAccount.objects.values("stripe_customer_id", *_MIRRORED).get(pk=account_id)
    if not known.pop("stripe_customer_id"):
        gateways.update_customer(customer_id, **_word({name: value for name, value in known.items() if value}))


def _tell(account_id: int, changes: dict[str, Any]) -> CustomerFacts | None:
    """The customer after these changes; None where Stripe knows none yet."""
    customer_id = _find_customer_id(account_id)
    if not customer_id or not gateways.is_configured():
        return None
    return gateways.update_customer(customer_id, **_word(changes))


def _find_customer_id(account_id: int) -> str | None:
    return BillingAccount.objects.values_list("stripe_customer_id", flat=True).get(pk=account_id)


def _word(details: dict[str, Any]) -> dict[str, Any]:
    """Our names of the details as the gateway takes them."""
    named = {"email": "email", "legal_name": "name", "address": "address"}
    told = {named[name]: details[name] for name in named if name in details}
    if "address" in told:  # whole: a line that was taken away is told as empty
        told["address"] = {part: told["address"].get(part, "") for part in _PLACE}
    return {"changes": told, "tax_id": (details["tax_id_type"], details["tax_id"]) if "tax_id" in details else None}


def _read(locked: LockedAccount, facts: CustomerFacts | None) -> dict[str, Any]:
    """The account's columns as Stripe has them; what is empty there, except a tax number, stays as it is here."""
    if facts is None or facts.is_deleted:
        return {}
    return {
        "email": facts.email or locked.email,
        "legal_name": facts.name or locked.legal_name,
        "address": facts.address or locked.address,
        "tax_id_type": facts.tax_id_type,
        "tax_id": facts.tax_id,
    }


def _write(locked: LockedAccount, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(values))
