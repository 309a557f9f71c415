"""Why a paid act is refused, in plain words, with the way on that is open to the reader."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from apps.core.errors import DomainError
from apps.credits.models import CREDITS
from apps.plans.models import PlanVersion
from apps.plans.selectors import list_plan_versions
from apps.teams.access import Permission, can
from apps.teams.models import Membership
from apps.teams.selectors import find_owner

from .prices import is_included
from .words import count_units, name_units

# What the reader can do about it: the page makes a link of it. Without a way on the text says whom to ask.
TOP_UP, UPGRADE, PAY, LIMITS = "top_up", "upgrade", "pay", "limits"


def describe_refusal(error: DomainError, *, action: str, membership: Membership) -> dict[str, str]:
    """`{code, title, text, way}` of a refusal of `action`; `way` is empty where the reader can only ask or wait.

    Who may do something about it is told how; everybody else is told whom to ask. Other errors keep their message.
    """
    describe = _WORDS.get(error.code)
    if describe is None:
        return {"code": error.code, "title": error.message, "text": "", "way": ""}
    return {"code": error.code} | describe(error.details, action, membership)


def _short(details: dict[str, Any], action: str, membership: Membership) -> dict[str, str]:
    missing = details["missing"]["credits"]
    text = f"The price is {count_units(CREDITS, details['credits'])}; {missing:,} are missing. "
    if _may_pay(membership):
        way_on = f"Add credits or {name_units(action, 2)}, or wait until {_day(details['renews_at'])}, "
        return {"title": "Not enough credits", "text": f"{text}{way_on}when the plan's month begins.", "way": TOP_UP}
    return {"title": "Not enough credits", "text": text + _ask(membership, "add some"), "way": ""}


def _used(details: dict[str, Any], action: str, membership: Membership) -> dict[str, str]:
    title = f"The {name_units(action, 2)} of your plan are used up"
    text = f"They start anew on {_day(details['renews_at'])}. "
    return _upgrade(title, text, action, membership)


def _not_included(_details: dict[str, Any], action: str, membership: Membership) -> dict[str, str]:
    plan = membership.team.plan_version.plan.name
    return _upgrade("Not part of your plan", f"The {plan} plan has no {name_units(action, 2)}. ", action, membership)


def _upgrade(title: str, text: str, action: str, membership: Membership) -> dict[str, str]:
    larger = find_larger_plan(action, plan=membership.team.plan_version)
    if larger is None:
        return {"title": title, "text": text.strip(), "way": ""}
    units = larger.allowances.get(action, 0)
    text += f"{larger.plan.name} includes {f'{units:,} a month' if units else 'them'}. "
    if _may_pay(membership):
        return {"title": title, "text": text.strip(), "way": UPGRADE}
    return {"title": title, "text": text + _ask(membership, "change the plan"), "way": ""}


def _capped(details: dict[str, Any], _action: str, membership: Membership) -> dict[str, str]:
    unit, limit = details["unit"], details["limit"]
    text = f"You may use {count_units(unit, limit)} in a period, and {details['used']:,} are used or under way. "
    if can(membership, Permission.LIMITS_MANAGE):
        return {"title": "Your limit is reached", "text": text + "You may raise it yourself.", "way": LIMITS}
    text += "The owner or an admin of the team can raise it."
    return {"title": "Your limit is reached", "text": text, "way": ""}


def _owed(details: dict[str, Any], _action: str, membership: Membership) -> dict[str, str]:
    owed = " and ".join(count_units(unit, amount) for unit, amount in details["owed"].items())
    text = f"A payment was taken back after what it bought was spent: {owed} are owed. "
    if _may_pay(membership):
        return {"title": "Your team owes credits", "text": text + "The next top-up settles it first.", "way": TOP_UP}
    return {"title": "Your team owes credits", "text": text + _ask(membership, "settle it"), "way": ""}


def _read_only(_details: dict[str, Any], _action: str, membership: Membership) -> dict[str, str]:
    text = "The plan is not paid. Everything can be read and exported, and nothing is lost. "
    if _may_pay(membership):
        return {"title": "This team is read-only", "text": text.strip(), "way": PAY}
    return {"title": "This team is read-only", "text": text + _ask(membership, "pay it"), "way": ""}


def _dearer(_details: dict[str, Any], _action: str, _membership: Membership) -> dict[str, str]:
    return {"title": "The price has changed", "text": "Look at the new price first.", "way": ""}


_WORDS = {
    "credits.insufficient": _short,
    "plan.allowance_used": _used,
    "plan.feature_not_included": _not_included,
    "member.cap_reached": _capped,
    "credits.debt": _owed,
    "billing.read_only": _read_only,
    "price.changed": _dearer,
}


def find_larger_plan(action: str, *, plan: PlanVersion) -> PlanVersion | None:
    """The next plan above `plan` that includes more of the act than it does; None where none does."""
    return choose_larger_plan(action, plan=plan, versions=list_plan_versions())


def choose_larger_plan(action: str, *, plan: PlanVersion, versions: Iterable[PlanVersion]) -> PlanVersion | None:
    """The same of versions in order, cheapest first. No query."""
    for version in versions:
        above = version.plan.position > plan.plan.position
        more = version.allowances.get(action, 0) > plan.allowances.get(action, 0)
        gained = is_included(action, plan=version) and not is_included(action, plan=plan)
        if above and (more or gained):
            return version
    return None


def _may_pay(membership: Membership) -> bool:
    return can(membership, Permission.BILLING_MANAGE)


def _ask(membership: Membership, what: str) -> str:
    owner = find_owner(membership.team)
    return f"Ask {owner.display_name}, the team's owner, to {what}." if owner else f"Ask the team's owner to {what}."


def _day(iso: str) -> str:
    return f"{datetime.fromisoformat(iso):%-d %b %Y}"
