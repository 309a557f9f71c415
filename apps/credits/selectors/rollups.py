"""What the operator's statistics know of a wallet: what is left in it, and what was used, by calendar month (UTC)."""

from collections import Counter
from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import Min, Q, Sum
from django.db.models.functions import TruncMonth

from apps.credits.models import CREDITS, Entry, Grant
from apps.teams.selectors import RollupKey, get_month_day

from .periods import add_months

CREDITS_OUTSTANDING = "credits_outstanding"
USAGE_UNITS = "usage_units"
USAGE_CREDITS = "usage_credits"
WALLET_METRICS = (CREDITS_OUTSTANDING, USAGE_UNITS, USAGE_CREDITS)

# What each grant had left at a moment, from the entries alone; what had ended by then was nobody's any more.
_LEFT_AT = """
SELECT g.unit, SUM((m->>'amount')::bigint)
FROM credits_entry e CROSS JOIN LATERAL jsonb_array_elements(e.grants) m
JOIN credits_grant g ON g.id = (m->>'grant')::bigint
WHERE e.at < %(at)s AND (g.expires_at IS NULL OR g.expires_at > %(at)s)
GROUP BY g.unit
"""


def count_wallet(*, since: date | None, now: datetime) -> dict[RollupKey, int]:
    """The current team's figures of every month from `since` (or the ledger's first) up to now.

    Outstanding is what is left of grants that have not ended, held or not: now by the grants, at the end of an earlier
    month by the ledger's entries. Used is what was captured, by action.
    """
    begin = since or _find_first_month(now)
    figures: Counter[RollupKey] = Counter()
    current = get_month_day(now)
    for unit, left in _count_left(now).items():
        figures[current, CREDITS_OUTSTANDING, unit] = left
    end = _as_moment(current)
    while get_month_day(end) > begin:
        month = add_months(end, -1)
        for unit, left in _replay(end).items():
            figures[get_month_day(month), CREDITS_OUTSTANDING, unit] = left
        end = month
    _count_usage(figures, since=_as_moment(begin))
    return dict(figures)


def _find_first_month(now: datetime) -> date:
    return get_month_day(Entry.objects.aggregate(first=Min("at"))["first"] or now)


def _as_moment(month: date) -> datetime:
    return datetime(month.year, month.month, 1, tzinfo=UTC)


def _list_units() -> set[str]:
    """Units that the team ever had: those used up count as none left."""
    return {CREDITS, *Grant.objects.order_by().values_list("unit", flat=True).distinct()}


def _count_left(now: datetime) -> dict[str, int]:
    open_grants = Grant.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), remaining__gt=0).order_by()
    left = dict(open_grants.values_list("unit").annotate(total=Sum("remaining")))
    return {unit: left.get(unit, 0) for unit in _list_units()}


def _replay(at: datetime) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_LEFT_AT, {"at": at})
        left = {unit: int(total) for unit, total in cursor.fetchall()}
    return {unit: left.get(unit, 0) for unit in _list_units()}


def _count_usage(figures: Counter[RollupKey], *, since: datetime) -> None:
    captures = Entry.objects.filter(kind=Entry.Kind.CAPTURE, unit=CREDITS, at__gte=since).order_by()
    months = captures.annotate(month=TruncMonth("at", tzinfo=UTC)).values("month", "action")
    for row in months.annotate(used=Sum("units"), spent=-Sum("amount")):
        month = row["month"].date()
        figures[month, USAGE_UNITS, row["action"]] = row["used"]
        figures[month, USAGE_CREDITS, row["action"]] = row["spent"]
