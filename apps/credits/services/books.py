"""The one way to change a wallet: open its books under the row lock, post entries, close.

An entry and what it moves are written together, so the ledger's law holds by construction: each post changes grants and
wallet by exactly the amounts that the entry records.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, NewType

from apps.core.trips import Ask, Statement, Table, Trips, open_transaction
from apps.credits.models import CREDITS, Entry, Grant, Wallet
from apps.credits.selectors.caching import forget_wallet
from apps.credits.selectors.cycling import advance
from apps.credits.selectors.funds import GRANTS, ask_open_grants
from apps.credits.selectors.terms import WALLETS, Stand, Terms, ask_terms, read_terms
from apps.teams.services import plan_period

from .debts import find_debts, take_payment
from .noticing import Level, measure_action, note_level, rearm

LockedWallet = NewType("LockedWallet", Wallet)
ENTRIES = Table(Entry)
_MOVED = ("balance", "held", "seq")
_STAND = ("period_start", "is_period_granted")


@dataclass(frozen=True)
class Move:
    """What an entry does to one grant."""

    grant: Grant
    amount: int = 0
    held_delta: int = 0


@dataclass
class Books:
    """A wallet that is locked and up to date: what expired is gone, what the period brings is there.

    `answers` are those to what the session asked with the lock; `writes` go to the database before the entries do.
    """

    trips: Trips
    wallet: LockedWallet
    terms: Terms
    grants: dict[int, Grant]
    answers: list[Any] = field(default_factory=list)
    writes: list[Statement] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    moved: dict[int, Grant] = field(default_factory=dict)
    is_stand_moved: bool = False

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

    def list_grants(self) -> list[Grant]:
        """Every grant that is at hand: those with something left, and what this session brought or emptied."""
        return list(self.grants.values())

    def add_grant(self, grant: Grant, **about: Any) -> Grant:
        """Store a new grant and post what it brings; it pays open debts of its unit first."""
        grant.remaining = 0
        grant.save(force_insert=True)
        self.grants[grant.pk] = grant
        entry = Entry(kind=Entry.Kind.GRANT, key=f"grant:{grant.source_key}", unit=grant.unit, **about)
        self.post(entry, [Move(grant, amount=grant.amount)])
        self.pay_debts(grant)
        return grant

    def has_grant(self, source_key: str) -> bool:
        """Whether something was ever granted under the key."""
        return Grant.objects.filter(source_key=source_key).exists()

    def lapse(self, grant: Grant, *, amount: int, kind: Entry.Kind, about: str = "") -> None:
        """Take what a grant has left at its end; what is held stays until its hold is settled."""
        entry = Entry(kind=kind, key=f"{kind.value}:{grant.pk}{about}", unit=grant.unit)
        self.post(entry, [Move(grant, amount=-amount)])

    def pay_debts(self, grant: Grant, *, own: bool = False) -> None:
        """Pay what is owed in the grant's unit with what is free in it; `own`: only what is owed for this grant."""
        if not self.terms.debts.get(grant.unit):
            return
        for debt in find_debts(unit=grant.unit, grant=grant if own else None):
            if paid := take_payment(debt, offered=grant.free):
                self.terms.debts[grant.unit] -= paid
                key = f"repay:{debt.pk}:{self.wallet.seq + 1}"
                entry = Entry(kind=Entry.Kind.REPAY, key=key, unit=grant.unit, reason=debt.reason)
                self.post(entry, [Move(grant, amount=-paid)])

    def owe(self, unit: str, amount: int) -> None:
        """Count debt that was made (above zero) or forgotten in this session."""
        self.terms.debts[unit] = self.terms.debts.get(unit, 0) + amount

    def bring_up_to_date(self) -> None:
        """Close what ended and open what began; tells the beat when to come again."""
        stand = advance(self, self.terms, stand=self.terms.stand)
        if stand != self.terms.stand:
            self.put_stand(stand)
            plan_period(team=self.terms.team, at=self.terms.period.end)

    def put_stand(self, stand: Stand) -> None:
        """Remember how far the wallet was brought."""
        self.wallet.period_start, self.wallet.is_period_granted = stand.period_start, stand.is_granted
        self.terms = replace(self.terms, stand=stand)
        self.is_stand_moved = True

    def renew_terms(self) -> None:
        """Read the terms again after they were changed under this lock, and do what they bring now."""
        stand = self.terms.stand
        self.terms = replace(read_terms(), stand=stand, debts=self.terms.debts)
        self.bring_up_to_date()

    def count_bought(self, unit: str) -> int:
        """Units that were bought and can still be drawn."""
        return sum(grant.free for grant in self.grants.values() if grant.unit == unit)

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
        make_wallet()
        wallet = Wallet.objects.select_for_update().get()
    return LockedWallet(wallet)


def make_wallet() -> None:
    """Make the current team's wallet, unless somebody else does at this moment."""
    Wallet.objects.bulk_create([Wallet()], ignore_conflicts=True)


@contextmanager
def open_books(*asks: Ask[Any]) -> Iterator[Books]:
    """Lock the wallet, bring it up to date, and write what the block posts; all of it or, on an exception, nothing.

    `asks` are answered under the lock, in the same round trip. Inside a caller's transaction the lock lasts until that
    one ends, so work that takes long is done before.
    """
    with lock_and_ask(ask_open_grants(), *asks) as (trips, (terms, grants, *answers)):
        at_hand = {grant.pk: grant for grant in grants}
        wallet = LockedWallet(terms.wallet)
        books = Books(trips=trips, wallet=wallet, terms=terms, grants=at_hand, answers=answers)
        books.bring_up_to_date()
        yield books
        _close(books)


@contextmanager
def lock_and_ask(*asks: Ask[Any]) -> Iterator[tuple[Trips, list[Any]]]:
    """A transaction under the wallet's lock: its trips, and the terms and the answers as of after the lock."""
    questions = ask_terms(locking=True), *asks
    with open_transaction(*questions) as (trips, found):
        if found[0].wallet:
            yield trips, found
            return
        make_wallet()
        yield trips, trips.ask(*questions)


def _close(books: Books) -> None:
    if books.entries:
        _watch(books)
    writes = list(books.writes)
    if books.entries or books.is_stand_moved:
        writes += GRANTS.update(books.moved.values(), ["remaining", "held"])
        writes += WALLETS.update([books.wallet], _MOVED + _STAND if books.is_stand_moved else _MOVED)
        writes += ENTRIES.insert(books.entries)
        forget_wallet()
    books.trips.finish(writes)


def _watch(books: Books) -> None:
    """Notice what is low now, and what is not any more. No query in the usual case."""
    terms = books.terms
    brought = {entry.unit for entry in books.entries if entry.kind == Entry.Kind.GRANT}
    for unit in brought - {CREDITS}:
        if terms.plan.allowances.get(unit):
            rearm(terms, measure_action(terms, action=unit, bought=books.count_bought(unit)))
    level = Level(CREDITS, left=books.wallet.available, whole=terms.plan.monthly_credits)
    if CREDITS in brought:
        rearm(terms, level)
    if any(entry.unit == CREDITS and (entry.amount < 0 or entry.held_delta > 0) for entry in books.entries):
        note_level(terms, level)


def _describe(move: Move) -> dict[str, Any]:
    grant = move.grant
    return {"grant": grant.pk, "origin": grant.origin, "amount": move.amount, "held_delta": move.held_delta}
