"""What a replay of a wallet says."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """A law that does not hold for one row: what it should say by the rest of the ledger, and what it says.

    `row` names it by table and number ("entry 12", "grant 3") or by unit, never by what it is about.
    """

    law: str
    row: str
    expected: int
    found: int

    def __str__(self) -> str:
        return f"{self.law}: {self.row} should be {self.expected:,} and is {self.found:,}"


@dataclass(frozen=True, slots=True)
class Replay:
    """One wallet, replayed. `counts` are all differences by law; `differences` the first of each.

    `totals` are by unit: `{balance, held, owed, granted: {origin: amount}, spent, expired, reversed}`.
    """

    entries: int
    counts: dict[str, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    totals: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        return not self.counts

    def as_line(self) -> str:
        """All that differs, in one line."""
        laws = ", ".join(f"{law} × {number}" for law, number in sorted(self.counts.items()))
        return f"{laws} ({'; '.join(str(one) for one in self.differences[:3])})"
