"""Who may do what in a team: the one matrix, read by the door, shown in the UI, tested cell by cell."""

from enum import StrEnum

from .models import Membership

Role = Membership.Role


class Permission(StrEnum):
    """What a route may ask of a member. The label is what the UI shows."""

    label: str

    def __new__(cls, value: str, label: str) -> "Permission":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    TEAM_VIEW = "team.view", "See the team"
    TEAM_EDIT = "team.edit", "Change the team's name and settings"
    TEAM_DELETE = "team.delete", "Delete the team"
    TEAM_TRANSFER = "team.transfer", "Hand the ownership over"
    MEMBERS_VIEW = "members.view", "See the members"
    MEMBERS_MANAGE = "members.manage", "Invite, change and remove members"
    LIMITS_MANAGE = "limits.manage", "Cap what a member may spend"
    ACTIVITY_VIEW = "activity.view", "See what members did"
    BILLING_MANAGE = "billing.manage", "Manage plan, payments and invoices"
    KEYS_MANAGE = "keys.manage", "Manage API keys"
    SSO_MANAGE = "sso.manage", "Manage single sign-on"
    USAGE_VIEW = "usage.view", "See the team's usage"
    CREDITS_VIEW = "credits.view", "See balance and prices"
    CREDITS_SPEND = "credits.spend", "Spend allowances and credits, within the own cap"
    JOBS_CANCEL = "jobs.cancel", "Stop work that is under way"
    CONTENT_VIEW = "content.view", "See reports, lists, campaigns and proposals"
    CONTENT_EDIT = "content.edit", "Create and edit lists, campaigns and proposals"
    CREATORS_SEARCH = "creators.search", "Look creators up and search"
    EXPORT = "export", "Export"


_EVERYONE = frozenset(Role)
_MANAGERS = frozenset({Role.OWNER, Role.ADMIN, Role.MANAGER})
_ADMINS = frozenset({Role.OWNER, Role.ADMIN})
_OWNER = frozenset({Role.OWNER})

MATRIX: dict[Permission, frozenset[Membership.Role]] = {
    Permission.TEAM_VIEW: _EVERYONE,
    Permission.TEAM_EDIT: _ADMINS,
    Permission.TEAM_DELETE: _OWNER,
    Permission.TEAM_TRANSFER: _OWNER,
    Permission.MEMBERS_VIEW: _EVERYONE,
    Permission.MEMBERS_MANAGE: _ADMINS,
    Permission.LIMITS_MANAGE: _ADMINS,
    Permission.ACTIVITY_VIEW: _ADMINS,
    Permission.BILLING_MANAGE: _OWNER,
    Permission.KEYS_MANAGE: _ADMINS,
    Permission.SSO_MANAGE: _ADMINS,
    Permission.USAGE_VIEW: _MANAGERS,
    Permission.CREDITS_VIEW: _EVERYONE,
    Permission.CREDITS_SPEND: _EVERYONE,
    Permission.JOBS_CANCEL: _EVERYONE,
    Permission.CONTENT_VIEW: _EVERYONE,
    Permission.CONTENT_EDIT: _MANAGERS,
    Permission.CREATORS_SEARCH: _EVERYONE,
    Permission.EXPORT: _MANAGERS,
}


_IN_WORDS = {Role.OWNER: "the owner", Role.ADMIN: "an admin", Role.MANAGER: "a manager", Role.MEMBER: "a member"}

# What a team whose plan is unpaid beyond its grace must not do. Reading, exporting, paying and leaving stay open.
NEEDS_PAYMENT = frozenset({Permission.CREDITS_SPEND, Permission.CONTENT_EDIT})


def can(membership: Membership, permission: Permission) -> bool:
    """Whether the member's role has the permission."""
    return membership.role in MATRIX[permission]


def list_permissions(role: str) -> list[Permission]:
    """What a role may do, in the matrix's order."""
    return [permission for permission, roles in MATRIX.items() if role in roles]


def list_matrix() -> list[dict[str, object]]:
    """The matrix as rows to show: `[{label, roles: [{label, may}]}]`."""
    return [
        {
            "label": permission.label,
            "roles": [{"label": role.label, "may": role in MATRIX[permission]} for role in Role],
        }
        for permission in Permission
    ]


def name_roles(permission: Permission) -> str:
    """Who has the permission, in words: "the owner", "the owner, an admin or a manager"."""
    names = [_IN_WORDS[role] for role in Role if role in MATRIX[permission]]
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
