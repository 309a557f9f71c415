"""Changing what a team is called and how it counts."""

from datetime import datetime
from typing import Any

from django.db import transaction

from apps.plans.models import PlanVersion
from apps.teams.models import Team

from .naming import clean_team_name
from .standing import forget_team

_CHANGEABLE = {"name", "time_zone", "currency"}


@transaction.atomic
def update_team(*, team: Team, changes: dict[str, Any]) -> Team:
    """Change name, time zone or currency; raises `TeamNameInvalid`. Acts at once for every member."""
    fields = {field: value for field, value in changes.items() if field in _CHANGEABLE}
    if "name" in fields:
        fields["name"] = clean_team_name(fields["name"])
    return _save(team, fields)


@transaction.atomic
def set_plan(*, team: Team, plan_version: PlanVersion, anchor_at: datetime | None = None) -> Team:
    """Put the team on a plan version, with `anchor_at` on new billing days; what was used and granted stays untouched.

    A team with a wallet is changed by `apps.credits.services.change_plan`, which closes the books first.
    """
    anchor = {} if anchor_at is None else {"billing_anchor_at": anchor_at}
    return _save(team, {"plan_version": plan_version, **anchor})


@transaction.atomic
def set_billing(*, team: Team, state: str, paid_until: datetime | None) -> Team:
    """Write down whether the team's plan is paid, and how far; `apps.credits.services.set_standing` calls it."""
    return _save(team, {"billing_state": state, "paid_until": paid_until})


def plan_period(*, team: Team, at: datetime) -> None:
    """Tell the beat when the team's next billing period is to be opened. Nobody's standing depends on it."""
    Team.objects.filter(pk=team.pk).update(next_period_at=at)


@transaction.atomic
def set_state(*, team: Team, state: str) -> Team:
    """Suspend a team or make it active again; its members meet the change at their next request."""
    return _save(team, {"state": state})


@transaction.atomic
def set_proposals(*, team: Team, unlocked_at: datetime | None) -> Team:
    """Open proposals for the team, or close them (None)."""
    return _save(team, {"proposals_unlocked_at": unlocked_at})


def _save(team: Team, fields: dict[str, Any]) -> Team:
    # no_key: whoever refers to the team in a transaction of its own (a job, a membership) does not wait for this one.
    # Nothing is joined: a row whose plan changed while we waited for it would no longer fit the join, and be gone.
    locked = Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    for field, value in fields.items():
        setattr(locked, field, value)
    locked.save(update_fields=list(fields))
    forget_team(locked)
    return locked
