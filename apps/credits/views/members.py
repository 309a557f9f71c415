"""Who belongs to the team, what each may do and use, and what each used in this period."""

from collections.abc import Callable, Collection

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.core.errors import DomainError
from apps.core.numbers import read_number
from apps.credits.errors import LimitsInvalid
from apps.credits.selectors import get_member_form, get_members_page
from apps.credits.services import set_member_limits
from apps.teams.access import Permission, TeamRequest, can, part_of, team_page
from apps.teams.errors import MemberNotFound
from apps.teams.models import Membership
from apps.teams.roles import list_matrix
from apps.teams.selectors import get_member
from apps.teams.services import change_member

_LIMIT = "limit."
_MOST_DIGITS = 9
# Ownership is handed over, never given by an edit.
GIVEN_ROLES = [role for role in Membership.Role.values if role != Membership.Role.OWNER]


@require_GET
@team_page(Permission.MEMBERS_VIEW)
def members(request: TeamRequest) -> HttpResponse:
    context = {
        "nav": "team",
        "page": get_members_page(viewer=request.membership),
        "matrix": list_matrix(),
        "may_change": can(request.membership, Permission.MEMBERS_MANAGE),
    }
    return render(request, "credits/members.html", context)


@require_GET
@team_page(Permission.LIMITS_MANAGE)
@part_of("credits:members")
def member(request: TeamRequest, member_id: int) -> HttpResponse:
    """The dialog that changes a member: role and place, and limits."""
    found = _find(request, member_id)
    return render(request, "credits/members/dialog.html", {"member": found, "form": get_member_form(found)})


@require_POST
@team_page(Permission.LIMITS_MANAGE)
def member_limits(request: TeamRequest, member_id: int) -> HttpResponse:
    """Replace the member's limits; an empty field is no limit."""

    def change(found: Membership) -> None:
        set_member_limits(member=found.user, limits=_read_limits(request.POST))

    return _change(request, member_id, change)


@require_POST
@team_page(Permission.MEMBERS_MANAGE)
def member_change(request: TeamRequest, member_id: int) -> HttpResponse:
    """Give the member another role, suspend or reactivate him; what is not among the choices stays."""
    role = _choose(request.POST.get("role"), GIVEN_ROLES)
    state = _choose(request.POST.get("state"), Membership.State.values)

    def change(found: Membership) -> None:
        change_member(team=request.team, member_id=found.user_id, role=role, state=state)

    return _change(request, member_id, change)


def _change(request: TeamRequest, member_id: int, act: Callable[[Membership], object]) -> HttpResponse:
    found = _find(request, member_id)
    try:
        act(found)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{found.user.display_name} was changed.")
    return redirect("credits:members", request.team.slug)


def _find(request: TeamRequest, member_id: int) -> Membership:
    try:
        return get_member(team=request.team, member_id=member_id)
    except MemberNotFound as error:
        raise Http404 from error


def _read_limits(given: QueryDict) -> dict[str, int]:
    """The limits by unit of the fields that are not empty. Raises `LimitsInvalid`."""
    texts = {name.removeprefix(_LIMIT): str(text).strip() for name, text in given.items() if name.startswith(_LIMIT)}
    limits = {unit: read_number(text, digits=_MOST_DIGITS) for unit, text in texts.items() if text}
    if wrong := [unit for unit, limit in limits.items() if limit is None]:
        raise LimitsInvalid("A limit is a whole number, or empty for none.", details={"limits": wrong})
    return {unit: limit for unit, limit in limits.items() if limit is not None}


def _choose(value: str | None, choices: Collection[str]) -> str | None:
    return value if value in choices else None
