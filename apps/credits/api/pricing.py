"""Prices and quotes. Reading either never charges."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import refusals
from apps.credits.selectors import get_pricing, list_pricing, quote, quote_many
from apps.plans.errors import PriceNotFound
from apps.teams.access import Permission, TeamAPIView

from .serializers import (
    CalculateInput,
    CalculateOutput,
    PriceOutput,
    PricesOutput,
    QuoteOutput,
    UnitsInput,
)

_PRICE = {
    "action": "influencer_unlock",
    "label": "Profile analysis",
    "cost": 25,
    "your_cost": 25,
    "free_per_period": 0,
    "included": True,
}
_QUOTE = {
    "action": "influencer_unlock",
    "units": 1,
    "draws": [{"source": "allowance", "units": 1, "credits": 0}],
    "credits": 0,
    "allowed": True,
}
_REFUSED = {
    "action": "influencer_unlock",
    "units": 2,
    "draws": [{"source": "credits", "units": 2, "credits": 50}],
    "credits": 50,
    "allowed": False,
    "reason": "credits.insufficient",
    "missing": {"units": 1, "credits": 10},
}


class PricingView(TeamAPIView):
    """The price list, with the team's own price beside the list price."""

    permission = Permission.CREDITS_VIEW

    @extend_schema(
        operation_id="credits_pricing_list",
        tags=["credits"],
        summary="Read the prices of all paid acts",
        responses={200: PricesOutput},
        examples=[OpenApiExample("Prices", value={"results": [_PRICE]}, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        return Response(PricesOutput({"results": list_pricing()}).data)


class ActionPricingView(TeamAPIView):
    """The price of one act."""

    permission = Permission.CREDITS_VIEW

    @extend_schema(
        operation_id="credits_pricing_retrieve",
        tags=["credits"],
        summary="Read the price of one paid act",
        responses={200: PriceOutput, **refusals(PriceNotFound)},
        examples=[OpenApiExample("Price", value=_PRICE, response_only=True)],
    )
    def get(self, request: Request, action: str) -> Response:
        return Response(PriceOutput(get_pricing(action)).data)


class CalculateView(TeamAPIView):
    """Quotes for several acts together: what one draws is no longer there for the next."""

    permission = Permission.CREDITS_VIEW

    @extend_schema(
        operation_id="credits_pricing_calculate",
        tags=["credits"],
        summary="Quote several paid acts together",
        request=CalculateInput,
        responses={200: CalculateOutput, **refusals(PriceNotFound)},
        examples=[
            OpenApiExample(
                "Two acts", value={"actions": [{"action": "influencer_unlock", "units": 2}]}, request_only=True
            ),
            OpenApiExample("Quotes", value={"quotes": [_QUOTE], "credits": 0, "allowed": True}, response_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        wanted = CalculateInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        pairs = [(row["action"], row["units"]) for row in wanted.validated_data["actions"]]
        return Response(CalculateOutput(quote_many(wanted=pairs, member=self.membership.user)).data)


class CanPerformView(TeamAPIView):
    """Whether the caller may do an act now and what it would draw: the same calculation that a hold makes."""

    permission = Permission.CREDITS_VIEW

    @extend_schema(
        operation_id="credits_can_perform",
        tags=["credits"],
        summary="Quote one paid act",
        parameters=[UnitsInput],
        responses={200: QuoteOutput, **refusals(PriceNotFound)},
        examples=[
            OpenApiExample("Within the allowance", value=_QUOTE, response_only=True),
            OpenApiExample("Not enough", value=_REFUSED, response_only=True),
        ],
    )
    def get(self, request: Request, action: str) -> Response:
        wanted = UnitsInput(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        found = quote(action=action, units=wanted.validated_data["units"], member=self.membership.user)
        return Response(QuoteOutput(found).data)
