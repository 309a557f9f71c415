"""The billing account of a team: the one row that every change of what it pays locks."""

from typing import NewType

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
