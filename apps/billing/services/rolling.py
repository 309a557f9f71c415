"""Revenue's rollups of one team, counted from its raw rows: changes of MRR, top-up orders, and what was paid back.

All of a team's months are counted again each time, under the account's lock: a team has few such rows, nothing is ever
half new, and a later run finds what an earlier one would have found.
"""

from collections import Counter
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth

from apps.billing.models import BillingAccount, Figure, PaymentReversal, SubscriptionChange, TopupOrder
from apps.teams.selectors import RollupKey, get_month_day
from apps.teams.services import store_rollups

from .accounts import LockedAccount, lock_account


def roll_up_revenue() -> int:
    """Count every team again, each in a transaction of its own; returns how many. The beat's, and the operator's."""
    account_ids = list(BillingAccount.objects.order_by("id").values_list("pk", flat=True))
    for account_id in account_ids:
        with transaction.atomic():
            roll_up_account(lock_account(account_id))
    return len(account_ids)


def roll_up_account(account: LockedAccount) -> None:
    """Count the account's team again, in the caller's transaction and lock. Repeatable; six queries."""
    figures: Counter[RollupKey] = Counter()
    _count_changes(figures, account)
    _count_orders(figures, account)
    _count_reversals(figures, account)
    store_rollups(team_id=account.team_id, metrics=Figure.values, figures=figures)


def _count_changes(figures: Counter[RollupKey], account: LockedAccount) -> None:
    """By the month in which each took effect, and never before the change that it followed."""
    effective: datetime | None = None
    for change in SubscriptionChange.objects.filter(team_id=account.team_id).order_by("id"):
        effective = change.at if effective is None else max(effective, change.at)
        amount = abs(change.mrr_after_cents - change.mrr_before_cents)
        figures[get_month_day(effective), Figure[f"MRR_{change.kind.upper()}"].value, change.currency] += amount


def _count_orders(figures: Counter[RollupKey], account: LockedAccount) -> None:
    orders = TopupOrder.objects.filter(account_id=account.pk).order_by()
    begun = orders.annotate(month=TruncMonth("created_at", tzinfo=UTC)).values("month", "currency")
    for row in begun.annotate(begun=Count("pk"), converted=Count("pk", filter=Q(granted_at__isnull=False))):
        month = row["month"].date()
        figures[month, Figure.TOPUPS_BEGUN.value, row["currency"]] = row["begun"]
        figures[month, Figure.TOPUPS_CONVERTED.value, row["currency"]] = row["converted"]
    granted = orders.filter(granted_at__isnull=False).annotate(month=TruncMonth("granted_at", tzinfo=UTC))
    for sale in granted.values("month", "currency").annotate(cents=Sum("price_cents"), sold=Count("pk")):
        month = sale["month"].date()
        figures[month, Figure.TOPUP_REVENUE.value, sale["currency"]] = sale["cents"]
        figures[month, Figure.TOPUPS_SOLD.value, sale["currency"]] = sale["sold"]


def _count_reversals(figures: Counter[RollupKey], account: LockedAccount) -> None:
    rows = PaymentReversal.objects.filter(account_id=account.pk).order_by()
    months = rows.annotate(month=TruncMonth("at", tzinfo=UTC), is_topup=Q(order__isnull=False))
    for row in months.values("month", "currency", "is_topup").annotate(cents=Sum(F("amount_cents"))):
        figure = Figure.TOPUP_REFUNDS if row["is_topup"] else Figure.PLAN_REFUNDS
        figures[row["month"].date(), figure.value, row["currency"]] = row["cents"]
