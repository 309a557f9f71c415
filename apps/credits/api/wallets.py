"""Balance, wallet and allowances."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.credits.selectors import get_allowances, get_balance, get_dashboard, get_wallet_summary, hide_colleagues
from apps.credits.services import bring_up_to_date, create_wallet
from apps.teams.access import Permission, TeamAPIView

from .serializers import AllowancesOutput, BalanceOutput, SummaryOutput, WalletDashboardOutput
from .usage import hide_members

BALANCE_EXAMPLE = {"balance": 1000, "held": 25, "available": 975, "unit": "credits"}


class BalanceView(TeamAPIView):
    """What the team has."""

    permission = Permission.CREDITS_VIEW

    @extend_schema(
        operation_id="credits_balance",
        tags=["credits"],
        summary="Read the balance",
        responses={200: BalanceOutput},
        examples=[OpenApiExample("One unlock under way", value=BALANCE_EXAMPLE, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        return Response(BalanceOutput(get_balance()).data)


class SummaryView(TeamAPIView):
    """The wallet as a whole: balance by grant with expiry, allowances of the period."""

    permission = Permission.CREDITS_VIEW

    @extend_schema(
        operation_id="credits_wallet_summary",
        tags=["credits"],
        summary="Read balance, grants and allowances",
        responses={200: SummaryOutput},
    )
    def get(self, request: Request) -> Response:
        bring_up_to_date()
        return Response(SummaryOutput(get_wallet_summary()).data)


class DashboardView(TeamAPIView):
    """The summary with this month's use and the latest entries."""

    permission = Permission.CREDITS_VIEW

    @extend_schema(
        operation_id="credits_dashboard",
        tags=["credits"],
        summary="Read the wallet, this month's use and the latest entries",
        responses={200: WalletDashboardOutput},
    )
    def get(self, request: Request) -> Response:
        bring_up_to_date()
        found = get_dashboard()
        usage = hide_members(found["usage"], viewer=self.membership)
        shown = WalletDashboardOutput(found | {"usage": usage}).data
        return Response(shown | {"recent": hide_colleagues(shown["recent"], viewer=self.membership)})


class AllowancesView(TeamAPIView):
    """What the plan includes in the current billing period."""

    permission = Permission.CREDITS_VIEW

    @extend_schema(
        operation_id="credits_allowances",
        tags=["credits"],
        summary="Read the period's allowances and what is left of them",
        responses={200: AllowancesOutput},
    )
    def get(self, request: Request) -> Response:
        return Response(AllowancesOutput(get_allowances()).data)


class CreateWalletView(TeamAPIView):
    """A team has one wallet, which its first use makes; this makes it beforehand."""

    permission = Permission.CREDITS_VIEW

    @extend_schema(
        operation_id="credits_wallet_create",
        tags=["credits"],
        summary="Make the team's wallet, if it has none yet",
        request=None,
        responses={
            201: BalanceOutput,
            200: BalanceOutput,
        },
        examples=[OpenApiExample("New", value=BALANCE_EXAMPLE, response_only=True, status_codes=["201"])],
    )
    def post(self, request: Request) -> Response:
        is_new = create_wallet()
        body = BalanceOutput(get_balance()).data
        return Response(body, status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)
