"""Users, teams and clients for tests."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.teams.models import Membership, Team
from apps.teams.services import create_team

PASSWORD = "demo-password-1"
_numbers = count(1)


@pytest.fixture
def make_user(any_db) -> Callable[..., User]:
    """`make_user(email=…, **fields)`: a user with a verified e-mail address and the password `PASSWORD`."""
    return build_user


@pytest.fixture
def make_team(any_db) -> Callable[..., Team]:
    """`make_team(plan="standard", owner=…, name=…)`: a real team with its schema; `team.owner` is its owner."""
    return build_team


def build_user(email: str | None = None, **fields: Any) -> User:
    from allauth.account.models import EmailAddress

    user = User.objects.create_user(email or f"person{next(_numbers)}@example.com", PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def build_team(plan: str = "standard", *, owner: User | None = None, name: str | None = None, **fields: Any) -> Team:
    number = next(_numbers)
    owner = owner or build_user(f"owner{number}@example.com")
    team = create_team(name=name or f"Team {number}", owner=owner, plan=plan, **fields)
    team.owner = owner
    return team


@pytest.fixture
def as_member(any_db) -> Callable[..., User]:
    """`as_member(team, role)`: a new user with that role, whatever the plan's seats."""

    def build(team: Team, role: str = Membership.Role.MEMBER, **fields: Any) -> User:
        user = build_user(**fields)
        Membership.objects.create(team=team, user=user, role=role)
        return user

    return build


@pytest.fixture
def api(any_db) -> Callable[..., APIClient]:
    """`api(user, team=…)`: a client signed in as `user`, naming `team` in X-Team where it is given."""

    def build(user: User | None = None, *, team: Team | str | None = None) -> APIClient:
        client = APIClient()
        if user is not None:
            client.force_login(user)
        if team is not None:
            client.credentials(HTTP_X_TEAM=getattr(team, "slug", team))
        return client

    return build
