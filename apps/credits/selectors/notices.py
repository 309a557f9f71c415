"""What is running low, in words, with the way on that is open to the reader."""

from typing import Any

from django.utils import timezone

from apps.credits.models import CREDITS, LowNotice
from apps.plans.selectors import Feature
from apps.teams.access import Permission, can
from apps.teams.models import Membership
from apps.teams.selectors import find_owner, has_team_feature

from .caching import WALLET_SECONDS, get_team_key, read_cached
from .periods import get_period
from .refusals import find_larger_plan
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
    low = _list_low(membership)
    if not low:
        return []
    summary = get_wallet_summary()
    levels = {row["action"]: _measure(row) for row in summary["allowances"]}
    levels[CREDITS] = (summary["available"], summary["plan"]["monthly_credits"])
    found = []
    for unit in low:
        left, whole = levels.get(unit, (0, 0))
        if reached := list_reached(left, whole):
            found.append(_describe(unit, min(reached), left=left, whole=whole, membership=membership))
    return found


def _list_low(membership: Membership) -> list[str]:
    start = get_period(anchor=membership.team.billing_anchor_at, at=timezone.now()).start
    open_ones = LowNotice.objects.filter(period_start=start, cleared_at=None).order_by()
    units = read_cached(
        f"low:{get_team_key()}", ttl=WALLET_SECONDS, make=lambda: sorted({one.unit for one in open_ones})
    )
    return sorted(units, key=lambda unit: (unit != CREDITS, unit))


def _measure(row: dict[str, Any]) -> tuple[int, int]:
    return row["allowance"]["remaining"] + row["bought"], row["allowance"]["limit"]


def _describe(unit: str, threshold: int, *, left: int, whole: int, membership: Membership) -> dict[str, Any]:
    units = name_units(unit, 2)
    title = f"{left:,} of {whole:,} {units} are left" if left else f"The {units} of this month are used up"
    way = _find_way(unit, membership)
    return {
        "unit": unit,
        "threshold": threshold,
        "left": left,
        "whole": whole,
        "title": title,
        "text": _say_way(unit, way, membership),
        "way": way if can(membership, Permission.BILLING_MANAGE) else "",
    }


def _find_way(unit: str, membership: Membership) -> str:
    if has_team_feature(membership.team, Feature.TOPUPS):
        return "top_up"
    return "upgrade" if find_larger_plan(unit, plan=membership.team.plan_version) else ""


def _say_way(unit: str, way: str, membership: Membership) -> str:
    end = get_period(anchor=membership.team.billing_anchor_at, at=timezone.now()).end
    text = f"They start anew on {end:%-d %b %Y}."
    larger = find_larger_plan(unit, plan=membership.team.plan_version)
    if larger and (units := larger.allowances.get(unit, 0)):
        text += f" {larger.plan.name} includes {units:,} a month."
    if way and not can(membership, Permission.BILLING_MANAGE):
        owner = find_owner(membership.team)
        what = "add some" if way == "top_up" else "change the plan"
        text += f" Ask {owner.display_name if owner else 'the owner'}, the team's owner, to {what}."
    return text
