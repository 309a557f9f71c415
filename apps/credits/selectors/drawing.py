"""What pays for an act: a pure calculation, the same for a quote and for a hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from apps.credits.models import HoldDraw

Source = HoldDraw.Source


@dataclass(frozen=True)
class Lot:
    """What is free in a grant. A grant that the current period is still to bring has no id yet."""

    grant_id: int | None
    free: int


@dataclass(frozen=True)
class Funds:
    """Everything that may pay for one action now, each list in drawing order."""

    allowance: int = 0
    free: int = 0
    bought: tuple[Lot, ...] = ()
    credits: tuple[Lot, ...] = ()


@dataclass(frozen=True)
class DrawLine:
    """A source's part. Credit lines carry credits only, because several grants may pay for one unit."""

    source: Source
    units: int = 0
    credits: int = 0
    grant_id: int | None = None


@dataclass(frozen=True)
class Draw:
    """How `units` of an action would be paid. `missing_*` is what nothing covers."""

    units: int
    unit_credits: int
    lines: tuple[DrawLine, ...] = field(default=())
    missing_units: int = 0
    missing_credits: int = 0

    @property
    def credit_units(self) -> int:
        """Units that are paid in credits, covered or not."""
        return self.units - sum(line.units for line in self.lines)

    @property
    def credits(self) -> int:
        """The price in credits, covered or not."""
        return self.credit_units * self.unit_credits

    @property
    def is_covered(self) -> bool:
        return self.missing_units == 0

    def count(self, source: Source) -> int:
        return sum(line.units for line in self.lines if line.source == source)

    def as_list(self) -> list[dict[str, Any]]:
        """`[{"source", "units", "credits"}]` in drawing order; what is not covered stands under credits."""
        return list_sources(self.lines, units=self.units, credits=self.credits)


def list_sources(lines: Iterable[DrawLine], *, units: int, credits: int) -> list[dict[str, Any]]:
    """Draw lines summed by source; the units that no line counts are those paid in credits."""
    by_source = dict.fromkeys(_BY_UNITS, 0)
    for line in lines:
        if line.units:
            by_source[line.source] += line.units
    parts = [{"source": source.value, "units": count, "credits": 0} for source, count in by_source.items()]
    parts.append({"source": Source.CREDITS.value, "units": units - sum(by_source.values()), "credits": credits})
    return [part for part in parts if part["units"]]


_BY_UNITS = (Source.ALLOWANCE, Source.FREE, Source.BOUGHT)


def plan_draw(*, funds: Funds, units: int, unit_credits: int) -> Draw:
    """Draw the plan's allowance, then free units, then bought units, then credits. An act without a price is free."""
    lines = []
    left = units
    for line in _take_units(funds, units=units, is_free=unit_credits == 0):
        lines.append(line)
        left -= line.units
    price = left * unit_credits
    paid = list(_take(funds.credits, price))
    lines += [DrawLine(Source.CREDITS, credits=credits, grant_id=lot.grant_id) for lot, credits in paid]
    missing = price - sum(credits for _, credits in paid)
    return Draw(
        units=units,
        unit_credits=unit_credits,
        lines=tuple(lines),
        missing_units=-(-missing // unit_credits) if missing else 0,
        missing_credits=missing,
    )


def _take_units(funds: Funds, *, units: int, is_free: bool) -> Iterable[DrawLine]:
    left = units
    if taken := min(left, funds.allowance):
        yield DrawLine(Source.ALLOWANCE, units=taken)
        left -= taken
    if taken := left if is_free else min(left, funds.free):
        yield DrawLine(Source.FREE, units=taken)
        left -= taken
    for lot, taken in _take(funds.bought, left):
        yield DrawLine(Source.BOUGHT, units=taken, grant_id=lot.grant_id)


def _take(lots: Iterable[Lot], wanted: int) -> Iterable[tuple[Lot, int]]:
    left = wanted
    for lot in lots:
        if taken := min(left, lot.free):
            yield lot, taken
            left -= taken
