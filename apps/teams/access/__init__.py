"""The one door into a team's schema. Nothing else in the project enters one."""

from .jobs import TeamTask
from .requests import TeamMiddleware
from .scope import enter_team

__all__ = ["TeamMiddleware", "TeamTask", "enter_team"]
