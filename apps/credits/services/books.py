"""The one way to change a wallet: open its books under the row lock, post entries, close.

An entry and what it moves are written together, so the ledger's law holds by construction: each post changes grants and
wallet by exactly the amounts that the entry records.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NewType

from django.db import transaction

from apps.credits.models import CREDITS, Entry, Grant, Wallet
from apps.credits.selectors.caching import forget_wallet
from apps.credits.selectors.funds import get_plan_key, is_expired, list_open_grants, make_plan_grant
from apps.credits.selectors.terms import Terms, read_terms

LockedWallet = NewType("LockedWallet", Wallet)


@dataclass(frozen=True)
class Move:
    """What an entry does to one grant."""

    grant: Grant
    amount: int = 0
    held_delta: int = 0


@dataclass
class Books:
    """A wallet that is locked and up to date: what expired is gone, what the period brings is there."""

    wallet: LockedWallet
    terms: Terms
    grants: dict[int, Grant]
    entries: list[Entry] = field(default_factory=list)
    moved: dict[int, Grant] = field(default_factory=dict)

    def post(self, entry: Entry, moves: Sequence[Move] = ()) -> None:
        """Apply the moves and record them. The entry brings its kind, key, unit and what it is about."""
        for move in moves:
            move.grant.remaining += move.amount
            move.grant.held += move.held_delta
            self.moved[move.grant.pk] = move.grant
        self.wallet.seq += 1
        entry.seq = self.wallet.seq
        entry.at = self.terms.now
        entry.amount = sum(move.amount for move in moves)
        entry.held_delta = sum(move.held_delta for move in moves)
        entry.grants = [_describe(move) for move in moves]
        entry.balance_after, entry.held_after = self._settle(entry)
        self.entries.append(entry)

    def add_grant(self, grant: Grant, **about: Any) -> Grant:
        """Store a new grant and post what it brings."""
        grant.remaining = 0
        grant.save(force_insert=True)
        self.grants[grant.pk] = grant
        entry = Entry(kind=Entry.Kind.GRANT, key=f"grant:{grant.source_key}", unit=grant.unit, **about)
        self.post(entry, [Move(grant, amount=grant.amount)])
        return grant

    def expire_grant(self, grant: Grant, *, amount: int, key: str) -> None:
        """Take what an expired grant has left; what is held stays until its hold is settled."""
        self.post(Entry(kind=Entry.Kind.EXPIRE, key=key, unit=grant.unit), [Move(grant, amount=-amount)])

    def get_grant(self, grant_id: int | None) -> Grant:
        """A grant that moves: open ones are at hand, and what is held keeps a grant open."""
        if grant_id is None:
            raise ValueError("only grants move")
        return self.grants[grant_id]

    def _settle(self, entry: Entry) -> tuple[int, int]:
        if entry.unit == CREDITS:
            self.wallet.balance += entry.amount
            self.wallet.held += entry.held_delta
            return self.wallet.balance, self.wallet.held
        lots = [grant for grant in self.grants.values() if grant.unit == entry.unit]
        return sum(lot.remaining for lot in lots), sum(lot.held for lot in lots)


def lock_wallet() -> LockedWallet:
    """Lock the current team's wallet until the end of the transaction; make it when the team has none yet."""
    wallet = Wallet.objects.select_for_update().first()
    if wallet is None:
        Wallet.objects.bulk_create([Wallet()], ignore_conflicts=True)
        wallet = Wallet.objects.select_for_update().get()
    return LockedWallet(wallet)


@contextmanager
def open_books() -> Iterator[Books]:
    """Lock the wallet, bring it up to date, and write what the block posts; all of it or, on an exception, nothing.

    Inside a caller's transaction the lock lasts until that one ends, so work that takes long is done before.
    """
    with transaction.atomic():
        wallet = lock_wallet()
        terms = read_terms()
        books = Books(wallet=wallet, terms=terms, grants={grant.pk: grant for grant in list_open_grants(terms)})
        _bring_up_to_date(books)
        yield books
        _close(books)


def _bring_up_to_date(books: Books) -> None:
    for grant in list(books.grants.values()):
        if grant.free and is_expired(grant, at=books.terms.now):
            books.expire_grant(grant, amount=grant.free, key=f"expire:{grant.pk}")
    due = make_plan_grant(books.terms)
    plan_key = get_plan_key(books.terms)
    if due and all(grant.source_key != plan_key for grant in books.grants.values()):
        books.add_grant(due, subject_type="plan", subject_label=books.terms.plan.plan.name)


def _close(books: Books) -> None:
    if not books.entries:
        return
    Grant.objects.bulk_update(books.moved.values(), ["remaining", "held"])
    books.wallet.save(update_fields=["balance", "held", "seq"])
    Entry.objects.bulk_create(books.entries)
    forget_wallet()


def _describe(move: Move) -> dict[str, Any]:
    grant = move.grant
    return {"grant": grant.pk, "origin": grant.origin, "amount": move.amount, "held_delta": move.held_delta}
