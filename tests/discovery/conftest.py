"""A team that unlocked a creator, without any source or worker."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.discovery.services.unlocking import unlock_profile
from apps.profiles.models import Profile
from apps.teams.access import enter_team
from apps.teams.models import Team
from tests.discovery.creators import build_creator

ROOT = "/api/v1/instagram"


@pytest.fixture(autouse=True)
def quick(settings) -> None:
    settings.LOOKUP_WAIT_SECONDS = 0
    settings.ENABLE_AI_ANALYSIS = False
    settings.COMMENTS_POSTS = 0


@pytest.fixture
def client(api, team) -> APIClient:
    return api(team.owner, team=team)


@pytest.fixture
def unlocked(team) -> Callable[..., Profile]:
    """`unlocked(username, **fields)`: a creator that `team` has."""

    def build(username: str = "maya", *, by: Team | None = None, **fields: Any) -> Profile:
        profile = build_creator(username, **fields)
        buyer = by or team
        with enter_team(buyer):
            assert unlock_profile(team=buyer, member=buyer.owner, username=username).state == "unlocked"
        return profile

    return build
