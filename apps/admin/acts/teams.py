"""Acts on a team."""

from typing import Any

from apps.accounts.models import User
from apps.admin import services
from apps.admin.forms import CorrectionForm, GivingForm, PlanForm
from apps.admin.services import Agreement, Correction
from apps.plans.models import Plan
from apps.teams.models import Team

from .base import Act


def _grant(staff: User, team: Team, given: dict[str, Any]) -> str:
    moved = services.grant_to_team(staff=staff, team_id=team.pk, what=_read(given))
    return f"{moved:,} {_name(given)} given to {team}."


def _take(staff: User, team: Team, given: dict[str, Any]) -> str:
    taken = services.take_from_team(staff=staff, team_id=team.pk, what=_read(given))
    less = "" if taken == given["amount"] else f" of {given['amount']:,}: no more was free"
    return f"{taken:,} {_name(given)} taken from {team}{less}."


def _put_on_plan(staff: User, team: Team, given: dict[str, Any]) -> str:
    if given["plan"] == Plan.Code.FREE:
        changed = services.put_on_free(staff=staff, team_id=team.pk, reason=given["reason"])
    else:
        agreed = Agreement(given["plan"], given["interval"], given["paid_until"], given["price_cents"])
        changed = services.put_on_manual_plan(staff=staff, team_id=team.pk, agreed=agreed, reason=given["reason"])
    return f"{changed} is on {changed.plan_version.plan} now."


def _suspend(staff: User, team: Team, given: dict[str, Any]) -> str:
    services.set_team_state(staff=staff, team_id=team.pk, suspended=True, reason=given["reason"])
    return f"{team} is suspended."


def _unsuspend(staff: User, team: Team, given: dict[str, Any]) -> str:
    services.set_team_state(staff=staff, team_id=team.pk, suspended=False, reason=given["reason"])
    return f"{team} is active again."


def _unlock_proposals(staff: User, team: Team, given: dict[str, Any]) -> str:
    services.set_proposals(staff=staff, team_id=team.pk, unlocked=True, reason=given["reason"])
    return f"Proposals are open for {team}."


def _lock_proposals(staff: User, team: Team, given: dict[str, Any]) -> str:
    services.set_proposals(staff=staff, team_id=team.pk, unlocked=False, reason=given["reason"])
    return f"Proposals are locked for {team}."


def _read(given: dict[str, Any]) -> Correction:
    return Correction(
        amount=given["amount"],
        reason=given["reason"],
        key=str(given["key"]),
        unit=given["unit"],
        expires_at=given.get("expires_at"),
    )


def _name(given: dict[str, Any]) -> str:
    return "credits" if given["unit"] == "credits" else f"units of {given['unit']}"


TEAM_ACTS = {
    "grant": Act(
        "Give credits or units",
        "They stand in the ledger as an adjustment with your reason. Open debts of the unit are paid from them first.",
        _grant,
        GivingForm,
    ),
    "take": Act(
        "Take credits or units",
        "Taken by a new entry, earlier adjustments first, as far as they are there and not held. Nothing goes below"
        " zero.",
        _take,
        CorrectionForm,
        is_dangerous=True,
    ),
    "plan": Act(
        "Change the plan",
        "By transfer, from now on; or Free, at once. Members beyond the seats of a smaller plan are suspended, nothing"
        " is deleted. A plan that Stripe bills is changed at Stripe.",
        _put_on_plan,
        PlanForm,
    ),
    "suspend": Act(
        "Suspend the team",
        "Its members are refused from their next request on, and its jobs stop. Nothing is deleted.",
        _suspend,
        is_dangerous=True,
    ),
    "unsuspend": Act("Open the team again", "Its members are let in from their next request on.", _unsuspend),
    "unlock-proposals": Act("Unlock proposals", "The team may work with proposals, on any plan.", _unlock_proposals),
    "lock-proposals": Act(
        "Lock proposals", "The team's proposals stay, and are closed to it.", _lock_proposals, is_dangerous=True
    ),
}
