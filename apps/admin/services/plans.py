"""A team's plan, set by the staff: by transfer, or Free. What Stripe bills is changed at Stripe."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.admin.errors import PlanInvalid, StripeBills
from apps.billing.models import Interval, Provider, Subscription
from apps.billing.services import change_manual, end_manual, extend_manual, start_manual
from apps.credits.services import change_plan, set_standing
from apps.plans.models import Plan, PlanVersion
from apps.plans.selectors import get_plan_version
from apps.teams.access import enter_team
from apps.teams.models import Team

from .trail import clean_reason, lock_team, record_on_team


@dataclass(frozen=True)
class Agreement:
    """What was agreed with a team that pays by transfer; without a price it is the plan's list price."""

    plan: str
    interval: str
    paid_until: datetime
    price_cents: int | None = None


@transaction.atomic
def put_on_manual_plan(*, staff: User, team_id: int, agreed: Agreement, reason: str) -> Team:
    """Put a team on a paid plan by transfer, from now on and paid until the date; a manual plan it has is changed.

    Raises `ReasonRequired`, `TeamUnknown`, `PlanNotFound`, `PlanInvalid`, and `StripeBills` for a team whose
    subscription Stripe holds.
    """
    reason = clean_reason(reason)
    team = lock_team(team_id)
    version = get_plan_version(agreed.plan)
    if not version.is_paid:
        raise PlanInvalid(details={"plan": ["Not a paid plan."]})
    live = _find_live(team)
    before = _describe(team, live)
    price_cents = _price(version, agreed)
    if live is None:
        if agreed.paid_until <= timezone.now():
            raise PlanInvalid(details={"paid_until": ["Lies in the past."]})
        start_manual(
            team=team,
            plan_version=version,
            interval=agreed.interval,
            price_cents=price_cents,
            period=(timezone.now(), agreed.paid_until),
            note=reason,
        )
    else:
        _change(live, version, agreed, price_cents=price_cents, note=reason)
    return _finish(staff, team, reason=reason, before=before)


@transaction.atomic
def put_on_free(*, staff: User, team_id: int, reason: str) -> Team:
    """End what the team pays by transfer, at once, and put it on Free. What it has stays. Repeatable.

    Raises as `put_on_manual_plan` does.
    """
    reason = clean_reason(reason)
    team = lock_team(team_id)
    live = _find_live(team)
    before = _describe(team, live)
    free = get_plan_version(Plan.Code.FREE)
    if live is not None:
        end_manual(subscription_id=live.pk, at_once=True, note=reason)
    elif team.plan_version.plan.code == Plan.Code.FREE:
        return team
    else:
        with enter_team(team):
            change_plan(plan_version=free, key=f"staff:{free.pk}:{timezone.now().isoformat()}"[:100])
            set_standing(state=Team.BillingState.CURRENT, paid_until=None)
    return _finish(staff, team, reason=reason, before=before)


def _find_live(team: Team) -> Subscription | None:
    live = Subscription.objects.filter(account__team_id=team.pk, ended_at=None).first()
    if live is not None and live.provider == Provider.STRIPE:
        raise StripeBills
    return live


def _price(version: PlanVersion, agreed: Agreement) -> int:
    if agreed.price_cents is not None:
        return agreed.price_cents
    return version.price_month_cents if agreed.interval == Interval.MONTH else version.price_year_cents


def _change(live: Subscription, version: PlanVersion, agreed: Agreement, *, price_cents: int, note: str) -> None:
    if live.plan_version.plan_id == version.plan_id:
        version = live.plan_version  # what was agreed stays
    change_manual(
        subscription_id=live.pk,
        plan_version=version,
        interval=agreed.interval,
        price_cents=price_cents,
        note=note,
    )
    if agreed.paid_until < live.current_period_end:
        raise PlanInvalid(details={"paid_until": ["Lies before what is paid already."]})
    if agreed.paid_until > live.current_period_end:
        extend_manual(subscription_id=live.pk, until=agreed.paid_until)


def _finish(staff: User, team: Team, *, reason: str, before: dict[str, Any]) -> Team:
    fresh = Team.objects.select_related("plan_version__plan").get(pk=team.pk)
    after = _describe(fresh, Subscription.objects.filter(account__team_id=team.pk, ended_at=None).first())
    record_on_team(staff=staff, team=team, action="team.plan", reason=reason, before=before, after=after)
    return fresh


def _describe(team: Team, live: Subscription | None) -> dict[str, Any]:
    plan = {"plan": team.plan_version.plan.code, "version": team.plan_version.number}
    if live is None:
        return plan
    return plan | {
        "interval": live.interval,
        "price_cents": live.price_cents,
        "currency": live.currency,
        "paid_until": live.current_period_end.isoformat(),
    }
