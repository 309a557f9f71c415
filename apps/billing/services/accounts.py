"""The billing account of a team, and the customer that it is at Stripe."""

from typing import Any, NewType

from apps.billing import gateways
from apps.billing.errors import BillingNotConfigured
from apps.billing.models import BillingAccount
from apps.teams.models import Membership, Team

LockedAccount = NewType("LockedAccount", BillingAccount)


def ensure_account(team: Team) -> BillingAccount:
    """The team's account, made at its first use with the owner's address."""
    account = BillingAccount.objects.select_related("team").filter(team_id=team.pk).first()
    if account is None:
        owner = Membership.objects.select_related("user").filter(team_id=team.pk, role=Membership.Role.OWNER).first()
        email = owner.user.email if owner else ""
        account = BillingAccount(team_id=team.pk, email=email, legal_name=team.name, currency=team.currency)
        BillingAccount.objects.bulk_create([account], ignore_conflicts=True)
        account = BillingAccount.objects.select_related("team").get(team_id=team.pk)
    return account


def lock_account(account_id: int) -> LockedAccount:
    """Lock the account's row until the end of the transaction: nothing else changes what this team pays meanwhile."""
    accounts = BillingAccount.objects.select_for_update(of=("self",)).select_related("team")
    return LockedAccount(accounts.get(pk=account_id))


def ensure_customer(account: BillingAccount) -> str:
    """The account's customer at Stripe, made once: a second try under the same key finds the first one's."""
    if account.stripe_customer_id:
        return account.stripe_customer_id
    made = gateways.create_customer(
        key=str(account.uuid),
        team_id=account.team_id,
        email=account.email,
        name=account.legal_name,
    )
    BillingAccount.objects.filter(pk=account.pk, stripe_customer_id=None).update(stripe_customer_id=made)
    account.refresh_from_db(fields=["stripe_customer_id"])
    return account.stripe_customer_id or made


def update_billing_details(*, team: Team, changes: dict[str, Any]) -> BillingAccount:
    """Change e-mail, legal name, address, tax number or display currency; Stripe is told first, where it bills.

    Raises `BillingUnavailable` (nothing changed), `BillingRefused` for a tax number that Stripe does not take.
    """
    account = ensure_account(team)
    if account.stripe_customer_id and gateways.is_configured():
        _tell_stripe(account.stripe_customer_id, changes)
    return _store_details(account.pk, changes)


def mirror_customer(account_id: int) -> None:
    """Take over what was changed on Stripe's own pages. A customer that our key does not know changes nothing."""
    account = BillingAccount.objects.get(pk=account_id)
    if not account.stripe_customer_id:
        raise BillingNotConfigured
    facts = gateways.fetch_customer(account.stripe_customer_id)
    if facts is None or facts.is_deleted:
        return
    changes = {
        "email": facts.email or account.email,
        "legal_name": facts.name or account.legal_name,
        "address": facts.address or account.address,
        "tax_id_type": facts.tax_id_type,
        "tax_id": facts.tax_id,
    }
    _store_details(account_id, changes)


def _store_details(account_id: int, changes: dict[str, Any]) -> BillingAccount:
    """These columns in one statement: nothing is read before, so there is nothing to lock for."""
    BillingAccount.objects.filter(pk=account_id).update(**changes)
    return BillingAccount.objects.select_related("team").get(pk=account_id)


def _tell_stripe(customer_id: str, changes: dict[str, Any]) -> None:
    named = {"email": "email", "legal_name": "name", "address": "address"}
    told = {theirs: changes[ours] for ours, theirs in named.items() if ours in changes}
    tax_id = (changes["tax_id_type"], changes["tax_id"]) if "tax_id" in changes else None
    if told or tax_id is not None:
        gateways.update_customer(customer_id, changes=told, tax_id=tax_id)
