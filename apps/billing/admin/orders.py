"""What was ordered, billed and counted: read-only; manual invoices are written here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldBooleanSwitchWidget

from apps.billing.errors import InvoiceNumberTaken
from apps.billing.models import Checkout, Invoice, Provider, Subscription, SubscriptionChange, TopupOrder
from apps.billing.services import fulfil_session, has_manual_invoice, issue_invoice, settle_payment

from .base import ReadOnlyAdmin, ReasonedForm, link_acts, record_deed, show_money


@admin.register(Checkout)
class CheckoutAdmin(ReadOnlyAdmin):
    """Who went to pay for a plan."""

    list_display = ["account", "plan_version", "interval", "state", "member", "created_at"]
    list_filter = ["state", "interval"]
    search_fields = ["id", "stripe_session_id", "account__team__name", "account__team__slug"]
    list_select_related = ["account__team", "plan_version__plan", "member"]
    actions = ["look"]

    @admin.action(description="Look at Stripe now", permissions=["view"])
    def look(self, request: HttpRequest, queryset: QuerySet[Checkout]) -> None:
        look = lambda order: fulfil_session(order.stripe_session_id or "")  # noqa: E731
        self.act_on_each(request, queryset, act=look, done="compared with Stripe")


@admin.register(TopupOrder)
class TopupOrderAdmin(ReadOnlyAdmin):
    """What was bought once."""

    list_display = [
        "account",
        "package",
        "quantity",
        "price",
        "state",
        "refunded",
        "member",
        "created_at",
        "granted_at",
    ]
    list_filter = ["state", "unit", ("created_at", RangeDateTimeFilter)]
    list_filter_submit = True
    search_fields = [
        "id", "stripe_session_id", "stripe_payment_intent_id", "account__team__name", "account__team__slug",
    ]  # fmt: skip
    list_select_related = ["account__team", "package", "member"]
    readonly_fields = ["acts"]
    actions = ["look"]

    @admin.display(description="price", ordering="price_cents")
    def price(self, order: TopupOrder) -> str:
        return show_money(order.price_cents, order.currency)

    @admin.display(description="refunded", ordering="refunded_cents")
    def refunded(self, order: TopupOrder) -> str:
        return show_money(order.refunded_cents, order.currency) if order.refunded_cents else "–"

    @admin.display(description="act on it")
    def acts(self, order: TopupOrder) -> str:
        may_refund = order.state == TopupOrder.State.PAID and order.stripe_payment_intent_id
        return link_acts("topup_act", order.pk, {"refund": "Give the payment back"} if may_refund else {})

    @admin.action(description="Look at Stripe now", permissions=["view"])
    def look(self, request: HttpRequest, queryset: QuerySet[TopupOrder]) -> None:
        look = lambda order: fulfil_session(order.stripe_session_id or "")  # noqa: E731
        self.act_on_each(request, queryset, act=look, done="compared with Stripe")


@admin.register(SubscriptionChange)
class SubscriptionChangeAdmin(ReadOnlyAdmin):
    """The raw rows of revenue."""

    list_display = ["team", "kind", "before", "after", "at", "subscription"]
    list_filter = ["kind", "currency", ("at", RangeDateTimeFilter)]
    list_filter_submit = True
    search_fields = ["team__name", "team__slug", "reason"]
    list_select_related = ["team", "subscription__plan_version__plan"]

    @admin.display(description="MRR before")
    def before(self, change: SubscriptionChange) -> str:
        return show_money(change.mrr_before_cents, change.currency)

    @admin.display(description="MRR after")
    def after(self, change: SubscriptionChange) -> str:
        return show_money(change.mrr_after_cents, change.currency)


class ManualInvoiceForm(ReasonedForm):
    """An invoice that was sent for a manual subscription's present period."""

    subscription = forms.ModelChoiceField(queryset=Subscription.objects.none(), widget=UnfoldAdminSelectWidget)
    total_cents = forms.IntegerField(
        min_value=0, max_value=2_000_000_000, widget=UnfoldAdminIntegerFieldWidget, help_text="Whole cents."
    )
    is_paid = forms.BooleanField(required=False, widget=UnfoldBooleanSwitchWidget)

    class Meta:
        model = Invoice
        fields = ["subscription", "number"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        manual = Subscription.objects.filter(provider=Provider.MANUAL, ended_at=None)
        self.fields["subscription"].queryset = manual.select_related("account__team", "plan_version__plan")  # type: ignore[attr-defined]
        self.fields["subscription"].label_from_instance = lambda one: f"{one.account}: {one}"  # type: ignore[attr-defined]
        self.fields["number"].required = True

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if has_manual_invoice(number):
            raise forms.ValidationError(InvoiceNumberTaken.message)
        return number


@admin.register(Invoice)
class InvoiceAdmin(ModelAdmin):
    """Stripe's as Stripe wrote them, manual ones as they were added here. Neither is changed."""

    list_display = [
        "__str__", "account", "provider", "status", "total", "refunded", "period_start", "issued_at", "paid_at",
    ]  # fmt: skip
    list_filter = ["status", "provider", "currency", ("issued_at", RangeDateTimeFilter)]
    list_filter_submit = True
    search_fields = ["number", "stripe_invoice_id", "account__team__name", "account__team__slug", "customer_name"]
    list_select_related = ["account__team"]
    readonly_fields = ["acts"]
    actions = ["look"]
    show_full_result_count = False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **kwargs, **({} if change else {"form": ManualInvoiceForm}))

    def get_fields(self, request: HttpRequest, obj: Invoice | None = None) -> list[str]:
        if obj is None:
            return ["subscription", "number", "total_cents", "is_paid", "reason"]
        return [*(field.name for field in Invoice._meta.fields if field.name != "id"), "acts"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Invoice, form: Any, change: bool) -> None:
        given = form.cleaned_data
        made = issue_invoice(
            subscription=given["subscription"],
            number=given["number"],
            total_cents=given["total_cents"],
            is_paid=given["is_paid"],
        )
        obj.pk = made.pk
        written = {"total_cents": made.total_cents, "currency": made.currency, "status": str(made.status)}
        deed: tuple[dict[str, Any], dict[str, Any]] = ({}, written)
        record_deed(request, made, account=made.account, action="invoice.issue", reason=given["reason"], change=deed)

    @admin.display(description="total", ordering="total_cents")
    def total(self, invoice: Invoice) -> str:
        return show_money(invoice.total_cents, invoice.currency)

    @admin.display(description="refunded", ordering="refunded_cents")
    def refunded(self, invoice: Invoice) -> str:
        return show_money(invoice.refunded_cents, invoice.currency) if invoice.refunded_cents else "–"

    @admin.display(description="act on it")
    def acts(self, invoice: Invoice) -> str:
        return link_acts("invoice_act", invoice.pk, _list_acts(invoice))

    @admin.action(description="Look at Stripe for refunds and disputes", permissions=["view"])
    def look(self, request: HttpRequest, queryset: QuerySet[Invoice]) -> None:
        paid = queryset.exclude(stripe_payment_intent_id="")
        for invoice in paid:
            settle_payment(invoice.stripe_payment_intent_id)
            self.log_change(request, invoice, "Compared with Stripe.")
        self.message_user(request, f"{len(paid)} compared with Stripe.")


def _list_acts(invoice: Invoice) -> dict[str, str]:
    if invoice.provider == Provider.MANUAL and invoice.status == Invoice.Status.OPEN:
        return {"paid": "Mark as paid", "void": "Void the invoice"}
    if invoice.stripe_payment_intent_id and invoice.amount_paid_cents > invoice.refunded_cents:
        return {"refund": "Give the payment back"}
    return {}
