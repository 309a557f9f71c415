"""Invoices, and whom they go to."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.billing import errors
from apps.billing.selectors import get_billing_details, get_invoice, list_invoices
from apps.billing.services import update_billing_details
from apps.core.api import CursorPagination
from apps.core.api.schema import PAGE, page_of, refusals
from apps.jobs.idempotency import idempotent
from apps.teams.access import Permission, TeamAPIView

from .serializers import DetailsInput, DetailsOutput, InvoiceOutput

TAGS = ["billing"]
_DETAILS = {
    "legal_name": "Example FZ-LLC", "tax_id_type": "ae_trn", "tax_id": "123456789012345",
    "address": {"line1": "1 Sheikh Zayed Road", "city": "Dubai", "country": "AE"},
}  # fmt: skip


class InvoicesView(TeamAPIView):
    """What was billed."""

    permission = Permission.BILLING_MANAGE

    @extend_schema(
        operation_id="billing_invoices",
        tags=TAGS,
        summary="List the team's invoices",
        parameters=PAGE,
        responses={200: page_of(InvoiceOutput)},
    )
    def get(self, request: Request) -> Response:
        pages = CursorPagination()
        pages.ordering = ("-issued_at", "-id")
        page = pages.paginate_queryset(list_invoices(self.team), request, view=self)
        return pages.get_paginated_response(InvoiceOutput(page, many=True).data)


class InvoiceView(TeamAPIView):
    """One invoice."""

    permission = Permission.BILLING_MANAGE

    @extend_schema(
        operation_id="billing_invoice",
        tags=TAGS,
        summary="Read an invoice",
        responses={200: InvoiceOutput, **refusals(errors.InvoiceNotFound)},
    )
    def get(self, request: Request, invoice_id: int) -> Response:
        return Response(InvoiceOutput(get_invoice(team=self.team, invoice_id=invoice_id)).data)


class DetailsView(TeamAPIView):
    """Name, address and tax number on the next invoices."""

    permission = Permission.BILLING_MANAGE

    @extend_schema(
        operation_id="billing_details_retrieve",
        tags=TAGS,
        summary="Read the billing details",
        responses={200: DetailsOutput},
    )
    def get(self, request: Request) -> Response:
        return Response(DetailsOutput(get_billing_details(self.team)).data)

    @extend_schema(
        operation_id="billing_details_update",
        tags=TAGS,
        summary="Change name, address, tax number or currency of the invoices to come",
        request=DetailsInput,
        responses={
            200: DetailsOutput,
            **refusals(errors.TaxIdRefused, errors.BillingRefused, errors.BillingUnavailable, errors.BillingBusy),
        },
        examples=[OpenApiExample("A company in Dubai", value=_DETAILS, request_only=True)],
    )
    @idempotent()
    def patch(self, request: Request) -> Response:
        given = DetailsInput(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(DetailsOutput(update_billing_details(team=self.team, changes=given.validated_data)).data)
