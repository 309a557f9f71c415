"""The laws of a ledger, recomputed from its rows without any of the product's own code."""

from collections import Counter, defaultdict

from apps.credits.models import Entry, Grant, Hold, HoldDraw, UsageCounter, Wallet


def assert_laws() -> None:
    """Everything that must hold of the current team's wallet at any moment."""
    assert_sums()
    assert_replay()
    assert_grants_replay()
    assert_holds()
    assert_counters()


def assert_sums() -> None:
    """sum(entries) = balance = sum(remaining), in credits; held likewise; each bought unit by itself."""
    wallet = Wallet.objects.first() or Wallet()
    amounts, helds = Counter(), Counter()
    for entry in Entry.objects.all():
        amounts[entry.unit] += entry.amount
        helds[entry.unit] += entry.held_delta
    remaining, held = Counter(), Counter()
    for grant in Grant.objects.all():
        remaining[grant.unit] += grant.remaining
        held[grant.unit] += grant.held
    assert wallet.balance == amounts["credits"] == remaining["credits"]
    assert wallet.held == helds["credits"] == held["credits"]
    for unit in {*amounts, *remaining}:
        assert amounts[unit] == remaining[unit], unit
        assert helds[unit] == held[unit], unit


def assert_replay() -> None:
    """Played from the first entry on, every entry's balance is the one it recorded, without a gap."""
    balance, held = Counter(), Counter()
    for number, entry in enumerate(Entry.objects.order_by("seq"), start=1):
        assert entry.seq == number
        balance[entry.unit] += entry.amount
        held[entry.unit] += entry.held_delta
        assert (entry.balance_after, entry.held_after) == (balance[entry.unit], held[entry.unit])
        assert 0 <= entry.held_after <= entry.balance_after
        assert sum(part["amount"] for part in entry.grants) == entry.amount
        assert sum(part["held_delta"] for part in entry.grants) == entry.held_delta
    wallet = Wallet.objects.first() or Wallet()
    assert wallet.seq == Entry.objects.count()


def assert_grants_replay() -> None:
    """Each grant is what its entries say: nothing was drawn from it that the ledger does not tell."""
    remaining, held = Counter(), Counter()
    for entry in Entry.objects.all():
        for part in entry.grants:
            remaining[part["grant"]] += part["amount"]
            held[part["grant"]] += part["held_delta"]
    for grant in Grant.objects.all():
        assert (grant.remaining, grant.held) == (remaining[grant.pk], held[grant.pk])
        assert 0 <= grant.held <= grant.remaining <= grant.amount


def assert_holds() -> None:
    """Every hold is paid exactly: its draws make up its price, and a captured one left the wallet once."""
    captured = Counter()
    for entry in Entry.objects.filter(kind=Entry.Kind.CAPTURE, unit="credits"):
        captured[entry.hold_id] -= entry.amount
    for hold in Hold.objects.all():
        draws = list(HoldDraw.objects.filter(hold=hold))
        assert sum(draw.credits for draw in draws) == hold.credits
        in_credits = hold.units - sum(draw.units for draw in draws)
        assert in_credits * hold.unit_credits == hold.credits
        assert captured[hold.pk] == (hold.captured_credits if hold.state == Hold.State.CAPTURED else 0)
    live = Counter(Hold.objects.exclude(state=Hold.State.RELEASED).values_list("key", flat=True))
    assert all(count == 1 for count in live.values())


def assert_counters() -> None:
    """The counters are the holds that are held or captured, by member, action and period."""
    used: dict[tuple, int] = defaultdict(int)
    for hold in Hold.objects.exclude(state=Hold.State.RELEASED):
        units = hold.captured_units if hold.state == Hold.State.CAPTURED else hold.units
        used[hold.period_start, hold.member_id, hold.action] += units
    for row in UsageCounter.objects.all():
        assert row.units == used[row.period_start, row.member_id, row.action]
