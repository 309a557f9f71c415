"""Revenue counted a second time, by SQL from the raw rows alone and by other ways than the product's."""

from datetime import datetime
from typing import Any

from django.db import connection

# What each team pays in a currency just before a moment: the latest row says it.
PAYS = """
SELECT team_id, mrr_after_cents AS cents FROM (
  SELECT DISTINCT ON (team_id) team_id, mrr_after_cents FROM billing_subscriptionchange
  WHERE currency = %s AND at < %s ORDER BY team_id, id DESC
) latest WHERE mrr_after_cents > 0
"""
MOVED = """
SELECT COALESCE(SUM(ABS(mrr_after_cents - mrr_before_cents)), 0) FROM billing_subscriptionchange
WHERE currency = %s AND at >= %s AND at < %s AND kind = %s
"""
SOLD = """
SELECT COALESCE(SUM(price_cents), 0), COUNT(*) FROM billing_topuporder
WHERE currency = %s AND granted_at >= %s AND granted_at < %s
"""
BEGUN = """
SELECT COUNT(*), COUNT(granted_at) FROM billing_topuporder WHERE currency = %s AND created_at >= %s AND created_at < %s
"""
WENT_BACK = """
SELECT COALESCE(SUM(amount_cents) FILTER (WHERE order_id IS NOT NULL), 0),
       COALESCE(SUM(amount_cents) FILTER (WHERE invoice_id IS NOT NULL), 0)
FROM billing_paymentreversal WHERE currency = %s AND at >= %s AND at < %s
"""


def ask(sql: str, *given: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def share(part: int, whole: int) -> float | None:
    return None if whole == 0 else round(part / whole, 4)


def recount(currency: str, start: datetime, end: datetime) -> dict[str, Any]:
    """Every number of a month, as the API names it."""
    before, after = dict(ask(PAYS, currency, start)), dict(ask(PAYS, currency, end))
    span = (currency, start, end)
    new, more, less, lost, back = (
        int(ask(MOVED, *span, kind)[0][0]) for kind in ("new", "expansion", "contraction", "churn", "reactivation")
    )
    mrr, teams = sum(after.values()), len(after)
    ((revenue, sold),), ((begun, converted),), ((topups, plans),) = (
        ask(SOLD, *span),
        ask(BEGUN, *span),
        ask(WENT_BACK, *span),
    )
    return {
        "month": start.strftime("%Y-%m"),
        "mrr_cents": mrr,
        "arr_cents": mrr * 12,
        "new_mrr_cents": new,
        "expansion_mrr_cents": more,
        "contraction_mrr_cents": less,
        "churned_mrr_cents": lost,
        "reactivated_mrr_cents": back,
        "net_new_mrr_cents": mrr - sum(before.values()),
        "paying_teams": teams,
        "teams_won": len(set(after) - set(before)),
        "teams_lost": len(set(before) - set(after)),
        "churn_rate": share(len(set(before) - set(after)), len(before)),
        "mrr_churn_rate": share(less + lost, sum(before.values())),
        "arpa_cents": int(mrr / teams + 0.5) if teams else None,
        "topup_revenue_cents": int(revenue),
        "topups_sold": sold,
        "topups_begun": begun,
        "topup_conversion": share(converted, begun),
        "topup_refunds_cents": int(topups),
        "plan_refunds_cents": int(plans),
        "refunds_cents": int(topups) + int(plans),
    }
