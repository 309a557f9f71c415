"""`/api/v1/teams/`."""

from .members import MembersView, MemberView, TransferView
from .teams import CurrentTeamView, SwitchView, TeamsView

__all__ = ["CurrentTeamView", "MemberView", "MembersView", "SwitchView", "TeamsView", "TransferView"]
