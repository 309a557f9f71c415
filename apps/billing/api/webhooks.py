"""Where Stripe tells us that something happened."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.billing import errors
from apps.billing.gateways.events import MAX_BYTES
from apps.billing.services import receive_event
from apps.core.api import APIView
from apps.core.api.schema import refusals

_RECEIVED = inline_serializer("EventReceivedOutput", {"received": serializers.BooleanField()})


class StripeWebhookView(APIView):
    """Nobody signs in here: the signature over the raw body is what counts."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="billing_webhook_stripe",
        tags=["billing"],
        summary="Receive an event of Stripe's",
        description="For Stripe only: signed over the raw body by `Stripe-Signature`, at most five minutes old.",
        request=OpenApiTypes.OBJECT,
        responses={
            200: _RECEIVED,
            **refusals(errors.SignatureInvalid, errors.EventTooLarge, errors.BillingNotConfigured),
        },
        auth=[],
    )
    def post(self, request: Request) -> Response:
        raw = request._request
        if int(raw.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
            raise errors.EventTooLarge
        receive_event(body=raw.body, signature=request.headers.get("Stripe-Signature", ""))
        return Response({"received": True})
