"""Acts on a grant or a debt of a team, on a user, on a version of plan or price."""

from typing import Any

from apps.accounts.models import User
from apps.admin import services
from apps.admin.forms import RevokingForm
from apps.teams.models import Team

from .base import Act


def _revoke(staff: User, row: tuple[Team, int], given: dict[str, Any]) -> str:
    team, grant_id = row
    found = services.revoke_team_grant(
        staff=staff,
        team_id=team.pk,
        grant_id=grant_id,
        amount=given["amount"],
        reason=given["reason"],
        key=str(given["key"]),
    )
    owed = f", {found.debt:,} owed" if found.debt else ""
    return f"{found.revoked:,} {found.unit} taken back{owed}."


def _restore(staff: User, row: tuple[Team, int], given: dict[str, Any]) -> str:
    team, revocation_id = row
    services.restore_revoked(staff=staff, team_id=team.pk, revocation_id=revocation_id, reason=given["reason"])
    return "Given back."


def _waive(staff: User, row: tuple[Team, int], given: dict[str, Any]) -> str:
    team, revocation_id = row
    waived = services.waive_team_debt(staff=staff, team_id=team.pk, revocation_id=revocation_id, reason=given["reason"])
    return f"A debt of {waived:,} is waived."


def _deactivate(staff: User, user: User, given: dict[str, Any]) -> str:
    services.set_user_active(staff=staff, user_id=user.pk, active=False, reason=given["reason"])
    return f"{user} is signed out everywhere and cannot sign in."


def _activate(staff: User, user: User, given: dict[str, Any]) -> str:
    services.set_user_active(staff=staff, user_id=user.pk, active=True, reason=given["reason"])
    return f"{user} may sign in again."


def _draft(staff: User, version: Any, given: dict[str, Any]) -> str:
    draft = services.draft_next_version(staff=staff, row=version, reason=given["reason"])
    return f"{draft} is a draft: edit it, then publish it."


def _publish(staff: User, version: Any, given: dict[str, Any]) -> str:
    published = services.publish_version(staff=staff, row=version, reason=given["reason"])
    return f"{published} counts from now on."


GRANT_ACTS = {
    "revoke": Act(
        "Take a grant back",
        "By a new entry: what is left of it goes at once, what was spent or is held of it is owed and closes paid"
        " acts.",
        _revoke,
        RevokingForm,
        is_dangerous=True,
    ),
}
REVOCATION_ACTS = {
    "restore": Act(
        "Give back what was taken", "By a new entry; what was paid of the debt is given back too.", _restore
    ),
    "waive": Act("Waive the debt", "The team owes nothing more for this; paid acts open again.", _waive),
}
USER_ACTS = {
    "deactivate": Act(
        "Deactivate the user",
        "Every session and token ends at once, and nobody signs in with this account. Memberships stay.",
        _deactivate,
        is_dangerous=True,
    ),
    "activate": Act("Activate the user", "The user may sign in again.", _activate),
}
VERSION_ACTS = {
    "next": Act(
        "Make the next version",
        "A copy of the newest version as a draft. Nothing changes for anybody before it is published.",
        _draft,
    ),
    "publish": Act(
        "Publish the version",
        "It counts for whatever is agreed from now on. What was agreed on earlier versions stays, and the version can"
        " never be edited again.",
        _publish,
    ),
}
