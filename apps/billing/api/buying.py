"""Plans, top-ups, and the ways to Stripe's pages."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.billing import errors
from apps.billing.models import Checkout
from apps.billing.selectors import (
    get_checkout_return,
    get_portal_return,
    list_packages_for_sale,
    list_plans_for_sale,
    list_topups,
)
from apps.billing.services import fulfil_session, open_portal, start_checkout, start_topup
from apps.core.api import CursorPagination
from apps.core.api.schema import PAGE, page_of, refusals
from apps.jobs.idempotency import idempotent
from apps.plans.errors import PlanFeatureNotIncluded, PlanNotFound, TopupPackageNotFound
from apps.plans.selectors import Feature
from apps.teams.access import Permission, TeamAPIView, requires_feature

from .serializers import (
    CheckoutInput,
    CheckoutOutput,
    ConfirmInput,
    ConfirmOutput,
    PackagesOutput,
    PlansForSaleOutput,
    PortalOutput,
    TopupInput,
    TopupOutput,
)

TAGS = ["billing"]
AWAY = (errors.BillingNotConfigured, errors.BillingUnavailable)
_PACKAGE = {
    "code": "credits_500", "label": "500 credits", "unit": "credits", "quantity": 500, "price_cents": 4000,
    "list_price_cents": 5000, "currency": "USD",
}  # fmt: skip


class PlansView(TeamAPIView):
    """What can be bought."""

    @extend_schema(
        operation_id="billing_plans", tags=TAGS, summary="List the plans", responses={200: PlansForSaleOutput}
    )
    def get(self, request: Request) -> Response:
        return Response(PlansForSaleOutput({"results": list_plans_for_sale(self.team)}).data)


class PackagesView(TeamAPIView):
    """Top-up packages at the team's own price."""

    @extend_schema(
        operation_id="billing_topup_packages",
        tags=TAGS,
        summary="List the top-up packages at your price",
        responses={200: PackagesOutput},
        examples=[OpenApiExample("On Premium", value={"results": [_PACKAGE]}, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        return Response(PackagesOutput({"results": list_packages_for_sale(self.team)}).data)


class CheckoutView(TeamAPIView):
    """Buying a plan."""

    permission = {"POST": Permission.BILLING_MANAGE}

    @extend_schema(
        operation_id="billing_checkout",
        tags=TAGS,
        summary="Open a page to pay for a plan",
        description="One plan a team: change a plan that is there by `change`. An open page of another plan is closed.",
        request=CheckoutInput,
        responses={
            201: CheckoutOutput,
            **refusals(
                PlanNotFound, errors.SubscriptionExists, errors.PlanNotForSale, errors.BillingRefused,
                errors.TaxIdRefused, *AWAY, errors.BillingBusy,
            ),
        },
        examples=[OpenApiExample("By the year", value={"plan": "standard", "interval": "year"}, request_only=True)],
    )  # fmt: skip
    @idempotent()
    def post(self, request: Request) -> Response:
        wanted = CheckoutInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        back = get_checkout_return(base_url=request.build_absolute_uri("/"), slug=self.team.slug)
        order = start_checkout(team=self.team, member=self.membership.user, back=back, **wanted.validated_data)
        return Response(CheckoutOutput(order).data, status=status.HTTP_201_CREATED)


class ConfirmView(TeamAPIView):
    """Coming back from a payment, before or after Stripe told us of it."""

    permission = {"POST": Permission.BILLING_MANAGE}

    @extend_schema(
        operation_id="billing_checkout_confirm",
        tags=TAGS,
        summary="Look whether a payment has arrived, and give what it paid for",
        request=ConfirmInput,
        responses={200: ConfirmOutput, **refusals(errors.CheckoutNotFound, *AWAY, errors.BillingBusy)},
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        given = ConfirmInput(data=request.data)
        given.is_valid(raise_exception=True)
        order = fulfil_session(given.validated_data["session_id"], team_id=self.team.pk)
        kind = "plan" if isinstance(order, Checkout) else "topup"
        return Response(ConfirmOutput({"id": order.pk, "kind": kind, "state": order.state}).data)


class PortalView(TeamAPIView):
    """Cards, invoices and billing details at Stripe."""

    permission = {"POST": Permission.BILLING_MANAGE}

    @extend_schema(
        operation_id="billing_portal",
        tags=TAGS,
        summary="Open the page for cards, invoices and billing details",
        request=None,
        responses={
            201: PortalOutput,
            **refusals(errors.BillingRefused, errors.TaxIdRefused, *AWAY, errors.BillingBusy),
        },
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        back = get_portal_return(base_url=request.build_absolute_uri("/"), slug=self.team.slug)
        body = PortalOutput({"url": open_portal(team=self.team, return_url=back)}).data
        return Response(body, status=status.HTTP_201_CREATED)


class TopupsView(TeamAPIView):
    """What was topped up, and topping up."""

    permission = Permission.BILLING_MANAGE

    @extend_schema(
        operation_id="billing_topups_list",
        tags=TAGS,
        summary="List the team's top-ups",
        parameters=PAGE,
        responses={200: page_of(TopupOutput)},
    )
    def get(self, request: Request) -> Response:
        pages = CursorPagination()
        pages.ordering = ("-created_at", "id")
        page = pages.paginate_queryset(list_topups(self.team), request, view=self)
        return pages.get_paginated_response(TopupOutput(page, many=True).data)

    @extend_schema(
        operation_id="billing_topups_create",
        tags=TAGS,
        summary="Open a page to pay for a top-up",
        description="The price is the plan's: Premium pays 20 % less. Free cannot buy top-ups.",
        request=TopupInput,
        responses={
            201: TopupOutput,
            **refusals(
                errors.NotPaying, PlanFeatureNotIncluded, TopupPackageNotFound, errors.BillingRefused,
                errors.TaxIdRefused, *AWAY, errors.BillingBusy,
            ),
        },
        examples=[OpenApiExample("500 credits", value={"package": "credits_500"}, request_only=True)],
    )  # fmt: skip
    @idempotent()
    @requires_feature(Feature.TOPUPS)
    def post(self, request: Request) -> Response:
        wanted = TopupInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        back = get_checkout_return(base_url=request.build_absolute_uri("/"), slug=self.team.slug)
        order = start_topup(team=self.team, member=self.membership.user, back=back, **wanted.validated_data)
        return Response(TopupOutput(order).data, status=status.HTTP_201_CREATED)
