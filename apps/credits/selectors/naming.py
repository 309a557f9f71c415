"""Whom the ledger names, to whom."""

from collections.abc import Iterable
from typing import Any

from apps.accounts.models import User
from apps.teams.access import Permission, can
from apps.teams.errors import RoleForbidden
from apps.teams.models import Membership

SUPPORT = {"id": None, "name": "Support"}
COLLEAGUE = {"id": None, "name": "A colleague"}


def describe_member(user: User | None) -> dict[str, Any] | None:
    """A member as the ledger names him: `{id, name}`; the operator's staff without a name, None for the system."""
    if user is None:
        return None
    return SUPPORT if user.is_superuser else {"id": user.pk, "name": user.display_name}


def hide_colleagues(rows: Iterable[dict[str, Any]], *, viewer: Membership) -> list[dict[str, Any]]:
    """Rows with a `member`, in which colleagues have no name for who may not see the team's usage."""
    if can(viewer, Permission.USAGE_VIEW):
        return list(rows)
    return [row | {"member": COLLEAGUE} if _is_colleague(row["member"], viewer) else row for row in rows]


def require_own(member_id: int | None, *, viewer: Membership) -> None:
    """Raise `RoleForbidden` for a question about a colleague by who may not see the team's usage."""
    if member_id not in (None, viewer.user_id) and not can(viewer, Permission.USAGE_VIEW):
        raise RoleForbidden(details={"permission": str(Permission.USAGE_VIEW), "role": viewer.role})


def _is_colleague(member: dict[str, Any] | None, viewer: Membership) -> bool:
    return member is not None and member["id"] not in (None, viewer.user_id)
