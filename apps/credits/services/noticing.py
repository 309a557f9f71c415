"""Saying that little is left: once per threshold and period, and again only after more came."""

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from apps.credits.models import CREDITS, LowNotice, UsageCounter
from apps.credits.selectors.notices import THRESHOLDS, list_reached
from apps.credits.selectors.terms import Terms
from apps.credits.selectors.words import name_units
from apps.system.services import write_mail
from apps.teams.models import Membership
from apps.teams.selectors import list_members

_TOLD = (Membership.Role.OWNER, Membership.Role.ADMIN)


@dataclass(frozen=True)
class Level:
    """What can still be used of a unit, and what the plan brings of it in a month."""

    unit: str
    left: int
    whole: int


def note_level(terms: Terms, level: Level) -> None:
    """Write down which thresholds are reached now, and mail the lowest of the new ones to owner and admins.

    Under the wallet's lock, in the transaction of the act: nobody is told of what was rolled back. No query while more
    than the highest threshold is left.
    """
    reached = list_reached(level.left, level.whole)
    if not reached:
        return
    open_ones = _list_open(terms).filter(unit=level.unit)
    known = set(open_ones.values_list("threshold", flat=True))
    if new := [threshold for threshold in reached if threshold not in known]:
        LowNotice.objects.bulk_create(_make(terms, level, threshold) for threshold in new)
        _tell(terms, level)


def rearm(terms: Terms, level: Level) -> None:
    """More came: thresholds that are no longer reached may be said again."""
    raised = [threshold for threshold in THRESHOLDS if threshold not in list_reached(level.left, level.whole)]
    _list_open(terms).filter(unit=level.unit, threshold__in=raised).update(cleared_at=terms.now)


def rearm_allowances(terms: Terms) -> None:
    """The plan's allowances changed: what was said of the old ones is over."""
    _list_open(terms).exclude(unit=CREDITS).update(cleared_at=terms.now)


def measure_action(terms: Terms, *, action: str, bought: int) -> Level:
    """An action's level from the period's counters. One query."""
    counted = UsageCounter.objects.filter(period_start=terms.period.start, action=action)
    used = counted.aggregate(total=Sum("allowance_units"))["total"] or 0
    whole = terms.plan.allowances.get(action, 0)
    return Level(action, left=max(0, whole - used) + bought, whole=whole)


def _list_open(terms: Terms) -> QuerySet[LowNotice]:
    return LowNotice.objects.filter(period_start=terms.period.start, cleared_at=None)


def _make(terms: Terms, level: Level, threshold: int) -> LowNotice:
    return LowNotice(
        unit=level.unit,
        threshold=threshold,
        period_start=terms.period.start,
        left=level.left,
        whole=level.whole,
        created_at=terms.now,
    )


def _tell(terms: Terms, level: Level) -> None:
    people = list_members(terms.team).filter(role__in=_TOLD, state=Membership.State.ACTIVE, user__is_active=True)
    if to := [member.user.email for member in people]:
        context = {
            "team": terms.team,
            "level": level,
            "units": name_units(level.unit, 2),
            "renews_at": terms.period.end,
            "is_credits": level.unit == CREDITS,
        }
        write_mail("low_balance", to=to, context=context)
