"""Wallets to try things on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from apps.credits.models import Hold
from apps.credits.selectors import terms
from apps.credits.services import grant_credits, hold_credits
from apps.plans.models import Plan, PlanVersion
from apps.teams.models import Team

TOLD_CLOCK = "public.told_clock"


@pytest.fixture
def hold(in_team, owner) -> Callable[..., Hold]:
    """`hold(key, **more)`: one profile analysis of the team, unless told otherwise."""

    def place(key: str = "unlock:1", **more: Any) -> Hold:
        return hold_credits(**{"action": "influencer_unlock", "key": key, "member": owner, **more})

    return place


class Clock:
    """The ledger's clock as the test tells it; everybody else's stays as it is."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def tell(self, moment: datetime) -> None:
        self.now = moment
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {TOLD_CLOCK}() RETURNS timestamptz LANGUAGE sql"
                f" AS $$ SELECT timestamptz '{moment.isoformat()}' $$"
            )

    def wait(self, **span: float) -> None:
        self.tell(self.now + timedelta(**span))


@pytest.fixture
def clock(db, monkeypatch) -> Clock:
    """`clock.tell(moment)` and `clock.wait(days=…)`: the database's clock as the ledger reads it."""
    told = Clock()
    told.tell(told.now)
    monkeypatch.setattr(terms, "CLOCK", TOLD_CLOCK)
    return told


@pytest.fixture
def without_allowances(team) -> Team:
    """The team's plan includes features and top-ups, but neither units nor credits: what is paid is paid in grants."""
    return change_plan(team, allowances={}, monthly_credits=0)


def change_plan(team: Team, **fields: Any) -> Team:
    """Put the team on a version of its plan that differs in `fields`."""
    version = PlanVersion.objects.get(pk=team.plan_version_id)
    newest = PlanVersion.objects.filter(plan=version.plan).order_by("-number").first()
    version.pk, version.number = None, newest.number + 1
    for name, value in fields.items():
        setattr(version, name, value)
    version.save(force_insert=True)
    team.plan_version = version
    team.save(update_fields=["plan_version"])
    return team


def switch_plan(team: Team, code: str) -> Team:
    """Put the team on the newest version of another plan."""
    team.plan_version = PlanVersion.objects.filter(plan=Plan.objects.get(code=code)).order_by("-number").first()
    team.save(update_fields=["plan_version"])
    return team


def give(amount: int, **more: Any) -> Any:
    """Adjustment credits for the current team."""
    source_key = more.pop("source_key", f"test:{amount}:{len(more)}:{id(object())}")
    return grant_credits(**{"amount": amount, "origin": "adjustment", "source_key": source_key, **more})
