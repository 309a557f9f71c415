"""A team's wallet, corrected by the staff: by new entries only. `key` names the attempt, so that it happens once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.admin.errors import AmountInvalid
from apps.credits.errors import GrantNotFound
from apps.credits.models import CREDITS, Grant, Revocation
from apps.credits.services import GrantNote, adjust_credits, restore_grant, revoke_grant, waive_debt
from apps.plans.selectors import list_prices
from apps.system.models import AuditEntry
from apps.teams.access import enter_team

from .trail import clean_reason, lock_team, record_on_team

AMOUNT_MAX = 10_000_000


@dataclass(frozen=True)
class Correction:
    """How much of what, why, and under which name. `expires_at` is for what is given."""

    amount: int
    reason: str
    key: str
    unit: str = CREDITS
    expires_at: datetime | None = None


@transaction.atomic
def grant_to_team(*, staff: User, team_id: int, what: Correction) -> int:
    """Give the team credits, or units of an action. Open debts of the unit are paid from it first.

    Raises `ReasonRequired`, `AmountInvalid`, `TeamUnknown`, and `KeyReused` for another grant under the same key.
    """
    reason = clean_reason(what.reason)
    _check(what.amount, what.unit)
    if what.expires_at is not None and what.expires_at <= timezone.now():
        raise AmountInvalid(details={"expires_at": ["Lies in the past."]})
    team = lock_team(team_id)
    note = GrantNote(actor=staff, reason=reason)
    with enter_team(team):
        moved = adjust_credits(amount=what.amount, unit=what.unit, key=what.key, expires_at=what.expires_at, note=note)
    until = what.expires_at.isoformat() if what.expires_at else None
    after = {"unit": what.unit, "amount": moved, "expires_at": until, "key": what.key}
    _record_once(staff, team, "credits.grant", reason, after)
    return moved


@transaction.atomic
def take_from_team(*, staff: User, team_id: int, what: Correction) -> int:
    """Take credits or units, adjustments first, as far as they are there and not held; returns how many were taken."""
    reason = clean_reason(what.reason)
    _check(what.amount, what.unit)
    team = lock_team(team_id)
    note = GrantNote(actor=staff, reason=reason)
    with enter_team(team):
        moved = adjust_credits(amount=-what.amount, unit=what.unit, key=what.key, note=note)
    after = {"unit": what.unit, "asked": what.amount, "amount": moved, "key": what.key}
    _record_once(staff, team, "credits.revoke", reason, after)
    return -moved


@transaction.atomic
def revoke_team_grant(
    *, staff: User, team_id: int, grant_id: int, amount: int | None = None, reason: str, key: str
) -> Revocation:
    """Take a grant back, or a part of it: what is left goes, what was spent of it is owed. Raises `GrantNotFound`."""
    reason = clean_reason(reason)
    if amount is not None:
        _check(amount, CREDITS)
    team = lock_team(team_id)
    with enter_team(team):
        grant = Grant.objects.filter(pk=grant_id).first()
        if grant is None:
            raise GrantNotFound
        revocation = revoke_grant(
            source_key=grant.source_key,
            key=f"staff:{key}",
            amount=amount,
            note=GrantNote(actor=staff, reason=reason),
        )
    after = {"grant": grant_id, "unit": revocation.unit, "amount": revocation.amount, "taken": revocation.revoked,
             "debt": revocation.debt, "key": key}  # fmt: skip
    _record_once(staff, team, "grant.revoke", reason, after)
    return revocation


@transaction.atomic
def restore_revoked(*, staff: User, team_id: int, revocation_id: int, reason: str) -> None:
    """Undo what was taken back. Raises `GrantNotFound`."""
    reason = clean_reason(reason)
    team = lock_team(team_id)
    with enter_team(team):
        revocation = restore_grant(key=_find_key(revocation_id), note=GrantNote(actor=staff, reason=reason))
    after = {"revocation": revocation_id, "unit": revocation.unit, "amount": revocation.amount, "key": revocation.key}
    _record_once(staff, team, "grant.restore", reason, after)


@transaction.atomic
def waive_team_debt(*, staff: User, team_id: int, revocation_id: int, reason: str) -> int:
    """Let the team off what it owes for one thing that was taken back; returns how much that was."""
    reason = clean_reason(reason)
    team = lock_team(team_id)
    with enter_team(team):
        key = _find_key(revocation_id)
        revocation = waive_debt(key=key, note=GrantNote(actor=staff, reason=reason))
    after = {"revocation": revocation_id, "unit": revocation.unit, "waived": revocation.debt_waived, "key": key}
    _record_once(staff, team, "debt.waive", reason, after)
    return revocation.debt_waived


def _check(amount: int, unit: str) -> None:
    if not 0 < amount <= AMOUNT_MAX:
        raise AmountInvalid(details={"amount": [f"A whole number from 1 to {AMOUNT_MAX:,}."]})
    if unit != CREDITS and unit not in {price.action for price in list_prices()}:
        raise AmountInvalid(details={"unit": ["`credits`, or an action of the price list."]})


def _find_key(revocation_id: int) -> str:
    key = Revocation.objects.filter(pk=revocation_id).values_list("key", flat=True).first()
    if key is None:
        raise GrantNotFound
    return key


def _record_once(staff: User, team: Any, action: str, reason: str, after: dict[str, Any]) -> None:
    """The act under this key happened once, so it is told once; the team's lock keeps a second try waiting."""
    if not AuditEntry.objects.filter(team_id=team.pk, action=action, after__key=after["key"]).exists():
        record_on_team(staff=staff, team=team, action=action, reason=reason, before={}, after=after)
