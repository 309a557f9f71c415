"""What the staff fills in. Every form asks why; a hidden key makes a form that is sent twice act once."""

import uuid
from typing import Any

from django import forms
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from apps.billing.models import Interval
from apps.credits.models import CREDITS
from apps.plans.models import Plan
from apps.plans.selectors import list_plan_versions, list_prices
from apps.system.services import REASON_MAX

from .services.wallets import AMOUNT_MAX


class MomentWidget(UnfoldAdminTextInputWidget):
    """The browser's own field for a day and a time."""

    input_type = "datetime-local"


class ReasonForm(forms.Form):
    """Why: kept in the audit trail for good."""

    reason = forms.CharField(
        max_length=REASON_MAX, strip=True, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text="Kept in the audit trail, and in the ledger where the wallet changes.",
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class CorrectionForm(ReasonForm):
    """Credits, or units of an action."""

    unit = forms.ChoiceField(widget=UnfoldAdminSelectWidget)
    amount = forms.IntegerField(min_value=1, max_value=AMOUNT_MAX, widget=UnfoldAdminIntegerFieldWidget)
    field_order = ["unit", "amount", "expires_at", "reason", "key"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions = [(price.action, price.label) for price in list_prices()]
        self.fields["unit"].choices = [(CREDITS, "Credits"), *actions]  # type: ignore[attr-defined]


class GivingForm(CorrectionForm):
    """What is given may end."""

    expires_at = forms.DateTimeField(required=False, widget=MomentWidget, help_text="UTC. Empty: it does not end.")


class RevokingForm(ReasonForm):
    """A grant, or a part of it."""

    amount = forms.IntegerField(
        required=False, min_value=1, max_value=AMOUNT_MAX, widget=UnfoldAdminIntegerFieldWidget,
        help_text="Empty: all of it. What was spent of it is owed afterwards.",
    )  # fmt: skip
    field_order = ["amount", "reason", "key"]


class RefundForm(ReasonForm):
    """All of a payment, or a part of it."""

    amount_cents = forms.IntegerField(
        label="Amount in cents", required=False, min_value=1, max_value=2_000_000_000,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text="In whole cents of the payment's currency. Empty: all that is left of it.",
    )  # fmt: skip
    field_order = ["amount_cents", "reason", "key"]


class PlanForm(ReasonForm):
    """A plan that is paid by transfer, or Free."""

    plan = forms.ChoiceField(widget=UnfoldAdminSelectWidget)
    interval = forms.ChoiceField(choices=Interval.choices, initial=Interval.YEAR, widget=UnfoldAdminSelectWidget)
    price_cents = forms.IntegerField(
        required=False, min_value=0, max_value=2_000_000_000, widget=UnfoldAdminIntegerFieldWidget,
        help_text="Of one interval, in whole cents of the plan's currency. Empty: the list price.",
    )  # fmt: skip
    paid_until = forms.DateTimeField(required=False, widget=MomentWidget, help_text="UTC. Paid plans only.")
    field_order = ["plan", "interval", "price_cents", "paid_until", "reason", "key"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [  # type: ignore[attr-defined]
            (version.plan.code, version.plan.name) for version in list_plan_versions()
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("plan") not in {None, Plan.Code.FREE} and not given.get("paid_until") and not self.errors:
            raise forms.ValidationError({"paid_until": "Until when is the plan paid?"})
        return given
