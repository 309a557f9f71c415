"""Summing rollups. No team's schema and none of the raw rows are read."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from apps.billing.models import Figure
from apps.credits.selectors import CREDITS_OUTSTANDING
from apps.teams.models import Team, TeamRollup
from apps.teams.selectors import get_month_day

from .figures import FIGURES, CurrencyRevenue, MonthFigures

_LOSSES = [Figure.MRR_CONTRACTION, Figure.MRR_CHURN]
_MOVEMENTS = [Figure.MRR_NEW, Figure.MRR_EXPANSION, Figure.MRR_REACTIVATION, *_LOSSES]
USUAL_CURRENCY = "USD"

# By currency, team and month: how much the team's MRR changed.
Nets = dict[str, dict[int, dict[date, int]]]


@dataclass(frozen=True)
class Outstanding:
    """What teams have and may still spend of one unit (`credits`, or an action), by month's end; the last is now."""

    unit: str
    months: list[int]

    @property
    def now(self) -> int:
        return self.months[-1]


@dataclass(frozen=True)
class Revenue:
    """Every currency that was ever billed, the one most teams pay in first; amounts of two are never added."""

    months: list[date]
    currencies: list[CurrencyRevenue]
    outstanding: list[Outstanding]
    outstanding_counted_at: datetime | None

    def get_currency(self, code: str | None) -> CurrencyRevenue:
        """A currency's months; the first one's without a code, and zeros for a code that nobody pays in."""
        for one in self.currencies:
            if code is None or one.currency == code:
                return one
        return CurrencyRevenue(code or USUAL_CURRENCY, [MonthFigures(month) for month in self.months])

    def describe(self, code: str | None) -> dict[str, Any]:
        """A currency's current month with everything around it, flat, as the API answers."""
        shown = self.get_currency(code)
        own = {name: getattr(shown.now, name) for name in FIGURES}
        return own | {
            "currency": shown.currency,
            "currencies": [one.currency for one in self.currencies],
            "outstanding": self.outstanding,
            "outstanding_counted_at": self.outstanding_counted_at,
            "months": shown.months,
        }


def get_revenue(*, months: int = 12, now: datetime | None = None) -> Revenue:
    """The last `months` calendar months up to the current one. Three queries, all on rollups."""
    shown = _list_months(get_month_day(now or timezone.now()), months)
    nets = _read_nets(until=shown[-1])
    sums = _read_sums(since=shown[0], until=shown[-1])
    found = [_count_currency(code, nets.get(code, {}), sums[code], shown) for code in {*nets, *sums}]
    found.sort(key=lambda one: (-one.now.teams_end, one.currency))
    outstanding, counted_at = _read_outstanding(shown)
    return Revenue(shown, found, outstanding, counted_at)


def _list_months(last: date, number: int) -> list[date]:
    months = last.year * 12 + last.month - 1
    return [date(index // 12, index % 12 + 1, 1) for index in range(months - number + 1, months + 1)]


def _read_nets(*, until: date) -> Nets:
    """Since the beginning: what a team pays is the sum of everything that changed it."""
    rows = TeamRollup.objects.filter(metric__in=[one.value for one in _MOVEMENTS], month__lte=until).order_by()
    is_loss = Q(metric__in=[one.value for one in _LOSSES])
    won, lost = Sum("value", filter=~is_loss, default=0), Sum("value", filter=is_loss, default=0)
    nets: Nets = defaultdict(lambda: defaultdict(dict))
    for row in rows.values("unit", "team_id", "month").annotate(won=won, lost=lost):
        nets[row["unit"]][row["team_id"]][row["month"]] = row["won"] - row["lost"]
    return nets


def _read_sums(*, since: date, until: date) -> dict[str, dict[date, dict[str, int]]]:
    rows = TeamRollup.objects.filter(metric__in=Figure.values, month__range=(since, until)).order_by()
    sums: dict[str, dict[date, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows.values("unit", "month", "metric").annotate(total=Sum("value")):
        sums[row["unit"]][row["month"]][row["metric"]] = row["total"]
    return sums


def _count_currency(
    currency: str, teams: dict[int, dict[date, int]], sums: dict[date, dict[str, int]], shown: list[date]
) -> CurrencyRevenue:
    paid = {team_id: sum(net for month, net in months.items() if month < shown[0]) for team_id, months in teams.items()}
    months = []
    for month in shown:
        after = {team_id: was + teams[team_id].get(month, 0) for team_id, was in paid.items()}
        months.append(
            MonthFigures(
                month=month,
                mrr_start_cents=sum(paid.values()),
                teams_start=_count(paid.values()),
                teams_end=_count(after.values()),
                teams_won=sum(not paid[team_id] and cents > 0 for team_id, cents in after.items()),
                teams_lost=sum(paid[team_id] > 0 and not cents for team_id, cents in after.items()),
                sums=dict(sums.get(month, {})),
            )
        )
        paid = after
    return CurrencyRevenue(currency, months)


def _count(amounts: Iterable[int]) -> int:
    return sum(cents > 0 for cents in amounts)


def _read_outstanding(shown: list[date]) -> tuple[list[Outstanding], datetime | None]:
    """A team that was not counted in a month still has what it had; archived teams have nothing left."""
    rows = TeamRollup.objects.filter(metric=CREDITS_OUTSTANDING, month__lte=shown[-1])
    rows = rows.exclude(team__state=Team.State.ARCHIVED).order_by("month")
    latest: dict[tuple[int, str], int] = {}
    totals: dict[date, Counter[str]] = {}
    left, total, counted_at = list(shown), Counter[str](), None
    for team_id, month, unit, value, at in rows.values_list("team_id", "month", "unit", "value", "computed_at"):
        while left and month > left[0]:
            totals[left.pop(0)] = total.copy()
        total[unit] += value - latest.get((team_id, unit), 0)
        latest[team_id, unit] = value
        counted_at = min(counted_at or at, at) if month == shown[-1] else counted_at
    totals.update({month: total.copy() for month in left})
    units = sorted(total, key=lambda unit: (unit != "credits", unit))
    return [Outstanding(unit, [totals[month][unit] for month in shown]) for unit in units], counted_at
