"""What is running low, in words, with the way on that is open to the reader."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from apps.credits.models import CREDITS
from apps.plans.models import PlanVersion
from apps.plans.selectors import Feature, list_plan_versions
from apps.teams.access import Permission, can
from apps.teams.models import Membership
from apps.teams.selectors import find_owner, has_team_feature

from .periods import get_period
from .refusals import choose_larger_plan
from .wallets import get_wallet_summary
from .words import name_units

# Percent of what the plan brings in a month.
THRESHOLDS = (20, 10, 0)


def list_reached(left: int, whole: int) -> list[int]:
    """The thresholds that so little is at or below; none where the plan brings nothing."""
    return [threshold for threshold in THRESHOLDS if whole and left * 100 <= threshold * whole]


def list_notices(*, membership: Membership) -> list[dict[str, Any]]:
    """What is low now, of all that was noticed in this period, credits first: `[{unit, threshold, left, whole, title,
    text, way}]`.

    `way` is `top_up`, `upgrade` or empty, as the plan and the reader's role allow; the text then says whom to ask. What
    is enough again is not listed. Cached with the wallet.
    """
    summary = get_wallet_summary()
    levels = {row["action"]: _measure(row) for row in summary["allowances"]}
    levels[CREDITS] = (summary["available"], summary["plan"]["monthly_credits"])
    reader, found = _Reader(membership), []
    for unit in sorted(summary["low"], key=lambda unit: (unit != CREDITS, unit)):
        left, whole = levels.get(unit, (0, 0))
        if reached := list_reached(left, whole):
            found.append(_describe(unit, min(reached), left=left, whole=whole, reader=reader))
    return found


def _measure(row: dict[str, Any]) -> tuple[int, int]:
    return row["allowance"]["remaining"] + row["bought"], row["allowance"]["limit"]


@dataclass(frozen=True)
class _Reader:
    """Who reads the notices, with what all of them ask about him once."""

    membership: Membership

    @cached_property
    def may_pay(self) -> bool:
        return can(self.membership, Permission.BILLING_MANAGE)

    @cached_property
    def owner_name(self) -> str:
        owner = find_owner(self.membership.team)
        return owner.display_name if owner else "the owner"

    @cached_property
    def _plans(self) -> list[PlanVersion]:
        return list_plan_versions()

    def find_larger_plan(self, unit: str) -> PlanVersion | None:
        return choose_larger_plan(unit, plan=self.membership.team.plan_version, versions=self._plans)


def _describe(unit: str, threshold: int, *, left: int, whole: int, reader: _Reader) -> dict[str, Any]:
    units = name_units(unit, 2)
    title = f"{left:,} of {whole:,} {units} are left" if left else f"The {units} of this month are used up"
    way = _find_way(unit, reader)
    return {
        "unit": unit,
        "threshold": threshold,
        "left": left,
        "whole": whole,
        "title": title,
        "text": _say_way(unit, way, reader),
        "way": way if reader.may_pay else "",
    }


def _find_way(unit: str, reader: _Reader) -> str:
    if has_team_feature(reader.membership.team, Feature.TOPUPS):
        return "top_up"
    return "upgrade" if reader.find_larger_plan(unit) else ""


def _say_way(unit: str, way: str, reader: _Reader) -> str:
    end = get_period(anchor=reader.membership.team.billing_anchor_at, at=timezone.now()).end
    text = f"They start anew on {end:%-d %b %Y}."
    larger = reader.find_larger_plan(unit)
    if larger and (units := larger.allowances.get(unit, 0)):
        text += f" {larger.plan.name} includes {units:,} a month."
    if way and not reader.may_pay:
        what = "add some" if way == "top_up" else "change the plan"
        text += f" Ask {reader.owner_name}, the team's owner, to {what}."
    return text
