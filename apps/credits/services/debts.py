"""What a team owes for grants that were taken back after they were spent."""

from collections.abc import Iterable

from apps.credits.models import Grant, Revocation


def find_debts(*, unit: str, grant: Grant | None = None) -> Iterable[Revocation]:
    """Open debts of a unit, oldest first; with a grant only what is owed for that one. Under the wallet's lock."""
    debts = Revocation.objects.filter(unit=unit, debt_remaining__gt=0)
    return list(debts.filter(grant=grant) if grant else debts)


def take_payment(debt: Revocation, *, offered: int) -> int:
    """Write down that a part of the debt is paid; returns how much of what is offered was needed."""
    paid = min(offered, debt.debt_remaining)
    if paid:
        debt.debt_remaining -= paid
        debt.save(update_fields=["debt_remaining"])
    return paid
