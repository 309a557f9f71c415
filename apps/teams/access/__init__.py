"""The one door into a team's schema. Nothing else in the project enters one."""

from apps.teams.roles import Permission, can

from .api import TeamAPIView
from .features import requires_feature
from .jobs import TeamTask
from .pages import TeamRequest, part_of, team_page
from .requests import TeamMiddleware, admit
from .resolving import membership_in, signed_in, team_for_request
from .scope import enter_team

__all__ = [
    "Permission",
    "TeamAPIView",
    "TeamMiddleware",
    "TeamRequest",
    "TeamTask",
    "admit",
    "can",
    "enter_team",
    "membership_in",
    "part_of",
    "requires_feature",
    "signed_in",
    "team_for_request",
    "team_page",
]
