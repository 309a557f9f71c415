"""What teams refuse."""

from apps.accounts.errors import SIGNED_OUT
from apps.core.errors import DomainError, Kind, NotFound

# Where an unpaid team settles what is open.
PAY_AT = "/api/v1/billing/subscription"


class TeamNotFound(NotFound):
    """An unknown team and somebody else's are the same answer."""

    code = "team.not_found"
    message = "There is no such team."


class TeamRequired(DomainError):
    code = "team.required"
    kind = Kind.INVALID
    message = "You belong to several teams: name one with the X-Team header."


class TeamSuspended(DomainError):
    code = "team.suspended"
    kind = Kind.FORBIDDEN
    message = "This team is suspended. Please contact support."


class TeamArchived(DomainError):
    code = "team.archived"
    kind = Kind.FORBIDDEN
    message = "This team is archived. Its owner can bring it back by signing in."


class MembershipSuspended(DomainError):
    code = "membership.suspended"
    kind = Kind.FORBIDDEN
    message = "Your place in this team is suspended. The team's owner can give it back."


class RoleForbidden(DomainError):
    code = "role.forbidden"
    kind = Kind.FORBIDDEN
    message = "Your role in this team does not allow this."


class TeamReadOnly(DomainError):
    """A paid plan is unpaid beyond its grace: what is there may be read, exported and paid for, and nothing is lost."""

    code = "billing.read_only"
    kind = Kind.PAYMENT_REQUIRED
    message = "This team is read-only until its plan is paid."


class MemberNotFound(NotFound):
    code = "member.not_found"
    message = "There is no such member."


class AlreadyMember(DomainError):
    code = "member.exists"
    kind = Kind.CONFLICT
    message = "This person already belongs to the team."


class SuperadminNotMember(DomainError):
    code = "member.superadmin"
    kind = Kind.CONFLICT
    message = "The operator's staff cannot be members of a team."


class SeatsExhausted(DomainError):
    code = "team.seats_exhausted"
    kind = Kind.FORBIDDEN
    message = "Every seat of the plan is taken."


class ProposalsLocked(DomainError):
    """Proposals are opened for a team by the operator, whatever its plan."""

    code = "proposals.locked"
    kind = Kind.FORBIDDEN
    message = "Proposals are not open for this team yet. Ask support to open them."


class OwnerRequired(DomainError):
    code = "team.owner_required"
    kind = Kind.CONFLICT
    message = "A team has exactly one owner: hand the ownership over first."


class FreeTeamExists(DomainError):
    code = "team.free_exists"
    kind = Kind.CONFLICT
    message = "You already own a team on the Free plan."


class TeamNameInvalid(DomainError):
    code = "team.name_invalid"
    kind = Kind.INVALID
    message = "A team's name needs 1 to 80 visible characters."


class SlugInvalid(DomainError):
    code = "team.slug_invalid"
    kind = Kind.INVALID
    message = "A team's address has 2 to 50 letters, digits and single hyphens, and no reserved word."


class SlugTaken(DomainError):
    code = "team.slug_taken"
    kind = Kind.CONFLICT
    message = "This address is already taken."


# What every route of a team answers to whoever is not let in.


class ShareLinkNotFound(NotFound):
    """Unknown, expired, revoked or foreign: one answer."""

    code = "share.not_found"
    message = "There is no such link."


class TooManyShareLinks(DomainError):
    code = "share.too_many"
    kind = Kind.CONFLICT
    message = "So many links to this work already that one has to end first."


OUTSIDE = (*SIGNED_OUT, TeamRequired, TeamNotFound, TeamSuspended, TeamArchived, MembershipSuspended)
