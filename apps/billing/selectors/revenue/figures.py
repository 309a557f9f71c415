"""What revenue's numbers are. docs/glossary.md says the same in words; amounts are whole cents of one currency."""

from dataclasses import dataclass, field
from datetime import date

from apps.billing.models import Figure


@dataclass(frozen=True)
class MonthFigures:
    """One calendar month (UTC) in one currency; the current month as far as it has come."""

    month: date
    mrr_start_cents: int = 0
    teams_start: int = 0
    teams_end: int = 0
    teams_won: int = 0
    teams_lost: int = 0
    sums: dict[str, int] = field(default_factory=dict)

    def _sum(self, figure: Figure) -> int:
        return self.sums.get(figure.value, 0)

    @property
    def new_mrr_cents(self) -> int:
        return self._sum(Figure.MRR_NEW)

    @property
    def expansion_mrr_cents(self) -> int:
        return self._sum(Figure.MRR_EXPANSION)

    @property
    def contraction_mrr_cents(self) -> int:
        return self._sum(Figure.MRR_CONTRACTION)

    @property
    def churned_mrr_cents(self) -> int:
        return self._sum(Figure.MRR_CHURN)

    @property
    def reactivated_mrr_cents(self) -> int:
        return self._sum(Figure.MRR_REACTIVATION)

    @property
    def net_new_mrr_cents(self) -> int:
        gained = self.new_mrr_cents + self.expansion_mrr_cents + self.reactivated_mrr_cents
        return gained - self.contraction_mrr_cents - self.churned_mrr_cents

    @property
    def mrr_cents(self) -> int:
        """At the month's end."""
        return self.mrr_start_cents + self.net_new_mrr_cents

    @property
    def arr_cents(self) -> int:
        return 12 * self.mrr_cents

    @property
    def arpa_cents(self) -> int | None:
        """MRR by paying team at the month's end, rounded half up; none without a paying team."""
        return (2 * self.mrr_cents + self.teams_end) // (2 * self.teams_end) if self.teams_end else None

    @property
    def churn_rate(self) -> float | None:
        """Of the teams that paid when the month began, the share that no longer does at its end."""
        return _share(self.teams_lost, self.teams_start)

    @property
    def mrr_churn_rate(self) -> float | None:
        """Churned and contraction MRR over the MRR with which the month began."""
        return _share(self.churned_mrr_cents + self.contraction_mrr_cents, self.mrr_start_cents)

    @property
    def topup_revenue_cents(self) -> int:
        return self._sum(Figure.TOPUP_REVENUE)

    @property
    def topups_sold(self) -> int:
        return self._sum(Figure.TOPUPS_SOLD)

    @property
    def topups_begun(self) -> int:
        return self._sum(Figure.TOPUPS_BEGUN)

    @property
    def topup_conversion(self) -> float | None:
        """Of the top-ups that were ordered in the month, the share that has been paid, whenever that was."""
        return _share(self._sum(Figure.TOPUPS_CONVERTED), self.topups_begun)

    @property
    def topup_refunds_cents(self) -> int:
        return self._sum(Figure.TOPUP_REFUNDS)

    @property
    def plan_refunds_cents(self) -> int:
        return self._sum(Figure.PLAN_REFUNDS)

    @property
    def refunds_cents(self) -> int:
        return self.topup_refunds_cents + self.plan_refunds_cents


# What a month has to say, by name.
FIGURES = (
    "month",
    *("teams_start", "teams_end", "teams_won", "teams_lost"),
    *(name for name, value in vars(MonthFigures).items() if isinstance(value, property)),
)


@dataclass(frozen=True)
class CurrencyRevenue:
    """One currency's months, oldest first; the last one is the current month."""

    currency: str
    months: list[MonthFigures]

    @property
    def now(self) -> MonthFigures:
        return self.months[-1]


def _share(part: int, whole: int) -> float | None:
    """Four digits after the point; none of nothing."""
    return round(part / whole, 4) if whole else None
