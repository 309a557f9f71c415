"""What falls due by itself: the end of a grace, of a manual period; and what Stripe should have told us by now."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from apps.billing.models import BillingAccount, Provider, Subscription
from apps.jobs.models import Job
from apps.jobs.services import submit_job
from apps.teams.models import Team

SETTLE_KIND = "billing.settle_account"
SYNC_KIND = "billing.sync_account"
# After its period's end a subscription of Stripe's has been renewed, or has failed: an hour, and then some.
OVERDUE_AFTER = timedelta(hours=6)


def tend_accounts() -> int:
    """One small job for each team with something due. Returns how many."""
    now = timezone.now()
    due = [(account, SETTLE_KIND) for account in _list_due(now)]
    late = [(account, SYNC_KIND) for account in _list_late(now)]
    for account, kind in [*due, *late]:
        submit_job(
            kind=kind,
            params={"account": account.pk},
            team=account.team,
            dedup_key=f"account:{account.pk}",
            queue=Job.Queue.DEFAULT,
        )
    return len(due) + len(late)


def _list_due(now: datetime) -> list[BillingAccount]:
    over = Q(grace_until__lte=now) & ~Q(account__team__billing_state=Team.BillingState.READ_ONLY)
    manual = Q(provider=Provider.MANUAL, current_period_end__lte=now, status=Subscription.Status.ACTIVE)
    ending = Q(provider=Provider.MANUAL, current_period_end__lte=now, cancel_at_period_end=True)
    return _list_accounts(over | manual | ending)


def _list_late(now: datetime) -> list[BillingAccount]:
    late = Q(provider=Provider.STRIPE, current_period_end__lte=now - OVERDUE_AFTER)
    return _list_accounts(late & (Q(synced_at=None) | Q(synced_at__lte=now - OVERDUE_AFTER)))


def _list_accounts(due: Q) -> list[BillingAccount]:
    found = Subscription.objects.filter(due, ended_at=None).values("account_id")
    return list(BillingAccount.objects.select_related("team").filter(pk__in=found).order_by("id"))
