"""The team's subscription: reading, changing, cancelling, resuming."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.billing import errors
from apps.billing.selectors import get_overview
from apps.billing.services import cancel_subscription, change_subscription, preview_change, resume_subscription
from apps.core.api.schema import refusals
from apps.jobs.idempotency import idempotent
from apps.plans.errors import PlanNotFound
from apps.teams.access import Permission, TeamAPIView

from .presenting import show_overview
from .serializers import ChangeInput, ChangePreviewOutput, ConfirmedChangeInput, SubscriptionOutput

TAGS = ["billing"]
AWAY = (errors.BillingNotConfigured, errors.BillingUnavailable, errors.BillingBusy)
NOT_POSSIBLE = (errors.SubscriptionMissing, errors.ManuallyBilled, errors.BillingRefused)
NO_CHANGE = (
    PlanNotFound, errors.CancellationPending, errors.ChangeNotNeeded, errors.PlanNotForSale, errors.CurrencyDiffers,
)  # fmt: skip


class SubscriptionView(TeamAPIView):
    """What the team has and pays; every member may see it."""

    @extend_schema(
        operation_id="billing_subscription",
        tags=TAGS,
        summary="Read plan, payment state and what comes next",
        responses={200: SubscriptionOutput},
    )
    def get(self, request: Request) -> Response:
        return Response(SubscriptionOutput(show_overview(get_overview(self.team))).data)


class ChangePreviewView(TeamAPIView):
    """What another plan would mean."""

    permission = {"POST": Permission.BILLING_MANAGE}

    @extend_schema(
        operation_id="billing_change_preview",
        tags=TAGS,
        summary="Preview a change of plan or interval",
        request=ChangeInput,
        responses={200: ChangePreviewOutput, **refusals(*NO_CHANGE, *NOT_POSSIBLE, *AWAY)},
        examples=[OpenApiExample("To Premium", value={"plan": "premium", "interval": "month"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        wanted = ChangeInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        return Response(ChangePreviewOutput(preview_change(team=self.team, **wanted.validated_data)).data)


class ChangeView(TeamAPIView):
    """Taking another plan or interval."""

    permission = {"POST": Permission.BILLING_MANAGE}

    @extend_schema(
        operation_id="billing_change",
        tags=TAGS,
        summary="Change plan or interval",
        description=(
            "Upwards at once and prorated, only if it is paid; downwards, or from years to months, with the next "
            "period. Naming the present plan and interval takes back a change that was agreed for later."
        ),
        request=ConfirmedChangeInput,
        responses={
            200: SubscriptionOutput,
            **refusals(
                errors.KeepInvalid, errors.PaymentFailed, errors.PreviewExpired, *NO_CHANGE, *NOT_POSSIBLE, *AWAY
            ),
        },
        examples=[
            OpenApiExample(
                "To Standard, two stay",
                value={"plan": "standard", "interval": "month", "keep": [12]},
                request_only=True,
            )
        ],
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        wanted = ConfirmedChangeInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        change_subscription(team=self.team, **wanted.validated_data)
        return Response(SubscriptionOutput(show_overview(get_overview(self.team))).data)


class CancelView(TeamAPIView):
    """Ending the plan with its period."""

    permission = {"POST": Permission.BILLING_MANAGE}

    @extend_schema(
        operation_id="billing_cancel",
        tags=TAGS,
        summary="End the plan with its period",
        request=None,
        responses={200: SubscriptionOutput, **refusals(*NOT_POSSIBLE, *AWAY)},
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        cancel_subscription(team=self.team)
        return Response(SubscriptionOutput(show_overview(get_overview(self.team))).data)


class ResumeView(TeamAPIView):
    """Going on after all."""

    permission = {"POST": Permission.BILLING_MANAGE}

    @extend_schema(
        operation_id="billing_resume",
        tags=TAGS,
        summary="Take a cancellation back",
        request=None,
        responses={200: SubscriptionOutput, **refusals(*NOT_POSSIBLE, *AWAY)},
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        resume_subscription(team=self.team)
        return Response(SubscriptionOutput(show_overview(get_overview(self.team))).data)
