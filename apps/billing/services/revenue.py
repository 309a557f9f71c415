"""The rows that revenue is made of, written in the transaction that changes what a team pays."""

from datetime import datetime

from apps.billing.models import Subscription, SubscriptionChange

from .accounts import LockedAccount
from .rolling import roll_up_account

Kind = SubscriptionChange.Kind


def record_change(account: LockedAccount, *, subscription: Subscription, at: datetime) -> list[SubscriptionChange]:
    """Write down how the team's monthly revenue differs from the last row's; nothing when it does not.

    Repeatable: what is written is the difference to what was written before. A change of currency is a churn in the
    one and a beginning in the other, because amounts of two currencies are never added.
    """
    before = SubscriptionChange.objects.filter(team_id=account.team_id).order_by("-id").first()
    mrr = subscription.mrr_cents if subscription.is_live else 0
    steps = _list_steps(before, mrr=mrr, currency=subscription.currency)
    number = SubscriptionChange.objects.filter(team_id=account.team_id).count()
    rows = [
        SubscriptionChange(
            team_id=account.team_id,
            subscription=subscription,
            at=at,
            kind=_name_step(before, was=was, now=now),
            mrr_before_cents=was,
            mrr_after_cents=now,
            currency=currency,
            reason=f"account:{account.pk}:{number + offset}",
        )
        for offset, (was, now, currency) in enumerate(steps, start=1)
    ]
    if rows:
        SubscriptionChange.objects.bulk_create(rows)
        roll_up_account(account)
    return rows


def _list_steps(before: SubscriptionChange | None, *, mrr: int, currency: str) -> list[tuple[int, int, str]]:
    was = before.mrr_after_cents if before else 0
    if before and was and before.currency != currency:
        return [(was, 0, before.currency), *([(0, mrr, currency)] if mrr else [])]
    return [(was, mrr, currency)] if was != mrr else []


def _name_step(before: SubscriptionChange | None, *, was: int, now: int) -> Kind:
    if was and now:
        return Kind.EXPANSION if now > was else Kind.CONTRACTION
    if was:
        return Kind.CHURN
    return Kind.REACTIVATION if before else Kind.NEW
