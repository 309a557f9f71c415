"""Taking a grant back when its payment was: a refund, a dispute, a void invoice. And giving it back again."""

from django.db.models import Q, Sum

from apps.credits.errors import GrantNotFound, KeyReused
from apps.credits.models import Entry, Grant, Revocation
from apps.credits.selectors.lots import PRIORITIES, is_expired

from .books import Books, Move, open_books
from .debts import find_debts
from .granting import GrantNote
from .settling import RETURNED_FOR


def revoke_grant(*, source_key: str, key: str, amount: int | None = None, note: GrantNote) -> Revocation:
    """Take back `amount` of a grant (all of it by default), once per `key`.

    What is left and not held goes at once. What was spent or is held becomes debt, which closes paid acts; held units
    that are released later, and later grants of the same unit, pay it. What expired or was carried over is not owed,
    and covers a part of a partial revocation before spent units do. Several revocations together never exceed the
    grant. Raises `GrantNotFound`, and `KeyReused` when the key took another grant back.
    """
    with open_books() as books:
        grant = _find_grant(books, source_key)
        if known := Revocation.objects.filter(key=key).first():
            return _same_revocation(known, grant)
        revocation = _plan_revocation(grant, key=key, amount=amount, note=note)
        revocation.save(force_insert=True)
        entry = _describe(revocation, kind=Entry.Kind.REVERSE, key=f"reverse:{key}", note=note)
        books.post(entry, [Move(grant, amount=-revocation.revoked)])
        books.owe(grant.unit, revocation.debt)
        return revocation


def restore_grant(*, key: str, note: GrantNote) -> Revocation:
    """Undo the revocation of `key`, once: a dispute was won, a refund failed.

    What was taken comes back into the grant, or for 24 hours where the grant has ended meanwhile; debt that is open is
    forgotten, and what had been paid of it is given back as a grant of its own. Raises `GrantNotFound`.
    """
    with open_books() as books:
        revocation = Revocation.objects.select_related("grant").filter(key=key).first()
        if revocation is None:
            raise GrantNotFound(details={"key": key})
        if revocation.restored_at is None:
            _restore(books, revocation, note=note)
        return revocation


def waive_debt(*, key: str, note: GrantNote) -> Revocation:
    """Let the team off what it still owes for the revocation of `key`: a superadmin's decision, with its reason."""
    with open_books() as books:
        revocation = Revocation.objects.filter(key=key).first()
        if revocation is None:
            raise GrantNotFound(details={"key": key})
        if waived := revocation.debt_remaining:
            revocation.debt_remaining, revocation.debt_waived = 0, revocation.debt_waived + waived
            revocation.save(update_fields=["debt_remaining", "debt_waived"])
            books.owe(revocation.unit, -waived)
            name = f"waive:{revocation.pk}:{books.wallet.seq + 1}"
            entry = _describe(revocation, kind=Entry.Kind.WAIVE, key=name, note=note)
            entry.units = waived
            books.post(entry)
        return revocation


def _find_grant(books: Books, source_key: str) -> Grant:
    grant = Grant.objects.filter(source_key=source_key).first()
    if grant is None:
        raise GrantNotFound(details={"source_key": source_key})
    return books.grants.setdefault(grant.pk, grant)


def _same_revocation(revocation: Revocation, grant: Grant) -> Revocation:
    if revocation.grant_id != grant.pk:
        raise KeyReused(details={"key": revocation.key})
    return revocation


def _plan_revocation(grant: Grant, *, key: str, amount: int | None, note: GrantNote) -> Revocation:
    earlier = Revocation.objects.filter(grant=grant, restored_at=None)
    sums = earlier.aggregate(amount=Sum("amount"), taken=Sum("revoked"), owed=Sum("debt"))
    taken = sums["amount"] or 0
    forgiven = taken - (sums["taken"] or 0) - (sums["owed"] or 0)
    wanted = grant.amount - taken if amount is None else min(amount, grant.amount - taken)
    revoked = min(wanted, grant.free)
    lapsed = _sum_lapsed(grant) - forgiven
    debt = max(0, wanted - revoked - lapsed)
    return Revocation(
        key=key,
        grant=grant,
        unit=grant.unit,
        amount=wanted,
        revoked=revoked,
        debt=debt,
        debt_remaining=debt,
        reason=note.reason,
        actor=note.actor,
    )


def _sum_lapsed(grant: Grant) -> int:
    """What a grant lost at its end, from the entries whose keys say so."""
    whole = Q(key__in=[f"expire:{grant.pk}", f"rollover:{grant.pk}"])
    found = Entry.objects.filter(whole | Q(key__startswith=f"expire:{grant.pk}:"))
    return -(found.aggregate(total=Sum("amount"))["total"] or 0)


def _restore(books: Books, revocation: Revocation, *, note: GrantNote) -> None:
    open_debt = sum(debt.debt_remaining for debt in find_debts(unit=revocation.unit) if debt.pk == revocation.pk)
    paid = revocation.debt - revocation.debt_waived - open_debt
    revocation.restored_at, revocation.debt_remaining = books.terms.now, 0
    revocation.save(update_fields=["restored_at", "debt_remaining"])
    books.owe(revocation.unit, -open_debt)
    grant = books.grants.setdefault(revocation.grant_id, revocation.grant)
    if is_expired(grant, at=books.terms.now):
        _return(books, revocation, amount=revocation.revoked + paid, note=note)
        return
    entry = _describe(revocation, kind=Entry.Kind.REVERSE, key=f"restore:{revocation.key}", note=note)
    books.post(entry, [Move(grant, amount=revocation.revoked)])
    books.pay_debts(grant)
    _return(books, revocation, amount=paid, note=note)


def _return(books: Books, revocation: Revocation, *, amount: int, note: GrantNote) -> None:
    if not amount:
        return
    now, ends_at = books.terms.now, revocation.grant.expires_at
    returned = Grant(
        unit=revocation.unit,
        amount=amount,
        origin=Grant.Origin.REFUND,
        priority=PRIORITIES[Grant.Origin.REFUND],
        effective_at=now,
        expires_at=ends_at and max(ends_at, now + RETURNED_FOR),
        source_key=f"restored:{revocation.key}",
    )
    books.add_grant(returned, member=note.actor, reason=note.reason)


def _describe(revocation: Revocation, *, kind: Entry.Kind, key: str, note: GrantNote) -> Entry:
    return Entry(
        kind=kind,
        key=key,
        unit=revocation.unit,
        member=note.actor,
        reason=note.reason,
    )
