"""What an owner or admin lets a member use."""

from django.db import transaction

from apps.accounts.models import User
from apps.credits.errors import LimitsInvalid
from apps.credits.models import CREDITS, MemberCap
from apps.plans.selectors import list_prices

from .books import lock_wallet


@transaction.atomic
def set_member_limits(*, member: User, limits: dict[str, int]) -> dict[str, int]:
    """Replace a member's limits per billing period: units of actions, and `credits` over all actions.

    What is not named is unlimited. Under the wallet's lock, so no hold that runs at the same time sees half of it.
    A limit below what is already used stops further use and takes nothing back. Raises `LimitsInvalid`.
    """
    known = {CREDITS} | {price.action for price in list_prices()}
    if unknown := sorted(set(limits) - known):
        raise LimitsInvalid(details={"limits": {unit: ["Unknown action."] for unit in unknown}})
    if negative := sorted(unit for unit, limit in limits.items() if limit < 0):
        raise LimitsInvalid(details={"limits": {unit: ["0 or more."] for unit in negative}})
    lock_wallet()
    MemberCap.objects.filter(member=member).delete()
    MemberCap.objects.bulk_create(MemberCap(member=member, unit=unit, limit=limit) for unit, limit in limits.items())
    return limits
