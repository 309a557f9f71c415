"""Members with what they used in the current period and what they may use."""

from collections import defaultdict
from typing import Any

from apps.credits.models import CREDITS, MemberCap, UsageCounter
from apps.teams.access import Permission, can
from apps.teams.models import Membership
from apps.teams.selectors import list_members

from .prices import is_included
from .pricing import list_price_rows
from .terms import Terms, read_terms
from .words import name_units

# What every row shows, whatever was used; other units only where something was used or is limited.
MAIN = ("influencer_unlock", "email_unlock", "post_analytics", CREDITS)
Counts = dict[int, dict[str, int]]


def get_members_page(*, viewer: Membership) -> dict[str, Any]:
    """`{period, seats, taken, rows: [{member, is_you, use: [{unit, label, used, limit}] or None}]}`. Four queries.

    `use` counts what is under way too, as limits do. It is None for rows whose use the viewer's role may not see.
    """
    terms = read_terms()
    used, limits = _count_used(terms), _read_limits()
    sees_all = can(viewer, Permission.USAGE_VIEW)
    rows: list[dict[str, Any]] = [
        {
            "member": member,
            "is_you": member.user_id == viewer.user_id,
            "use": _describe_use(terms, used[member.user_id], limits[member.user_id])
            if sees_all or member.user_id == viewer.user_id
            else None,
        }
        for member in list_members(viewer.team)
    ]
    return {
        "period": {"start": terms.period.start, "end": terms.period.end},
        "seats": terms.plan.seats,
        "taken": sum(row["member"].state == Membership.State.ACTIVE for row in rows),
        "rows": rows,
    }


def get_member_form(member: Membership) -> list[dict[str, Any]]:
    """A field for every unit that the plan lets members use: `[{unit, label, used, limit}]`, credits last."""
    terms = read_terms()
    used, limits = _count_used(terms)[member.user_id], _read_limits()[member.user_id]
    units = [*_list_actions(terms), CREDITS]
    units += [unit for unit in limits if unit not in units]
    return [_describe(unit, used, limits) for unit in units]


def _describe_use(terms: Terms, used: dict[str, int], limits: dict[str, int]) -> list[dict[str, Any]]:
    actions = _list_actions(terms)
    main = [unit for unit in MAIN if unit in actions or unit == CREDITS]
    more = [unit for unit in actions if unit not in main and (used.get(unit) or unit in limits)]
    return [_describe(unit, used, limits) for unit in main + more]


def _describe(unit: str, used: dict[str, int], limits: dict[str, int]) -> dict[str, Any]:
    label = name_units(unit, 2)
    return {
        "unit": unit,
        "label": label[:1].upper() + label[1:],
        "used": used.get(unit, 0),
        "limit": limits.get(unit),
    }


def _list_actions(terms: Terms) -> list[str]:
    return [row["action"] for row in list_price_rows() if is_included(row["action"], plan=terms.plan)]


def _count_used(terms: Terms) -> Counts:
    used: Counts = defaultdict(lambda: defaultdict(int))
    for counter in UsageCounter.objects.filter(period_start=terms.period.start):
        used[counter.member_id][counter.action] += counter.units
        used[counter.member_id][CREDITS] += counter.credits
    return used


def _read_limits() -> Counts:
    limits: Counts = defaultdict(dict)
    for cap in MemberCap.objects.all():
        limits[cap.member_id][cap.unit] = cap.limit
    return limits
