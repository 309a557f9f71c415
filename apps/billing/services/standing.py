"""What a team has for what it pays: plan, billing days, standing, seats and the row of revenue, in one transaction.

The same for every provider. Everything here can be done again at any time and changes nothing the second time.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.billing.models import BillingAccount, Provider, Subscription
from apps.credits.services import change_plan, ensure_period, set_standing
from apps.plans.models import Plan, PlanVersion
from apps.plans.selectors import get_plan_version
from apps.teams.access import enter_team
from apps.teams.models import Team
from apps.teams.services import suspend_beyond_seats

from .accounts import LockedAccount, lock_account
from .mirroring import FAILING
from .revenue import record_change
from .telling import tell_standing

State = Team.BillingState
Status = Subscription.Status


@transaction.atomic
def settle_account(account_id: int) -> str:
    """Bring the account's team in line with its subscription as it is stored; returns the team's standing."""
    account = lock_account(account_id)
    settle_locked(account, now=timezone.now())
    return Team.objects.values_list("billing_state", flat=True).get(pk=account.team_id)


def settle_locked(account: LockedAccount, *, now: datetime) -> None:
    """The same inside the caller's transaction and lock."""
    for subscription in _list_manual(account):
        advance_manual(subscription, now=now)
    live = account.subscriptions.select_related("plan_version__plan").filter(ended_at=None).first()
    if live is not None and live.status != Status.INCOMPLETE:
        _apply(account, live, now=now)
        record_change(account, subscription=live, at=now if live.changes.exists() else min(live.started_at, now))
        account.subscriptions.filter(ended_at__isnull=False, settled_at=None).update(settled_at=now)
        return
    ended = list(account.subscriptions.filter(ended_at__isnull=False, settled_at=None).order_by("ended_at", "id"))
    if ended:
        _end(account, ended[-1], now=now)
        account.subscriptions.filter(pk__in=[one.pk for one in ended]).update(settled_at=now)


def read_state(subscription: Subscription, *, now: datetime) -> State:
    """Where a team with this subscription stands: paid, in grace after a failed payment, or reading only."""
    if subscription.status not in FAILING:
        return State.CURRENT
    return State.GRACE if subscription.grace_until and now < subscription.grace_until else State.READ_ONLY


def advance_manual(subscription: Subscription, *, now: datetime) -> None:
    """A manual subscription at the end of its period: ended where that was agreed, else past due, with grace."""
    if now < subscription.current_period_end:
        return
    if subscription.cancel_at_period_end:
        subscription.status, subscription.ended_at = Status.CANCELED, subscription.current_period_end
    elif subscription.status == Status.ACTIVE:
        subscription.status = Status.PAST_DUE
        subscription.grace_until = subscription.current_period_end + timedelta(days=settings.BILLING_GRACE_DAYS)
    else:
        return
    subscription.save(update_fields=["status", "ended_at", "grace_until"])


def _list_manual(account: BillingAccount) -> list[Subscription]:
    return list(account.subscriptions.filter(provider=Provider.MANUAL, ended_at=None))


def _apply(account: LockedAccount, subscription: Subscription, *, now: datetime) -> None:
    team = _read_team(account)
    state = read_state(subscription, now=now)
    with enter_team(team):
        if subscription.applied_anchor_at != subscription.anchor_at:
            change_plan(
                plan_version=subscription.plan_version, key=_name_change(subscription), anchor_at=subscription.anchor_at
            )
            subscription.applied_anchor_at = subscription.anchor_at
            subscription.save(update_fields=["applied_anchor_at"])
        elif team.plan_version_id != subscription.plan_version_id:
            change_plan(plan_version=subscription.plan_version, key=_name_change(subscription))
        if (team.billing_state, team.paid_until) != (state, subscription.paid_until):
            set_standing(state=state, paid_until=subscription.paid_until)
    if team.billing_state != state:
        what = "recovered" if state == State.CURRENT else str(state)
        tell_standing(account, team=team, what=what, until=subscription.grace_until)
    ensure_period(_read_team(account))
    _seat(team, subscription.plan_version, keep=subscription.keep_user_ids)
    if subscription.keep_user_ids and subscription.scheduled_at is None:
        subscription.keep_user_ids = []
        subscription.save(update_fields=["keep_user_ids"])


def _end(account: LockedAccount, subscription: Subscription, *, now: datetime) -> None:
    """Back to Free. A user may own one Free team only when making or taking one: this team stays his all the same
    (docs/adr), for nothing is deleted when payments end."""
    team = _read_team(account)
    free = get_plan_version(Plan.Code.FREE)
    with enter_team(team):
        change_plan(plan_version=free, key=f"subscription:{subscription.pk}:ended")
        set_standing(state=State.CURRENT, paid_until=None)
    ensure_period(_read_team(account))
    tell_standing(account, team=team, what="ended")
    _seat(team, free, keep=[])
    record_change(account, subscription=subscription, at=min(subscription.ended_at or now, now))


def _seat(team: Team, plan_version: PlanVersion, *, keep: list[int]) -> None:
    """Only where the plan became smaller: members whom a superadmin let in beyond the seats stay until then."""
    if plan_version.seats < team.plan_version.seats:
        suspend_beyond_seats(team=team, seats=plan_version.seats, keep=keep)


def _read_team(account: BillingAccount) -> Team:
    return Team.objects.select_related("plan_version__plan").get(pk=account.team_id)


def _name_change(subscription: Subscription) -> str:
    """One change of plan in one period brings an upgrade's difference once."""
    start = subscription.current_period_start.strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"subscription:{subscription.pk}:{subscription.plan_version_id}:{start}"
