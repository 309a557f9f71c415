"""`teams`: found, read, and acted on with a reason."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.admin import errors, services
from apps.admin.selectors import get_team, list_operator_teams
from apps.admin.services import Agreement, Correction
from apps.core.api.schema import PAGE, page_of, refusals
from apps.credits.errors import KeyReused
from apps.jobs.idempotency import idempotent
from apps.plans.models import Plan

from .base import TAGS, OperatorAPIView
from .serializers import (
    CorrectionInput,
    GrantInput,
    MovedOutput,
    OperatorTeamDetailOutput,
    OperatorTeamOutput,
    PlanInput,
    ReasonInput,
    TeamsInput,
)


class TeamsView(OperatorAPIView):
    """Every team."""

    @extend_schema(
        operation_id="admin_teams_list",
        tags=TAGS,
        summary="Find teams",
        parameters=[TeamsInput, *PAGE],
        responses={200: page_of(OperatorTeamOutput)},
    )
    def get(self, request: Request) -> Response:
        return self.show_page(list_operator_teams(**self.read(TeamsInput)), OperatorTeamOutput)


class TeamView(OperatorAPIView):
    """One team, without its content."""

    @extend_schema(
        operation_id="admin_teams_retrieve",
        tags=TAGS,
        summary="Read a team with its people and subscription",
        responses={200: OperatorTeamDetailOutput, **refusals(errors.TeamUnknown)},
    )
    def get(self, request: Request, team_id: int) -> Response:
        return Response(OperatorTeamDetailOutput(get_team(team_id)).data)


class TeamActView(OperatorAPIView):
    """An act on a team; the answer is the team as it is then."""

    @property
    def staff(self) -> User:
        return cast("User", self.request.user)

    def answer(self, team_id: int) -> Response:
        return Response(OperatorTeamDetailOutput(get_team(team_id)).data)


def _act(name: str, summary: str, **more: Any) -> Any:
    """Describe an act that asks for nothing but its reason."""
    refused = refusals(errors.TeamUnknown, *more.pop("refused", ()))
    return extend_schema(
        operation_id=f"admin_teams_{name}",
        tags=TAGS,
        summary=summary,
        request=more.pop("takes", ReasonInput),
        responses={200: more.pop("gives", OperatorTeamDetailOutput), **refused},
    )


class TeamPlanView(TeamActView):
    @_act("plan", "Set a team's plan: by transfer, or free", takes=PlanInput,
          refused=[errors.PlanInvalid, errors.StripeBills])  # fmt: skip
    @idempotent()
    def post(self, request: Request, team_id: int) -> Response:
        """From now on; a plan by transfer that the team has is changed. What Stripe bills is changed at Stripe."""
        given = self.read(PlanInput)
        if given["plan"] == Plan.Code.FREE:
            services.put_on_free(staff=self.staff, team_id=team_id, reason=given["reason"])
        else:
            agreed = Agreement(given["plan"], given["interval"], given["paid_until"], given.get("price_cents"))
            services.put_on_manual_plan(staff=self.staff, team_id=team_id, agreed=agreed, reason=given["reason"])
        return self.answer(team_id)


class TeamSuspendView(TeamActView):
    @_act("suspend", "Suspend a team", refused=[errors.TeamStateInvalid])
    @idempotent()
    def post(self, request: Request, team_id: int) -> Response:
        """Its members are refused from their next request on; nothing is deleted."""
        reason = self.read(ReasonInput)["reason"]
        services.set_team_state(staff=self.staff, team_id=team_id, suspended=True, reason=reason)
        return self.answer(team_id)


class TeamUnsuspendView(TeamActView):
    @_act("unsuspend", "Open a suspended team again", refused=[errors.TeamStateInvalid])
    @idempotent()
    def post(self, request: Request, team_id: int) -> Response:
        """Its members are let in from their next request on."""
        reason = self.read(ReasonInput)["reason"]
        services.set_team_state(staff=self.staff, team_id=team_id, suspended=False, reason=reason)
        return self.answer(team_id)


class TeamGrantView(TeamActView):
    @_act("credits_grant", "Give a team credits or units", takes=GrantInput, gives=MovedOutput,
          refused=[errors.AmountInvalid, KeyReused])  # fmt: skip
    @idempotent()
    def post(self, request: Request, team_id: int) -> Response:
        """As an adjustment in the ledger, with the reason. Open debts of the unit are paid from it first."""
        what = Correction(key=self.name_attempt(), **self.read(GrantInput))
        moved = services.grant_to_team(staff=self.staff, team_id=team_id, what=what)
        return Response({"unit": what.unit, "amount": moved})


class TeamRevokeView(TeamActView):
    @_act("credits_revoke", "Take credits or units from a team", takes=CorrectionInput, gives=MovedOutput,
          refused=[errors.AmountInvalid])  # fmt: skip
    @idempotent()
    def post(self, request: Request, team_id: int) -> Response:
        """By a new entry, as far as they are there and not held."""
        what = Correction(key=self.name_attempt(), **self.read(CorrectionInput))
        taken = services.take_from_team(staff=self.staff, team_id=team_id, what=what)
        return Response({"unit": what.unit, "amount": taken})


class TeamProposalsGrantView(TeamActView):
    @_act("proposals_grant", "Unlock proposals for a team")
    @idempotent()
    def post(self, request: Request, team_id: int) -> Response:
        """On any plan."""
        reason = self.read(ReasonInput)["reason"]
        services.set_proposals(staff=self.staff, team_id=team_id, unlocked=True, reason=reason)
        return self.answer(team_id)


class TeamProposalsRevokeView(TeamActView):
    @_act("proposals_revoke", "Lock proposals for a team")
    @idempotent()
    def post(self, request: Request, team_id: int) -> Response:
        """What the team has stays, and is closed to it."""
        reason = self.read(ReasonInput)["reason"]
        services.set_proposals(staff=self.staff, team_id=team_id, unlocked=False, reason=reason)
        return self.answer(team_id)
