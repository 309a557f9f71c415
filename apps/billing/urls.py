"""Mounted at `/api/v1/billing/`."""

from django.urls import path

from . import api

urlpatterns = [
    path("plans", api.PlansView.as_view(), name="billing-plans"),
    path("subscription", api.SubscriptionView.as_view(), name="billing-subscription"),
    path("details", api.DetailsView.as_view(), name="billing-details"),
    path("invoices", api.InvoicesView.as_view(), name="billing-invoices"),
    path("invoices/<int:invoice_id>", api.InvoiceView.as_view(), name="billing-invoice"),
    path("checkout", api.CheckoutView.as_view(), name="billing-checkout"),
    path("checkout/confirm", api.ConfirmView.as_view(), name="billing-checkout-confirm"),
    path("portal", api.PortalView.as_view(), name="billing-portal"),
    path("change/preview", api.ChangePreviewView.as_view(), name="billing-change-preview"),
    path("change", api.ChangeView.as_view(), name="billing-change"),
    path("cancel", api.CancelView.as_view(), name="billing-cancel"),
    path("resume", api.ResumeView.as_view(), name="billing-resume"),
    path("topups/packages", api.PackagesView.as_view(), name="billing-topup-packages"),
    path("topups", api.TopupsView.as_view(), name="billing-topups"),
    path("webhooks/stripe", api.StripeWebhookView.as_view(), name="billing-webhook-stripe"),
]
