"""One row of the replaced system, brought over once: its old id, or its natural key, says whether it was.

Each act is a transaction of its own, so an import that was interrupted is simply run again.
"""

from allauth.account.models import EmailAddress
from django.utils import timezone

from apps.accounts.models import User
from apps.admin.errors import TeamUnknown
from apps.billing.services import start_manual
from apps.credits.models import Grant
from apps.credits.services import GrantNote, grant_credits
from apps.discovery.models import Unlock
from apps.discovery.services.bringing import bring_unlock
from apps.plans.models import Plan
from apps.plans.selectors import get_plan_version
from apps.profiles.selectors import find_profile
from apps.profiles.services.placeholders import ensure_placeholder
from apps.system.models import ImportedRow
from apps.teams.access import enter_team
from apps.teams.models import Membership, Team
from apps.teams.selectors import find_owner
from apps.teams.services import bring_member, create_team

from .parsing import OldLot, OldTeam, OldUnlock, OldUser

Kind = ImportedRow.Kind
KNOWN, LINK, CREATE = "known", "link the existing account", "create the account"
NOTHING_LEFT, EXPIRED = "nothing left", "expired"
REASON = "Brought over from the former system"


def find_new_id(kind: Kind, old_id: str) -> int | None:
    """What a row of the replaced system became here, if it was brought over."""
    return ImportedRow.objects.filter(kind=kind, old_id=old_id).values_list("new_id", flat=True).first()


def preview_users(some: list[OldUser]) -> dict[str, str]:
    """What would be done with each of some users, by old id; two queries for all of them."""
    ids = [old.id for old in some]
    known = set(ImportedRow.objects.filter(kind=Kind.USER, old_id__in=ids).values_list("old_id", flat=True))
    there = set(User.objects.filter(email__in=[old.email for old in some]).values_list("email", flat=True))
    return {old.id: KNOWN if old.id in known else LINK if old.email in there else CREATE for old in some}


def bring_user(old: OldUser) -> str:
    """A new account, or the one that has the address already: its password and name stay."""
    what = preview_users([old])[old.id]
    if what != KNOWN:
        user = _create_user(old) if what == CREATE else User.objects.get(email=old.email)
        ImportedRow.objects.create(kind=Kind.USER, old_id=old.id, new_id=user.pk)
    return what


def _create_user(old: OldUser) -> User:
    user = User.objects.create_user(old.email, None, full_name=old.full_name)
    if old.password_hash:
        user.password = f"bcrypt${old.password_hash}"
        user.save(update_fields=["password"])
    EmailAddress.objects.create(user=user, email=user.email, verified=old.is_verified, primary=True)
    return user


def bring_team(old: OldTeam, *, owner: OldUser, apply: bool) -> str:
    """A team of the owner's, billed by transfer where its plan is paid.

    Its billing days begin now, so nothing is granted for months before. An owner who has a Free team here keeps that
    one, and a Free team of the former system becomes it.
    """
    if find_new_id(Kind.TEAM, old.id) is not None:
        return "known"
    user = _find_user(owner)
    free = _find_free_team(user) if old.plan == Plan.Code.FREE and user else None
    what = "link the owner's Free team" if free else f"create the team on {old.plan}"
    if apply:
        team = free or _create_team(old, user or User.objects.get(email=owner.email))
        ImportedRow.objects.create(kind=Kind.TEAM, old_id=old.id, new_id=team.pk)
    return what


def _find_user(old: OldUser) -> User | None:
    known = User.objects.filter(pk=find_new_id(Kind.USER, old.id)).first()
    return known or User.objects.filter(email=old.email).first()


def _find_free_team(owner: User) -> Team | None:
    places = Membership.objects.filter(
        user=owner, role=Membership.Role.OWNER, team__plan_version__plan__code=Plan.Code.FREE
    )
    place = places.exclude(team__state=Team.State.ARCHIVED).select_related("team").first()
    return place.team if place else None


def _create_team(old: OldTeam, owner: User) -> Team:
    team = create_team(name=old.name, owner=owner, plan=old.plan)
    if old.plan != Plan.Code.FREE and old.paid_until is not None:
        version = get_plan_version(old.plan)
        listed = version.price_month_cents if old.interval == "month" else version.price_year_cents
        start_manual(
            team=team,
            plan_version=version,
            interval=old.interval,
            price_cents=listed if old.price_cents is None else old.price_cents,
            period=(team.billing_anchor_at, old.paid_until),  # the same billing days: one month's credits, not two
            note=REASON,
        )
    return team


def bring_place(old: OldUser, *, apply: bool) -> str:
    """A member's place in his team: active while seats last, suspended beyond them."""
    team, user = _find_team(old.team_id, apply=apply), _find_user(old)
    if team and user and Membership.objects.filter(team=team, user=user).exists():
        return "known"
    if apply and team and user:
        place = bring_member(team=team, user=user, role=old.role)
        return f"make {place.role}, {place.state}"
    return f"make {old.role}"


def _find_team(old_id: str, *, apply: bool) -> Team | None:
    """The team, or None in a dry run that did not make it. Raises `TeamUnknown` where its own row was refused."""
    team = Team.objects.select_related("plan_version__plan").filter(pk=find_new_id(Kind.TEAM, old_id)).first()
    if team is None and apply:
        raise TeamUnknown
    return team


def bring_lot(old: OldLot, *, apply: bool) -> str:
    """What is left in a wallet, as an adjustment, once for the lot's old id."""
    if not old.amount:
        return NOTHING_LEFT
    if old.expires_at is not None and old.expires_at <= timezone.now():
        return EXPIRED
    team = _find_team(old.team_id, apply=apply)
    key = f"import:{old.id}"
    what = f"grant {old.amount} {old.unit}"
    if team is None:
        return what
    with enter_team(team):
        if Grant.objects.filter(source_key=key).exists():
            return "known"
        if apply:
            grant_credits(
                unit=old.unit,
                amount=old.amount,
                origin=Grant.Origin.ADJUSTMENT,
                source_key=key,
                expires_at=old.expires_at,
                note=GrantNote(reason=REASON),
            )
    return what


def bring_creator(old: OldUnlock, *, apply: bool) -> str:
    """An unlock without a charge; a creator nobody knows yet is stored by the handle and read later."""
    team, profile = _find_team(old.team_id, apply=apply), find_profile(old.username)
    what = f"unlock @{old.username}" + ("" if profile else ", new here")
    if team is None:
        return what
    with enter_team(team):
        if profile and Unlock.objects.filter(profile=profile).exists():
            return "known"
        if apply:
            creator = profile or ensure_placeholder(old.username)
            bring_unlock(
                profile=creator,
                member=_find_member(old, team),
                key=f"import:{creator.pk}",
                at=old.unlocked_at or timezone.now(),
            )
    return what


def _find_member(old: OldUnlock, team: Team) -> User:
    user = User.objects.filter(pk=find_new_id(Kind.USER, old.user_id)).first() if old.user_id else None
    member = user or find_owner(team)
    if member is None:
        raise Team.DoesNotExist(f"Team {team.pk} has no owner.")
    return member
