"""Mounted at `/api/v1/teams/`."""

from django.urls import path

from . import api

urlpatterns = [
    path("", api.TeamsView.as_view(), name="teams"),
    path("current", api.CurrentTeamView.as_view(), name="teams-current"),
    path("switch", api.SwitchView.as_view(), name="teams-switch"),
    path("members", api.MembersView.as_view(), name="teams-members"),
    path("members/<int:member_id>", api.MemberView.as_view(), name="teams-member"),
    path("members/<int:member_id>/transfer-ownership", api.TransferView.as_view(), name="teams-transfer"),
]
