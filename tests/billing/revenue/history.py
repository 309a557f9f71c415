"""Two years of what teams paid, written by the services' own writers at chosen moments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from django.db import transaction

from apps.billing.models import Invoice, PaymentReversal, Subscription, TopupOrder
from apps.billing.services import ensure_account
from apps.billing.services.accounts import lock_account
from apps.billing.services.revenue import record_change
from apps.plans.models import TopupPackage
from apps.plans.selectors import get_plan_version
from apps.teams.models import Team

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
_numbers = count(1)


def at(text: str) -> datetime:
    """`at("2025-03-31 23:59:59.999999")`, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class Customer:
    """A team whose payments are written down as they came."""

    team: Team
    row: Subscription | None = None

    def begin(self, when: str, cents: int, interval: str = "month", currency: str = "USD", provider="manual") -> None:
        moment = at(when)
        self.row = Subscription.objects.create(
            account=self.account, provider=provider, plan_version=get_plan_version("standard"), interval=interval,
            status="active", price_cents=cents, currency=currency, started_at=moment, anchor_at=moment,
            current_period_start=moment, current_period_end=moment + timedelta(days=30),
        )  # fmt: skip
        self._record(moment)

    def change(self, when: str, cents: int, interval: str = "month", currency: str | None = None) -> None:
        self.row.price_cents, self.row.interval = cents, interval
        self.row.currency = currency or self.row.currency
        self.row.save()
        self._record(at(when))

    def end(self, when: str) -> None:
        self.row.status, self.row.ended_at = "canceled", at(when)
        self.row.save()
        self._record(at(when))

    def nothing_changed(self, when: str, **fields: object) -> None:
        """A failed payment, an end asked for, a resumption: written on the subscription, no row of revenue."""
        for name, value in fields.items():
            setattr(self.row, name, value)
        self.row.save()
        self._record(at(when))

    def order(self, begun: str, paid: str | None, cents: int, currency: str = "USD") -> TopupOrder:
        package = TopupPackage.objects.first()
        return TopupOrder.objects.create(
            account=self.account, package=package, unit=package.unit, quantity=package.quantity,
            list_price_cents=cents, price_cents=cents, currency=currency, created_at=at(begun),
            granted_at=paid and at(paid), state="paid" if paid else "expired",
        )  # fmt: skip

    def invoice(self, cents: int, currency: str = "USD") -> Invoice:
        return Invoice.objects.create(
            account=self.account, subscription=self.row, status="paid", currency=currency, total_cents=cents
        )

    def goes_back(self, when: str, cents: int, *, of: TopupOrder | Invoice, kind: str = "refund") -> None:
        own = {"order": of} if isinstance(of, TopupOrder) else {"invoice": of}
        PaymentReversal.objects.create(
            account=self.account, kind=kind, amount_cents=cents, currency=of.currency, at=at(when),
            reason=f"{kind}:{next(_numbers)}", **own,
        )  # fmt: skip

    @property
    def account(self):
        return ensure_account(self.team)

    def _record(self, moment: datetime) -> None:
        with transaction.atomic():
            record_change(lock_account(self.account.pk), subscription=self.row, at=moment)


def write_history(make_team: Callable[..., Team]) -> None:
    """Upgrades, downgrades, ends, resumptions, annual and manual, two currencies, month ends, and one who came back."""
    one, two, three, four, five, six, seven = (Customer(make_team("standard")) for _ in range(7))

    one.begin("2024-11-05 10:00", 19_900, provider="stripe")
    one.change("2025-06-10 09:00", 49_900)
    one.change("2025-09-30 23:59:59.999999", 19_900)
    one.nothing_changed("2025-10-05 00:00", status="past_due", grace_until=at("2025-10-12 00:00"))
    one.nothing_changed("2025-10-09 00:00", status="active", grace_until=None)

    two.begin("2025-04-01 00:00", 191_040, interval="year")
    two.nothing_changed("2025-12-01 08:00", cancel_at_period_end=True)
    two.nothing_changed("2025-12-03 08:00", cancel_at_period_end=False)
    two.change("2026-03-02 08:00", 479_040, interval="year")

    three.begin("2025-05-31 23:00", 19_900)
    three.end("2025-08-31 23:00")
    three.begin("2025-11-15 10:00", 49_900)
    three.end("2026-01-15 10:00")
    three.begin("2026-01-20 10:00", 19_900)

    four.begin("2025-07-07 07:00", 17_500, currency="EUR", provider="stripe")
    five.begin("2025-07-31 22:00", 40_006, interval="year", currency="EUR")
    five.change("2025-10-01 00:00", 40_007, interval="year")
    five.change("2026-02-28 23:59:59", 30_000, interval="month", currency="USD")

    six.begin("2025-10-10 10:00", 49_900)
    six.end("2025-10-25 10:00")
    seven.begin("2026-02-01 00:00", 0)
    seven.change("2026-03-10 00:00", 9_900)

    kept = one.order("2025-08-31 23:58", "2025-09-01 00:02", 5_000)
    one.order("2025-09-02 10:00", None, 20_000)
    gone = one.order("2026-03-01 10:00", "2026-03-01 10:05", 4_000)
    three.order("2026-03-05 10:00", "2026-03-05 10:05", 20_000)
    three.order("2026-03-06 10:00", None, 20_000)
    abroad = four.order("2026-03-07 10:00", "2026-03-08 10:00", 4_500, currency="EUR")
    one.goes_back("2025-10-02 10:00", 1_999, of=kept)
    one.goes_back("2025-11-02 10:00", 1, of=kept)
    one.goes_back("2026-03-03 10:00", 4_000, of=gone, kind="dispute")
    one.goes_back("2026-03-19 10:00", -4_000, of=gone, kind="dispute")
    four.goes_back("2026-03-09 10:00", 4_500, of=abroad)
    three.goes_back("2026-01-16 10:00", 49_900, of=three.invoice(49_900))
