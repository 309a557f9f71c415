"""Mounted at `/api/v1/credits/`."""

from django.urls import path

from . import api

urlpatterns = [
    path("balance", api.BalanceView.as_view(), name="credits-balance"),
    path("wallet/summary", api.SummaryView.as_view(), name="credits-wallet-summary"),
    path("wallet/create", api.CreateWalletView.as_view(), name="credits-wallet-create"),
    path("dashboard", api.DashboardView.as_view(), name="credits-dashboard"),
    path("allowances", api.AllowancesView.as_view(), name="credits-allowances"),
    path("transactions", api.TransactionsView.as_view(), name="credits-transactions"),
    path("transactions/search", api.SearchView.as_view(), name="credits-transactions-search"),
    path("transactions/export", api.ExportView.as_view(), name="credits-transactions-export"),
    path("usage/monthly", api.MonthlyUsageView.as_view(), name="credits-usage-monthly"),
    path("analytics/spending", api.SpendingView.as_view(), name="credits-spending"),
    path("can-perform/<slug:action>", api.CanPerformView.as_view(), name="credits-can-perform"),
    path("pricing", api.PricingView.as_view(), name="credits-pricing"),
    path("pricing/calculate", api.CalculateView.as_view(), name="credits-pricing-calculate"),
    path("pricing/<slug:action>", api.ActionPricingView.as_view(), name="credits-pricing-action"),
]
