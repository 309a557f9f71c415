"""What the plan includes in the current period and what is left of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.core.trips import Ask, Row, Statement, ask
from apps.credits.models import Grant

from .drawing import Source
from .funds import read_funds
from .periods import Period
from .pricing import describe_price, list_price_rows
from .terms import Terms, name_latest


@dataclass(frozen=True)
class Taken:
    """Counters by period and action, and what is under way by period, action and source: of all latest periods."""

    counters: list[Row]
    held: list[Row]

    def count_used(self, period: Period) -> dict[str, tuple[int, int]]:
        """Units of the allowance and free units by action, what is under way included."""
        return {action: (units, free) for start, action, units, free in self.counters if start == period.start}

    def count_held(self, period: Period) -> dict[tuple[str, str], int]:
        """Units under way by action and source."""
        return {(action, source): units for start, action, source, units in self.held if start == period.start}


def ask_taken() -> Ask[Taken]:
    """What was taken of the allowances, whatever the current period is."""
    return ask(
        Taken,
        Statement(
            "SELECT period_start, action, SUM(allowance_units)::bigint, SUM(free_units)::bigint"  # noqa: S608
            f" FROM credits_usagecounter WHERE {name_latest()} GROUP BY period_start, action"
        ),
        Statement(
            "SELECT period_start, action, source, SUM(credits_holddraw.units)::bigint"  # noqa: S608
            " FROM credits_holddraw JOIN credits_hold ON credits_hold.id = hold_id"
            f" WHERE state = 'held' AND {name_latest()} GROUP BY period_start, action, source"
        ),
    )


def get_allowances() -> dict[str, Any]:
    """The current billing period and what it includes per paid action, as `describe_allowances` has it."""
    terms, grants, taken = read_funds(ask_taken())
    rows = describe_allowances(terms, grants=grants, taken=taken)
    return {"period": {"start": terms.period.start, "end": terms.period.end}, "results": rows}


def describe_allowances(terms: Terms, *, grants: Iterable[Grant], taken: Taken) -> list[dict[str, Any]]:
    """Per paid action `{action, label, included, allowance, free, bought, cost, your_cost}`. No query but the prices'.

    `allowance` and `free` are `{limit, used, held, remaining}`; what is under way counts as held, not as used. An
    action that the plan does not include at all has `included: false`.
    """
    used, held, bought = taken.count_used(terms.period), taken.count_held(terms.period), _sum_bought(grants)
    rows = []
    for row in list_price_rows():
        price = describe_price(row, plan=terms.plan)
        action, free = price["action"], price.pop("free_per_period")
        allowance_units, free_units = used.get(action, (0, 0))
        allowance = {
            "limit": terms.plan.allowances.get(action, 0),
            "counted": allowance_units,
            "held": held.get((action, Source.ALLOWANCE), 0),
        }
        for_free = {
            "limit": free,
            "counted": free_units,
            "held": held.get((action, Source.FREE), 0),
        }
        counts = {"allowance": _describe(**allowance), "free": _describe(**for_free), "bought": bought[action]}
        rows.append(price | counts)
    return rows


def _describe(*, limit: int, counted: int, held: int) -> dict[str, int]:
    return {"limit": limit, "used": counted - held, "held": held, "remaining": max(0, limit - counted)}


def _sum_bought(grants: Iterable[Grant]) -> Counter[str]:
    bought: Counter[str] = Counter()
    for grant in grants:
        bought[grant.unit] += grant.free
    return bought
