"""Going to pay, and coming back."""

from typing import Any

from rest_framework import serializers

from apps.billing.models import Interval, TopupOrder

from .subscription import INTERVALS


class CheckoutInput(serializers.Serializer[Any]):
    plan = serializers.CharField(max_length=20)
    interval = serializers.ChoiceField(choices=INTERVALS, default=Interval.MONTH)


class CheckoutOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    url = serializers.URLField(help_text="Send the person there to pay.")


class ConfirmInput(serializers.Serializer[Any]):
    session_id = serializers.CharField(max_length=255, help_text="From the address that Stripe led back to.")


class ConfirmOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=["plan", "topup"])
    state = serializers.CharField(
        help_text="`open` while the payment is not there yet; `returned` if the team had a plan already: the payment "
        "was given back."
    )


class PortalOutput(serializers.Serializer[Any]):
    url = serializers.URLField(help_text="Send the person there; it ends after some minutes.")


class TopupInput(serializers.Serializer[Any]):
    package = serializers.CharField(max_length=40)


class TopupOutput(serializers.ModelSerializer[TopupOrder]):
    """A top-up that was ordered. `url` leads to the payment while it is open."""

    package = serializers.CharField(source="package.code")
    label = serializers.CharField(source="package.label")  # type: ignore[assignment]
    state = serializers.ChoiceField(choices=TopupOrder.State.choices)

    class Meta:
        model = TopupOrder
        fields = [
            "id", "package", "label", "unit", "quantity", "price_cents", "list_price_cents", "currency", "state",
            "refunded_cents", "revoked_quantity", "url", "created_at", "granted_at",
        ]  # fmt: skip
