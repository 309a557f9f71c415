"""The demo accounts of API.md, each in exactly one team."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from apps.accounts.models import User
from apps.teams.models import Membership, Team
from apps.teams.services import add_member, create_team

PASSWORD = "demo-password-1"  # noqa: S105 - public by contract, refused in production
SUPERADMIN = ("root@operator.example", "Rosa Operator")


@dataclass(frozen=True, slots=True)
class DemoTeam:
    plan: str
    name: str
    slug: str
    people: tuple[tuple[str, str, str], ...]
    """(e-mail, name, role); the owner first."""


TEAMS = (
    DemoTeam("free", "Freya's Studio", "freyas-studio", (("owner@free.example", "Freya Lindqvist", "owner"),)),
    DemoTeam(
        "standard",
        "Northwind Agency",
        "northwind",
        (
            ("owner@standard.example", "Stella Mendes", "owner"),
            ("manager@standard.example", "Marek Novak", "manager"),
        ),
    ),
    DemoTeam(
        "premium",
        "Palmyra Brands",
        "palmyra",
        (
            ("owner@premium.example", "Paula Haddad", "owner"),
            ("admin@premium.example", "Adam Kowalski", "admin"),
            ("member@premium.example", "Mina Farouk", "member"),
        ),
    ),
)


def load_people() -> dict[str, Team]:
    """Make the accounts and teams that are missing; `{plan: team}`."""
    load_user(*SUPERADMIN, is_staff=True, is_superuser=True)
    return {wanted.plan: load_team(wanted) for wanted in TEAMS}


def load_user(email: str, full_name: str, **fields: bool) -> User:
    """The demo account with a verified e-mail address; an existing one is left as it is."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, PASSWORD, full_name=full_name, **fields)
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user


def load_team(wanted: DemoTeam) -> Team:
    (owner_email, owner_name, _), *others = wanted.people
    owner = load_user(owner_email, owner_name)
    team = Team.objects.filter(slug=wanted.slug).first()
    if team is None:
        team = create_team(name=wanted.name, owner=owner, plan=wanted.plan, slug=wanted.slug)
    for email, name, role in others:
        user = load_user(email, name)
        if not Membership.objects.filter(team=team, user=user).exists():
            add_member(team=team, user=user, role=role)
    return team


def get_person(email: str) -> User:
    return User.objects.get(email=email)
